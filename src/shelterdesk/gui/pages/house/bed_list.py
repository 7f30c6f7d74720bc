"""The list of the beds: one line for each bed and who sleeps in it, and for who has none."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.forms.record_table import RecordTable
from shelterdesk.gui.forms.table_rows import Ordered
from shelterdesk.gui.parts.case_line import coded
from shelterdesk.gui.parts.keys import letter
from shelterdesk.gui.parts.moments import day_text
from shelterdesk.services.case.residence import Resident
from shelterdesk.services.house.plan import Night, Plan, PlannedBed, natural

_HEADS: Final = (N_("Bed"), N_("Room"), N_("Who sleeps there"), N_("Tonight"))
_NO_BEDS: Final = N_("No bed is written down yet. Add a room, then its beds.")
_LINES: Final = (3, None)
"""Rows that are always seen: the list is as high as its rows, and the page scrolls."""


@dataclass(frozen=True, repr=False)
class BedLine:
    """A line of the list: a bed, and of whom it is."""

    bed: PlannedBed | None
    case_id: str = ""
    who: str = ""

    @property
    def id(self) -> str:
        """Return under which the line is found again."""
        return f"{self.bed.id if self.bed else ''}/{self.case_id}"


class BedList(RecordTable):
    """The lines of tonight; M, while the keyboard is in it, asks where she sleeps now."""

    asked_where = Signal()

    def __init__(self) -> None:
        heads = [_(head) for head in _HEADS]
        super().__init__(heads, "beds", _("Beds"), copied=None, lines=_LINES)
        self.set_empty_text(_(_NO_BEDS))
        self.lines: dict[str, BedLine] = {}

    def show_plan(self, plan: Plan, without: list[Resident]) -> None:
        """Show the beds of a plan, after those who live here and have none."""
        self.lines = {line.id: line for line in (*_without(without), *_with_bed(plan))}
        self.set_rows((line.id, _cells(line, plan)) for line in self.lines.values())
        if not self.chosen():
            self.choose_or_first()

    def line(self) -> BedLine | None:
        """Return the line on which the cursor stands."""
        return self.lines.get(self.chosen())

    def choose_person(self, case_id: str) -> None:
        """Put the cursor on the line of somebody."""
        self.choose(next((one for one in self.lines if one.endswith(f"/{case_id}")), ""))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if letter(event) == "M":
            self.asked_where.emit()
        else:
            super().keyPressEvent(event)


def _without(residents: list[Resident]) -> Iterator[BedLine]:
    for one in residents:
        yield BedLine(None, one.case_id, " ".join(filter(None, (one.code, one.alias))))


def _with_bed(plan: Plan) -> Iterator[BedLine]:
    for bed in plan.beds:
        for sleeper in bed.here:
            yield BedLine(bed, sleeper.case_id, sleeper.who)
        if not bed.here:
            yield BedLine(bed)


def _cells(line: BedLine, plan: Plan) -> tuple[str, ...]:
    bed = line.bed
    if bed is None:
        return Ordered("–", natural("")), "", line.who, _("No bed yet")
    return Ordered(bed.code, natural(bed.code)), room_words(bed), line.who, _tonight(line, plan)


def room_words(bed: PlannedBed) -> str:
    """Return the room of a bed, with its building."""
    return ", ".join(filter(None, (bed.room.name, bed.room.building)))


def _tonight(line: BedLine, plan: Plan) -> str:
    """Return what a bed is tonight, in words."""
    bed = line.bed
    if bed is None:
        return ""
    if line.case_id:
        shares = any(one.shares for one in bed.here if one.case_id == line.case_id)
        until = bed.free_from
        told = _("free from {day}").format(day=day_text(until)) if until else ""
        return _("shares it") if shares else told
    if bed.state is Night.OUT:
        use = bed.use_on(plan.today)
        why = coded("bed_out_reason", use.reason) if use and use.reason else ""
        return ": ".join(filter(None, (_("out of use"), why)))
    return _("free, a mat") if bed.is_extra else _("free")
