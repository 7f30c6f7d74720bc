"""Backup, verify, restore and check as commands: what is said, what is done, how it ends."""

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import COUNSELLOR, HERS, TRAVEL, House
from tests.factories import DIRECTOR, PASSPHRASE

NEW = "granite kettle sparrow meadow violin"


def vaults(house: House) -> list[str]:
    """Return the names of the vaults in the data folder."""
    return sorted(path.name for path in house.data.glob("vault-*"))


def flipped(path: Path) -> None:
    """Change one bit in the middle of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_a_backup_is_made_and_verified_in_all_three_ways(house: House) -> None:
    made = house.as_director("backup", house.stick)
    assert made.code == 0
    [told] = made.complained.splitlines()
    assert "on the same disk as the records" in told
    generation = max(house.generation.parent.glob("2*"))
    assert generation != house.generation
    assert str(generation) in made.said
    outside = house.run("verify", generation)
    assert (outside.code, outside.complained) == (0, "")
    assert f"Recovery set {house.pages.set_number} opens this backup" in outside.said
    secret = house.secret(TRAVEL)
    for opener, file in (("pages", house.pages_file(1, 2)), ("travel", secret)):
        whole = house.run("verify", generation, "--with", opener, "--secret-file", file)
        assert (whole.code, whole.complained) == (0, "")
        assert "the database opens" in whole.said
    assert list(house.data.glob("new-*")) == []


def test_verify_asks_for_the_travel_passphrase_at_a_terminal(house: House) -> None:
    with house.typist("verify", house.generation, "--with", "travel") as typist:
        typist.reads("Travel passphrase: ")
        typist.types(TRAVEL)
        ended = typist.ends()
    assert ended.code == 0
    assert "the database opens" in ended.said
    assert TRAVEL not in ended.said


@pytest.mark.parametrize("name", ["db.sdb.001", "manifest.sdm", "keyring.json"])
def test_one_flipped_bit_is_told(house: House, name: str) -> None:
    flipped(house.generation / name)
    checked = house.run("verify", house.generation)
    assert checked.code == 1
    assert "damaged" in checked.complained


def test_a_damaged_backup_is_not_restored(house: House) -> None:
    flipped(house.generation / "db.sdb.001")
    pages = house.pages_file()
    refused = house.run("restore", house.generation, "--with", "pages", "--secret-file", pages)
    assert refused.code == 1
    assert "Choose another backup" in refused.complained
    assert vaults(house) == ["vault-0001"]


@pytest.mark.parametrize("place", ["", "secret.txt"])
def test_what_is_no_backup_is_told_so(house: House, place: str) -> None:
    house.secret("anything")
    checked = house.run("verify", house.root / place)
    assert checked.code == 1
    assert "no finished backup" in checked.complained


def test_wrong_secrets_open_no_backup(house: House) -> None:
    twice = house.run(
        "verify", house.generation, "--with", "pages", "--secret-file", house.pages_file(1, 1)
    )
    assert twice.code == 1
    assert "same page twice" in twice.complained
    travel = ["verify", house.generation, "--with", "travel", "--secret-file"]
    wrong = house.run(*travel, house.secret(PASSPHRASE))
    assert wrong.code == 1
    assert "travel passphrase does not open" in wrong.complained
    short = house.secret(" ".join(house.pages.pages[0]))
    one = house.run("verify", house.generation, "--with", "pages", "--secret-file", short)
    assert one.code == 1
    assert "holds 33 words" in one.complained


def test_restoring_lies_beside_and_undo_returns(house: House) -> None:
    line = ["restore", house.generation, "--with", "travel", "--secret-file"]
    done = house.run(*line, house.secret(TRAVEL))
    assert (done.code, done.complained) == (0, "")
    assert vaults(house) == ["vault-0001", "vault-0002"]
    assert "Earlier records on this computer are set aside for ninety days" in done.said
    assert house.opens(COUNSELLOR, HERS) == [DIRECTOR, COUNSELLOR]
    refused = house.run("restore", "--undo")
    assert refused.code == 1
    assert "A secret is needed" in refused.complained
    back = ["restore", "--undo", "--secret-file", house.pages_file()]
    undone = house.run(*back)
    assert (undone.code, undone.complained) == (0, "")
    assert vaults(house) == ["vault-0001", "vault-0002", "vault-0003"]  # set aside in its turn
    assert house.opens(DIRECTOR, PASSPHRASE) == [DIRECTOR, COUNSELLOR]
    again = house.run(*back, "--data", house.root / "empty")
    assert again.code == 1
    assert "no earlier records" in again.complained


def test_restoring_elsewhere_can_make_a_new_director(house: House) -> None:
    shutil.rmtree(house.data)
    secret = house.secret(NEW, "new.txt")
    line = ["restore", house.generation, "--with", "pages", "--secret-file", house.pages_file()]
    weak = house.secret("password password", "weak.txt")
    refused = house.run(*line, "--director", "Mai", "--new-secret-file", weak)
    assert refused.code == 1
    assert vaults(house) == []
    done = house.run(*line, "--director", "Mai", "--new-secret-file", secret)
    assert (done.code, done.complained) == (0, "")
    assert "Mai can open the records now, as director" in done.said
    assert "Earlier records" not in done.said
    assert house.opens("Mai", NEW) == [DIRECTOR, COUNSELLOR, "Mai"]


def test_a_taken_name_does_not_hide_that_the_backup_is_in_place(house: House) -> None:
    line = ["restore", house.generation, "--with", "pages", "--secret-file", house.pages_file()]
    new = house.secret(NEW, "new.txt")
    done = house.run(*line, "--director", DIRECTOR, "--new-secret-file", new)
    assert done.code == 1
    assert "The backup is in place" in done.said
    assert "second name" in done.complained


def test_two_pages_make_a_director_without_any_backup(house: House) -> None:
    secret = house.secret(NEW, "new.txt")
    line = ["recover", "--director", "Mai", "--new-secret-file", secret, "--pages-file"]
    done = house.run(*line, house.pages_file())
    assert (done.code, done.complained) == (0, "")
    assert house.opens("Mai", NEW) == [DIRECTOR, COUNSELLOR, "Mai"]


def test_check_names_every_part_and_what_is_wrong(house: House) -> None:
    good = house.as_director("check")
    assert (good.code, good.complained) == (0, "")
    assert len(good.said.splitlines()) >= 4
    assert {line.rpartition(": ")[2] for line in good.said.splitlines()} == {"good"}
    flipped(next((house.data / "vault-0001" / "files").glob("*/*.sdf")))
    bad = house.as_director("check")
    assert bad.code == 1
    assert "An attached file is damaged" in bad.said
    assert len(bad.said.splitlines()) == len(good.said.splitlines())


def test_a_damaged_attachment_makes_the_backup_end_with_one(house: House) -> None:
    for file in (house.data / "vault-0001" / "files").glob("*/*.sdf"):
        flipped(file)
    for file in house.generation.parent.glob("files/*/*.sdf"):
        flipped(file)
    made = house.as_director("backup", house.stick)
    assert made.code == 1
    assert "Attached files damaged on this computer, and not in the backup: 2" in made.complained
    assert "Backup made" in made.said


def test_a_backup_needs_a_stick_that_is_there(house: House) -> None:
    absent = house.root / "media" / "stick"
    refused = house.as_director("backup", absent)
    assert refused.code == 1
    assert "Put the stick in" in refused.complained
    assert not absent.exists()
    inside = house.as_director("backup", house.data)
    assert inside.code == 1
    assert "the folder of the records itself" in inside.complained
