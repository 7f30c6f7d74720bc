"""The measures of the window: every margin, gap and size that is not measured from words.

A page writes none of them as a number; a test finds it where it does.
"""

from typing import Final

from PySide6.QtWidgets import QApplication

BASE_POINTS: Final = 11
"""Letters at 100 percent."""

NONE: Final = 0
HAIR: Final = 2
"""Between a label and its field, between lines that are one."""
TIGHT: Final = 4
"""Between lines of one list."""
NEAR: Final = 8
"""Between what belongs together."""
BETWEEN: Final = 12
"""Between cards, and between columns."""
INSIDE: Final = 20
"""From the edge of a card to what stands in it; between two columns of fields."""
EDGE: Final = 32
"""From the edge of the window to the page."""

NO_MARGINS: Final = (NONE, NONE, NONE, NONE)
PAGE: Final = (EDGE, NEAR, EDGE, BETWEEN)
PAGE_TO_THE_EDGE: Final = (EDGE, NEAR, NONE, NONE)
"""Of a page whose scroll bar stands at the edge of the window, down to the bottom."""
PAGE_WITH_FOOT: Final = (EDGE, NEAR, NONE, BETWEEN)
"""Of such a page with a line below what scrolls."""
CARD: Final = (INSIDE, BETWEEN, INSIDE, BETWEEN)
CARD_FOLDED: Final = (BETWEEN, TIGHT, BETWEEN, TIGHT)
TABLE_CARD: Final = (TIGHT, TIGHT, TIGHT, TIGHT)
"""Around a table, which has room around its cells itself."""
DOOR_CARD: Final = (INSIDE + NEAR, INSIDE, INSIDE + NEAR, INSIDE)

ONE_COLUMN: Final = 980
"""The most that a page of one column is wide: longer lines are hard to read."""
DOOR_WIDE: Final = 620
"""The width of the one card on a page that has no other."""
DIALOGUE: Final = 480
"""The least width of a small page that asks something."""
SHEET: Final = (860, 640)
"""The size of such a page that shows something to be read: a paper, the help."""
HITS_WIDE: Final = 560
"""What was found by the search is shown as wide as this."""
ROOMY: Final = 1000
"""From this width on the navigation shows its words."""
SIDE_LIST: Final = 250
"""The width of a list that stands beside what it opens."""
PAPER: Final = (300, 260)
"""The least that a sheet of paper is shown in."""
PAPER_LIKED: Final = (480, 420)
"""The size that a sheet of paper would have."""
ANSWER: Final = 64
"""The least width of Yes and of No."""
INDENT: Final = 28
"""From a box to tick to the words below its own."""
CONTROL: Final = 36
"""The height of a field, a choice or a button, at 100 percent: one for all of a form."""
TOP_LINE: Final = 28
"""The height of the thin line above a page, at 100 percent, whatever stands in it."""
LIST_ROW: Final = 34
"""The least height of a line in a list to choose from, at 100 percent."""
AROUND_WORD: Final = 36
"""What a field needs beside its letters: its edges, and the arrow of a choice."""
SIGN: Final = 20
SIGN_SMALL: Final = 16
"""Drawings, at 100 percent."""
SCROLL_BAR: Final = 10
BESIDE_BAR: Final = EDGE - SCROLL_BAR
"""From what scrolls to its bar at the edge of the window: so it ends where all pages end."""
GRIP: Final = 40
"""How much of a window must lie on a screen, so that it can be taken hold of."""
RULE: Final = 1
MARK: Final = 3
"""The edge of the row that is chosen."""


def grown(pixels: int) -> int:
    """Return a measure at the present size of letters: drawings and narrow places grow with it."""
    return round(pixels * QApplication.font().pointSizeF() / BASE_POINTS)
