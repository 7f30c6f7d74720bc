"""The column at the side: the pages that this person can use, each with its visible shortcut."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from shelterdesk.core.i18n import _
from shelterdesk.gui.frame.page_table import NAVIGATION, NavigationLine
from shelterdesk.gui.parts.icons import icon
from shelterdesk.gui.parts.plain import DOES, button, named, plain_label
from shelterdesk.gui.parts.style import TOKENS

_SHEET: Final = """
QWidget#navigation {{ background: {card}; border-right: 1px solid {line}; }}
QPushButton[look="place"] {{ text-align: left; padding: {above}px 12px; border-radius: 6px;
    border: 2px solid transparent; background: transparent; color: {ink}; }}
QPushButton[look="place"]:hover {{ background: {ground}; }}
QPushButton[look="place"]:checked {{ background: {ground}; color: {accent}; font-weight: 600;
    border-left: 4px solid {accent}; }}
QPushButton[look="place"]:focus {{ border-color: {accent}; }}
"""

_MANY: Final = 8
"""From so many pages on the lines stand closer, so that large letters fit on a small screen."""


class Navigation(QWidget):
    """One button for each page; `wanted` carries the page's name."""

    wanted = Signal(str)
    lock = Signal()
    cover = Signal()

    def __init__(self, entries: Sequence[NavigationLine], me: str) -> None:
        super().__init__()
        named(self, "navigation")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        many = len(entries) >= _MANY
        self.setStyleSheet(_SHEET.format(**TOKENS, above=6 if many else 9))
        self.places: dict[str, QPushButton] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(10, 14, 10, 12)
        self._column.setSpacing(2 if many else 4)
        for entry in entries:  # a page has its key, whoever sits here
            self._add_place(entry, NAVIGATION.index(entry) + 1)
        self._column.addStretch()
        self._column.addWidget(plain_label(_("At the desk: {name}").format(name=me), "quiet"))
        self._add_action("lock", _("Lock"), "lock", "Ctrl+L", self.lock)
        self._add_action("cover_up", _("Cover"), "eye", "F12", self.cover)

    def _add_place(self, entry: NavigationLine, number: int) -> None:
        place = self._line(f"nav_{entry.name}", _(entry.title), entry.icon, f"Ctrl+{number}")
        place.setCheckable(True)
        place.clicked.connect(lambda: self.wanted.emit(entry.name))
        keys = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
        keys.setProperty(DOES, _(entry.title))
        keys.activated.connect(lambda: self.wanted.emit(entry.name))
        self.places[entry.name] = place

    def _add_action(
        self, name: str, words: str, drawing: str, keys: str, signal: SignalInstance
    ) -> None:
        action = self._line(name, words, drawing, keys)
        action.clicked.connect(signal)
        key = QShortcut(QKeySequence(keys), self)
        key.setProperty(DOES, words)
        key.activated.connect(signal)

    def _line(self, name: str, words: str, drawing: str, keys: str) -> QPushButton:
        line = button(words, name)
        line.setProperty("look", "place")
        line.setIcon(icon(drawing))
        line.setIconSize(QSize(20, 20))
        line.setAccessibleName(f"{words}, {keys}")
        beside = QHBoxLayout(line)
        beside.setContentsMargins(0, 0, 10, 0)
        beside.addStretch()
        said: QLabel = plain_label(keys, "quiet", wraps=False)
        said.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        beside.addWidget(said)
        line.setMinimumWidth(line.sizeHint().width() + said.sizeHint().width() + 26)
        self._column.addWidget(line)
        return line

    def mark(self, page_name: str) -> None:
        """Show which page is open; one that is reached from another marks none."""
        for name, place in self.places.items():
            place.setChecked(name == page_name)
