"""What a handover consists of: lines that every room has to tell of the time since the last one.

A room offers its lines; nothing that gathers or shows them knows what they are about.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol

from shelterdesk.core.i18n import N_, _
from shelterdesk.services.access.guard import Seat, rule_of

LIVES: Final = N_("Who came, left, moved")
AWAY: Final = N_("Who goes out, and who came back")
AT_DOOR: Final = N_("Visitors")
LOGGED: Final = N_("Lines of the day log")
PARTS: Final = (LOGGED, LIVES, AWAY, AT_DOOR)
"""The headings of a handover, in their order; a room may bring one of its own, which follows."""


@dataclass(frozen=True, repr=False, kw_only=True)
class ShiftLine:
    """What one room hands over in one line."""

    part: str
    """The heading below which it stands, to be translated when it is shown."""
    at: datetime
    words: str
    """The sentence, to be translated when it is shown; or what somebody has written."""
    facts: Mapping[str, object] = field(default_factory=dict)
    who: str = ""
    """Code, chosen name and bed of the one it is about."""
    by: str = ""
    is_written: bool = False
    """Whether the words are somebody's own, and are not translated."""
    must_read: bool = False
    is_open: bool = False
    record_id: str = ""

    def in_words(self) -> str:
        """Return the sentence in the language of the screen."""
        return self.words if self.is_written else _(self.words).format(**self.facts)


class TellsOfShift(Protocol):
    """A room that hands something over; its rule says who is told."""

    def shift_lines(self, since: datetime, until: datetime) -> list[ShiftLine]:
        """Return what it has to say of the time between two handovers."""


def assembled(
    seat: Seat, rooms: Iterable[TellsOfShift], since: datetime, until: datetime
) -> list[ShiftLine]:
    """Return what all rooms hand over, by heading and hour, the most pressing lines first."""
    lines = [
        line for room in rooms if _has_part(seat, room) for line in room.shift_lines(since, until)
    ]
    return sorted(lines, key=lambda line: (_place(line.part), not line.must_read, line.at))


def _has_part(seat: Seat, room: TellsOfShift) -> bool:
    needed = rule_of(room.shift_lines)
    return needed is None or needed.area is None or seat.may(needed.area, needed.right)


def _place(part: str) -> tuple[int, str]:
    return (PARTS.index(part), "") if part in PARTS else (len(PARTS), part)


def to_be_read(lines: Sequence[ShiftLine]) -> frozenset[str]:
    """Return the ids of the lines that must be read before anybody signs."""
    return frozenset(line.record_id for line in lines if line.must_read)
