"""The pages of the house beside each other: each has its own keys, from everywhere."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area
from shelterdesk.gui.forms.list_page import list_page
from shelterdesk.gui.parts.flow import FlowRow
from shelterdesk.gui.parts.rows import small
from shelterdesk.gui.parts.scrolled import scrolling
from shelterdesk.gui.parts.style.measures import BESIDE_BAR, BETWEEN, NO_MARGINS, NONE
from shelterdesk.services.desk import Desk

WAYS: Final = (
    ("beds", N_("Beds"), "Ctrl+B"),
    ("leave", N_("Who is out"), "Ctrl+O"),
    ("roll", N_("Roll"), "Ctrl+R"),
    ("visitors", N_("Visitors"), "Ctrl+D"),
    ("logbook", N_("Day log"), "Ctrl+E"),
    ("shift", N_("Shift"), "Ctrl+H"),
    ("incident", N_("Incidents"), "F6"),
    ("groups", N_("Groups and kits"), "Ctrl+G"),
    ("places", N_("Asking for a place"), "Ctrl+J"),
    ("kept", N_("Belongings"), "Ctrl+M"),
    ("paper_day", N_("Paper sheets"), "F9"),
)
_NEEDED: Final = {"kept": Area.KEPT}
"""Pages of the house that are not everybody's who works there, and what she must read."""


_LETTERS_FOR_TWO: Final = 100
"""Letters that a page is wide at least where two halves stand beside each other."""
_SHARES: Final = (3, 2)


def house_ways(here: str, go: SignalInstance, desk: Desk) -> QWidget:
    """Return a line of buttons to the other pages of the house; the present one is pressed."""
    ways = []
    for name, words, keys in WAYS:
        if name in _NEEDED and not desk.may(_NEEDED[name]):
            continue
        pressed = small(f"{_(words)}  ({keys})", f"way-{name}", _(words))
        pressed.setCheckable(True)
        pressed.setChecked(name == here)
        pressed.clicked.connect(partial(go.emit, name, ""))
        pressed.setEnabled(name != here)
        ways.append(pressed)
    return FlowRow(*ways)


def house_page(
    page: QWidget, name: str, head: QLayout, go: SignalInstance, desk: Desk
) -> QVBoxLayout:
    """Dress a page of the house and return the column into which its cards are put.

    Its first line and the ways to the other pages stay; the cards below them scroll.
    """
    whole = list_page(page)
    whole.addLayout(head)
    whole.addWidget(house_ways(name, go, desk))
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(NONE, NONE, BESIDE_BAR, NONE)
    column.setSpacing(BETWEEN)
    spoken = next(words for one, words, _keys in WAYS if one == name)
    whole.reach(scrolling(inside, f"{name}-scroll", _(spoken)))
    return column


class Halves(QWidget):
    """A list, and beside it what is asked and told of its lines: both are seen at once.

    Where there is no room for two the second stands below the first.
    """

    def __init__(self, first: QWidget, *others: QWidget) -> None:
        super().__init__()
        self._both = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._both.setContentsMargins(*NO_MARGINS)
        self._both.setSpacing(BETWEEN)
        for parts in ((first,), others):
            half = QVBoxLayout()
            half.setSpacing(BETWEEN)
            for part in parts:
                half.addWidget(part)
            half.addStretch(1)
            self._both.addLayout(half)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        wide = self.width() >= self.fontMetrics().averageCharWidth() * _LETTERS_FOR_TWO
        way = QBoxLayout.Direction
        self._both.setDirection(way.LeftToRight if wide else way.TopToBottom)
        for half, share in enumerate(_SHARES if wide else (0, 1)):
            self._both.setStretch(half, share)
        super().resizeEvent(event)


def house_foot(page: QWidget, acts: QWidget, problem: QWidget | None = None) -> None:
    """Put the acts of the list below what scrolls, where they are seen from every line of it."""
    below = page.layout()
    if below is not None:
        for part in filter(None, (problem, acts)):
            below.addWidget(part)


def house_acts(
    struck: Callable[[str], object], *acts: tuple[str, str, str]
) -> tuple[FlowRow, dict[str, QPushButton]]:
    """Return the buttons below a list, in a row, and each by its key.

    Of each act the key, its words and the name of its button; `struck` is told the key.
    """
    pressed = {}
    for key, words, name in acts:
        pressed[key] = small(words, name)
        pressed[key].clicked.connect(partial(struck, key))
    return FlowRow(*pressed.values()), pressed
