"""Where every passphrase is lost: two recovery pages, and a new director who types her own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.errors import words_for
from shelterdesk.gui.pages.keeping.card import CardPage
from shelterdesk.gui.pages.keeping.new_person import new_passphrase_problem
from shelterdesk.gui.pages.keeping.paper import two_pages, typed_pages
from shelterdesk.gui.parts.lines import enter_leads_on, passphrase_line, rows, show_typed
from shelterdesk.gui.parts.plain import button, named
from shelterdesk.gui.parts.written_line import WrittenLine
from shelterdesk.services.keeping.backups import director_by_pages

if TYPE_CHECKING:
    from shelterdesk.gui.tasks import Worker
    from shelterdesk.services.desk import DataFolder

_WHY = N_(
    "Two of the three recovery pages let a new director in. Everybody else's passphrase stays as "
    "it is; she can give new ones to those who have lost theirs. The log keeps that it was done."
)


class NewDirectorPage(CardPage):
    """Asks for two pages, a name and a passphrase; `made` carries the name when she can open."""

    back = Signal()
    made = Signal(str)
    page_name = "new_director"

    def __init__(self, place: DataFolder, worker: Worker, parent: QWidget | None = None) -> None:
        super().__init__(_("Every passphrase is lost"), parent)
        self._place, self._worker = place, worker
        self.explain(_(_WHY))
        self.first, self.second = two_pages()
        self.name = named(WrittenLine(), "new_name", _("Her name"))
        self.passphrase = passphrase_line("new_passphrase", _("Her passphrase"))
        self.again = passphrase_line("new_again", _("The same once more"))
        self.inside.addLayout(
            rows(
                (_("One page"), self.first),
                (_("Another page"), self.second),
                (_("Her name"), self.name),
                (_("Her passphrase"), self.passphrase),
                (_("The same once more"), self.again),
            )
        )
        self.inside.addWidget(show_typed(self.passphrase, self.again))
        self.inside.addWidget(self.problem)
        self.inside.addLayout(self._buttons())
        self.setFocusProxy(self.first)

    def _buttons(self) -> QHBoxLayout:
        self.leave = button(_("Back"), "back")
        self.leave.clicked.connect(self.back)
        self.go = button(_("Let her open the records"), "main")
        self.go.clicked.connect(self._try)
        enter_leads_on(self.name, self.passphrase, self.again, then=self._try)
        line = QHBoxLayout()
        line.addWidget(self.leave)
        line.addWidget(self.go)
        line.addStretch(1)
        return line

    def _missing(self) -> str:
        """Return what is still wrong with her name and passphrase, in words, or ""."""
        if not self.name.text().strip():
            return _("Please type her name.")
        return _(new_passphrase_problem(self.passphrase, self.again, self.name.text()))

    def _try(self) -> None:
        pages, problem = typed_pages(self.first, self.second)
        problem = problem or self._missing()
        self.say(problem)
        if problem:
            return
        place, name, passphrase = self._place, self.name.text().strip(), self.passphrase.text()
        begun = self._worker.do(
            lambda _progress: director_by_pages(place, pages, name, passphrase),
            lambda _none: self.made.emit(name),
            self._failed,
        )
        self.card.setDisabled(begun)

    def _failed(self, fault: BaseException) -> None:
        self.card.setEnabled(True)
        self.say(words_for(fault, self._place.root / "logs"))
