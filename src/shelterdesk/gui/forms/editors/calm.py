"""The box to choose from of a form: in a narrow place, and quick with a long list."""

from typing import Any

from PySide6.QtCore import (
    QElapsedTimer,
    QEvent,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QCompleter,
    QLineEdit,
    QSizePolicy,
    QStyledItemDelegate,
)
from typing_extensions import override

from shelterdesk.core.lao.letters import normalised
from shelterdesk.gui.parts.lines import NOTHING, ChoiceBox

SEARCHED = 15
"""Entries from which on a list is searched by typing a part of the word."""

_LETTERS = 9
"""Letters that a box has room for, however narrow the page is."""


_TAKING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_SAME_PRESS_MS = 250
"""A press on the arrow that closes the list comes twice: to the list, and then to the arrow."""


_SOUGHT = Qt.ItemDataRole.UserRole + 1
"""Where an entry keeps the words that it is found by."""


class _Search(QCompleter):
    """Finds entries by any part of their words, in both languages, however these are spelt."""

    @override
    def splitPath(self, path: str) -> list[str]:
        return [normalised(path)]

    @override
    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data() or "")


class SearchedLine(QLineEdit):
    """The line of a box that is searched by typing: empty, it opens the list when it is pressed.

    By Space as well, while nothing is being typed: among words that are, Space is a letter.
    """

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        box = self.parentWidget()
        space = event.key() == Qt.Key.Key_Space and not event.modifiers()
        if space and isinstance(box, CalmCombo) and box.is_settled():
            box.showPopup()
        else:
            super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        box = self.parentWidget()
        pressed = event.button() is Qt.MouseButton.LeftButton
        if pressed and not self.text() and isinstance(box, QComboBox):
            box.showPopup()


class _Proposals(QStyledItemDelegate):
    """Paints what a searched box offers; its entry for nothing has no words to be found by."""

    @override
    def displayText(self, value: Any, locale: QLocale | QLocale.Language) -> str:
        return super().displayText(value, locale) or NOTHING


class CalmCombo(ChoiceBox):
    """A box that never grows wider than its place, and is filled only when it is needed.

    One with a long list is searched by typing: its list opens by the arrow, by a press into the
    empty field and by the down key, is narrowed by every letter, and what is marked in it is taken
    by Enter and by Tab.
    """

    def __init__(self) -> None:
        super().__init__()
        self._shut_since = QElapsedTimer()
        self.setMaxVisibleItems(16)
        self.setMinimumContentsLength(_LETTERS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @override
    def sizeHint(self) -> QSize:
        """Ask for the least room; measuring two hundred entries takes long."""
        return self.minimumSizeHint()

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Make no list, with its frame and its scroll bars, for a box that is still empty."""
        if event.type() is not QEvent.Type.StyleChange or self.count():
            super().changeEvent(event)

    @override
    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        if self.count():
            self.name_parts()

    def name_parts(self) -> None:
        """Say the same name for the box, for its list, and for the line that is typed into."""
        for part in (self.view(), self.lineEdit()):
            if part is not None:
                part.setAccessibleName(self.accessibleName())

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Give the proposals their name before the first of them is shown."""
        completer = self.completer()
        proposals = completer.popup() if completer else None
        if proposals is not None:
            proposals.setAccessibleName(self.accessibleName())
        super().focusInEvent(event)

    def add_nothing(self) -> None:
        """Put in the entry for nothing; a line that is typed into is empty then, and shows it."""
        line = self.lineEdit()
        self.addItem("" if line else NOTHING, "")
        if line:
            line.setPlaceholderText(NOTHING)

    def search_by_typing(self) -> None:
        """Let entries be found by any part of their words."""
        self.setEditable(True)
        line = SearchedLine(self)
        self.setLineEdit(line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = _Search(self.model(), self)
        completer.setCompletionRole(_SOUGHT)
        self.setCompleter(completer)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setMaxVisibleItems(self.maxVisibleItems())
        listed = _list_of(completer)
        listed.setProperty("choices", True)
        listed.setItemDelegate(_Proposals(listed))
        listed.installEventFilter(self)
        line.textEdited.connect(self._mark_first)

    def found_by(self, place: int, *words: str) -> None:
        """Let an entry be found by these words."""
        self.setItemData(place, normalised(" ".join(words)), _SOUGHT)

    def is_settled(self) -> bool:
        """Tell whether nothing is being typed: the line is empty, or shows what is chosen."""
        typed = self.currentText().strip()
        return not typed or typed == self.itemText(self.currentIndex())

    @override
    def showPopup(self) -> None:
        """Open the list that letters narrow, where there is one, at what is chosen."""
        completer, line = self.completer(), self.lineEdit()
        if completer is None or line is None:
            super().showPopup()
            return
        if self._shut_since.isValid() and self._shut_since.elapsed() < _SAME_PRESS_MS:
            return
        completer.setCompletionPrefix("")
        completer.complete()
        line.selectAll()
        if self.currentText() == self.itemText(self.currentIndex()):
            self._mark(completer, self.currentIndex())

    def _mark_first(self, typed: str) -> None:
        """Mark the first entry that fits what is typed, once the list shows it."""
        completer = self.completer()
        if typed.strip() and completer is not None:
            QTimer.singleShot(0, self, lambda: self._mark(completer, 0))

    def _mark(self, completer: QCompleter, row: int) -> None:
        """Mark an entry of the list without putting its words into the line yet."""
        listed, at = _list_of(completer), completer.completionModel().index(row, 0)
        if not listed.isVisible():
            return
        listed.selectionModel().blockSignals(True)
        listed.setCurrentIndex(at)
        listed.selectionModel().blockSignals(False)
        listed.scrollTo(at)
        listed.viewport().update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not event.modifiers() and self.completer():
            self.showPopup()
        else:
            super().keyPressEvent(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter and Tab take what is marked in the list."""
        completer = self.completer()
        if event.type() is QEvent.Type.Hide:
            self._shut_since.start()
        elif completer and isinstance(event, QKeyEvent) and self._takes(completer, event):
            return self._take(completer, event)
        return super().eventFilter(watched, event)

    def _takes(self, completer: QCompleter, event: QKeyEvent) -> bool:
        """Tell whether a key takes what is marked: Space does where nothing is being typed."""
        if event.key() in _TAKING:
            return True
        marked = _list_of(completer).currentIndex().isValid()
        return event.key() == Qt.Key.Key_Space and marked and not completer.completionPrefix()

    def _take(self, completer: QCompleter, event: QKeyEvent) -> bool:
        """Take what is marked in the list, or fits best what is typed; Tab goes on from there."""
        if event.type() is not QEvent.Type.KeyPress:
            return False
        taken = self._best(completer)
        _list_of(completer).hide()
        if taken >= 0:
            self.setCurrentIndex(taken)
        if event.key() == Qt.Key.Key_Tab:
            self.focusNextPrevChild(True)
        return True

    def _best(self, completer: QCompleter) -> int:
        """Return the place of what is marked, or of what is typed or fits it first; -1 for none."""
        typed, marked = self.currentText().strip(), _list_of(completer).currentIndex()
        if typed and not marked.isValid():
            marked = completer.completionModel().index(0, 0)
        if marked.isValid():
            return self.findText(str(marked.data()), Qt.MatchFlag.MatchExactly)
        return self.findText(typed) if typed else -1


def _list_of(completer: QCompleter) -> QAbstractItemView:
    listed = completer.popup()
    assert listed is not None  # noqa: S101 - Qt makes it when it is asked for
    return listed
