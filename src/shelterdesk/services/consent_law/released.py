"""Sentences released for papers: for which items, by whose right, and which of them hold today.

What lies under a key of its own is never put on paper itself. Whoever works with it writes a
sentence that may be told; until then the door says whom to ask.
"""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shelterdesk.core.i18n import _
from shelterdesk.core.permissions import ROLE_TITLES, Area, Role
from shelterdesk.core.released_items import RELEASED_IN
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.records.disclosure.release import Release
from shelterdesk.records.keeping.ledger import AuditEvent, FieldHistory
from shelterdesk.services.consent_law.consent_rules import last_ended
from shelterdesk.store.log.audit import writer_of
from shelterdesk.store.log.log_order import begun, last_change, spans, told_of

_ASKED: Final = {Area.MEDICAL: Role.NURSE, Area.LEGAL: Role.LEGAL_OFFICER}


def releaser(item: str) -> Role:
    """Return the role that is asked to release an item."""
    return _ASKED.get(RELEASED_IN[item], Role.COUNSELLOR)


def whom(items: Iterable[str]) -> str:
    """Return in the language of the screen whom to ask for sentences about these items."""
    roles = dict.fromkeys(releaser(item) for item in items)
    return ", ".join(_(ROLE_TITLES[role]) for role in roles)


def in_force(
    session: Session, case: Case, today: date
) -> tuple[dict[str, Release], frozenset[str]]:
    """Return item -> the newest sentence released about a person, and the items looked at again.

    All of them end when the case is closed or opened again, as her consents do: a plan of long ago
    is not told as one of today. One is to be looked at again, and is not told until then, when what
    the records say about it has changed since.
    """
    wanted = select(Release).where(Release.case_id == case.id, Release.released_on.is_not(None))
    ended, rows = last_ended(session, case), session.scalars(wanted).all()
    order = last_change(session, [row.id for row in rows], "released_on")
    seen = spans(session, order, writer_of(session).clock())
    since = [row for row in rows if order.get(row.id, 0) > ended]
    newest = {row.item: row for row in sorted(since, key=lambda row: order[row.id])}
    told = {i: row for i, row in newest.items() if _holds(row, max(today, seen[row.id].last_day))}
    old = frozenset(i for i, row in told.items() if _overtaken(session, case, i, order[row.id]))
    return {i: row for i, row in told.items() if i not in old}, old


def _holds(row: Release, latest: date) -> bool:
    """Tell whether a sentence has not ended on any day that it has been since."""
    return row.until is None or row.until >= latest


def _overtaken(session: Session, case: Case, item: str, since: int) -> bool:
    """Tell whether a field that an item is told from was written or changed after a line."""
    sources = ((kind, _declaring(kind, item)) for kind in Record.kinds)
    return any(
        _written_since(session, kind, name, case, since)
        for kind, names in sources
        if "case_id" in kind.fields()
        for name in names
    )


@cache
def _declaring(kind: type[Record], item: str) -> tuple[str, ...]:
    """Return the fields of a kind that say something about an item."""
    return tuple(name for name, told in kind.fields().items() if told.disclosure == item)


def _written_since(session: Session, kind: type[Record], name: str, case: Case, since: int) -> bool:
    """Tell whether records of her case were begun with a field filled, or had it changed, since.

    A value that was taken away counts like one that was put there.
    """
    column, hers = getattr(kind, name), kind.__table__.c["case_id"] == case.id
    filled = list(session.scalars(select(kind.id).where(hers, column.is_not(None))))
    if any(line > since for line in begun(session, filled).values()):
        return True
    changed = (
        select(func.max(FieldHistory.seq))
        .join(AuditEvent, told_of())
        .where(FieldHistory.record_id.in_(select(kind.id).where(hers)), FieldHistory.field == name)
    )
    return (session.scalar(changed) or 0) > since
