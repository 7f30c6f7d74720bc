"""The names from which a person chooses hers: never empty, never twice in two spellings."""

import unicodedata

import pytest

from shelterdesk.core.permissions import Role
from shelterdesk.store.keyholders import keyholding
from shelterdesk.store.keyholders.proposals import NameTaken, NotOneself
from shelterdesk.store.vault.founding import NewPerson, NoName
from tests.factories import CHEAP, DIRECTOR, OTHER_PASSPHRASE, Shelter, add_person


def admit(shelter: Shelter, name: str) -> str:
    person = NewPerson(name, OTHER_PASSPHRASE, (Role.NURSE,))
    return keyholding.add_person(shelter.vault, person, CHEAP).name


def test_a_name_is_kept_without_outer_and_double_blanks(shelter: Shelter) -> None:
    assert admit(shelter, "  Dao   Mala ") == "Dao Mala"
    assert shelter.vault.keyring.person("dao  mala").name == "Dao Mala"


@pytest.mark.parametrize("name", ["", "   ", "\n"])
def test_nobody_goes_without_a_name(shelter: Shelter, name: str) -> None:
    with pytest.raises(NoName):
        admit(shelter, name)


def test_one_name_in_two_spellings_is_one_name(shelter: Shelter) -> None:
    admit(shelter, unicodedata.normalize("NFC", "Nguyễn"))
    for twin in ("Nguyễn ", unicodedata.normalize("NFD", "Nguyễn"), "NGUYỄN"):
        with pytest.raises(NameTaken):
            admit(shelter, twin)


def test_nobody_ends_or_resets_herself(shelter: Shelter) -> None:
    add_person(shelter.vault, "Dao", Role.DIRECTOR)
    with pytest.raises(NotOneself):
        keyholding.end_access(shelter.vault, DIRECTOR)
    with pytest.raises(NotOneself):
        keyholding.reset_passphrase(shelter.vault, DIRECTOR, OTHER_PASSPHRASE, CHEAP)
