"""The door: choose your name, type your passphrase."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from shelterdesk.core.i18n import _
from shelterdesk.gui.lines import passphrase_line, rows
from shelterdesk.gui.pages.card import CardPage
from shelterdesk.gui.plain import button, named


class UnlockPage(CardPage):
    """Asks for name and passphrase; `wanted` carries both."""

    wanted = Signal(str, str)
    bring_back = Signal()
    all_lost = Signal()

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(_("Open the records"), parent)
        self.told = self.explain("")
        self.told.hide()
        self.name = named(QComboBox(), "name", _("Your name"))
        self.passphrase = passphrase_line("passphrase", _("Passphrase"))
        self.inside.addLayout(rows((_("Your name"), self.name), (_("Passphrase"), self.passphrase)))
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
        self.wanted.emit(self.name.currentText(), self.passphrase.text())

    def tell(self, text: str) -> None:
        """Say something good above the fields."""
        self.told.setText(text)
        self.told.show()

    def refused(self, why: str) -> None:
        """Show why it did not open."""
        self.say(why)
        self.passphrase.selectAll()
        self.passphrase.setFocus()
