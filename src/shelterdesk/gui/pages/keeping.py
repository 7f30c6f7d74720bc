"""What can be done at the desk so far: who can open it, the backup, the check, the lock."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import ROLE_TITLES
from shelterdesk.gui.plain import button, named, plain_label
from shelterdesk.services.desk import Desk

_UNFINISHED = N_(
    "The recovery pages have not been checked yet. Until then no backup can be made and only five "
    "cases can be entered."
)


class KeepingPage(QWidget):
    """The state of the records, and backup and check with their progress."""

    back_up = Signal(Path)
    check = Signal()
    lock = Signal()
    check_pages = Signal()
    stop = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        outside = QVBoxLayout(self)
        outside.setContentsMargins(32, 24, 32, 24)
        outside.setSpacing(14)
        outside.addWidget(plain_label(_("Records of the shelter"), "title"))
        outside.addWidget(self._unfinished_line())
        outside.addWidget(self._state_card())
        outside.addWidget(plain_label(_("Who can open the records")))
        outside.addWidget(self._people(), 1)
        outside.addLayout(self._working_line())
        self.told = plain_label("", "told")
        outside.addWidget(self.told)

    def _unfinished_line(self) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(plain_label(_(_UNFINISHED), "warning"), 1)
        self.finish = button(_("Check the pages …"), "finish")
        self.finish.clicked.connect(self.check_pages)
        row.addWidget(self.finish)
        line.setVisible(not self._desk.setup_finished)
        return line

    def _state_card(self) -> QWidget:
        card = named(QWidget(), "card")
        inside = QHBoxLayout(card)
        inside.setContentsMargins(20, 16, 20, 16)
        self.state = plain_label("")
        inside.addWidget(self.state, 1)
        self.save = button(_("Make a backup …"), "main")
        self.look = button(_("Check the records"), "check")
        self.close_up = button(_("Lock"), "lock")
        self.close_up.setShortcut("Ctrl+L")
        self.save.clicked.connect(self._choose)
        self.look.clicked.connect(self.check)
        self.close_up.clicked.connect(self.lock)
        self.save.setEnabled(self._desk.setup_finished)
        for action in (self.save, self.look, self.close_up):
            inside.addWidget(action)
        self.refresh()
        return card

    def refresh(self) -> None:
        """Read the state anew."""
        last = self._desk.backups.last()
        when = f"{last.made_at.astimezone():%d/%m/%Y %H:%M}" if last else _("never")
        facts = [
            _("At the desk: {name}").format(name=self._desk.name),
            _("Cases: {count}").format(count=len(self._desk.cases.all_cases())),
            _("Last backup: {when}").format(when=when),
        ]
        self.state.setText("\n".join(facts))

    def _people(self) -> QListWidget:
        people = named(QListWidget(), "people", _("Who can open the records"))
        for person in self._desk.keyholders.listed():
            roles = ", ".join(_(ROLE_TITLES[role]) for role in person.roles)
            people.addItem(f"{person.name} – {roles}")
        return people

    def _working_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        self.doing = plain_label("", "quiet", wraps=False)
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.halt = button(_("Stop"), "stop")
        self.halt.clicked.connect(self.stop)
        for part in (self.doing, self.bar, self.halt):
            line.addWidget(part)
            part.hide()
        return line

    def working(self, doing: str, thousandths: int) -> None:
        """Show what is being done and how far it is."""
        self.doing.setText(_(doing) if doing else "")
        self.bar.setValue(thousandths)
        self.set_working(on=True)

    def set_working(self, *, on: bool) -> None:
        """Show or hide the progress, and keep other actions still meanwhile."""
        for part in (self.doing, self.bar, self.halt):
            part.setVisible(on)
        for action in (self.look, self.close_up):
            action.setDisabled(on)
        self.save.setEnabled(not on and self._desk.setup_finished)

    def tell(self, text: str) -> None:
        """Show how something ended."""
        self.set_working(on=False)
        self.told.setText(text)
        self.refresh()

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, _("The backup stick"), "", QFileDialog.Option.DontUseNativeDialog
        )
        if chosen:
            self.back_up.emit(Path(chosen))
