"""What was written wrongly: changed by its writer within the shift, corrected beside it later."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_
from shelterdesk.core.sentences import is_sentence
from shelterdesk.records.base import Record
from shelterdesk.records.house.shifts import ShiftHandover
from shelterdesk.services.access.guard import Seat
from shelterdesk.store.log.audit import latest

SHIFT: Final = timedelta(hours=12)
"""How long the longest shift is, a night: so long an entry is still its writer's own."""


class WhyCorrected(DeskError):
    """An entry of another shift was to be corrected, and nobody has said why."""

    sentence = N_(
        "This is an entry of another person, or of an earlier shift. Both stay: write in a "
        "sentence why it is corrected."
    )


def is_of_shift(
    session: Session, seat: Seat, row: Record, changed: Iterable[str], end: Iterable[str] = ()
) -> bool:
    """Tell whether the person at the desk may still change an entry where it stands.

    The row that she has made herself within the shift; of another one only what `end`s it, where
    she has written that. What was there when a shift handed over is no longer hers alone: somebody
    signs that she has read it. A clock that was put back makes nothing younger.
    """
    since = _since(session, seat)
    if row.created_by == seat.holder_id and _is_after(row.created_at, since):
        return True
    hers = row.changed_by == seat.holder_id and _is_after(row.changed_at, since)
    return hers and set(changed) <= set(end)


def _since(session: Session, seat: Seat) -> datetime:
    """Return from when on entries are of this shift: the last handover, or the longest shift."""
    last, present = latest(session), seat.vault.clock()
    longest = max(present, last or present) - SHIFT
    handed_over = session.scalar(select(func.max(ShiftHandover.created_at)))
    return max(longest, handed_over or longest)


def _is_after(at: datetime | None, since: datetime) -> bool:
    return at is not None and at > since


def demand_why(reason: str) -> None:
    """Raise WhyCorrected unless a correction says why, in a sentence."""
    if not is_sentence(reason):
        raise WhyCorrected
