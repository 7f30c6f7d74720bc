"""Whether these are the invented records to learn with, where some warnings would only confuse.

A fact alone does not say so: everybody who opens the records can write one, and in a real house
the first pages would be silent then. A director has marked them before there was any case.
"""

from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shelterdesk.records.case.case import Case
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry
from shelterdesk.store.vault.vault import Vault

DEMO: Final = "demo"
_MARKED: Final = "marked as invented"


def mark(vault: Vault) -> None:
    """Mark new records as invented, for ever, with a line of the log."""
    vault.keep_fact(DEMO, "yes")
    with vault.database.writing() as session:
        audit.note(session, [LogEntry(_MARKED, DEMO, DEMO)])


def is_demo(vault: Vault) -> bool:
    """Tell whether a director has marked these records as invented before there was any case."""
    if vault.fact_or_none(DEMO) is None:
        return False
    with vault.database.reading() as session:
        return _was_marked_first(session)


def _was_marked_first(session: Session) -> bool:
    marked = select(AuditEvent).where(AuditEvent.record_id == DEMO, AuditEvent.action == _MARKED)
    line = session.scalars(marked.order_by(AuditEvent.seq).limit(1)).first()
    signers = audit.writer_of(session).signers
    if line is None:
        return signers is None  # an older keyring: nobody's lines are signed
    if signers is not None and not signers.directs(line.actor, line.seq):
        return False
    return line.seq < (_first_case(session) or line.seq + 1)


def _first_case(session: Session) -> int | None:
    lines = select(func.min(AuditEvent.seq)).where(AuditEvent.record_id.in_(select(Case.id)))
    return session.scalar(lines)
