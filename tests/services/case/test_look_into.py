"""Opening a case is one line of the log a day for each person, and never keeps a case shut."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import pytest
from sqlalchemy import select

from shelterdesk.core.errors import Busy, CannotWrite, NoSpace, NotAllowed
from shelterdesk.core.permissions import Role
from shelterdesk.records.case.case import Case
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.services.access.looks import OPENED
from shelterdesk.services.desk import Desk
from shelterdesk.store.database.database import Database
from shelterdesk.store.vault.vault import Vault
from tests.factories import Shelter, add_person, fill_case
from tests.services.conftest import Sit
from tests.store.database.test_database import full

MIDNIGHT = datetime(2026, 11, 3, 17, tzinfo=UTC)
"""When the day after begins in the house."""


@pytest.fixture
def case(shelter: Shelter) -> Case:
    return fill_case(shelter.vault, large=10)


def openings(vault: Vault) -> list[tuple[str, str]]:
    """Return who opened which case, in the order of the log."""
    lines = select(AuditEvent).where(AuditEvent.action == OPENED).order_by(AuditEvent.seq)
    with vault.database.reading() as session:
        return [(line.actor, line.record_id) for line in session.scalars(lines)]


@contextmanager
def read_only(database: Database) -> Iterator[None]:
    """Let nothing be written, as on a disk that is locked."""
    with database.driver() as one, database.driver() as other:
        for connection in (one, other):
            connection.execute("PRAGMA query_only = ON")
    yield
    with database.driver() as one, database.driver() as other:
        for connection in (one, other):
            connection.execute("PRAGMA query_only = OFF")


def test_the_first_look_of_a_day_is_a_line_and_the_others_are_none(
    shelter: Shelter, desk: Desk, case: Case
) -> None:
    for _ in range(3):
        assert desk.cases.look_into(case.id).code == case.code
    assert openings(shelter.vault) == [(shelter.vault.me.id, case.id)]


def test_whoever_opens_the_program_again_leaves_no_second_line(
    shelter: Shelter, desk: Desk, case: Case
) -> None:
    desk.cases.look_into(case.id)
    shelter.vault.lock()
    Desk(shelter.unlock()).cases.look_into(case.id)
    assert len(openings(shelter.vault)) == 1


def test_the_next_day_of_the_house_is_another_line(
    shelter: Shelter, desk: Desk, case: Case
) -> None:
    shelter.clock.now = MIDNIGHT - timedelta(minutes=2)
    desk.cases.look_into(case.id)
    shelter.clock.now = MIDNIGHT - timedelta(minutes=1)
    desk.cases.look_into(case.id)
    assert len(openings(shelter.vault)) == 1
    shelter.clock.now = MIDNIGHT + timedelta(minutes=1)
    desk.cases.look_into(case.id)
    assert len(openings(shelter.vault)) == 2


def test_every_case_and_every_person_has_a_line_of_its_own(sit: Sit) -> None:
    for role in (Role.DIRECTOR, Role.HOUSE_MOTHER, Role.NURSE, Role.COUNSELLOR):
        at = sit(role)
        cases = [at.setting(kind).case for kind in ("own", "other")]
        for case in cases * 2:
            at.desk.cases.look_into(case.id)
        assert openings(at.vault) == [(at.vault.me.id, case.id) for case in cases]


def test_two_people_who_open_it_on_one_day_leave_a_line_each(
    shelter: Shelter, desk: Desk, case: Case
) -> None:
    passphrase = add_person(shelter.vault, "Keo", Role.HOUSE_MOTHER)
    noy = shelter.vault.me.id
    desk.cases.look_into(case.id)
    shelter.vault.lock()
    keo = Desk(shelter.unlock("Keo", passphrase))
    keo.cases.look_into(case.id)
    assert openings(shelter.vault) == [(noy, case.id), (shelter.vault.me.id, case.id)]


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.DATA_OFFICER])
def test_whoever_may_not_see_it_leaves_no_line(sit: Sit, role: Role) -> None:
    at = sit(role)
    with pytest.raises(NotAllowed):
        at.desk.cases.look_into(at.setting().case.id)
    assert openings(at.vault) == []


def test_it_stands_in_the_log_and_not_in_the_history_of_the_case(desk: Desk, case: Case) -> None:
    desk.cases.look_into(case.id)
    hers = desk.cases.get(case.id)
    assert [past.action for past in desk.history.of(hers)] == ["created"]
    assert {past.action for past in desk.history.of_case(hers, 40).changes} == {"created"}


def test_where_nothing_can_be_written_the_case_opens_with_a_warning_and_the_line_comes_later(
    shelter: Shelter, desk: Desk, case: Case
) -> None:
    with read_only(shelter.vault.database):
        assert desk.cases.look_into(case.id).code == case.code
    assert openings(shelter.vault) == []
    [warning] = desk.settle()
    assert isinstance(warning, CannotWrite)
    desk.cases.look_into(case.id)
    assert openings(shelter.vault) == [(shelter.vault.me.id, case.id)]
    assert desk.settle() == []


def test_on_a_full_disk_every_case_opens_with_a_warning(shelter: Shelter, desk: Desk) -> None:
    cases = [fill_case(shelter.vault, seed, large=10) for seed in range(40)]
    with full(shelter.vault.database):
        opened = [desk.cases.look_into(case.id).code for case in cases]
    assert opened == [case.code for case in cases]
    assert {type(warning) for warning in desk.settle()} == {NoSpace}
    assert len(openings(shelter.vault)) < len(cases)


def test_while_the_keys_are_renewed_a_case_opens_without_waiting(
    shelter: Shelter, desk: Desk, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shelterdesk.store.database.database._WAIT_SECONDS", 100_000)
    begun, over = Event(), Event()

    def renew() -> None:
        with shelter.vault.database.replacing():
            begun.set()
            over.wait()

    renewing = Thread(target=renew)
    renewing.start()
    begun.wait()
    assert desk.cases.look_into(case.id).code == case.code
    over.set()
    renewing.join()
    assert {type(warning) for warning in shelter.vault.database.warnings} == {Busy}
    assert openings(shelter.vault) == []
