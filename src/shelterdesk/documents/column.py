"""A sheet that is filled from the top: headings, rows of label and text, panels, blanks to fill in.

Papers that must be one sheet are set smaller step by step until they fit, never below a size that
can be read by candlelight; then `TooLong` says what to do. Papers for herself go on overleaf.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_
from shelterdesk.documents.fonts import Weight
from shelterdesk.documents.page import HEIGHT, MARGIN, WIDTH, Page
from shelterdesk.documents.type import Align, Style

LEFT: Final = 54.0
RIGHT: Final = WIDTH - LEFT
INNER: Final = RIGHT - LEFT
TOP: Final = HEIGHT - MARGIN
FLOOR: Final = 50.0
"""The lowest that text may come, in points from the foot of the sheet; below it stands the foot."""

LABELS: Final = 134.0
"""The width of the labels on the left of a row, with the gap to its text."""

SEAL: Final = 62.0
"""The least room for a seal, in points: with half of it over the lines above, it is not cut off."""

SCALES: Final = (1.0, 0.95, 0.9, 0.86, 0.82)
"""How small a paper may be set, in steps; labels are then of 7.8 points, what is read of 8.6."""

_LEADING: Final = {"lo": 1.5, "en": 1.42}
"""Line heights in times of the size: Lao has marks above marks, and names may be Lao anywhere."""


class TooLong(DeskError):
    """What is to be said does not fit on the one sheet that it must have."""

    sentence = N_(
        "This does not fit on one sheet. Shorten the longest text or choose fewer items, then try "
        "again."
    )


@dataclass
class Column:
    """The text of a sheet while it is being set; `top` is where the next line begins.

    `turn` begins a new sheet when this one is full; without it text runs on below the floor, and
    whoever sets it looks at `fits` afterwards.
    """

    page: Page
    language: str
    scale: float = 1.0
    top: float = TOP
    turn: Callable[[], None] | None = None

    @property
    def fits(self) -> bool:
        """Whether everything so far has stayed above the floor."""
        return self.top >= FLOOR

    def style(self, size: float, weight: Weight = Weight.REGULAR, grey: float = 0.0) -> Style:
        """Return a style of this sheet: its size follows the scale, its leading the language."""
        scaled = size * self.scale
        return Style(scaled, weight, leading=scaled * _LEADING[self.language], grey=grey)

    def body(self, weight: Weight = Weight.REGULAR) -> Style:
        """Return the style of what is read."""
        return self.style(10.5, weight)

    def small(self, grey: float = 0.25) -> Style:
        """Return the style of labels and of what accompanies the text."""
        return self.style(9.5, grey=grey)

    def gap(self, points: float) -> None:
        """Leave free room, less of it on a sheet that is set smaller."""
        self.top -= points * self.scale**2

    def room(self, height: float) -> None:
        """Turn the sheet unless so much is left, on papers that may have several."""
        if self.turn and self.top - height < FLOOR:
            self.turn()
            self.top = TOP

    def rule(self, *, weight: float = 0.5, grey: float = 0.6) -> None:
        """Draw a line across the sheet."""
        self.page.rule(LEFT, self.top, INNER, weight=weight, grey=grey)

    def line(self, text: str, style: Style, x: float = LEFT, align: Align = "left") -> None:
        """Draw one line that is known to be short, and go on below it."""
        self.room(style.line)
        self.page.type.line(x, self.top - style.line * 0.72, text, style, align)
        self.top -= style.line

    def block(self, text: str, style: Style, left: float = LEFT, width: float = INNER) -> None:
        """Fill a width with text and go on below it."""
        for row in self.page.type.lines(text, style, width):
            self.line(row, style, left)

    def centred(self, text: str, style: Style) -> None:
        """Fill the width with text, each line in the middle."""
        for row in self.page.type.lines(text, style, INNER):
            self.line(row, style, LEFT + INNER / 2, "centre")

    def heading(self, text: str) -> None:
        """Draw the heading of a part above a thin line."""
        self.gap(8)
        style = self.style(10, Weight.BOLD)
        self.room(style.line * 3)
        self.block(text, style)
        self.top -= 1
        self.rule(grey=0.7)
        self.gap(3)

    def row(self, label: str, text: str, weight: Weight = Weight.REGULAR) -> None:
        """Draw a label and beside it its text, on the same first line.

        The label is drawn whole before the text, so that the two copy out one after the other.
        """
        small, body = self.small(), self.body(weight)
        labels = self.page.type.lines(label, small, LABELS - 12)
        self.room(len(labels) * body.line)
        start = self.top
        for number, part in enumerate(labels):
            base = start - body.line * (number + 0.72)
            self.page.type.line(LEFT, base, part, small)
        self.block(text, body, *self.beside_labels)
        if self.top < start:
            self.top = min(self.top, start - len(labels) * body.line)
        self.gap(1)

    def rows(self, *pairs: tuple[str, str]) -> None:
        """Draw one row for each label that has something beside it."""
        for label, text in pairs:
            if text:
                self.row(label, text)

    @property
    def beside_labels(self) -> tuple[float, float]:
        """Where the text of a row begins, and how wide it is."""
        return LEFT + LABELS, INNER - LABELS

    def points(self, texts: tuple[str, ...], style: Style, left: float, width: float) -> None:
        """Draw sentences one under the other, each with a dash before it."""
        for text in texts:
            self.room(style.line)
            self.page.type.line(left, self.top - style.line * 0.72, "–", style)
            self.block(text, style, left + 12, width - 12)

    def panel(self, heading: str, texts: tuple[str, ...]) -> None:
        """Draw sentences on grey ground under a bold heading, so that nobody passes over them."""
        self.gap(9)
        bold, style, pad = self.style(9.5, Weight.BOLD), self.style(9.5), 7.0
        width = INNER - 2 * pad
        wrapped = (self.page.type.lines(text, style, width - 12) for text in texts)
        height = bold.line + sum(map(len, wrapped)) * style.line + 2 * pad - 3
        self.room(height)
        self.ground(height)
        self.top -= pad - 3
        self.line(heading, bold, LEFT + pad)
        self.points(texts, style, LEFT + pad, width)
        self.top -= pad

    def ground(self, height: float) -> None:
        """Lay a light grey ground under what will be drawn next."""
        canvas = self.page.canvas
        canvas.setFillGray(0.94)
        canvas.roundRect(LEFT, self.top - height, INNER, height, 3, stroke=0, fill=1)

    def blank(self, label: str, left: float = LEFT, width: float = INNER) -> None:
        """Draw a label and a line to write upon; stays on its line for the next blank beside it."""
        style = self.small(0.15)
        base = self.top - 18
        used = self.page.type.line(left, base, label, style)
        self.page.rule(left + used + 5, base - 2, max(20.0, width - used - 5), grey=0.35)

    def blanks(self, *labels: str) -> None:
        """Draw several blanks on one line, each with its share of the width, and go below them."""
        self.room(26)
        share = (INNER - 14 * (len(labels) - 1)) / len(labels)
        for number, label in enumerate(labels):
            self.blank(label, LEFT + number * (share + 14), share)
        self.top -= 26

    def blank_and_seal(self, label: str, seal: str, floor: float) -> None:
        """Draw a last blank on the left, and beside it the name of the place where a seal is put.

        Raises TooLong unless there is room for the seal above `floor`.
        """
        share = (INNER - 14) / 2
        if self.top - floor < SEAL:
            raise TooLong
        self.blank(label, LEFT, share)
        self.page.type.line(LEFT + share + 14, self.top - 18, seal, self.small(0.15))
        self.top -= 26

    def choice(self, text: str, left: float = LEFT) -> float:
        """Draw a box to tick with its words; returns where the words end. Stays on its line."""
        style = self.small(0.1)
        base = self.top - 15
        self.page.canvas.setStrokeGray(0.2)
        self.page.canvas.setLineWidth(0.8)
        self.page.canvas.rect(left, base - 1, 9, 9, stroke=1, fill=0)
        return left + 15 + self.page.type.line(left + 15, base, text, style)
