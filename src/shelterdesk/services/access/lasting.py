"""What stays as it was written: notes after a day; and who may open a sealed text, and why."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from shelterdesk.core.errors import DeskError, NotAllowed
from shelterdesk.core.fields import SealedValue
from shelterdesk.core.i18n import N_
from shelterdesk.core.passphrases import looks_like_recovery_words
from shelterdesk.core.permissions import Compartment, Role
from shelterdesk.core.sentences import is_sentence
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.services.access.guard import CLOSED_TO_STAFF, Seat
from shelterdesk.store.keyring.recovery import page_words
from shelterdesk.store.log.log_order import begun, spans

SHORTEST_PAGE: Final = 40
"""Letters below which no text can hold ten words of a recovery page."""


class WrittenDown(NotAllowed):
    """A note of another person, or of more than a day ago, was to be changed."""

    sentence = N_(
        "A note can be changed by its writer for one day; then it stays as it is. Write a "
        "correction: both will be kept."
    )


class ClosedLongAgo(DeskError):
    """A case was to be closed on a day so long ago that whoever closes it could read it no more."""

    sentence = N_(
        "A case that was closed more than ninety days ago is read by directors only: you would "
        "lock yourself out. Choose a later day, or ask a director to close it."
    )


class NeedsReason(DeskError):
    """A director was to open a medical text without saying which emergency makes her do so."""

    sentence = N_(
        "Medical texts are the nurse's. A director opens them in an emergency only: write in a "
        "sentence what has happened. It stays in the log."
    )


class PageTyped(DeskError):
    """The words of a recovery page were typed into a record."""

    sentence = N_(
        "This looks like the words of a recovery page. They belong on paper only: whoever reads "
        "them here could open everything. Take them out, then save again."
    )


def demand_no_page(values: Iterable[object]) -> None:
    """Raise PageTyped when one of the texts holds words of a recovery page."""
    for value in values:
        text = value.value if isinstance(value, SealedValue) else value
        long = isinstance(text, str) and len(text) > SHORTEST_PAGE
        if long and looks_like_recovery_words(str(text), page_words()):
            raise PageTyped


def demand_changeable(seat: Seat, row: Record, changed: Mapping[str, object]) -> None:
    """Raise WrittenDown for what is not changed any more, NotAllowed for what never is.

    Raises ClosedLongAgo for a closing day that would lock out whoever writes it.
    """
    _demand_still_read(seat, row, changed.get("closed_on"))
    if row.changed_for == timedelta(0):
        raise NotAllowed
    if not may_change(seat, row):
        raise WrittenDown


def _demand_still_read(seat: Seat, row: Record, closed_on: object) -> None:
    """Raise ClosedLongAgo where somebody would close a case so that she reads it no more."""
    if not isinstance(row, Case) or not isinstance(closed_on, date) or seat.is_director:
        return
    if seat.today() - closed_on > CLOSED_TO_STAFF:
        raise ClosedLongAgo


def may_change(seat: Seat, record: Record) -> bool:
    """Tell whether its writer may still change a record, as far as the log knows its age."""
    return record.id in changeable(seat, [record])


def changeable(seat: Seat, records: Iterable[Record]) -> frozenset[str]:
    """Return the ids of those that the person at the desk may still change; the log is asked once.

    A clock that was put back makes nothing younger.
    """
    asked = list(records)
    hers = {one.id: one for one in asked if one.changed_for and one.created_by == seat.holder_id}
    now = seat.vault.clock()
    with seat.vault.database.reading() as session:
        seen = spans(session, begun(session, list(hers)), now) if hers else {}
    latest = {id_: max(now, seen[id_].last) if id_ in seen else now for id_ in hers}
    young = {id_ for id_, one in hers.items() if _is_young(one, latest[id_])}
    return frozenset(young.union(one.id for one in asked if one.changed_for is None))


def _is_young(record: Record, latest: datetime) -> bool:
    written, lasts = record.created_at, record.changed_for
    return written is not None and lasts is not None and latest - written <= lasts


def is_opener(seat: Seat, row: Record) -> bool:
    """Tell whether she may open what is sealed in it: of a process note its writer, a director."""
    return not isinstance(row, CaseNote) or row.created_by == seat.holder_id or seat.is_director


def demand_opener(seat: Seat, row: Record) -> None:
    """Raise NotAllowed unless a process note is opened by its writer or by a director."""
    if not is_opener(seat, row):
        raise NotAllowed


def declared(seat: Seat, row: Record, name: str, reason: str) -> str:
    """Return what stands in the log beside a look: the reason of a director at a medical text.

    Raises NeedsReason where she has given none; a director who is the nurse as well needs none.
    """
    medical = row.fields()[name].compartment is Compartment.MEDICAL
    if not medical or not seat.is_director or Role.NURSE in seat.roles:
        return ""
    if not is_sentence(reason):
        raise NeedsReason
    return reason.strip()
