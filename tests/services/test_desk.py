"""The desk: records are started, opened, locked and opened again by the right people."""

from pathlib import Path

import pytest

from shelterdesk.core.errors import (
    AlreadyOpen,
    MissingKeyring,
    NoVault,
    VaultExists,
    WeakPassphrase,
    WrongPassphrase,
)
from shelterdesk.core.permissions import Role
from shelterdesk.core.work import Progress
from shelterdesk.services.desk import Desk, held, names_that_open, start_new, unlock
from tests.factories import CHEAP, DIRECTOR, PASSPHRASE, Shelter, add_person, tree

NEW = "marble window tunnel pepper island"


def test_records_are_started_once_by_a_director_with_a_strong_passphrase(tmp_path: Path) -> None:
    with held(tmp_path / "data") as place:
        with pytest.raises(NoVault):
            names_that_open(place)
        for weak in ("", "short", f"{DIRECTOR} {DIRECTOR} {DIRECTOR} 2026"):
            with pytest.raises(WeakPassphrase):
                start_new(place, DIRECTOR, weak, CHEAP)
        assert place.vaults() == []
        desk, pages = start_new(place, DIRECTOR, PASSPHRASE, CHEAP)
        assert (desk.name, desk.roles, desk.setup_finished) == (DIRECTOR, (Role.DIRECTOR,), False)
        assert desk.recovery_set == pages.set_number
        with pytest.raises(VaultExists):
            start_new(place, DIRECTOR, PASSPHRASE, CHEAP)
        desk.keyholders.confirm_pages(pages.pages[1:])
        desk.lock()
        again = unlock(place, DIRECTOR, PASSPHRASE)
        assert (again.setup_finished, again.is_demo) == (True, False)
        again.lock()


def test_the_folder_is_held_for_the_block_and_free_afterwards(tmp_path: Path) -> None:
    with held(tmp_path), pytest.raises(AlreadyOpen), held(tmp_path):
        raise AssertionError("held twice")
    with pytest.raises(ZeroDivisionError), held(tmp_path):
        raise ZeroDivisionError
    with held(tmp_path) as place:
        assert place.vaults() == []


def test_names_to_choose_from_are_those_that_open(shelter: Shelter, desk: Desk) -> None:
    hers = add_person(shelter.vault, "Dao", Role.NURSE)
    assert names_that_open(shelter.place) == [DIRECTOR, "Dao"]
    for_what = desk.keyholders.end_for_what("Dao")
    desk.keyholders.end("Dao", desk.staff.second_signature("Dao", hers, for_what))
    assert names_that_open(shelter.place) == [DIRECTOR]
    for path in shelter.vault.folder.glob("keyring*"):
        path.unlink()
    with pytest.raises(MissingKeyring):
        names_that_open(shelter.place)


def test_a_desk_and_what_it_shows_hold_no_key(desk: Desk, shelter: Shelter) -> None:
    assert repr(desk) == "<Desk>"
    for key in shelter.vault.keys.secrets.values():
        assert key.hex()[:16] not in f"{vars(desk)!r}"


# -- keyholders -----------------------------------------------------------------------------------


def test_people_are_listed_in_the_order_they_joined(desk: Desk, shelter: Shelter) -> None:
    desk.keyholders.add("Dao", NEW, [Role.NURSE, Role.HOUSE_MOTHER])
    [first, second] = desk.keyholders.listed()
    assert (first.name, second.name) == (DIRECTOR, "Dao")
    assert second.roles == (Role.NURSE, Role.HOUSE_MOTHER)
    assert second.since == shelter.clock.now.date()


def test_everybodys_lock_costs_what_the_first_one_costs(desk: Desk, shelter: Shelter) -> None:
    desk.keyholders.add("Dao", NEW, [Role.NURSE])
    desk.keyholders.change_own(PASSPHRASE, f"{NEW} again")
    costs = {lock.cost for h in shelter.vault.keyring.persons() for lock in h.locks}
    assert costs == {CHEAP}


def test_a_reset_gives_a_generated_passphrase_that_opens(desk: Desk, shelter: Shelter) -> None:
    desk.keyholders.add("Dao", NEW, [Role.NURSE])
    told = desk.keyholders.reset("Dao")
    assert len(told.split()) >= 5
    desk.lock()
    with pytest.raises(WrongPassphrase):
        unlock(shelter.place, "Dao", NEW)
    dao = unlock(shelter.place, "Dao", told)
    assert dao.roles == (Role.NURSE,)
    dao.lock()


def test_keys_are_renewed_and_pages_drawn_anew_at_the_desk(desk: Desk, shelter: Shelter) -> None:
    old = desk.recovery_set
    desk.keyholders.renew_keys(Progress())
    pages = desk.keyholders.renew_pages()
    assert (desk.recovery_set, desk.setup_finished) == (pages.set_number, False)
    assert old != pages.set_number
    desk.keyholders.confirm_pages([pages.pages[2], pages.pages[0]])
    desk.lock()
    assert unlock(shelter.place, DIRECTOR, PASSPHRASE).setup_finished


def test_unlocking_with_a_wrong_name_or_passphrase_changes_nothing(shelter: Shelter) -> None:
    shelter.vault.lock()
    before = tree(shelter.place.root)
    with pytest.raises(WrongPassphrase):
        unlock(shelter.place, DIRECTOR, NEW)
    after = tree(shelter.place.root)
    assert after.pop("tries.json")
    assert after == before
