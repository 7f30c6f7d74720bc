"""The list of all cases, read as columns: quick also with twenty thousand of them."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from typing import Any, Final, NamedTuple

from sqlalchemy import String, select, type_coerce
from sqlalchemy.orm import Session
from typing_extensions import override

from shelterdesk.core.calendar.dates import age_on, from_stored
from shelterdesk.core.permissions import Area
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.services.access.guard import Seat
from shelterdesk.services.access.present_bed import BED

_CASES: Final = select(
    Case.id,
    Case.code,
    Case.alias,
    Case.state,
    Case.owner_id,
    Case.second_worker_id,
    Case.legal_officer_id,
    Case.closed_on,
    Case.person_id,
).order_by(Case.created_at.desc(), Case.id)

_PERSONS: Final = select(
    Person.id,
    Person.given_name,
    Person.family_name,
    Person.given_name_latin,
    Person.family_name_latin,
    type_coerce(Person.birth_date, String),
)
_BEDS: Final = select(Stay.case_id, BED).where(
    Stay.left_at.is_(None), Stay.state.is_distinct_from("exited")
)


class CaseRow(NamedTuple):
    """A line in the list of cases; name and age are empty where she may not know them."""

    id: str
    code: str
    alias: str
    name: str
    state: str
    age: str
    in_house: bool
    bed: str
    owner: str
    closed: bool
    own: bool

    @override
    def __repr__(self) -> str:
        return "<CaseRow>"


def case_rows(session: Session, seat: Seat) -> list[CaseRow]:
    """Return a line for every case, newest first."""
    with _without_collecting():
        return _case_rows(session, seat)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Let no garbage be looked for: it takes twice as long as the reading, and finds none."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _case_rows(session: Session, seat: Seat) -> list[CaseRow]:
    beds = {case_id: bed or "" for case_id, bed in session.connection().execute(_BEDS)}
    names = session.connection().execute(select(StaffMember.id, StaffMember.name))
    staff = {staff_id: name for staff_id, name in names}  # noqa: C416 - a row is no pair to mypy
    rows = session.connection().execute(_CASES).all()
    persons = _persons(session, _known(seat, rows), seat.today())
    mine, nobody, found = seat.staff_id, ("", ""), []
    for case_id, code, alias, state, owner, second, legal, closed_on, person_id in rows:
        name, age = persons.get(person_id, nobody)
        found.append(
            CaseRow(
                case_id,
                code,
                alias or "",
                name,
                state or "",
                age,
                case_id in beds,
                beds.get(case_id, ""),
                staff.get(owner or "", ""),
                closed_on is not None,
                mine is not None and mine in (owner, second, legal),
            )
        )
    return found


def _known(seat: Seat, rows: Sequence[Any]) -> set[str]:
    """Return the ids of the persons whose names she may know."""
    knows = seat.judge(Area.AGE)
    return {row.person_id for row in rows if row.person_id and knows(row)}


def _persons(session: Session, known: set[str], today: date) -> dict[Any, tuple[str, str]]:
    """Return name and age of those persons who may be known; asks for nobody else's."""
    if not known:
        return {}
    few = len(known) <= _AT_ONCE
    rows = session.connection().execute(_PERSONS.where(Person.id.in_(known)) if few else _PERSONS)
    return {
        row[0]: (_name(*row[1:5]), age_in_years(row[5], today)) for row in rows if row[0] in known
    }


_AT_ONCE: Final = 500
"""Ids that are named in one question; beyond that it is quicker to read them all."""


def _name(given: str | None, family: str | None, latin: str | None, last: str | None) -> str:
    own = f"{given or ''} {family or ''}".strip()
    return own or f"{latin or ''} {last or ''}".strip()


@lru_cache(maxsize=20_000)
def age_in_years(stored: str | None, today: date) -> str:
    """Return an age as it is shown everywhere: a number, or from and to when it is uncertain."""
    if not stored:
        return ""
    youngest, oldest = age_on(from_stored(stored), today)
    return str(youngest) if youngest == oldest else f"{youngest}–{oldest}"
