"""One line of My day: what is to be done, by when, about whom, and the page where it is done.

Every room that has something to say offers its own lines; nothing that gathers or shows them knows
what they are about. The words are plain sentences: whoever reads over a shoulder learns a code and
that something is due, never what lies under a seal.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple, Protocol

from shelterdesk.core.calendar.clock import days_after
from shelterdesk.core.i18n import _
from shelterdesk.records.base import Record

SHOWN_AHEAD: Final = 7
"""Days ahead that My day looks (design: rooms, My day)."""

# -- the pages that lines open, as the window calls them ------------------------------------------

CASE: Final = "case"
REFERRAL: Final = "referral"
ORGANISATION: Final = "organisation"
BACKUP: Final = "backup"
DEPUTY: Final = "deputy"
RELEASE: Final = "release"
BEDS: Final = "beds"
LEAVE: Final = "leave"
ROLL: Final = "roll"
VISITORS: Final = "visitors"
LOGBOOK: Final = "logbook"
SHIFT: Final = "shift"
INCIDENT: Final = "incident"
KEPT: Final = "kept"
CARRIED: Final = "carried"
LETTERS: Final = "letters"
BOX: Final = "box"
PLACES: Final = "places"
PAPER_DAY: Final = "paper_day"
GROUPS: Final = "groups"


NEW: Final = "new"
"""In the place of a record's id: one is to be written that is not there yet."""


class Spot(NamedTuple):
    """Where on its page a line is dealt with: a part of it, a field there, of which record."""

    part: str
    field: str = ""
    record_id: str = ""
    """The newest of the part where it is empty."""


class DayPart(StrEnum):
    """Where on My day a line stands."""

    NOW = "now"
    """Overdue, or dangerous."""
    TODAY = "today"
    AHEAD = "ahead"
    """Within the next seven days."""
    WAITING = "waiting"
    """Somebody else has to do something first."""


@dataclass(frozen=True, repr=False, kw_only=True)
class DayLine:
    """What one room has to say to one person today."""

    words: str
    """The sentence, to be translated when it is shown."""
    facts: Mapping[str, object] = field(default_factory=dict)
    """What is filled in: the name of an office, an hour; never what is sealed."""
    when: date | None = None
    """The day by which it is due, or on which it takes place."""
    hour: str = ""
    """The hour on that day; "" where only the day counts."""
    who: str = ""
    """Code and chosen name of the one it is about."""
    number: str = ""
    """The number under which the paper it is about is known."""
    page: str = ""
    """The page that it opens; "" for none."""
    record_id: str = ""
    spot: Spot | None = field(default=None, compare=False)
    """Where on the page; whatever is missing opens there, ready to be typed."""
    is_danger: bool = False
    """Whether it counts now, whatever its day."""
    waits: bool = False
    """Whether somebody else has to do something first, until its day."""
    record: Record | None = field(default=None, compare=False)
    """What can be dealt with in the line itself, as she may see it."""

    def in_words(self) -> str:
        """Return the sentence in the language of the screen."""
        return _(self.words).format(**self.facts)

    def is_late(self, today: date) -> bool:
        """Tell whether its day is over."""
        return self.when is not None and self.when < today

    def part(self, today: date) -> DayPart | None:
        """Return where it stands on a day; None while it lies too far ahead to be shown."""
        if self.is_danger or self.is_late(today):
            return DayPart.NOW
        lies_ahead = self.when is not None and self.when > today
        if self.waits and (lies_ahead or self.when is None):
            return DayPart.WAITING
        if self.when is None or not lies_ahead:
            return DayPart.TODAY
        return DayPart.AHEAD if self.when <= last_day_shown(today) else None


class TellsOfDay(Protocol):
    """A room that offers lines for My day; its rule says who is asked for them at all."""

    def day_lines(self, today: date) -> list[DayLine]:
        """Return what it has to say to the person at the desk."""


def last_day_shown(today: date) -> date:
    """Return the last day that My day looks ahead to."""
    return days_after(today, SHOWN_AHEAD)


def in_order(lines: Iterable[DayLine]) -> list[DayLine]:
    """Return lines as they are read: what is dangerous first, then by day and hour.

    What is due at the same time stays in the order of its room.
    """
    return sorted(lines, key=lambda line: (not line.is_danger, line.when or date.max, line.hour))
