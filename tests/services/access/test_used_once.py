"""One signature is for one act: what is given back after a refusal, and what never is."""

from contextlib import suppress
from threading import Event, Thread
from typing import Any

import pytest

from shelterdesk.core.errors import DamagedFile
from shelterdesk.core.permissions import Role
from shelterdesk.services.access.approvals import Approval
from shelterdesk.services.desk import Desk
from shelterdesk.services.keeping.staff import NoApproval
from tests.factories import Shelter, add_person
from tests.services.settling import lock_after, lock_for_what, minutes_of

DAO, LONGER, NEXT = "copper basket morning thread lotus dao", 10, 12


@pytest.fixture
def house(desk: Desk, shelter: Shelter) -> Desk:
    """The director's desk in a house with a counsellor and a nurse."""
    add_person(shelter.vault, "Dao", Role.COUNSELLOR)
    add_person(shelter.vault, "Keo", Role.NURSE)
    return desk


def signed(desk: Desk, minutes: int = LONGER) -> Approval:
    return desk.staff.second_signature("Dao", DAO, lock_for_what(desk, minutes))


def broken(*_given: Any, **_named: Any) -> None:
    raise DamagedFile(what="a file")


def test_what_was_refused_after_it_was_done_has_used_its_signature(
    house: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = signed(house)
    with monkeypatch.context() as hurt:
        hurt.setattr(house.records, "tell", broken)
        with pytest.raises(DamagedFile):
            lock_after(house, LONGER, given)
    assert minutes_of(house) == LONGER
    assert lock_after(house, 1) == 1
    assert house.waiting.waited(lock_for_what(house, LONGER)) is None
    with pytest.raises(NoApproval):
        lock_after(house, LONGER, given)


def test_what_was_refused_before_anything_was_kept_waits_again(
    house: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = signed(house)
    with monkeypatch.context() as hurt:
        hurt.setattr(house.records, "keep_weighed", broken)
        with pytest.raises(DamagedFile):
            lock_after(house, LONGER, given)
    assert minutes_of(house) != LONGER
    assert lock_after(house, LONGER, house.waiting.waited(lock_for_what(house, LONGER))) == LONGER


def test_a_step_of_the_list_that_is_proposed_anew_is_signed_anew(house: Desk) -> None:
    """What was signed below the step before fits no other; nobody is led to use it up in vain."""
    act = house.keyholders.end_for_what("Keo")
    given = house.staff.second_signature("Dao", DAO, act)
    assert house.waiting.waited(act) == given
    again = house.keyholders.end_for_what("Keo")
    assert house.waiting.waited(again) is None
    house.keyholders.end("Keo", house.staff.second_signature("Dao", DAO, again))
    assert [one.name for one in house.keyholders.listed()][1:] == ["Dao"]


def test_what_another_thread_refuses_gives_back_nothing_of_this_one(house: Desk) -> None:
    approvals, given = house.seat.approvals, signed(house)
    taken, begun = Event(), Event()

    def long_work() -> None:
        with suppress(DamagedFile), approvals.unused_if_refused():
            begun.set()
            taken.wait(10)
            broken()

    beside = Thread(target=long_work)
    with approvals.unused_if_refused():
        beside.start()
        begun.wait(10)
        with approvals.unused_if_refused():
            approvals.use(given, lock_for_what(house, LONGER))
        taken.set()
        beside.join()
    assert house.waiting.waited(lock_for_what(house, LONGER)) is None
