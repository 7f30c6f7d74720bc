"""What two people must agree to is refused by the services themselves, whoever calls them."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from shelterdesk.core.errors import DeskError, InvalidFields, NotAllowed
from shelterdesk.core.permissions import Role
from shelterdesk.core.work import Progress
from shelterdesk.services.access.act import Act
from shelterdesk.services.access.announcements import STANDS, WAITS
from shelterdesk.services.access.approvals import Approval
from shelterdesk.services.access.waiting import SomebodySigns
from shelterdesk.services.desk import Desk, unlock
from shelterdesk.services.keeping.staff import NoApproval
from tests.factories import DIRECTOR, PASSPHRASE, Shelter, add_person
from tests.services.settling import AN_ACT, lock_after, lock_for_what, minutes_of

DAO, KEO = "copper basket morning thread lotus dao", "copper basket morning thread lotus keo"
DARA, STRONG = (
    "copper basket morning thread lotus dara",
    "river stone window basket lotus nine",
)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def house(desk: Desk, shelter: Shelter) -> Desk:
    """The director's desk in a house with a counsellor and a nurse."""
    add_person(shelter.vault, "Dao", Role.COUNSELLOR)
    add_person(shelter.vault, "Keo", Role.NURSE)
    return desk


def made(desk: Desk, stick: Path) -> Path:
    """Make a backup, and something after it."""
    generation = desk.backups.back_up(stick, Progress()).generation
    desk.cases.open_case("Later")
    return generation


@pytest.fixture
def both_directors(desk: Desk, shelter: Shelter) -> Desk:
    """The director's desk in a house with another director, and a nurse."""
    add_person(shelter.vault, "Dara", Role.DIRECTOR)
    add_person(shelter.vault, "Keo", Role.NURSE)
    return desk


Done = Callable[[Desk, Path, Approval | None], object]
Named = Callable[[Desk, Path], Act]

ACTS: dict[str, tuple[Named, Done]] = {
    "end access": (
        lambda desk, _generation: desk.keyholders.end_for_what("Keo"),
        lambda desk, _generation, second: desk.keyholders.end("Keo", second),
    ),
    "bring back": (
        lambda desk, generation: desk.backups.for_what(generation),
        lambda desk, generation, second: desk.backups.bring_back(
            desk.backups.opened(generation), Progress(), second
        ),
    ),
    "later lock": (
        lambda desk, _generation: lock_for_what(desk, 15),
        lambda desk, _generation, second: lock_after(desk, 15, second),
    ),
}


def nothing_happened(desk: Desk, shelter: Shelter) -> bool:
    names = [person.name for person in desk.keyholders.listed()]
    vaults = shelter.place.vaults()
    return names == [DIRECTOR, "Dao", "Keo"] and minutes_of(desk) == 5 and len(vaults) == 1


@pytest.mark.parametrize("name", ACTS)
def test_alone_nobody_does_it_and_with_a_signature_for_it_it_is_done(
    house: Desk, shelter: Shelter, stick: Path, name: str
) -> None:
    named, act = ACTS[name]
    generation = made(house, stick)
    with pytest.raises(NoApproval):
        act(house, generation, None)
    for other, (another, _act) in ACTS.items():
        if other != name:
            given = house.staff.second_signature("Dao", DAO, another(house, generation))
            with pytest.raises(NoApproval):
                act(house, generation, given)
    assert nothing_happened(house, shelter)
    given = house.staff.second_signature("Dao", DAO, named(house, generation))
    act(house, generation, given)
    assert not nothing_happened(house, shelter)


def test_a_signature_is_for_this_person_this_backup_and_these_minutes(
    house: Desk, shelter: Shelter, stick: Path
) -> None:
    first = made(house, stick)
    shelter.clock.pass_days(1)
    second = made(house, stick)
    sign = house.staff.second_signature
    given = sign("Keo", KEO, house.keyholders.end_for_what("Dao"))
    with pytest.raises(NoApproval):
        house.keyholders.end("Keo", given)
    given, opened = sign("Dao", DAO, house.backups.for_what(first)), house.backups.opened(second)
    with pytest.raises(NoApproval):
        house.backups.bring_back(opened, Progress(), given)
    with pytest.raises(NoApproval):
        lock_after(house, 15, sign("Dao", DAO, lock_for_what(house, 10)))
    assert nothing_happened(house, shelter)


