"""Who vouches for the keyring: bringing it up to date, comparing its four words, settling it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.gui.errors import words_for
from shelterdesk.gui.pages.keeping.card import CardPage
from shelterdesk.gui.pages.keeping.paper import two_pages, typed_pages
from shelterdesk.gui.parts.lines import ChoiceBox, passphrase_line, rows
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.plain import button, named, show_if
from shelterdesk.gui.parts.written_line import WrittenLine
from shelterdesk.services.keeping.vouching import ListStands

if TYPE_CHECKING:
    from collections.abc import Callable

    from shelterdesk.gui.room import Room

_WHY: Final = {
    ListStands.OLD: N_(
        "Until now the vault key vouched for who holds keys, and everybody in the house has it. "
        "From now on people sign for it. This needs two recovery pages, you, and a second person. "
        "The program then shows four words: write them on all three pages, by hand. Everybody else "
        "compares them once."
    ),
    ListStands.UNCOMPARED: N_(
        "Ask for one of the three recovery pages and read the four words on it, or their numbers. "
        "They name the list of those who hold keys; from then on your program notices whoever "
        "exchanges it."
    ),
    ListStands.DOUBTED: N_(
        "The list of those who hold keys does not fit what you have seen of it before. Look at "
        "Staff and access: is everybody there who should be, with the right roles, and nobody "
        "else? Then two recovery pages, typed here, sign the list as it is."
    ),
    ListStands.TRAVELLED: N_(
        "These records were brought back with the travel passphrase, which signs nothing; until "
        "then they can only be read. Look at Staff and access: is everybody there who should be, "
        "and nobody else? Then two recovery pages, typed here, sign the list."
    ),
    ListStands.HOLDS: N_(
        "The list of those who hold keys is signed, and it is the one that you have seen before. "
        "These four words stand on every recovery page:"
    ),
}
_WRITE_DOWN: Final = N_("Done. Write these four words on all three recovery pages now, by hand:")


class KeyringPage(CardPage):
    """Asks for what the keyring needs: two pages and a second person, four words, or nothing."""

    go = Signal(str, str)
    page_name = "keyring"

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(_("Who vouches for the keyring"), parent)
        self._room, self._vouching = room, room.desk.vouching
        self.state = self._vouching.standing()
        self.why = self.explain(_(_WHY[self.state]))
        self.words = label_as(" ".join(self._vouching.four_words()), "strong", wraps=True)
        self.inside.addWidget(self.words)
        show_if(self.words, bool(self.words.text()))
        self.first, self.second = two_pages()
        self.name = named(ChoiceBox(), "second_name", _("Name of the second person"))
        self.passphrase = passphrase_line("second_passphrase", _("Her passphrase"))
        self.typed = named(WrittenLine(), "four_words", _("The four words of a page"))
        self._asked()
        self.inside.addWidget(self.problem)
        self.inside.addLayout(self._buttons())

    def _asked(self) -> None:
        """Show the lines that this state of the keyring asks for."""
        pages = [(_("One page"), self.first), (_("Another page"), self.second)]
        if self.state == ListStands.OLD:
            self.name.addItems(self._room.desk.staff.signers())
            hers = (
                (_("Name of the second person"), self.name),
                (_("Her passphrase"), self.passphrase),
            )
            self.asked = rows(*pages, *hers)
        elif self.state in (ListStands.DOUBTED, ListStands.TRAVELLED):
            self.asked = rows(*pages)
        elif self.state == ListStands.UNCOMPARED:
            self.asked = rows((_("The four words of a page"), self.typed))
        else:
            return
        self.inside.addLayout(self.asked)
        self.setFocusProxy(self.typed if self.state == ListStands.UNCOMPARED else self.first)

    def _buttons(self) -> QHBoxLayout:
        titles = {
            ListStands.OLD: _("Bring the keyring up to date"),
            ListStands.UNCOMPARED: _("These are the words of the page"),
            ListStands.DOUBTED: _("Let the pages sign the list"),
            ListStands.TRAVELLED: _("Let the pages sign the list"),
            ListStands.HOLDS: "",
        }
        self.later = button(_("Back"), "later")
        self.later.clicked.connect(lambda: self.go.emit("home", ""))
        self.do = button(titles[self.state], "main")
        self.do.clicked.connect(self._try)
        for last in (self.typed, self.passphrase):
            last.returnPressed.connect(self.do.click)
        director = self._room.desk.may(Area.KEYS, Right.WRITE)
        show_if(
            self.do, self.state != ListStands.HOLDS and (director or self.state != ListStands.OLD)
        )
        line = QHBoxLayout()
        line.addWidget(self.later)
        line.addWidget(self.do)
        line.addStretch(1)
        return line

    def _try(self) -> None:
        vouching = self._vouching
        if self.state == ListStands.UNCOMPARED:
            typed = self.typed.text()
            self._begin(lambda: vouching.compare(typed), lambda _none: self._home())
            return
        pages, problem = typed_pages(self.first, self.second)
        self.say(problem)
        if problem:
            return
        if self.state in (ListStands.DOUBTED, ListStands.TRAVELLED):
            self._begin(lambda: vouching.settle(pages), lambda _none: self._home())
            return
        name, passphrase = self.name.currentText(), self.passphrase.text()
        self._begin(lambda: vouching.upgrade(pages, name, passphrase), self._upgraded)

    def _begin(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        begun = self._room.worker.do(lambda _progress: work(), done, self._failed)
        self.do.setDisabled(begun)

    def _upgraded(self, words: tuple[str, ...]) -> None:
        for box in (self.first, self.second, self.passphrase):
            box.clear()
        for row in range(self.asked.rowCount()):
            self.asked.setRowVisible(row, False)
        self.why.setText(_(_WRITE_DOWN))
        self.words.setText(" ".join(words))
        self.words.show()
        self.do.hide()
        self.later.setFocus()

    def _home(self) -> None:
        self.go.emit("home", "")

    def _failed(self, fault: BaseException) -> None:
        self.do.setEnabled(True)
        known = isinstance(fault, DeskError)
        self.say(str(fault) if known else words_for(fault, self._room.logs))
