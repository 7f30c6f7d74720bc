"""What happened in a case, as lines to read from the newest back."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from shelterdesk.core.calendar.clock import at_house
from shelterdesk.core.codes import label
from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import N_, _, screen_language
from shelterdesk.records.base import Happening, Record
from shelterdesk.records.case.case import Case
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.services.records import Records

_OPENED, _CLOSED = N_("Case opened"), N_("Case closed")


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: when, which kind of record tells of it, one plain line."""

    at: datetime
    kind: str
    text: str
    record_id: str
    is_whole_day: bool = False
    """Only the day is known: no hour is shown."""

    def __repr__(self) -> str:
        return "<Event>"


_KINDS: Final = tuple(kind for kind in Record.kinds if kind.happenings)


def timeline(records: Records, case: Case) -> list[Event]:
    """Return what she may see of a case's course, newest first."""
    names = {organisation.id: organisation.shown for organisation in _organisations(records)}
    found = list(_of_case(case))
    for kind in _KINDS:
        for record in records.of(kind, case_id=case.id):
            found += [e for line in kind.happenings if (e := _event(record, line, names.get))]
    return sorted(found, key=lambda event: event.at, reverse=True)


def _organisations(records: Records) -> list[Organisation]:
    return records.of(Organisation)


def _of_case(case: Case) -> Iterator[Event]:
    opened = case.opened_on or case.created_at
    if opened:
        yield Event(_moment(opened), case.kind_name(), _(_OPENED), case.id, _is_day(opened))
    if case.closed_on:
        reason = _shown(case, "closing_reason", str)
        text = ": ".join(filter(None, (_(_CLOSED), reason)))
        yield Event(_moment(case.closed_on), case.kind_name(), text, case.id, is_whole_day=True)


def _event(record: Record, line: Happening, named: Callable[[str], Any]) -> Event | None:
    at = getattr(record, line.at)
    if at is None:
        return None
    values = [_shown(record, name, named) for name in line.follows]
    text = ": ".join(
        filter(None, (_(line.begins or record.title), ", ".join(filter(None, values))))
    )
    return Event(_moment(at), record.kind_name(), text, record.id, _is_day(at))


def _shown(record: Record, name: str, named: Callable[[str], Any]) -> str:
    """Return a value as a word of the line: the label of a code, the name behind a link."""
    declared, value = record.fields()[name], getattr(record, name)
    if value is None:
        return ""
    if declared.kind is Kind.CHOICE:
        return label(declared.codes, value, screen_language())
    if name == "bed":
        return _("Bed {bed}").format(bed=value)
    return str((named(value) or "") if declared.kind is Kind.LINK else value)


def _is_day(when: date | datetime) -> bool:
    return not isinstance(when, datetime)


def _moment(when: date | datetime) -> datetime:
    """Return a day as the moment it began, so that days and moments sort together."""
    if isinstance(when, datetime):
        return when
    return at_house(when)