def test_minutes_up_to_the_usual_ones_need_nobody(house: Desk) -> None:
    assert lock_after(house, 1) == 1
    assert lock_after(house, 5) == 5
    given = house.staff.second_signature("Dao", DAO, lock_for_what(house, 12))
    assert lock_after(house, 12, given) == 12
    assert lock_after(house, 9) == 9
    with pytest.raises(NoApproval):
        lock_after(house, 10)
    for none in (0, 16, 10_000):
        with pytest.raises(InvalidFields):
            lock_for_what(house, none)


def test_the_minutes_stay_with_the_records(house: Desk, shelter: Shelter) -> None:
    lock_after(house, 2)
    house.lock()
    dao = unlock(shelter.place, "Dao", DAO, clock=shelter.clock)
    assert minutes_of(dao) == 2
    with pytest.raises(NotAllowed):
        lock_after(dao, 1)
    dao.lock()


# -- where nobody else can sign -------------------------------------------------------------------


@pytest.fixture
def alone(desk: Desk) -> Desk:
    """The desk of a director who is the only one to open the records."""
    return desk


def test_who_is_alone_announces_it_and_does_it_a_day_later(alone: Desk, shelter: Shelter) -> None:
    for_what = lock_for_what(alone, 15)
    begun = shelter.clock.now
    due = alone.waiting.announce(for_what)
    assert WAITS <= due - begun < WAITS + MINUTE
    [waits] = alone.waiting.all()
    assert (waits.written, waits.asked_by, waits.due) == (for_what.written, DIRECTOR, due)
    shelter.clock.now += WAITS - MINUTE
    assert alone.waiting.announce(for_what) == due
    assert alone.waiting.waited(for_what) is None
    shelter.clock.now += 2 * MINUTE
    assert alone.waiting.waited(lock_for_what(alone, 14)) is None
    waited = alone.waiting.waited(for_what)
    assert lock_after(alone, 15, waited) == 15
    assert alone.waiting.all() == []
    lock_after(alone, 5)
    assert alone.waiting.waited(for_what) is None
    with pytest.raises(NoApproval):
        lock_after(alone, 15, waited)


def test_what_waits_outlives_a_lock_and_is_stopped_by_a_director(
    alone: Desk, shelter: Shelter
) -> None:
    for_what = lock_for_what(alone, 15)
    alone.waiting.announce(for_what)
    hers = add_person(shelter.vault, "Dara", Role.DIRECTOR)
    keo = add_person(shelter.vault, "Keo", Role.NURSE)
    alone.lock()
    shelter.clock.now += WAITS
    nurse = unlock(shelter.place, "Keo", keo, clock=shelter.clock)
    assert [waits.asked_by for waits in nurse.waiting.all()] == [DIRECTOR]
    with pytest.raises(NotAllowed):
        nurse.waiting.stop(for_what.written)
    nurse.lock()
    dara = unlock(shelter.place, "Dara", hers, clock=shelter.clock)
    waited = dara.waiting.waited(for_what)
    dara.waiting.stop(for_what.written)
    assert dara.waiting.all() == []
    with pytest.raises(NoApproval):
        lock_after(dara, 15, waited)
    dara.lock()


def test_what_was_announced_is_forgotten_after_a_week(alone: Desk, shelter: Shelter) -> None:
    for_what = lock_for_what(alone, 15)
    first = alone.waiting.announce(for_what)
    shelter.clock.now += WAITS + STANDS + MINUTE
    assert alone.waiting.waited(for_what) is None
    assert alone.waiting.all() == []
    assert alone.waiting.announce(for_what) > first


def test_nothing_waits_where_somebody_can_sign(house: Desk) -> None:
    for for_what in (lock_for_what(house, 15), house.keyholders.end_for_what("Keo")):
        with pytest.raises(SomebodySigns):
            house.waiting.announce(for_what)


