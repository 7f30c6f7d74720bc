"""One reading of what there is to say: from where, for whom, in which language, which records."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import house_day, wall_time
from shelterdesk.core.calendar.dates import PartialDate, spoken, spoken_day
from shelterdesk.core.fields import Field, Kind
from shelterdesk.core.i18n import in_language
from shelterdesk.core.permissions import Area, Right
from shelterdesk.core.shown import shown
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.services.access.belonging import case_of
from shelterdesk.services.access.guard import Seat
from shelterdesk.services.consent_law.around_her import barred

_BARE: Final = frozenset({Kind.DATE, Kind.MOMENT, Kind.NUMBER, Kind.YES_NO, Kind.MONEY})
"""Kinds whose values say nothing without the label of their field."""


@dataclass(frozen=True)
class Reading:
    """Where values are read from, for whom, in which language, and whether others are masked."""

    session: Session
    seat: Seat
    case: Case
    language: str
    referral: Referral | None = None
    masked: bool = False
    chosen: frozenset[str] = frozenset()
    """Ids of the records that are to be told, where a case has several of a kind."""
    wanted: frozenset[str] | None = None
    """The items that are asked for; None for all that there is something to say about."""
    lines: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, dict[str, str]] = field(default_factory=dict)
    """Item -> record id -> words, for records of which those that are chosen leave."""
    overtaken: set[str] = field(default_factory=set)
    """Items whose released sentence is older than what the records say about them now."""
    cases: dict[str, Case] = field(default_factory=dict)
    """Record id -> the case by which it is judged, as far as it was asked for."""

    def __repr__(self) -> str:
        return "<Reading>"

    def wants(self, *items: str) -> bool:
        """Tell whether any of these items is asked for."""
        return self.wanted is None or not self.wanted.isdisjoint(items)

    def may_see(self, record: Record, name: str) -> bool:
        """Tell whether the person at the desk may read a field herself, by the case it is of.

        What is kept about somebody else is judged by that one's case and never by hers.
        """
        return self.seat.may(type(record).area_of(name), Right.READ, self.case_of(record))

    def case_of(self, record: Record) -> Case:
        """Return the case that a record belongs to, hers when it belongs to none."""
        if record.id not in self.cases:
            self.cases[record.id] = case_of(self.session, record) or self.case
        return self.cases[record.id]

    def may_name(self, other: Person) -> bool:
        """Tell whether somebody may be named here: as whoever is at the desk may know her."""
        case = self.case_of(other)
        is_of_hers = case.id == self.case.id
        identity = is_of_hers or self.seat.may(Area.IDENTITY, Right.READ, case)
        return identity and self.may_see(other, "given_name")

    def text(self, record: Record, name: str) -> str:
        """Return a field in words, "" when it is empty or closed to the person at the desk."""
        if not self.may_see(record, name):
            return ""
        declared, value = record.fields()[name], getattr(record, name)
        if declared.kind is Kind.DATE and value is not None:
            known = isinstance(value, PartialDate)
            return (spoken if known else spoken_day)(value, self.language)
        if declared.kind is Kind.MOMENT and value is not None:
            on = spoken_day(house_day(value), self.language)
            return on if declared.past else f"{on}, {wall_time(value)}"
        return shown(declared, value, self.language, self.link)

    def link(self, record_id: str) -> str:
        """Return the name of a member of staff; no other link is ever put into words."""
        worker = self.session.get(StaffMember, record_id)
        return worker.name if worker else ""

    def line(self, record: Record, names: Iterable[str]) -> str:
        """Return some fields of a record as one line; what says nothing by itself has its label."""
        parts = ((record.fields()[name], self.text(record, name)) for name in names)
        return ", ".join(_part(f, text, self.language) for f, text in parts if text)

    def may_tell(self, record: Record) -> bool:
        """Tell whether a record may be told from: nobody else in it is barred, or closed here."""
        linked = (n for n, f in record.fields().items() if f.links_to == Person.kind_name())
        others = {getattr(record, name) for name in linked} - {None, self.case.person_id}
        if not others:
            return True
        never = barred(self.session, self.case)
        people = (self.session.get(Person, one) for one in others - never)
        known = [one for one in people if one is not None and (self.masked or self.may_name(one))]
        return len(known) == len(others)

    def say(self, item: str, text: str) -> None:
        """Note something to say under an item, each once."""
        known = self.lines.setdefault(item, [])
        if text.strip() and text not in known:
            known.append(text)


def _part(declared: Field, text: str, language: str) -> str:
    label = in_language(declared.label, language)
    return f"{label}: {text}" if declared.kind in _BARE else text
