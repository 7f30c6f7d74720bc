"""The column at the side: the pages that this person can use, each with its visible shortcut."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from shelterdesk.core.i18n import _
from shelterdesk.gui.frame.foot import Foot
from shelterdesk.gui.frame.page_table import NavigationLine, keys_of
from shelterdesk.gui.frame.search_box import SearchBox
from shelterdesk.gui.parts.elided import Elided
from shelterdesk.gui.parts.icons import icon
from shelterdesk.gui.parts.look import look
from shelterdesk.gui.parts.plain import DOES, named, plain_label, show_if, tip
from shelterdesk.gui.parts.style.measures import BETWEEN, HAIR, INSIDE, NEAR, NONE, SIGN, grown

_MANY: Final = 8
"""From so many pages on the lines stand closer, so that large letters fit on a small screen."""


class _PlaceLine(QPushButton):
    """A drawing, what it opens, and its keys; folded only the drawing, the rest is its tip."""

    def __init__(self, name: str, words: str, drawing: str, keys: str, look_of: str) -> None:
        super().__init__(words)
        self._words = words
        named(self, name, f"{words}, {keys}")
        look(self, look_of)
        tip(self, f"{words}  ({keys})")
        self.setIcon(icon(drawing))
        self.setIconSize(QSize(grown(SIGN), grown(SIGN)))
        beside = QHBoxLayout(self)
        beside.setContentsMargins(NONE, NONE, NEAR, NONE)
        beside.addStretch()
        self._keys = plain_label(keys, "keys", wraps=False)
        self._keys.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        beside.addWidget(self._keys)
        self.fold(folded=False)

    def fold(self, *, folded: bool) -> None:
        """Show the drawing alone, or with its words."""
        self.setText("" if folded else self._words)
        show_if(self._keys, not folded)
        both = self.sizeHint().width() + self._keys.sizeHint().width() + INSIDE
        self.setMinimumWidth(NONE if folded else both)


class Navigation(QWidget):
    """One button for each page; `wanted` carries the page's name.

    At its head stands the search, at its foot what is always at hand. Folded it is a column of
    drawings: the room is the page's.
    """

    wanted = Signal(str)
    lock = Signal()
    cover = Signal()

    def __init__(self, entries: Sequence[NavigationLine], me: str, search: SearchBox) -> None:
        super().__init__()
        named(self, "navigation")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look = "place_close" if sum(not e.within for e in entries) >= _MANY else "place"
        self.folded = False
        self.places: dict[str, QPushButton] = {}
        self._lines: list[_PlaceLine] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(NEAR, NEAR, NEAR, NEAR)
        self._column.setSpacing(HAIR)
        self._search, self._foot = search, QWidget()
        self._column.addWidget(search)
        self._find = self._line("search_open", _("Search everything"), "search", "Ctrl+K")
        self._find.clicked.connect(search.begin)
        self._column.addSpacing(NEAR)
        for entry in entries:
            self._add_keys(entry)
            if not entry.within:
                self._add_place(entry)
        self._within = {entry.name: entry.within for entry in entries if entry.within}
        self._column.addStretch()
        self._me = Elided(_("At the desk: {name}").format(name=me), "quiet")
        self._column.addWidget(self._me)
        self._add_action("lock", _("Lock"), "lock", "Ctrl+L", self.lock)
        self._add_action("cover_up", _("Cover"), "eye-off", "F12", self.cover)
        show_if(self._find, wanted=False)

    def _add_place(self, entry: NavigationLine) -> None:
        pressed = keys_of(entry)
        place = self._line(f"nav_{entry.name}", _(entry.title), entry.icon, pressed)
        place.setCheckable(True)
        place.clicked.connect(lambda: self.wanted.emit(entry.name))
        self.places[entry.name] = place

    def _add_keys(self, entry: NavigationLine) -> None:
        """Let keys open a page from everywhere, whether it has a line of its own or not."""
        keys = QShortcut(QKeySequence(keys_of(entry)), self)
        keys.setProperty(DOES, _(entry.title))
        keys.activated.connect(lambda: self.wanted.emit(entry.name))

    def _add_action(
        self, name: str, words: str, drawing: str, keys: str, signal: SignalInstance
    ) -> None:
        action = self._line(name, words, drawing, keys)
        action.clicked.connect(signal)
        key = QShortcut(QKeySequence(keys), self)
        key.setProperty(DOES, words)
        key.activated.connect(signal)

    def _line(self, name: str, words: str, drawing: str, keys: str) -> _PlaceLine:
        line = _PlaceLine(name, words, drawing, keys, self._look)
        self._lines.append(line)
        self._column.addWidget(line)
        return line

    def hold(self, foot: Foot) -> None:
        """Take what is always at hand into the foot."""
        self._foot = foot
        self._column.addSpacing(BETWEEN - NEAR)
        self._column.addWidget(foot)
        foot.fold(folded=self.folded)
        foot.show()

    def fold(self, *, folded: bool) -> None:
        """Become a column of drawings, or show the words again."""
        if folded == self.folded:
            return
        self.folded = folded
        for line in self._lines:
            line.fold(folded=folded)
        show_if(self._find, folded)
        show_if(self._me, not folded)
        if isinstance(self._foot, Foot):
            self._foot.fold(folded=folded)
        if folded:
            self._column.removeWidget(self._search)
        else:
            self._column.insertWidget(0, self._search)
        self._search.lie_above(above=folded)

    def mark(self, page_name: str) -> None:
        """Show which page is open; one that is reached from another marks none."""
        shown = self._within.get(page_name, page_name)
        for name, place in self.places.items():
            place.setChecked(name == shown)
