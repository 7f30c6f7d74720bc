"""The search box in the head of the navigation: what fits is listed below it as one types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget
from typing_extensions import override

from shelterdesk.core.i18n import N_, _
from shelterdesk.core.references import is_mistyped
from shelterdesk.gui.parts.case_line import line_of_hit
from shelterdesk.gui.parts.plain import DOES, named
from shelterdesk.gui.parts.style.measures import EDGE, HAIR, HITS_WIDE, NEAR, grown
from shelterdesk.gui.parts.written_line import WrittenLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from shelterdesk.services.search import Hit

_MOST = 12
_MISTYPED = N_("This code cannot be right: look at the last figure.")
_NOTHING = N_("Nothing found. Try the code, the alias, or a part of the name.")


class SearchBox(WrittenLine):
    """One line; `opened` carries kind and id of what was chosen. Enter takes the first hit.

    What drops down is no `RecordTable`: the line keeps the keyboard, and the best hit stands first.
    """

    opened = Signal(str, str)

    def __init__(self, find: Callable[[str, int], list[Hit]], above: QWidget) -> None:
        super().__init__()
        words = _("Search people, referrals, organisations")
        named(self, "search", words)
        self.setPlaceholderText(_("Search  (Ctrl+K)"))
        self.setClearButtonEnabled(True)
        self._find, self._lies_above = find, False
        self.hits = named(QListWidget(above), "hits", _("Found"))
        self.hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hits.hide()
        self.hits.itemClicked.connect(self._open)
        self.textChanged.connect(self._look)
        self.installEventFilter(self)
        key = QShortcut(QKeySequence("Ctrl+K"), above)
        key.setProperty(DOES, _("Search everything"))
        key.activated.connect(self.begin)

    @property
    def _above(self) -> QWidget:
        """The frame that the hits lie on: asked of Qt, since keeping it would close a circle."""
        return self.hits.parentWidget() or self

    def lie_above(self, *, above: bool) -> None:
        """Lie above the page, seen only while somebody searches; or stand where it was put."""
        self._lies_above = above
        if above:
            self.setParent(self._above)
            self.hide()
        else:
            self.show()

    def begin(self) -> None:
        """Take the keyboard; what was typed before is replaced."""
        if self._lies_above:
            room = self._above.width() - 2 * EDGE
            wide = min(grown(HITS_WIDE), room)
            left = self._above.width() - EDGE - wide
            self.setGeometry(left, NEAR, wide, self.sizeHint().height())
            self.show()
            self.raise_()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def _look(self, typed: str) -> None:
        self.hits.clear()
        if not typed.strip():
            self.hits.hide()
            return
        is_wrong = is_mistyped(typed)
        for hit in [] if is_wrong else self._find(typed, _MOST):
            line = QListWidgetItem(line_of_hit(hit))
            line.setData(Qt.ItemDataRole.UserRole, (hit.page, hit.id))
            self.hits.addItem(line)
        if self.hits.count():
            self.hits.setCurrentRow(0)
        else:
            nothing = QListWidgetItem(_(_MISTYPED if is_wrong else _NOTHING))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.hits.addItem(nothing)
        self._place()

    def _place(self) -> None:
        corner = self.mapTo(self._above, self.rect().bottomLeft())
        height = self.hits.sizeHintForRow(0) * self.hits.count() + NEAR
        wide = min(max(self.width(), grown(HITS_WIDE)), self._above.width() - corner.x() - NEAR)
        self.hits.setGeometry(corner.x(), corner.y() + HAIR, wide, height)
        self.hits.raise_()
        self.hits.show()

    def _open(self, line: QListWidgetItem | None) -> None:
        chosen = line.data(Qt.ItemDataRole.UserRole) if line is not None else None
        if chosen is not None:
            self.clear()
            self.opened.emit(*chosen)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._key(Qt.Key(event.key()))
        return False

    def _key(self, key: Qt.Key) -> bool:
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            row = self.hits.currentRow() + step
            self.hits.setCurrentRow(max(0, min(self.hits.count() - 1, row)))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.hits.currentItem())
            return True
        if key == Qt.Key.Key_Escape:
            self.clear()
            return True
        return False

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.hits.hide()
        super().focusOutEvent(event)
        if self._lies_above and event.reason() != Qt.FocusReason.PopupFocusReason:
            self.hide()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.text().strip():
            self._place()
