"""The beds over a month of nights, drawn: a bar for each who has a bed, grey where it is of no use.

A picture beside the list, which says the same of tonight in words.
"""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from shelterdesk.core.i18n import _
from shelterdesk.gui.parts.moments import day_text
from shelterdesk.gui.parts.plain import named
from shelterdesk.gui.parts.style.colours import TOKENS
from shelterdesk.gui.parts.style.measures import HAIR, MARK, NEAR, RULE, TIGHT
from shelterdesk.services.house.plan import Night, Plan, PlannedBed

_LEFT: Final = 7
"""Letters of the number of a bed, at the most."""


class Nights(QWidget):
    """One line a bed, one column a night; tonight has an edge of its own."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "nights", _("The beds, night by night"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._plan: Plan | None = None

    def show_plan(self, plan: Plan) -> None:
        """Draw another plan."""
        self._plan = plan
        self.updateGeometry()
        self.update()

    def _line(self) -> int:
        return self.fontMetrics().lineSpacing() + NEAR

    @override
    def sizeHint(self) -> QSize:
        beds = len(self._plan.beds) if self._plan else 0
        return QSize(self.minimumWidth(), (beds + 1) * self._line() + HAIR)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    # -- drawn ------------------------------------------------------------------------------

    def _edges(self) -> list[int]:
        """Return where the nights begin, and where the last one ends."""
        nights = self._plan.nights if self._plan else 1
        left = _LEFT * self.fontMetrics().averageCharWidth() + NEAR
        room = max(0, self.width() - left - HAIR)
        return [left + room * night // nights for night in range(nights + 1)]

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._plan is None:
            return
        painter, edges = QPainter(self), self._edges()
        self._draw_days(painter, self._plan, edges)
        for place, bed in enumerate(self._plan.beds, start=1):
            self._draw_bed(painter, self._plan, bed, place * self._line(), edges)
        self._draw_tonight(painter, self._plan, edges)
        painter.end()

    def _draw_days(self, painter: QPainter, plan: Plan, edges: list[int]) -> None:
        """Write the days above, as many of them as have room."""
        wide = self.fontMetrics().horizontalAdvance("30/12 ")
        free_from = 0
        for night, left in zip(plan.days, edges, strict=False):
            if left < free_from or left + wide > self.width():
                continue
            words = f"{night.day}/{night.month}"
            painter.setPen(QColor(TOKENS["ink" if night == plan.today else "quiet"]))
            painter.drawText(left + TIGHT, self.fontMetrics().ascent() + HAIR, words)
            free_from = left + wide

    def _draw_bed(
        self, painter: QPainter, plan: Plan, bed: PlannedBed, top: int, edges: list[int]
    ) -> None:
        high = self._line()
        painter.fillRect(0, top, self.width(), RULE, QColor(TOKENS["line"]))
        painter.setPen(QColor(TOKENS["ink"]))
        code = self.fontMetrics().elidedText(bed.code, Qt.TextElideMode.ElideRight, edges[0] - NEAR)
        painter.drawText(HAIR, top + self._base(), code)
        for first, last, state, words in _bars(plan, bed):
            bar = QRect(edges[first], top + MARK, edges[last] - edges[first], high - 2 * MARK)
            _draw_bar(painter, bar.adjusted(RULE, RULE, -RULE, 0), state)
            self._write(painter, bar, words, top)

    def _base(self) -> int:
        return (self._line() + self.fontMetrics().ascent() - self.fontMetrics().descent()) // 2

    def _write(self, painter: QPainter, bar: QRect, words: str, top: int) -> None:
        inside = bar.width() - 2 * TIGHT
        if words and inside > self.fontMetrics().horizontalAdvance("MM…"):
            told = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, inside)
            painter.setPen(QColor(TOKENS["ink"]))
            painter.drawText(bar.left() + NEAR, top + self._base(), told)

    def _draw_tonight(self, painter: QPainter, plan: Plan, edges: list[int]) -> None:
        if plan.today in plan.days:
            place = plan.days.index(plan.today)
            for x in edges[place : place + 2]:
                painter.fillRect(x, self._line(), RULE, self.height(), QColor(TOKENS["accent"]))


def _draw_bar(painter: QPainter, bar: QRect, state: Night) -> None:
    if state is Night.HELD:
        painter.fillRect(bar, QColor(TOKENS["accent_ground"]))
        painter.fillRect(bar.left(), bar.top(), MARK, bar.height(), QColor(TOKENS["accent"]))
    else:
        painter.fillRect(bar, QColor(TOKENS["hover"]))
        painter.fillRect(*(bar.left(), bar.center().y(), bar.width(), RULE), QColor(TOKENS["edge"]))


def _bars(plan: Plan, bed: PlannedBed) -> list[tuple[int, int, Night, str]]:
    """Return from which night to before which other a bed is the same people's, or out of use."""
    found: list[tuple[int, int, Night, str]] = []
    for place, night in enumerate(plan.days):
        state = bed.on(night)
        if state is Night.FREE:
            continue
        words = " + ".join(one.alias or one.code for one in bed.in_it(night))
        if found and found[-1][1:] == (place, state, words):
            found[-1] = (found[-1][0], place + 1, state, words)
        else:
            found.append((place, place + 1, state, words))
    return found


def span_words(plan: Plan) -> str:
    """Return from which night to which the plan goes."""
    return f"{day_text(plan.days[0])} – {day_text(plan.days[-1])}"
