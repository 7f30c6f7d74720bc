"""The rows of an incident as they lie in a transaction, and who looks at it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from shelterdesk.core.errors import ChangedElsewhere, DeskError
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area, Right, Role
from shelterdesk.records.case.case import Case
from shelterdesk.records.house.incident import Incident, IncidentPerson, IncidentStep
from shelterdesk.services.access.cases_read import OF_CASE, named
from shelterdesk.services.access.guard import Seat
from shelterdesk.services.records import Records

Part = TypeVar("Part", IncidentPerson, IncidentStep)


class IsClosed(DeskError):
    """Something was to be written to an incident that is closed."""

    sentence = N_("This incident is closed. Open it again first, with a reason.")


def row_of(session: Session, incident_id: str) -> Incident:
    """Return an incident; raises ChangedElsewhere where there is none."""
    row = session.get(Incident, incident_id)
    if row is None:
        raise ChangedElsewhere
    return row


def open_row(session: Session, incident_id: str) -> Incident:
    """Return an incident that is not closed; raises IsClosed, ChangedElsewhere."""
    row = row_of(session, incident_id)
    if row.closed_at is not None:
        raise IsClosed
    return row


def belonging(kind: type[Part], incident_id: str) -> Select[Part]:
    """Return how the rows of an incident are asked for, the first one first."""
    in_order = (kind.at, kind.created_at, kind.id)
    return select(kind).where(kind.incident_id == incident_id).order_by(*in_order)


def names_of(session: Session, case_ids: Iterable[str]) -> dict[str, str]:
    """Return code and chosen name of cases, by their ids."""
    wanted = select(*OF_CASE).where(Case.id.in_(set(case_ids)))
    return {row.case_id: named(row) for row in session.execute(wanted)}


def cases_in(session: Session, incident_ids: Iterable[str]) -> dict[str, list[Any]]:
    """Return by incident the cases of those who were in it."""
    wanted = (
        select(IncidentPerson.incident_id, *OF_CASE)
        .join(Case, Case.id == IncidentPerson.case_id)
        .where(IncidentPerson.incident_id.in_(list(incident_ids)))
        .order_by(IncidentPerson.created_at, IncidentPerson.id)
    )
    found: dict[str, list[Any]] = {}
    for row in session.execute(wanted):
        found.setdefault(row.incident_id, []).append(row)
    return found


def add_step(
    records: Records, session: Session, row: Incident, what: str, when: datetime, by_id: str
) -> IncidentStep:
    """Put a step into a transaction."""
    step = IncidentStep(incident_id=row.id, what=what, at=when, by_id=by_id)
    return records.keep_weighed(session, step)


def may_review(seat: Seat, row: Incident) -> bool:
    """Tell whether an incident is hers to look at: a director's, who has not written it.

    Where a director wrote it, whoever else writes incidents may look as well.
    """
    if row.created_by == seat.holder_id or not seat.may(Area.INCIDENT, Right.WRITE):
        return False
    writer = seat.vault.keyring.holder(row.created_by)
    return seat.is_director or (writer is not None and Role.DIRECTOR in writer.roles)
