"""Text of several lines in which Lao breaks between words while it is typed.

Qt does not know where a Lao word ends and tears it apart at the edge. So the document holds U+200B
between the words, put in anew for the lines that a key has changed. The person never meets it:
arrows and deletions step over it, copies, `text` and drafts are without it, and it is part of the
same step for undo as the letters that brought it.
"""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QTextBlock, QTextCursor
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QWidget
from typing_extensions import override

from shelterdesk.core.lao.breaks import BREAK, breaks, plain
from shelterdesk.core.signs import without_loose, without_signs
from shelterdesk.gui.clipboard import marked

_Key = QKeySequence.StandardKey
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Backspace)
_FORTH = (Qt.Key.Key_Right, Qt.Key.Key_Delete)
_MOVES = (Qt.Key.Key_Left, Qt.Key.Key_Right)
"""By the keys themselves: what Qt binds to Backspace and Delete differs from system to system."""
_LINE_ENDS = str.maketrans({"\u2028": "\n", "\u2029": "\n"})


class LaoTextEdit(QPlainTextEdit):
    """A plain-text editor for Lao and everything else; Tab goes on to the next field."""

    edited = Signal()
    """The text itself has changed, not only the marks between its words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self._resting = False
        self._changed = (0, 0)
        self._known = ""
        self.document().contentsChange.connect(self._note_change)
        self.textChanged.connect(self._settle)

    def text(self) -> str:
        """Return what was typed, without marks, lines divided by a line feed."""
        return without_signs(plain(self.document().toRawText()).translate(_LINE_ENDS))

    def set_text(self, text: str) -> None:
        """Show `text`; what was typed before and its steps for undo are gone.

        Of a text that stands there already the next letter goes on where the last one went.
        """
        place = self.caret() if text == self.text() else 0
        self.setPlainText(without_signs(plain(text)))
        self.document().clearUndoRedoStacks()
        if place:
            self.set_caret(place)

    def caret(self) -> int:
        """Return how many letters of the text stand before the caret."""
        before = QTextCursor(self.document())
        before.setPosition(self.textCursor().position(), QTextCursor.MoveMode.KeepAnchor)
        return len(plain(before.selectedText()))

    def set_caret(self, letters: int) -> None:
        """Put the caret behind so many letters of the text, or behind the last one."""
        place = 0
        for sign in self.document().toRawText():
            if letters <= 0:
                break
            letters -= sign != BREAK
            place += 1 + (sign > "\uffff")  # as Qt counts
        there = self.textCursor()
        there.setPosition(place)
        self.setTextCursor(there)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        for key, step in ((_Key.Undo, self.undo), (_Key.Redo, self.redo)):
            if event.matches(key) and not self.isReadOnly():
                step()
                return
        self._step_over(event)
        typed = event.text()
        if typed > "\x7f" and without_loose(typed) != typed:
            self.insertPlainText(without_loose(typed))
            return
        super().keyPressEvent(event)

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        kept = without_loose(event.commitString())
        if kept != event.commitString():
            event.setCommitString(kept)
        super().inputMethodEvent(event)

    @override
    def createMimeDataFromSelection(self) -> QMimeData:
        return marked(self.textCursor().selectedText())

    @override
    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText()

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        self.insertPlainText(without_signs(plain(source.text())))

    def _step_over(self, event: QKeyEvent) -> None:
        """Move the cursor past a mark that lies between it and the letter the key is meant for."""
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        back, selecting = key in _BACK, shift and key in _MOVES
        cursor = self.textCursor()
        if not (back or key in _FORTH) or (cursor.hasSelection() and not selecting):
            return
        place = cursor.position() - (1 if back else 0)
        if place >= 0 and self.document().characterAt(place) == BREAK:
            move = QTextCursor.MoveOperation
            mode = QTextCursor.MoveMode
            cursor.movePosition(
                move.PreviousCharacter if back else move.NextCharacter,
                mode.KeepAnchor if selecting else mode.MoveAnchor,
            )
            self.setTextCursor(cursor)

    def undo(self) -> None:
        """Take the last step back that can be seen: a step of marks alone goes along with it."""
        self._until_seen(super().undo, self.document().isUndoAvailable)

    def redo(self) -> None:
        """Do again what was taken back, up to the next step that can be seen."""
        self._until_seen(super().redo, self.document().isRedoAvailable)

    def _until_seen(self, step: Callable[[], None], more: Callable[[], bool]) -> None:
        before = self.text()
        while more() and self.text() == before:
            step()

    def createStandardContextMenu(self, *place: QPoint) -> QMenu:
        """Return Qt's menu for an editor, whose undo and redo take the steps of this one."""
        menu = super().createStandardContextMenu(*place)
        for action in menu.actions():
            if action.objectName() in ("edit-undo", "edit-redo"):
                action.triggered.disconnect()
                action.triggered.connect(
                    self.undo if action.objectName() == "edit-undo" else self.redo
                )
        return menu

    def _note_change(self, place: int, _removed: int, added: int) -> None:
        if not self._resting:
            self._changed = (place, place + added)

    def _settle(self) -> None:
        """Put the marks of the changed lines right, as part of the step that changed them.

        After an undo the marks come back with their text: a new step would eat the redo.
        """
        if self._resting:
            return
        self._resting = True
        try:
            if not self.document().isRedoAvailable():
                self._mark_changed_lines()
        finally:
            self._resting = False
        text = self.text()
        if text != self._known:
            self._known = text
            self.edited.emit()

    def _mark_changed_lines(self) -> None:
        document = self.document()
        block = document.findBlock(self._changed[0])
        last = document.findBlock(min(self._changed[1], document.characterCount() - 1))
        cursor: QTextCursor | None = None
        while block.isValid() and block.blockNumber() <= last.blockNumber():
            if wanted := _corrections(block.text()):
                if cursor is None:
                    cursor = QTextCursor(document)
                    cursor.joinPreviousEditBlock()
                _correct(cursor, block, wanted)
            block = block.next()
        if cursor is not None:
            cursor.endEditBlock()


def _correct(cursor: QTextCursor, block: QTextBlock, corrections: list[tuple[int, bool]]) -> None:
    """Carry out corrections from the end of a line to its start, so that no place moves."""
    for place, put_in in reversed(corrections):
        cursor.setPosition(block.position() + place)
        if put_in:
            cursor.insertText(BREAK)
        else:
            cursor.deleteChar()


def _corrections(line: str) -> list[tuple[int, bool]]:
    """Return where a mark is to be put into a line (True) or taken out of it (False), ascending.

    Places count as Qt counts: letters beyond the basic plane, such as emoji, are two.
    """
    text = plain(line)
    wanted, found = set(breaks(text)), []
    letters = place = 0
    for character, following in pairwise((*line, "")):
        if character == BREAK:
            if letters in wanted:
                wanted.discard(letters)
            else:
                found.append((place, False))
        else:
            letters += 1
        place += 2 if ord(character) > 0xFFFF else 1
        if letters in wanted and BREAK not in (character, following):
            found.append((place, True))
            wanted.discard(letters)
    return found


def lines_high(edit: QPlainTextEdit, lines: int) -> int:
    """Return the height in pixels at which so many lines can be seen without scrolling."""
    margins = edit.contentsMargins().top() + edit.contentsMargins().bottom()
    inside = 2 * (edit.document().documentMargin() + edit.frameWidth())
    return round(edit.fontMetrics().lineSpacing() * lines + inside + margins)


def no_scroll_bars(edit: QPlainTextEdit) -> None:
    """Let an editor grow with its text instead of scrolling inside the page."""
    edit.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    edit.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
