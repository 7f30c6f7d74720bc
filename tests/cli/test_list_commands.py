"""The signed list of keyholders, from the command line: second person, upgrade, four words."""

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from shelterdesk.services.demo.staff import who_opens_it
from tests.cli.conftest import COUNSELLOR, HERS, House
from tests.cli.terminal import Ended, run, surroundings
from tests.files.make_shelter_1 import FILE as SHELTER_1
from tests.files.make_shelter_1 import PAGES

pytestmark = pytest.mark.slow

OWN = "granite kettle sparrow meadow violin"
PEOPLE = who_opens_it()


def as_counsellor(house: House, passphrase: str, *words: object) -> Ended:
    """Run a command as the counsellor."""
    secret = house.secret(passphrase, "hers.txt")
    return house.run(*words, "--as", COUNSELLOR, "--secret-file", secret)


def test_a_second_person_signs_who_is_let_in(house: House) -> None:
    new = house.secret(OWN, "new.txt")
    changed = as_counsellor(house, HERS, "people", "passphrase", "--new-secret-file", new)
    assert (changed.code, changed.complained) == (0, "")
    keo = ["people", "add", "--name", "Keo", "--role", "nurse"]
    keo += ["--new-secret-file", str(house.secret("velvet meadow lantern cactus bishop", "k.txt"))]
    wrong = house.secret(HERS, "wrong.txt")
    refused = house.as_director(*keo, "--second", COUNSELLOR, "--second-secret-file", wrong)
    assert refused.code == 1
    assert "does not fit this name" in refused.complained
    signs = ["--second", COUNSELLOR, "--second-secret-file", str(new)]
    assert house.as_director(*keo, *signs).code == 0
    told = house.as_director("people", "notices").said
    assert "somebody was let in (Keo)" not in told
    alone = house.as_director("people", "reset", "--name", "Keo")
    assert alone.code == 0
    told = house.as_director("people", "notices").said
    assert "somebody got another passphrase (Keo)" in told
    roles = ["people", "roles", "--name", "Keo", "--role", "house_mother", *signs]
    assert house.as_director(*roles).code == 0
    assert "Keo  (house mother)" in house.as_director("people", "list").said
    for action in ("renew-keys", "travel"):
        line = ["people", action, *signs]
        if action == "travel":
            line += ["--new-secret-file", str(house.secret(f"{OWN} bridge", "t.txt"))]
        assert house.as_director(*line).code == 0
    assert house.as_director("pages", "--new", *signs).code == 0


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A house whose keyring is of format 1."""
    with zipfile.ZipFile(SHELTER_1) as archive:
        archive.extractall(tmp_path)
    shutil.rmtree(tmp_path / "stick")
    return tmp_path


def test_an_old_keyring_is_brought_up_to_date_and_compared(old: Path) -> None:
    def file(name: str, text: str) -> Path:
        (old / name).write_text(text + "\n", encoding="utf-8")
        return old / name

    def command(number: int, *words: object) -> Ended:
        name, passphrase = PEOPLE[number]
        secret = file("secret.txt", passphrase)
        line = ["--data", old / "data", *words, "--as", name, "--secret-file", secret]
        return run(line, surroundings(old / "home"))

    pages = json.loads((old / PAGES).read_text())
    typed = file("pages.txt", "\n\n".join(" ".join(page) for page in pages[:2]))
    assert "of an older kind" in command(0, "people", "notices").said
    refused = command(0, "people", "renew-keys")
    assert refused.code == 1
    assert "shelterdesk people upgrade" in refused.complained
    hers = file("second.txt", PEOPLE[1][1])
    second = ["--second", PEOPLE[1][0], "--second-secret-file", hers, "--pages-file", typed]
    done = command(0, "people", "upgrade", *second)
    assert (done.code, done.complained) == (0, "")
    words = done.said.split("by hand: ")[1].split(".")[0]
    assert len(words.split()) == 4
    assert "Compare the four words" in command(2, "people", "notices").said
    wrong = command(2, "people", "compare", "--words-file", file("words.txt", "no words of ours"))
    assert wrong.code == 1
    right = command(2, "people", "compare", "--words-file", file("words.txt", words))
    assert (right.code, right.complained) == (0, "")
    assert "Compare the four words" not in command(2, "people", "notices").said
    again = command(0, "people", "compare", "--words-file", file("words.txt", words))
    assert (again.code, again.complained) == (0, "")
    other = command(0, "people", "compare", "--words-file", file("words.txt", "acid " * 4))
    assert other.code == 1
    assert "not the four words" in other.complained
    idle = command(0, "people", "settle", "--pages-file", typed)
    assert idle.code == 1
    assert "nothing to settle" in idle.complained
