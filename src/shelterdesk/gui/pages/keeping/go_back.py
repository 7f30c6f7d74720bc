"""Returning to the records that the last restore replaced; they were kept beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.errors import words_for
from shelterdesk.gui.pages.keeping.card import CardPage
from shelterdesk.gui.pages.keeping.paper import two_pages, typed_pages
from shelterdesk.gui.parts.lines import rows
from shelterdesk.gui.parts.plain import button
from shelterdesk.services.keeping.backups import gone_back

if TYPE_CHECKING:
    from shelterdesk.gui.tasks import Worker
    from shelterdesk.services.desk import DataFolder

_WHY = N_(
    "The records from before the last restore take over again, for the people of today. What was "
    "written since then stays on this computer, set aside for ninety days. Type two of the three "
    "recovery pages: they stand for a second person."
)


class GoBackPage(CardPage):
    """Asks for two pages, then lets the earlier records take over; `replaced` when they have."""

    back = Signal()
    replaced = Signal()
    page_name = "go_back"

    def __init__(self, place: DataFolder, worker: Worker, parent: QWidget | None = None) -> None:
        super().__init__(_("Back to the records before the last restore"), parent)
        self._place, self._worker = place, worker
        self.explain(_(_WHY))
        self.first, self.second = two_pages()
        self.inside.addLayout(rows((_("One page"), self.first), (_("Another page"), self.second)))
        self.inside.addWidget(self.problem)
        self.leave = button(_("Back"), "back")
        self.leave.clicked.connect(self.back)
        self.go = button(_("Go back to them"), "main")
        self.go.clicked.connect(self._go)
        line = QHBoxLayout()
        line.addWidget(self.leave)
        line.addWidget(self.go, 1)
        self.inside.addLayout(line)
        self.setFocusProxy(self.first)

    def _go(self) -> None:
        place = self._place
        pages, problem = typed_pages(self.first, self.second)
        self.say(problem)
        if problem:
            return
        begun = self._worker.do(
            lambda progress: gone_back(place, pages, progress),
            lambda _path: self.replaced.emit(),
            self._failed,
        )
        self.card.setDisabled(begun)

    def _failed(self, fault: BaseException) -> None:
        self.card.setEnabled(True)
        self.say(words_for(fault, self._place.root / "logs"))
