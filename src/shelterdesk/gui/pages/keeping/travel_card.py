"""The travel passphrase: what opens backups where no recovery page is at hand."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk.core.i18n import N_, _
from shelterdesk.core.passphrases import offered
from shelterdesk.gui.pages.keeping.new_person import new_passphrase_problem
from shelterdesk.gui.parts.lines import enter_leads_on, passphrase_line, rows, show_typed
from shelterdesk.gui.parts.plain import button, named, plain_label
from shelterdesk.gui.parts.second_person import ByTwo, Do, by_two
from shelterdesk.services.desk import Desk

_WORDS = 6
"""Words of a travel passphrase: it guards a stick that anybody may find (design: keys)."""

_WHY = N_(
    "Who has a backup stick and these words can bring the records back without recovery pages. "
    "It holds for backups from now on. Keep the words apart from the stick."
)
_SET = N_("Backups from now on can also be restored with the travel passphrase.")


class TravelCard(QWidget):
    """Takes a new travel passphrase, twice, and offers six words for it.

    `do` runs long work and then what follows; `tell` shows how it went, and what was wrong.
    """

    def __init__(self, desk: Desk, do: Do, tell: Callable[[str, str], None]) -> None:
        super().__init__()
        named(self, "card").setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk, self._do, self._tell = desk, do, tell
        inside = QVBoxLayout(self)
        inside.addWidget(plain_label(_(_WHY), "quiet"))
        self.offered = plain_label("", "quiet")
        inside.addWidget(self.offered)
        self.words = passphrase_line("travel_new", _("Travel passphrase"))
        self.again = passphrase_line("travel_again", _("The same once more"))
        inside.addLayout(
            rows((_("Travel passphrase"), self.words), (_("The same once more"), self.again))
        )
        inside.addWidget(show_typed(self.words, self.again))
        self.go = button(_("Set the travel passphrase"), "set_travel")
        self.go.clicked.connect(self._set)
        enter_leads_on(self.words, self.again, then=self._set)
        inside.addWidget(self.go)
        self._offer()

    def _offer(self) -> None:
        told = _("A passphrase you could take: {words}").format(words=offered(_WORDS))
        self.offered.setText(told)

    def _set(self) -> None:
        problem = new_passphrase_problem(self.words, self.again, "")
        if problem:
            self._tell("", _(problem))
            return
        words, keyholders = self.words.text(), self._desk.keyholders
        act = ByTwo(
            lambda: keyholders.travel_for_what(words),
            _("Set the travel passphrase"),
            lambda second: keyholders.set_travel(words, second),
            self._done,
            is_meant=True,
        )
        by_two(self._desk, self._do, act, self)

    def _done(self, _nothing: object) -> None:
        for line in (self.words, self.again):
            line.clear()
        self._offer()
        self.hide()
        self._tell(_(_SET), "")
