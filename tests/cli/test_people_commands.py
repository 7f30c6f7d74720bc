"""Who can open the records, from the command line."""

import re

import pytest

from tests.cli.conftest import COUNSELLOR, HERS, TRAVEL, House
from tests.factories import DIRECTOR, PASSPHRASE

NEW = "granite kettle sparrow meadow violin"


def test_people_are_listed_with_their_roles(house: House) -> None:
    listed = house.as_director("people", "list")
    assert (listed.code, listed.complained) == (0, "")
    assert re.fullmatch(
        rf"{DIRECTOR}  \(director\)  [\d/]{{8,10}}\n{COUNSELLOR}  \(counsellor\)  [\d/]{{8,10}}\n",
        listed.said,
    )


def test_somebody_comes_and_goes(house: House) -> None:
    secret = house.secret(NEW, "new.txt")
    roles = ["--role", "nurse", "--role", "house_mother"]
    line = ["people", "add", "--name", "Keo", *roles, "--new-secret-file", secret]
    assert house.as_director(*line).code == 0
    assert house.opens("Keo", NEW) == [DIRECTOR, COUNSELLOR, "Keo"]
    taken = house.as_director(*line)
    assert taken.code == 1
    assert "second name" in taken.complained
    alone = house.as_director("people", "end", "--name", "Keo")
    assert alone.code == 1
    assert "signature of a second person" in alone.complained
    signs = ["--second", COUNSELLOR, "--second-secret-file", house.secret(HERS, "second.txt")]
    ended = house.as_director("people", "end", "--name", "Keo", *signs)
    assert ended.code == 0
    assert "the keys are new" in ended.said
    renewed = house.as_director("people", "renew-keys")
    assert (renewed.code, renewed.complained) == (0, "")
    assert house.opens(COUNSELLOR, HERS) == [DIRECTOR, COUNSELLOR]
    gone = house.run("people", "list", "--as", "Keo", "--secret-file", secret)
    assert gone.code == 1
    assert f"These names open the records: {DIRECTOR}, {COUNSELLOR}" in gone.complained


def test_the_last_director_cannot_end_herself(house: House) -> None:
    refused = house.as_director("people", "end", "--name", DIRECTOR)
    assert refused.code == 1
    assert "last director" in refused.complained


def test_a_forgotten_passphrase_is_reset_and_changed(house: House) -> None:
    reset = house.as_director("people", "reset", "--name", COUNSELLOR)
    assert reset.code == 0
    told = reset.said.strip().rpartition(": ")[2]
    assert len(told.split()) == 5
    with house.typist("people", "passphrase", "--as", COUNSELLOR) as typist:
        for question, answer in (
            (f"Passphrase of {COUNSELLOR}: ", told),
            ("Present passphrase once more: ", told),
            (f"Passphrase of {COUNSELLOR}: ", NEW),
            ("The same once more: ", NEW + " not"),
            (f"Passphrase of {COUNSELLOR}: ", NEW),
            ("The same once more: ", NEW),
        ):
            typist.reads(question)
            typist.types(answer)
        ended = typist.ends()
    assert ended.code == 0
    assert "The two were not the same" in ended.said
    assert NEW not in ended.said
    assert told not in ended.said
    assert house.opens(COUNSELLOR, NEW) == [DIRECTOR, COUNSELLOR]


def test_a_new_travel_passphrase_opens_later_backups(house: House) -> None:
    secret = house.secret("marble orchid tunnel candle bishop raven", "new.txt")
    assert house.as_director("people", "travel", "--new-secret-file", secret).code == 0
    assert house.as_director("backup", house.stick).code == 0
    newest = max(house.generation.parent.glob("2*"))
    line = ["verify", newest, "--with", "travel", "--secret-file"]
    assert house.run(*line, secret).code == 0
    assert house.run(*line, house.secret(TRAVEL)).code == 1


@pytest.mark.parametrize("action", ["add", "reset", "renew-keys"])
def test_only_a_director_grants_and_ends(house: House, action: str) -> None:
    whom = {
        "add": ["--name", "Keo", "--role", "nurse"],
        "reset": ["--name", DIRECTOR],
    }
    new = ["--new-secret-file", house.secret(NEW, "new.txt")] if action == "add" else []
    hers = house.secret(HERS)
    line = ["people", action, "--as", COUNSELLOR, "--secret-file", hers]
    refused = house.run(*line, *whom.get(action, []), *new)
    assert refused.code == 1
    assert "Your role does not include this" in refused.complained
    assert house.opens(DIRECTOR, PASSPHRASE) == [DIRECTOR, COUNSELLOR]
