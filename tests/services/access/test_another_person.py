"""The second person is another person: not a new name, not a reset passphrase, not a guess."""

from datetime import timedelta
from typing import Any

import pytest

from shelterdesk.core.errors import WrongPassphrase
from shelterdesk.core.permissions import Role
from shelterdesk.records.case.case import Case
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.services.access.approvals import HER_OWN_AFTER, NoApproval, NotHerOwnYet
from shelterdesk.services.access.directing import UnfitToLook
from shelterdesk.services.desk import Desk, unlock
from shelterdesk.store.keyholders import keyholding
from shelterdesk.store.keyring.guessing import FREE, TooManyTries
from tests.factories import DIRECTOR, PASSPHRASE, Shelter, add_person
from tests.services.consent_law.test_address_guard import AGREED, VILLAGE
from tests.services.disclosure.test_disclosures import LAW
from tests.services.house import Colleague, House, at
from tests.services.settling import AN_ACT

NEW = "marble window tunnel pepper island"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def later(shelter: Shelter) -> Shelter:
    """The shelter a week after its founding."""
    shelter.clock.pass_days(7)
    return shelter


def signs(desk: Desk, name: str, passphrase: str) -> bool:
    given = desk.staff.second_signature(name, passphrase, AN_ACT)
    return desk.seat.approvals.use(given, AN_ACT) is given


def test_on_the_founding_day_the_deputy_signs_at_once(desk: Desk, shelter: Shelter) -> None:
    passphrase = add_person(shelter.vault, "Dao", Role.COUNSELLOR)
    assert signs(desk, "Dao", passphrase)
    shelter.clock.pass_days(1)
    assert signs(desk, "Dao", passphrase)


def test_who_was_let_in_today_signs_tomorrow(desk: Desk, later: Shelter) -> None:
    passphrase = add_person(later.vault, "Ghost", Role.DIRECTOR)
    with pytest.raises(NotHerOwnYet, match=r"from \d\d/11/2026"):
        signs(desk, "Ghost", passphrase)
    later.clock.now += HER_OWN_AFTER - MINUTE
    with pytest.raises(NotHerOwnYet):
        signs(desk, "Ghost", passphrase)
    later.clock.now += MINUTE
    assert signs(desk, "Ghost", passphrase)


def test_whose_passphrase_was_reset_signs_a_day_later_whatever_she_changes(
    desk: Desk, shelter: Shelter
) -> None:
    add_person(shelter.vault, "Dao", Role.COUNSELLOR)
    shelter.clock.pass_days(7)
    told = desk.keyholders.reset("Dao")
    with pytest.raises(NotHerOwnYet):
        signs(desk, "Dao", told)
    desk.lock()
    dao = unlock(shelter.place, "Dao", told, clock=shelter.clock)
    dao.staff.change_own_passphrase(told, NEW)
    dao.lock()
    desk = unlock(shelter.place, DIRECTOR, PASSPHRASE, clock=shelter.clock)
    with pytest.raises(NotHerOwnYet):
        signs(desk, "Dao", NEW)
    shelter.clock.now += HER_OWN_AFTER
    assert signs(desk, "Dao", NEW)
    desk.lock()


def test_who_changes_her_own_passphrase_signs_at_once(desk: Desk, shelter: Shelter) -> None:
    passphrase = add_person(shelter.vault, "Dao", Role.COUNSELLOR)
    shelter.clock.pass_days(7)
    desk.lock()
    dao = unlock(shelter.place, "Dao", passphrase, clock=shelter.clock)
    dao.staff.change_own_passphrase(passphrase, NEW)
    dao.lock()
    desk = unlock(shelter.place, DIRECTOR, PASSPHRASE, clock=shelter.clock)
    assert signs(desk, "Dao", NEW)
    desk.lock()


@pytest.mark.parametrize("meanwhile", ["ended", "reset", "other roles"])
def test_a_signature_ends_with_the_access_it_was_given_by(
    desk: Desk, shelter: Shelter, meanwhile: str
) -> None:
    dao, keo = (add_person(shelter.vault, name, Role.COUNSELLOR) for name in ("Dao", "Keo"))
    shelter.clock.pass_days(7)
    sign = desk.staff.second_signature
    given = sign("Dao", dao, AN_ACT)
    if meanwhile == "ended":
        desk.keyholders.end("Dao", sign("Keo", keo, desk.keyholders.end_for_what("Dao")))
    elif meanwhile == "reset":
        desk.keyholders.reset("Dao")
    else:
        keyholding.change_roles(shelter.vault, "Dao", (Role.NURSE,))
    with pytest.raises(NoApproval):
        desk.seat.approvals.use(given, AN_ACT)


