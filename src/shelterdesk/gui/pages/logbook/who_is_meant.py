"""Who is meant: after @ those who live here are offered below the line, by code, name and bed."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget
from typing_extensions import override

from shelterdesk.core.i18n import _
from shelterdesk.core.names.mentioned import AT
from shelterdesk.gui.parts.plain import named
from shelterdesk.gui.parts.style.measures import HITS_WIDE, NEAR, grown
from shelterdesk.services.logbook.mentions import Nameable

_MOST: Final = 8
_STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_TAKES: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


class OfferedNames(QListWidget):
    """What drops down below a line while a name is typed after @; the line keeps the keyboard."""

    def __init__(
        self, line: QLineEdit, present: Callable[[], Sequence[Nameable]], above: QWidget
    ) -> None:
        super().__init__(above)
        named(self, "who-is-meant", _("Who is meant"))
        self._line, self._present = line, present
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        line.textEdited.connect(self._look)
        line.installEventFilter(self)
        self.itemClicked.connect(self._take)

    def _typed(self) -> str | None:
        """Return what stands between the last @ and the caret; None where nobody is named."""
        before = self._line.text()[: self._line.cursorPosition()]
        _first, at, typed = before.rpartition(AT)
        return typed if at else None

    def _look(self) -> None:
        typed = self._typed()
        self.clear()
        fits = [] if typed is None else [one for one in self._present() if _fits(one, typed)]
        for one in fits[:_MOST]:
            item = QListWidgetItem(_words(one))
            item.setData(Qt.ItemDataRole.UserRole, one.code)
            self.addItem(item)
        if not fits:
            self.hide()
            return
        self.setCurrentRow(0)
        self._place()

    def _place(self) -> None:
        around = self.parentWidget() or self._line
        corner = self._line.mapTo(around, self._line.rect().bottomLeft())
        height = self.sizeHintForRow(0) * self.count() + NEAR
        wide = min(grown(HITS_WIDE), around.width() - corner.x() - NEAR)
        self.setGeometry(corner.x(), corner.y(), wide, height)
        self.raise_()
        self.show()

    def _take(self, item: QListWidgetItem | None) -> None:
        """Put the code of whoever was chosen into the place of what was typed."""
        typed = self._typed()
        if item is not None and typed is not None:
            text, caret = self._line.text(), self._line.cursorPosition()
            before = text[: caret - len(typed)] + item.data(Qt.ItemDataRole.UserRole) + " "
            self._line.setText(before + text[caret:].lstrip())
            self._line.setCursorPosition(len(before))
        self.hide()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut:
            self.hide()
        if not self.isVisible() or event.type() is not QEvent.Type.KeyPress:
            return False
        return isinstance(event, QKeyEvent) and self._key(Qt.Key(event.key()))

    def _key(self, key: Qt.Key) -> bool:
        if key in _STEPS:
            row = self.currentRow() + _STEPS[key]
            self.setCurrentRow(max(0, min(self.count() - 1, row)))
            return True
        if key in _TAKES:
            self._take(self.currentItem())
            return True
        if key == Qt.Key.Key_Escape:
            self.hide()
            return True
        return False


def _fits(one: Nameable, typed: str) -> bool:
    """Tell whether what is typed begins her code, her chosen name or the number of her bed."""
    begun = typed.casefold()
    return any(name.casefold().startswith(begun) for name in (one.code, one.alias, one.bed) if name)


def _words(one: Nameable) -> str:
    bed = _("Bed {bed}").format(bed=one.bed) if one.bed else ""
    alike = _("2 alike") if one.is_alike else ""
    return "  ·  ".join(filter(None, (one.who, bed, alike)))
