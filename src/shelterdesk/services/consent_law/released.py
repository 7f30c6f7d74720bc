"""Sentences released for papers: for which items, by whose right, and which of them hold today.

What lies under a key of its own is never put on paper itself. Whoever works with it writes a
sentence that may be told; until then the door says whom to ask.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.i18n import _
from shelterdesk.core.permissions import ROLE_TITLES, Area, Role
from shelterdesk.core.released_items import RELEASED_IN
from shelterdesk.records.case.case import Case
from shelterdesk.records.disclosure.release import Release
from shelterdesk.services.consent_law.consent_rules import last_ended
from shelterdesk.store.log.audit import writer_of
from shelterdesk.store.log.log_order import last_change, spans

_ASKED: Final = {Area.MEDICAL: Role.NURSE, Area.LEGAL: Role.LEGAL_OFFICER}


def releaser(item: str) -> Role:
    """Return the role that is asked to release an item."""
    return _ASKED.get(RELEASED_IN[item], Role.COUNSELLOR)


def whom(items: Iterable[str]) -> str:
    """Return in the language of the screen whom to ask for sentences about these items."""
    roles = dict.fromkeys(releaser(item) for item in items)
    return ", ".join(_(ROLE_TITLES[role]) for role in roles)


def in_force(session: Session, case: Case, today: date) -> dict[str, Release]:
    """Return item -> the newest sentence released about a person, without those that have ended.

    All of them end when the case is closed or opened again, as her consents do: a plan of long ago
    is not told as one of today.
    """
    wanted = select(Release).where(Release.case_id == case.id, Release.released_on.is_not(None))
    ended, rows = last_ended(session, case), session.scalars(wanted).all()
    order = last_change(session, [row.id for row in rows], "released_on")
    seen = spans(session, order, writer_of(session).clock())
    since = [row for row in rows if order.get(row.id, 0) > ended]
    newest = {row.item: row for row in sorted(since, key=lambda row: order[row.id])}
    return {i: row for i, row in newest.items() if _holds(row, max(today, seen[row.id].last_day))}


def _holds(row: Release, latest: date) -> bool:
    """Tell whether a sentence has not ended on any day that it has been since."""
    return row.until is None or row.until >= latest
