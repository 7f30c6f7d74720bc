"""What lies in the tables beside the answers: items, what was taken back, what a backup brought."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import house_day
from shelterdesk.records.case.case import Case
from shelterdesk.records.consent.consent_item import ConsentItem
from shelterdesk.records.consent.withdrawal import Withdrawal
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.store.backup.restore import restored


def from_backup(session: Session, consent_ids: list[str]) -> frozenset[str]:
    """Return which consents were written down before these records were last brought back.

    By their place in the log, which no clock can move.
    """
    mark = restored(session)
    if mark is None:
        return frozenset()
    earlier = select(AuditEvent.record_id).where(
        AuditEvent.record_id.in_(consent_ids), AuditEvent.seq < mark.seq
    )
    return frozenset(session.scalars(earlier))


def withdrawn(taken_back: Iterable[Withdrawal]) -> dict[str, date]:
    """Return which consents were taken back, and the first day on which each was."""
    found: dict[str, date] = {}
    for row in taken_back:
        said = house_day(row.at)
        found[row.consent_id] = min(found.get(row.consent_id, said), said)
    return found


def items_answered(
    session: Session, case: Case, answers: tuple[str, ...]
) -> dict[str, frozenset[str]]:
    """Return by consent the items of a case to which one of these answers was given."""
    wanted = select(ConsentItem).where(
        ConsentItem.case_id == case.id, ConsentItem.allowed.in_(answers)
    )
    found: dict[str, frozenset[str]] = {}
    for row in session.scalars(wanted):
        found[row.consent_id] = found.get(row.consent_id, frozenset()) | {row.item}
    return found
