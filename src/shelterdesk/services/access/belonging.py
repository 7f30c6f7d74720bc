"""To which case a record belongs, because that decides who may see it."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.errors import DeskError, NotAllowed
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area, Right
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.records.consent.consent import Consent
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation
from shelterdesk.services.access.guard import Seat

_MOVES: Final = frozenset({"case_id", "person_id"})
"""Links by which a record would come into another case."""


class PersonSettled(DeskError):
    """A case in which somebody was asked for consents was to become another person's."""

    sentence = N_(
        "She has been asked for her consent in this case, so it stays hers. Open a new case for "
        "somebody else; only a director can correct whose case this is."
    )


def demand_same_person(session: Session, seat: Seat, record: Record) -> None:
    """Raise PersonSettled when a case with consents is to be about somebody else.

    Her consents would let out what another woman has told.
    """
    if not isinstance(record, Case) or record.person_id is None or seat.is_director:
        return
    if session.scalar(select(Consent.id).where(Consent.case_id == record.id).limit(1)):
        raise PersonSettled


def case_of(session: Session, record: Record) -> Case | None:
    """Return the case that a record belongs to; None for what belongs to none.

    A person belongs to the case that is about her, and what is kept of her to the same; somebody
    of her family belongs to the case of the woman she is related to. Where there are several, the
    first one counts, so that nobody draws a person into her own case by linking to it.
    """
    if isinstance(record, Case):
        stored = None if is_new(record) else session.get(Case, record.id)
        return stored or record
    case_id = getattr(record, "case_id", None)
    if case_id:
        return session.get(Case, case_id)
    person_id = _person_of(record)
    return _case_of_person(session, person_id) if person_id else None


def cases_at_hand(session: Session, records: Iterable[Record]) -> list[Case]:
    """Read the cases of many records in one statement; held, they are found without another."""
    named = {case_id for record in records if (case_id := getattr(record, "case_id", None))}
    wanted = select(Case).where(Case.id.in_(named))
    return list(session.scalars(wanted)) if named else []


def _person_of(record: Record) -> str | None:
    return record.id if isinstance(record, Person) else getattr(record, "person_id", None)


def _case_of_person(session: Session, person_id: str) -> Case | None:
    about_her = select(Case).where(Case.person_id == person_id).order_by(Case.created_at)
    related = (
        select(Case)
        .join(Relation, Relation.person_id == Case.person_id)
        .where(Relation.other_id == person_id)
        .order_by(Relation.created_at)
    )
    return session.scalar(about_her.limit(1)) or session.scalar(related.limit(1))


def is_new(record: Record) -> bool:
    """Tell whether a record was never saved: only the database counts versions."""
    version: int | None = record.version
    return version is None


def is_nobodys(record: Record) -> bool:
    """Tell whether a record is about a person, so that without a case it is its maker's alone."""
    return not isinstance(record, Case) and _person_of(record) is not None


def moved(record: Record, changed: Iterable[str]) -> bool:
    """Tell whether a change has brought a record into another case."""
    return not isinstance(record, Case) and not _MOVES.isdisjoint(changed)


def linked_person(record: Record, values: Mapping[str, Any]) -> str | None:
    """Return whom some values link a record to, where that brings her into another one's case."""
    name = {Case: "person_id", Relation: "other_id"}.get(type(record))
    return values.get(name) if name else None


def demand_linkable(session: Session, seat: Seat, person_id: str | None) -> None:
    """Raise NotAllowed when a record is to be linked to a person whom she may not see."""
    person = session.get(Person, person_id) if person_id else None
    if person is None:
        return
    case = _case_of_person(session, person.id)
    if case is not None:
        seat.demand(Area.IDENTITY, Right.READ, case)
    elif person.created_by != seat.holder_id and not seat.reaches_all(Area.IDENTITY):
        raise NotAllowed
