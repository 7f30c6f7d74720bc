"""The first start: new records with their first director."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shelterdesk.core.i18n import N_, _
from shelterdesk.core.passphrases import offered, weakness
from shelterdesk.gui.pages.keeping.card import CardPage
from shelterdesk.gui.parts.lines import enter_leads_on, passphrase_line, rows, show_typed
from shelterdesk.gui.parts.plain import button, named, plain_label
from shelterdesk.gui.parts.written_line import WrittenLine

_PROMISE = N_(
    "Everything is encrypted on this computer. Without a passphrase, or two of three recovery "
    "pages, nobody can read it – nobody, including those who made this program."
)


class StartPage(CardPage):
    """Asks for the director's name and passphrase; `wanted` carries both."""

    wanted = Signal(str, str)
    bring_back = Signal()
    training = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Start new records"), parent, step=1)
        self.explain(_(_PROMISE))
        self.name = named(WrittenLine(), "name", _("Your name"))
        self.passphrase = passphrase_line("passphrase", _("Passphrase"))
        self.again = passphrase_line("again", _("The same once more"))
        self.inside.addLayout(
            rows(
                (_("Your name"), self.name),
                (_("Passphrase"), self.passphrase),
                (_("The same once more"), self.again),
            )
        )
        self.inside.addWidget(show_typed(self.passphrase, self.again))
        offer = plain_label(_("For example: {words}").format(words=offered()), "quiet")
        self.inside.addWidget(offer)
        self.inside.addWidget(self.problem)
        self.go = button(_("Start"), "main")
        self.go.setDefault(True)
        self.go.clicked.connect(self._try)
        enter_leads_on(self.name, self.passphrase, self.again, then=self._try)
        self.inside.addWidget(self.go)
        self.have = button(_("I have a backup …"), "have")
        self.have.clicked.connect(self.bring_back)
        self.inside.addWidget(self.have)
        self.to_training = button(_("First look at the training shelter …"), "to_training")
        self.to_training.clicked.connect(self.training)
        self.inside.addWidget(self.to_training)
        self.setFocusProxy(self.name)

    def _try(self) -> None:
        name, passphrase = self.name.text().strip(), self.passphrase.text()
        problem = self._problem(name, passphrase)
        self.say(_(problem))
        if not problem:
            self.wanted.emit(name, passphrase)

    def _problem(self, name: str, passphrase: str) -> str:
        if not name:
            return N_("Please type your name.")
        if passphrase != self.again.text():
            return N_("The two were not the same. Once more, please.")
        return weakness(passphrase, (name,)) or ""
