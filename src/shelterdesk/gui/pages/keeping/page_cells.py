"""One recovery page typed back: a cell for each of its 33 words, looked at while they are typed.

The cells stand as the words do on the paper, in three columns. Three letters that only one word
begins with bring the rest of it; a blank, Enter or Tab goes on to the next cell. A word that is in
no list is named at once, and one that cannot stand there as soon as the page is full.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.parts.plain import named, plain_label, show_if
from shelterdesk.gui.parts.scrolled import follow_keyboard
from shelterdesk.gui.parts.style.measures import BETWEEN, INSIDE, NO_MARGINS, TIGHT
from shelterdesk.services.keeping.recovery_paper import (
    WORDS_ON_A_PAGE,
    WrongPages,
    page_fault,
    read_words,
    unknown_word,
    words_from,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent

_ROWS: Final = 11
_ENOUGH: Final = 3
"""Letters after which the rest of a word is proposed, where no other begins with them."""

_WIDEST: Final = "mushroom"
_ON: Final = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_HINT: Final = N_("The words, or their four-digit numbers. A blank goes on to the next cell.")
_RIGHT: Final = N_("This page is complete and right.")


class WordCell(QLineEdit):
    """The place of one word."""

    def __init__(self, page_name: str, place: int) -> None:
        super().__init__()
        self.place = place
        named(self, f"{page_name}-{place + 1}", _("Word {place}").format(place=place + 1))
        hints = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        self.setInputMethodHints(hints | Qt.InputMethodHint.ImhNoAutoUppercase)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance(_WIDEST) + INSIDE)
        self.textEdited.connect(self._typed)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Be seen: the keyboard goes on from word to word by itself."""
        super().focusInEvent(event)
        follow_keyboard(self)

    @property
    def _page(self) -> PageCells:
        """The page it stands on: asked of Qt, since two that hold each other would stay."""
        page = self.parentWidget()
        assert isinstance(page, PageCells)  # noqa: S101 - a cell stands nowhere else
        return page

    def word(self) -> str:
        """Return the word that is meant: a number of four digits stands for one."""
        words = read_words(self.text(), self.place)
        return words[0] if len(words) == 1 else self.text().strip().lower()

    def mark(self, *, wrong: bool) -> None:
        """Show that this is the word to be compared with the paper, or that it is none."""
        if bool(self.property("wrong")) is not wrong:
            self.setProperty("wrong", wrong)
            self.style().unpolish(self)
            self.style().polish(self)

    def _typed(self, text: str) -> None:
        if len(text.split()) > 1:
            self._page.spread(self.place, text)
            return
        self._page.look()

    def _complete(self) -> None:
        """Put in the rest of the word, chosen, so that the next letter can be another one."""
        begun = self.text()
        found = words_from(begun.lower()) if len(begun) >= _ENOUGH else ()
        if len(found) == 1 and self.cursorPosition() == len(begun) and begun.isalpha():
            self.setText(found[0])
            self.setSelection(len(begun), len(found[0]) - len(begun))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ON:
            if self.text().strip():
                self._page.go_on(self.place)
            return
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self._page.go_on(self.place, -1)
            return
        super().keyPressEvent(event)
        if event.text().isalpha():
            self._complete()
            self._page.look()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.setText(self.word())
        super().focusOutEvent(event)
        self._page.look()

    @override
    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go on as the words are counted: down a column of the paper, then to the next one."""
        return self._page.go_on(self.place, 1 if forward else -1) or (
            super().focusNextPrevChild(forward)
        )


class PageCells(QWidget):
    """The first or the second page that is typed back; what is wrong stands below it."""

    def __init__(self, name: str, number: int) -> None:
        super().__init__()
        self.name, self._number = name, number
        named(self, name, _(_HINT))
        around = QVBoxLayout(self)
        around.setContentsMargins(*NO_MARGINS)
        around.setSpacing(TIGHT)
        grid = QGridLayout()
        grid.setHorizontalSpacing(BETWEEN)
        grid.setVerticalSpacing(TIGHT)
        around.addLayout(grid)
        self.cells = [WordCell(name, place) for place in range(WORDS_ON_A_PAGE)]
        for place, cell in enumerate(self.cells):
            line = QHBoxLayout()
            line.setSpacing(TIGHT)
            label = plain_label(str(place + 1), "quiet", wraps=False)
            label.setMinimumWidth(label.fontMetrics().horizontalAdvance("33"))
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            label.setBuddy(cell)
            line.addWidget(label)
            line.addWidget(cell, 1)
            grid.addLayout(line, place % _ROWS, place // _ROWS)
        self.told = plain_label(_(_HINT), "quiet")
        self.problem = plain_label("", "field_problem")
        for words in (self.told, self.problem):
            around.addWidget(words)
        self.problem.hide()
        self.setFocusProxy(self.cells[0])

    def text(self) -> str:
        """Return what is typed, a blank between the words."""
        return " ".join(filter(None, (cell.text().strip() for cell in self.cells)))

    def clear(self) -> None:
        """Empty every cell."""
        for cell in self.cells:
            cell.clear()
        self.look()

    def go_on(self, place: int, by: int = 1) -> bool:
        """Give the keyboard to the next cell, or the one before; False where there is none."""
        if not 0 <= place + by < len(self.cells):
            return False
        self.cells[place + by].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def spread(self, place: int, text: str) -> None:
        """Put several words that came at once into as many cells, from a place on."""
        words = read_words(text, place)
        for cell, word in zip(self.cells[place:], words, strict=False):
            cell.setText(word)
        self.go_on(min(place + len(words), len(self.cells)) - 1, 0)
        self.look()

    def look(self) -> None:
        """Say what is wrong with what stands there by now; half a word is none yet."""
        fault, at = self._fault()
        for cell in self.cells:
            cell.mark(wrong=cell.place == at)
        full = not any(unknown_word(cell.word()) for cell in self.cells)
        self.problem.setText(str(fault) if fault else "")
        self.told.setText(_(_RIGHT) if full and not fault else _(_HINT))
        show_if(self.problem, fault is not None)
        show_if(self.told, fault is None)

    def _fault(self) -> tuple[WrongPages | None, int]:
        for cell in self.cells:
            word, is_typed = cell.word(), cell.hasFocus()
            fits = words_from(word) if is_typed and not word.isdecimal() else (word,)
            if word and (not fits or (not is_typed and unknown_word(word))):
                return page_fault(self._up_to(cell.place), self._number), cell.place
        if any(unknown_word(cell.word()) for cell in self.cells):  # empty, or being typed
            return None, -1
        fault = page_fault([cell.word() for cell in self.cells], self._number)
        return fault, _place_of(fault)

    def _up_to(self, place: int) -> list[str]:
        """Return the words up to a wrong one; for cells that are empty still, any of the list."""
        any_word = words_from("")[0]
        return [cell.word() or any_word for cell in self.cells[: place + 1]]


def _place_of(fault: WrongPages | None) -> int:
    """Return at which cell a fault lies, -1 where it cannot be said or there is none."""
    place = fault.facts.get("place") if fault else None
    return place - 1 if isinstance(place, int) else -1
