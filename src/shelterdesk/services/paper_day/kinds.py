"""What a kind of sheet says of itself: its columns, its lines, and how what was written is kept.

A later paper joins by one class of this shape; printing, codes, typing in and the list of sheets
know no kind by name.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Protocol

from sqlalchemy.orm import Session

from shelterdesk.core import codes
from shelterdesk.core.calendar.clock import at_house, days_after, here
from shelterdesk.core.calendar.dates import UnreadableDate
from shelterdesk.core.days import read_day, read_time
from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area
from shelterdesk.records.base import Record
from shelterdesk.records.house.sheet import PaperSheet
from shelterdesk.services.house.leave_stops import NOT_YET

EMPTY: Final = 4
"""Empty lines below those that are printed."""

LINES: Final = 19
"""Lines of a sheet on which nothing is printed: as many as fifteen who live here and four more."""

Cell = tuple[int, str]
"""A cell that is written by hand: which line, from 0, and the name of its column."""


class AlreadyWritten(DeskError):
    """What was to be typed in from a paper stands in the records already."""

    sentence = N_(
        "Already written at {at} by {who}. If the paper says otherwise, correct that entry."
    )


class HourWanted(DeskError):
    """A cell for an hour is empty, or is none."""

    sentence = N_("Write the hour as it stands on the paper: 22:10, or with its day: 3/11 22:10.")


class NotYet(DeskError):
    """An hour on a paper has not come yet."""

    sentence = NOT_YET


class WordsWanted(DeskError):
    """Something stands in a line of the log, and no words."""

    sentence = N_("Write what was there, as it stands on the paper.")


class CellsWrong(DeskError):
    """Some cells cannot be kept as they are typed; `problems` says of each why."""

    sentence = N_("Some lines of the paper need another look: {n}")

    def __init__(self, problems: Mapping[Cell, DeskError]) -> None:
        super().__init__(n=len(problems))
        self.problems = dict(sorted(problems.items()))


@dataclass(frozen=True, slots=True)
class HandColumn:
    """A column that is written by hand and typed in later."""

    name: str
    heading: str
    codes: str = ""
    """The code list from which it is chosen; its numbers stand on the paper."""
    only: tuple[str, ...] = ()
    """The codes that are offered; all of the list where none is named."""
    share: int = 1
    """How wide it is beside the others."""
    only_empty: bool = False
    """Whether it is typed only in lines on which nothing was printed."""
    is_long: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class FrozenRow:
    """A line as it was printed; on an empty one stands nothing, and nobody."""

    case_id: str = ""
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Typed:
    """What was typed in from a sheet: by cell what stands there, and who wrote it by hand."""

    sheet: PaperSheet
    rows: Sequence[FrozenRow]
    cells: Mapping[Cell, str]
    writer_id: str
    typist_id: str
    now: datetime
    problems: dict[Cell, DeskError] = field(default_factory=dict)

    def at(self, row: int, name: str) -> str:
        """Return what was typed into a cell."""
        return self.cells.get((row, name), "").strip()

    def written(self) -> list[int]:
        """Return the lines in which anything was typed."""
        return sorted({row for (row, _name), text in self.cells.items() if text.strip()})

    def wrong(self, row: int, name: str, fault: DeskError) -> None:
        """Take note that a cell cannot be kept; the first reason counts."""
        self.problems.setdefault((row, name), fault)

    def demand_right(self) -> None:
        """Raise CellsWrong where any cell cannot be kept."""
        if self.problems:
            raise CellsWrong(self.problems)


class KindOfSheet(Protocol):
    """One kind of paper: what it says of itself."""

    @property
    def code(self) -> str:
        """Its code in `sheet_kind`."""

    @property
    def area(self) -> Area:
        """Where she must write who types it in."""

    @property
    def printed(self) -> tuple[str, ...]:
        """Headings of what is printed."""

    @property
    def shares(self) -> tuple[int, ...]:
        """How wide each of those is beside the columns that are written by hand."""

    @property
    def by_hand(self) -> tuple[HandColumn, ...]:
        """The columns that are written by hand and typed in later, in their order."""

    def rows(self, language: str) -> list[FrozenRow]:
        """Return the lines as they are printed now, the empty ones last."""

    def write(self, session: Session, typed: Typed) -> list[Record]:
        """Keep what was written, in a transaction; raises CellsWrong and leaves everything."""


def numbered(column: HandColumn, language: str) -> list[tuple[str, str]]:
    """Return the codes of a column, each with the number by which it is written on paper."""
    labels = codes.labels(column.codes, language)
    offered = column.only or tuple(labels)
    return [(code, f"{at} {labels[code]}") for at, code in enumerate(offered, 1)]


def frozen(rows: Sequence[FrozenRow]) -> str:
    """Return lines as they are kept with a sheet."""
    return json.dumps([[row.case_id, *row.cells] for row in rows], ensure_ascii=False)


def thawed(text: str) -> list[FrozenRow]:
    """Return the lines of a sheet."""
    return [FrozenRow(case_id, tuple(cells)) for case_id, *cells in json.loads(text)]


def read_hour(typed: str, earliest: datetime) -> datetime | None:
    """Return the moment of an hour on a paper: the first such hour from the earliest one on.

    With a day before it, it is the hour of that day. None for what is no hour.
    """
    day_text, _blank, hour_text = typed.strip().rpartition(" ")
    hour = read_time(hour_text)
    if hour is None:
        return None
    first = here(earliest).date()
    if day_text:
        on = _day(day_text, first)
        return at_house(on, hour) if on else None
    moment = at_house(first, hour)
    begins = earliest.replace(second=0, microsecond=0)
    return moment if moment >= begins else at_house(days_after(first, 1), hour)


def _day(typed: str, near: date) -> date | None:
    try:
        return read_day(typed, near)
    except UnreadableDate:
        return None