def test_whoever_is_to_lose_her_access_need_not_agree(alone: Desk, shelter: Shelter) -> None:
    add_person(shelter.vault, "Keo", Role.NURSE)
    for_what = alone.keyholders.end_for_what("Keo")
    alone.waiting.announce(for_what)
    assert [waits.about for waits in alone.waiting.all()] == ["Keo"]
    shelter.clock.now += WAITS
    alone.keyholders.end("Keo", alone.waiting.waited(for_what))
    assert [person.name for person in alone.keyholders.listed()] == [DIRECTOR]


def test_only_certain_acts_wait_and_only_for_those_who_may_do_them(
    alone: Desk, shelter: Shelter
) -> None:
    with pytest.raises(NotAllowed):
        alone.waiting.announce(AN_ACT)
    keo = add_person(shelter.vault, "Keo", Role.NURSE)
    for_what = alone.keyholders.end_for_what("Keo")
    alone.lock()
    nurse = unlock(shelter.place, "Keo", keo, clock=shelter.clock)
    with pytest.raises(NotAllowed):
        nurse.waiting.announce(for_what)
    nurse.lock()


def test_announcing_and_stopping_stand_in_the_log(alone: Desk) -> None:
    for_what = lock_for_what(alone, 15)
    alone.waiting.announce(for_what)
    alone.waiting.stop(for_what.written)
    alone.waiting.stop(for_what.written)
    with alone._vault.database.driver() as connection:
        lines = connection.execute("SELECT action FROM audit_event ORDER BY seq").fetchall()
    assert lines[-2:] == [("announced",), ("announced act stopped",)]


def test_a_backup_that_is_gone_is_told_in_words(alone: Desk, stick: Path) -> None:
    generation = made(alone, stick)
    (generation / "manifest.sdm").unlink()
    with pytest.raises(DeskError):
        alone.backups.for_what(generation)


def test_the_last_director_is_told_so_before_anybody_is_asked(house: Desk) -> None:
    with pytest.raises(DeskError, match="last director"):
        house.keyholders.end(DIRECTOR)
    assert PASSPHRASE not in repr(house.waiting.all())


STEPS: dict[str, Callable[[Desk, Approval], object]] = {
    "let in": lambda desk, given: desk.keyholders.add("Mone", STRONG, [Role.NURSE], given),
    "travel": lambda desk, given: desk.keyholders.set_travel(STRONG, given),
    "new pages": lambda desk, given: desk.keyholders.renew_pages(given),
}
PROPOSED: dict[str, Callable[[Desk], Act]] = {
    "let in": lambda desk: desk.keyholders.add_for_what("Mone", STRONG, [Role.NURSE]),
    "travel": lambda desk: desk.keyholders.travel_for_what(STRONG),
    "new pages": lambda desk: desk.keyholders.pages_for_what(),
    "end access": lambda desk: desk.keyholders.end_for_what("Keo"),
    "new keys": lambda desk: desk.keyholders.keys_for_what(),
}


@pytest.mark.parametrize("name", STEPS)
def test_a_step_of_the_list_is_not_done_on_a_signature_for_another_kind(
    both_directors: Desk, shelter: Shelter, name: str
) -> None:
    desk = both_directors
    before = shelter.vault.keyring.chain
    for other in PROPOSED.keys() - {name}:
        given = desk.staff.second_signature("Dara", DARA, PROPOSED[other](desk))
        with pytest.raises(NoApproval):
            STEPS[name](desk, given)
    assert shelter.vault.keyring.chain == before
    STEPS[name](desk, desk.staff.second_signature("Dara", DARA, PROPOSED[name](desk)))


@pytest.mark.parametrize("changed", [("Mon", Role.NURSE), ("Mone", Role.COUNSELLOR)])
def test_nobody_else_is_let_in_than_who_was_signed_for(
    both_directors: Desk, changed: tuple[str, Role]
) -> None:
    desk = both_directors
    given = desk.staff.second_signature("Dara", DARA, PROPOSED["let in"](desk))
    with pytest.raises(NoApproval):
        desk.keyholders.add(changed[0], STRONG, [changed[1]], given)
    assert "Mone" not in [person.name for person in desk.keyholders.listed()]
