"""What was written wrongly: changed by its writer within the shift, corrected beside it later."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_
from shelterdesk.core.sentences import is_sentence
from shelterdesk.records.base import Record
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
    she has written that. A clock that was put back makes nothing younger.
    """
    last, present = latest(session), seat.vault.clock()
    now = max(present, last or present)
    if _is_young(row.created_at, now) and row.created_by == seat.holder_id:
        return True
    hers = row.changed_by == seat.holder_id and _is_young(row.changed_at, now)
    return hers and set(changed) <= set(end)


def _is_young(at: datetime | None, now: datetime) -> bool:
    return at is not None and now - at < SHIFT


def demand_why(reason: str) -> None:
    """Raise WhyCorrected unless a correction says why, in a sentence."""
    if not is_sentence(reason):
        raise WhyCorrected