# -- guessing -------------------------------------------------------------------------------------


def test_guessing_a_signature_has_to_wait_at_the_door_as_well(desk: Desk, shelter: Shelter) -> None:
    passphrase = add_person(shelter.vault, "Dao", Role.COUNSELLOR)
    for _ in range(FREE):
        with pytest.raises(WrongPassphrase):
            signs(desk, "Dao", NEW)
    with pytest.raises(TooManyTries):
        signs(desk, "Dao", passphrase)
    desk.lock()
    with pytest.raises(TooManyTries):
        unlock(shelter.place, "Dao", passphrase, clock=shelter.clock)
    unlock(shelter.place, DIRECTOR, PASSPHRASE, clock=shelter.clock).lock()
    shelter.clock.now += MINUTE
    unlock(shelter.place, "Dao", passphrase, clock=shelter.clock).lock()


def test_guessing_at_the_door_has_to_wait_and_stands_in_the_log(
    desk: Desk, shelter: Shelter
) -> None:
    desk.lock()
    for _ in range(FREE):
        with pytest.raises(WrongPassphrase):
            unlock(shelter.place, DIRECTOR, NEW, clock=shelter.clock)
    with pytest.raises(TooManyTries):
        unlock(shelter.place, DIRECTOR, PASSPHRASE, clock=shelter.clock)
    shelter.clock.now += MINUTE
    again = unlock(shelter.place, DIRECTOR, PASSPHRASE, clock=shelter.clock)
    with again._vault.database.driver() as connection:
        lines = connection.execute("SELECT action, fields FROM audit_event ORDER BY seq").fetchall()
    assert ("wrong passphrases", f'["{FREE}"]') in lines
    again.lock()


def test_guessing_at_an_open_desk_has_to_wait(desk: Desk) -> None:
    for _ in range(FREE):
        with pytest.raises(WrongPassphrase):
            desk.staff.change_own_passphrase("guess", NEW)
    with pytest.raises(TooManyTries):
        desk.staff.change_own_passphrase(PASSPHRASE, NEW)


# -- who is fit to look ---------------------------------------------------------------------------

FIT = (Role.DIRECTOR, Role.COUNSELLOR, Role.LEGAL_OFFICER)


@pytest.fixture
def house(shelter: Shelter) -> House:
    return House(shelter)


@pytest.fixture
def place(house: House) -> Organisation:
    return house.place("Women's Union", "lwu_district")


@pytest.fixture
def case(house: House, place: Organisation) -> Case:
    made = house.woman(home_village="Houayxay")
    house.ask(made, place, VILLAGE)
    return made


@pytest.mark.parametrize("role", list(Role))
def test_the_second_look_comes_from_somebody_who_works_with_consents(
    house: House, case: Case, place: Organisation, role: Role
) -> None:
    keo: Colleague = house.colleague("Keo", role)
    signed = keo.looks(case, at(place), VILLAGE, basis=AGREED)
    where: dict[str, Any] = {"second": signed, "confirm_address": True}
    signed = keo.looks(case, at(place), "case_code", basis=LAW)
    by_law: dict[str, Any] = {"second": signed, "basis": LAW}
    for items, how in ((VILLAGE, where), ("case_code", by_law)):
        if role in FIT:
            assert house.tell(case, at(place), items, **how).items
        else:
            with pytest.raises(UnfitToLook):
                house.tell(case, at(place), items, **how)
    assert len(house.disclosures.of_case(case)) == (2 if role in FIT else 0)


def test_only_they_are_offered_for_it(desk: Desk, shelter: Shelter) -> None:
    for role in Role:
        add_person(shelter.vault, f"a {role.value}", role)
    assert len(desk.staff.signers(AN_ACT)) == len(Role)
    assert desk.staff.onlookers() == [f"a {role.value}" for role in FIT]
