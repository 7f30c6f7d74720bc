"""Bringing a backup back: the stick, the day, two recovery pages or the travel passphrase."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QProgressBar, QWidget

from shelterdesk.core.clock import from_folder_stamp
from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.pages.card import CardPage, passphrase_line, rows
from shelterdesk.gui.pages.paper import page_box, typed_pages
from shelterdesk.gui.plain import button, named
from shelterdesk.services.backups import finished_below

_WHY = N_(
    "The backup is put beside what is on this computer; nothing is overwritten. Everybody's "
    "passphrase of the day of the backup opens it."
)


class BringBackPage(CardPage):
    """Asks for a backup and what opens it; `wanted` carries the folder, two pages, or the words."""

    wanted = Signal(Path, list, str)
    back = Signal()
    stop = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Bring a backup back"), parent)
        self.explain(_(_WHY))
        self.look = button(_("Choose the backup stick …"), "look")
        self.look.clicked.connect(self._choose)
        self.backups = named(QComboBox(), "backups", _("Backup of"))
        self.first, self.second = page_box("first"), page_box("second")
        self.travel = passphrase_line("travel", _("Or: travel passphrase"))
        self.inside.addWidget(self.look)
        self.inside.addLayout(
            rows(
                (_("Backup of"), self.backups),
                (_("One page"), self.first),
                (_("Another page"), self.second),
                (_("Or: travel passphrase"), self.travel),
            )
        )
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.hide()
        self.inside.addWidget(self.problem)
        self.inside.addWidget(self.bar)
        self.inside.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        self.leave = button(_("Back"), "back")
        self.leave.clicked.connect(self.back)
        self.halt = button(_("Stop"), "stop")
        self.halt.clicked.connect(self.stop)
        self.halt.hide()
        self.go = button(_("Bring it back"), "main")
        self.go.setEnabled(False)
        self.go.clicked.connect(self._try)
        line = QHBoxLayout()
        line.addWidget(self.leave)
        line.addWidget(self.halt)
        line.addWidget(self.go, 1)
        return line

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, _("The backup stick"), "", QFileDialog.Option.DontUseNativeDialog
        )
        if chosen:
            self.offer(finished_below(Path(chosen)))

    def offer(self, found: Sequence[Path]) -> None:
        """Offer the backups that were found, newest first."""
        self.backups.clear()
        for generation in reversed(found):
            moment = from_folder_stamp(generation.name).astimezone()
            self.backups.addItem(f"{moment:%d/%m/%Y  %H:%M}", generation)
        self.go.setEnabled(bool(found))
        none = _("There is no finished backup in this folder. Choose a folder of the backup stick.")
        self.say("" if found else none)

    def _try(self) -> None:
        self.say("")
        travel, generation = self.travel.text(), self.backups.currentData()
        pages, problem = ([], "") if travel else typed_pages(self.first, self.second)
        if problem:
            self.say(problem)
            return
        self.wanted.emit(generation, pages, travel)

    def working(self, doing: str, thousandths: int) -> None:
        """Show what is being done and how far it is; only Stop can be pressed meanwhile."""
        self.say(_(doing) if doing else "")
        self.bar.setValue(thousandths)
        self.set_working(on=True)

    def set_working(self, *, on: bool) -> None:
        """Show the progress, or the fields again."""
        for part in (self.bar, self.halt):
            part.setVisible(on)
        for field in (self.look, self.backups, self.first, self.second, self.travel, self.go):
            field.setDisabled(on)
        self.leave.setVisible(not on)

    def refused(self, why: str) -> None:
        """Show why it could not be brought back."""
        self.set_working(on=False)
        self.say(why)
