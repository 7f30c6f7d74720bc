"""What happened in a case, as lines to read from the newest back."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from shelterdesk.core.calendar.clock import at_house, house_day
from shelterdesk.core.codes import label
from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import N_, _, screen_language
from shelterdesk.core.lao.breaks import BREAK, breakable, plain
from shelterdesk.core.names.mentioned import ANOTHER, told_of
from shelterdesk.core.permissions import Area
from shelterdesk.core.shown import shown
from shelterdesk.records.base import Happening, Record
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.stay import bare_bed
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.house.beds import Bed, BedStay
from shelterdesk.records.house.belonging import Belonging
from shelterdesk.records.house.group import Attendance, GroupService
from shelterdesk.records.house.incident import Incident, IncidentPerson
from shelterdesk.records.house.log import LoggedLine, LogMention
from shelterdesk.services.records import Records

_LINE: Final = 70
"""Letters of a text that a line of the timeline tells."""

_BEDS: Final = ("bed", "bed_id")
"""Fields that tell a number of which nobody would know that it is one of a bed."""

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
    written_at: datetime | None = None
    """When it was written down: what happened on one day without an hour stands in this order."""

    @property
    def place(self) -> tuple[datetime, datetime]:
        """Return where it stands among the others."""
        written = self.written_at or self.at
        same_day = self.is_whole_day and house_day(written) == house_day(self.at)
        return (written if same_day else self.at), written

    def __repr__(self) -> str:
        return "<Event>"


_KINDS: Final = tuple(kind for kind in Record.kinds if kind.happenings)


def timeline(records: Records, case: Case, may_read: Callable[[Area], bool]) -> list[Event]:
    """Return what she may see of a case's course, newest first.

    A line names the kind of what happened: it is told in the areas that she may read there.
    """
    names = {one.id: one.shown for one in _pointed_to(records)} | _logged(records, case)
    names |= {one.id: one.shown for one in _incidents_of(records, case)}
    names |= {one.id: one.shown for one in records.of(Belonging, case_id=case.id)}
    names |= {one.id: one.shown for one in _groups_of(records, case)}
    found = list(_of_case(case))
    planned = {one.stay_id for one in records.of(BedStay, case_id=case.id)}
    for kind in _KINDS:
        told = [line for line in kind.happenings if may_read(kind.told_in(line.at))]
        for record in records.of(kind, case_id=case.id) if told else ():
            if isinstance(record, LogMention) and record.line_id not in names:
                continue  # a later line stands in its place
            lines = _without_beds(told) if record.id in planned else told
            found += [e for line in lines if (e := _event(record, line, names.get))]
    return sorted(found, key=lambda event: event.place, reverse=True)


def _without_beds(lines: Iterable[Happening]) -> Iterator[Happening]:
    """Yield the lines of a stay whose beds have lines of their own."""
    for line in lines:
        yield line._replace(follows=tuple(name for name in line.follows if name != "bed"))


def _pointed_to(records: Records) -> list[Organisation | Bed]:
    return [*records.of(Organisation), *records.of(Bed)]


def _logged(records: Records, case: Case) -> dict[str, str]:
    """Return by its id what each line of the day log says that speaks of her, and that counts.

    Whoever else is meant there is another resident.
    """
    mentions = records.of(LogMention, case_id=case.id)
    lines = records.those(LoggedLine, {one.line_id for one in mentions}) if mentions else []
    corrected = {line.corrects_id for line in lines}
    return {
        line.id: first_words(told_of(line.text, case.code, _(ANOTHER)))
        for line in lines
        if line.id not in corrected
    }


def _incidents_of(records: Records, case: Case) -> Iterator[Incident]:
    """Yield the incidents that she was in, as far as they may be read."""
    for one in records.of(IncidentPerson, case_id=case.id):
        yield records.get(Incident, one.incident_id)


def _groups_of(records: Records, case: Case) -> list[GroupService]:
    """Return the groups and kits that she is written down with."""
    came = records.of(Attendance, case_id=case.id)
    return records.those(GroupService, {one.group_id for one in came}) if came else []


def _of_case(case: Case) -> Iterator[Event]:
    opened = case.opened_on or case.created_at
    if opened:
        day, written = _is_day(opened), case.created_at
        yield Event(_moment(opened), case.kind_name(), _(_OPENED), case.id, day, written)
    if case.closed_on:
        reason = _shown(case, "closing_reason", str)
        text = ": ".join(filter(None, (_(_CLOSED), reason)))
        closed, written = _moment(case.closed_on), case.changed_at
        yield Event(closed, case.kind_name(), text, case.id, is_whole_day=True, written_at=written)


def _event(record: Record, line: Happening, named: Callable[[str], Any]) -> Event | None:
    at = getattr(record, line.at)
    if at is None or not record.happened:
        return None
    values = [_shown(record, name, named) for name in line.follows]
    text = ": ".join(
        filter(None, (_(line.begins or record.title), ", ".join(filter(None, values))))
    )
    written = record.created_at
    return Event(_moment(at), record.kind_name(), text, record.id, _is_day(at), written)


def _shown(record: Record, name: str, named: Callable[[str], Any]) -> str:
    """Return a value as a word of the line: the label of a code, the name behind a link."""
    declared, value = record.fields()[name], getattr(record, name)
    if value is None:
        return ""
    if declared.kind is Kind.CHOICE:
        return label(declared.codes, value, screen_language())
    if declared.kind in (Kind.NOTE, Kind.MONEY):
        return first_words(shown(declared, value, screen_language()))
    told = str((named(value) or "") if declared.kind is Kind.LINK else value)
    return _("Bed {bed}").format(bed=bare_bed(told)) if name in _BEDS and told else told


def first_words(text: str) -> str:
    """Return the beginning of a text as a line tells it, cut between two words."""
    line = next(filter(None, map(str.strip, text.splitlines())), "")
    if len(line) <= _LINE:
        return line
    cut = breakable(line)[:_LINE]
    end = max(cut.rfind(" "), cut.rfind(BREAK))
    return f"{plain(cut[: end if end > 0 else _LINE]).rstrip()} …"


def _is_day(when: date | datetime) -> bool:
    return not isinstance(when, datetime)


def _moment(when: date | datetime) -> datetime:
    """Return a day as the moment it began, so that days and moments sort together."""
    if isinstance(when, datetime):
        return when
    return at_house(when)
