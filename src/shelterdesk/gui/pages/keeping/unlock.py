"""The door: choose your name, type your passphrase."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from shelterdesk.core.days import NotAMoment
from shelterdesk.core.i18n import _
from shelterdesk.gui.pages.keeping.card import CardPage
from shelterdesk.gui.pages.keeping.clock_question import ClockQuestion
from shelterdesk.gui.parts.lines import passphrase_line, rows
from shelterdesk.gui.parts.plain import button, named


class UnlockPage(CardPage):
    """Asks for name and passphrase; `wanted` carries both, and what was said about the time.

    That is a moment where it was asked what day and hour it is, otherwise None.
    """

    wanted = Signal(str, str, object)
    bring_back = Signal()
    all_lost = Signal()

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(_("Open the records"), parent)
        self.told = self.explain("")
        self.told.hide()
        self.name = named(QComboBox(), "name", _("Your name"))
        self.passphrase = passphrase_line("passphrase", _("Passphrase"))
        self.inside.addLayout(rows((_("Your name"), self.name), (_("Passphrase"), self.passphrase)))
        self.clock = ClockQuestion()
        self.clock.answered.connect(self._try)
        self.inside.addWidget(self.clock)
        self.inside.addWidget(self.problem)
        self.go = button(_("Open"), "main")
        self.go.clicked.connect(self._try)
        self._asked = False
        self.passphrase.returnPressed.connect(self._try)
        self.inside.addWidget(self.go)
        self.have = button(_("Bring a backup back …"), "have")
        self.have.clicked.connect(self.bring_back)
        self.inside.addWidget(self.have)
        self.lost = button(_("Every passphrase is lost …"), "lost")
        self.lost.clicked.connect(self.all_lost)
        self.inside.addWidget(self.lost)
        self.setFocusProxy(self.passphrase)
        self.offer(names)

    def offer(self, names: Sequence[str]) -> None:
        """Offer the names; none are known in the first moment, in which one may type already."""
        self.name.addItems(list(names))
        self.have.setEnabled(bool(names))
        self.lost.setEnabled(bool(names))
        if names and self._asked:
            self._try()

    def _try(self, _clicked: bool = False) -> None:
        self.say("")
        self._asked = not self.name.count()
        if self._asked:
            return
        try:
            said = self.clock.said()
        except NotAMoment as fault:
            self.say(str(fault))
            return
        if said is None and not self.clock.isHidden():
            return
        self.wanted.emit(self.name.currentText(), self.passphrase.text(), said)

    def ask_clock(self, why: str, last: datetime | None) -> None:
        """Ask what day and hour it is; the passphrase stays typed."""
        self.clock.ask(why, last)

    def tell(self, text: str) -> None:
        """Say something good above the fields."""
        self.told.setText(text)
        self.told.show()

    def refused(self, why: str) -> None:
        """Show why it did not open."""
        self.say(why)
        self.passphrase.selectAll()
        self.passphrase.setFocus()
