"""What stays as it was written: notes after a day, and who may open a process note."""

from datetime import timedelta
from typing import Final

from shelterdesk.core.errors import NotAllowed
from shelterdesk.core.i18n import N_
from shelterdesk.records.base import Record
from shelterdesk.records.case_note import CaseNote
from shelterdesk.records.disclosure import Disclosure
from shelterdesk.records.withdrawal import Withdrawal
from shelterdesk.services.guard import Seat

OPEN_FOR: Final = timedelta(hours=24)
"""How long its writer may still change a note; afterwards it is corrected, never changed."""


class WrittenDown(NotAllowed):
    """A note of another person, or of more than a day ago, was to be changed."""

    sentence = N_(
        "A note can be changed by its writer for one day; then it stays as it is. Write a "
        "correction: both will be kept."
    )


def demand_changeable(seat: Seat, row: Record) -> None:
    """Raise WrittenDown for what is not changed any more, NotAllowed for what never is."""
    if isinstance(row, Disclosure | Withdrawal):
        raise NotAllowed
    if isinstance(row, CaseNote) and not may_change(seat, row):
        raise WrittenDown


def may_change(seat: Seat, note: CaseNote) -> bool:
    """Tell whether a note is hers and of less than a day ago, by the vault's clock."""
    if note.created_by != seat.holder_id or note.created_at is None:
        return False
    return seat.vault.clock() - note.created_at <= OPEN_FOR


def demand_opener(seat: Seat, row: Record) -> None:
    """Raise NotAllowed unless a process note is opened by its writer or by a director."""
    if isinstance(row, CaseNote) and row.created_by != seat.holder_id and not seat.is_director:
        raise NotAllowed
