"""The door: choose your name, type your passphrase."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from shelterdesk.core.days import NotAMoment
from shelterdesk.core.i18n import _
from shelterdesk.gui.pages.keeping.card import CardPage
from shelterdesk.gui.pages.keeping.clock_question import ClockQuestion
from shelterdesk.gui.pages.keeping.demo_people import DemoPeople
from shelterdesk.gui.parts.lines import ChoiceBox, passphrase_line, rows
from shelterdesk.gui.parts.plain import button, named, show_if


class NameBox(ChoiceBox):
    """The box of names: what the keys step over is not chosen yet, so that every name is reached.

    `taken` tells that she has her name: by a press in the open list, or by Enter.
    """

    taken = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._steps = False
        self.activated.connect(self._activated)

    def _activated(self) -> None:
        if not self._steps:
            self.taken.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex() >= 0:
            self.taken.emit()
            return
        self._steps = True
        super().keyPressEvent(event)
        self._steps = False


class UnlockPage(CardPage):
    """Asks for name and passphrase; `wanted` carries both, and what was said about the time.

    That is a moment where it was asked what day and hour it is, otherwise None.
    """

    wanted = Signal(str, str, object)
    bring_back = Signal()
    all_lost = Signal()
    training = Signal()
    """She wants to go to the training shelter; in there, back to the real records."""
    anew = Signal()
    """The training shelter is to be begun anew."""

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(_("Open the records"), parent)
        self.name = named(NameBox(), "name", _("Your name"))
        self.passphrase = passphrase_line("passphrase", _("Passphrase"))
        self.inside.addLayout(rows((_("Your name"), self.name), (_("Passphrase"), self.passphrase)))
        self.clock = ClockQuestion()
        self.clock.answered.connect(self._try)
        self.inside.addWidget(self.clock)
        self.inside.addWidget(self.problem)
        self.go = button(_("Open"), "main")
        self.go.clicked.connect(self._try)
        self._asked = False
        self.people: DemoPeople | None = None
        self.name.setPlaceholderText(_("Choose your name"))
        self.name.taken.connect(self._to_passphrase)
        self.passphrase.returnPressed.connect(self._try)
        self.inside.addWidget(self.go)
        self.have = button(_("Bring a backup back …"), "have")
        self.have.clicked.connect(self.bring_back)
        self.inside.addWidget(self.have)
        self.lost = button(_("Every passphrase is lost …"), "lost")
        self.lost.clicked.connect(self.all_lost)
        self.inside.addWidget(self.lost)
        self.inside.addLayout(self._training_line())
        self.setFocusProxy(self.passphrase)
        self.offer(names)

    def _training_line(self) -> QHBoxLayout:
        self.to_training = button(_("The training shelter …"), "to_training")
        self.to_training.clicked.connect(self.training)
        self.begin_anew = button(_("Begin the training shelter anew"), "begin_anew")
        self.begin_anew.clicked.connect(self.anew)
        self.begin_anew.hide()
        line = QHBoxLayout()
        line.addWidget(self.to_training)
        line.addWidget(self.begin_anew)
        return line

    def show_invented(self, people: Sequence[tuple[str, str]], *, of_a_house: bool) -> None:
        """Say who opens these invented records, and offer the way back to the house they are of."""
        self.people = DemoPeople(people)
        self.people.chosen.connect(self._take_her_place)
        self.inside.insertWidget(1, self.people)
        self.to_training.setText(_("Back to the real records"))
        for part in (self.lost, self.have):
            part.hide()
        show_if(self.to_training, of_a_house)
        show_if(self.begin_anew, of_a_house)

    def _to_passphrase(self) -> None:
        """Go on to the passphrase; one that was typed for another name is typed over."""
        self.passphrase.setFocus()
        self.passphrase.selectAll()

    def _take_her_place(self, name: str, passphrase: str) -> None:
        self.name.setCurrentText(name)
        self.passphrase.setText(passphrase)
        self.go.setFocus()
        self._try()

    def offer(self, names: Sequence[str], sat: str = "") -> None:
        """Offer the names; none are known in the first moment, in which one may type already.

        Chosen is who sat here when it was locked, or the only one there is: what is typed must not
        be taken for the try of somebody else.
        """
        self.name.addItems(list(names))
        only = names[0] if len(names) == 1 else sat
        self.name.setCurrentIndex(self.name.findText(only) if only else -1)
        if self.people is not None and names:
            self.people.offer(names)
        self.have.setEnabled(bool(names))
        self.lost.setEnabled(bool(names))
        if names and self._asked:
            self._try()

    def _try(self, _clicked: bool = False) -> None:
        self.say("")
        self._asked = not self.name.count()
        if self._asked:
            return
        if self.name.currentIndex() < 0:
            self.say(_("Please choose your name."))
            self.name.setFocus()
            return
        if not self.passphrase.text():
            self.say(_("Please type your passphrase."))
            self.passphrase.setFocus()
            return
        try:
            said = self.clock.said()
        except NotAMoment as fault:
            self.say(str(fault))
            return
        if said is None and not self.clock.isHidden():
            return
        self.wanted.emit(self.name.currentText(), self.passphrase.text(), said)

    def opening(self) -> None:
        """Say that the records open: on an old computer that takes a second or two."""
        self.go.setText(_("The records open …"))

    def stopped(self) -> None:
        """Offer to open them again."""
        self.go.setText(_("Open"))

    def ask_clock(self, why: str, last: datetime | None) -> None:
        """Ask what day and hour it is; the passphrase stays typed."""
        self.clock.ask(why, last)

    def refused(self, why: str) -> None:
        """Show why it did not open."""
        self.say(why)
        self.passphrase.selectAll()
        self.passphrase.setFocus()
