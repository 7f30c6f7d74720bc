"""Bringing a backup back: the stick, the day, two recovery pages or the travel passphrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QProgressBar, QWidget

from shelterdesk.core.calendar.clock import from_folder_stamp
from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.shown import minute
from shelterdesk.gui.errors import words_for
from shelterdesk.gui.pages.keeping.card import CardPage
from shelterdesk.gui.pages.keeping.paper import two_pages, typed_pages
from shelterdesk.gui.parts.file_choice import ask_folder
from shelterdesk.gui.parts.lines import ChoiceBox, enter_leads_on, passphrase_line, rows
from shelterdesk.gui.parts.plain import button, named, plain_label, show_if
from shelterdesk.gui.parts.scrolled import bring_into_view
from shelterdesk.services.keeping.backups import (
    AttachedDamaged,
    brought_back,
    describes,
    finished_below,
    open_by_pages,
    open_by_travel,
    verified_whole,
    verify_sums,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from shelterdesk.core.work import Progress
    from shelterdesk.gui.tasks import Worker
    from shelterdesk.services.desk import DataFolder, Desk
    from shelterdesk.services.keeping.backups import OpenedBackup
    from shelterdesk.services.keeping.staff import Approval

_WHY = N_(
    "The backup is put beside what is on this computer; nothing is overwritten. Whoever can open "
    "the records today opens it, with the passphrase of today; on a new computer it is that of the "
    "day of the backup."
)
_SIGN = N_("Bring back the backup of {when} in place of the records of now")
_LEAVE_OUT = N_("Leave out the attached files that are damaged on the stick")
_SUMS = N_("Every checksum fits: {size} bytes. Recovery set {number} opens this backup.")
_WHOLE = N_("Every byte and every seal fits, and the database opens: {rows} rows.")
_UNSIGNED = N_("Without a second signature the records of now stay.")


class BringBackPage(CardPage):
    """Asks for a backup and what opens it, and lets it take over; `replaced` when it has.

    From the open desk a second person signs for exactly this backup. At the door nobody is at a
    desk, and what opens the backup stands for the second person.
    """

    back = Signal()
    replaced = Signal()
    go_back = Signal()
    """She would rather return to the records that an earlier restore has replaced."""
    page_name = "bring_back"

    def __init__(
        self,
        place: DataFolder,
        worker: Worker,
        parent: QWidget | None = None,
        *,
        desk: Desk | None = None,
    ) -> None:
        super().__init__(_("Bring a backup back"), parent)
        self._desk = desk
        self._place = place
        self._worker = worker
        worker.progressed.connect(self.working)
        self.explain(_(_WHY))
        self.look = button(_("Choose the backup stick …"), "look")
        self.look.clicked.connect(self._choose)
        self.backups = named(ChoiceBox(), "backups", _("Backup of"))
        self.first, self.second = two_pages()
        self.travel = passphrase_line("travel", _("Or: travel passphrase"))
        self.leave_out = named(QCheckBox(_(_LEAVE_OUT)), "leave_out", _(_LEAVE_OUT))
        self.leave_out.hide()
        self.checked = plain_label("", "told")
        self.checked.hide()
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.hide()
        self.earlier = button(_("Back to the records before the last restore …"), "earlier")
        self.earlier.clicked.connect(self.go_back)
        show_if(self.earlier, desk is None and len(place.vaults()) > 1)
        self._lay_out()

    def _lay_out(self) -> None:
        self.inside.addWidget(self.look, 0, Qt.AlignmentFlag.AlignLeft)
        self.inside.addLayout(
            rows(
                (_("Backup of"), self.backups),
                (_("One page"), self.first),
                (_("Another page"), self.second),
                (_("Or: travel passphrase"), self.travel),
            )
        )
        for part in (self.leave_out, self.problem, self.checked, self.bar):
            self.inside.addWidget(part)
        self.inside.addLayout(self._buttons())
        self.inside.addWidget(self.earlier)

    def _buttons(self) -> QHBoxLayout:
        self.leave = button(_("Back"), "back")
        self.leave.clicked.connect(self.back)
        self.halt = button(_("Stop"), "stop")
        self.halt.clicked.connect(self._worker.stop)
        self.halt.hide()
        self.go = button(_("Bring it back"), "main")
        self.go.setEnabled(False)
        self.go.clicked.connect(self._try)
        enter_leads_on(self.travel, then=self.go.click)
        self.check = button(_("Only check it"), "check_backup")
        self.check.setEnabled(False)
        self.check.clicked.connect(self._check)
        line = QHBoxLayout()
        line.addWidget(self.leave)
        line.addWidget(self.halt)
        line.addWidget(self.check)
        line.addWidget(self.go)
        line.addStretch(1)
        return line

    def _choose(self) -> None:
        chosen = ask_folder(self, _("The backup stick"))
        if chosen:
            self.offer(finished_below(chosen))

    def offer(self, found: Sequence[Path]) -> None:
        """Offer the backups that were found, newest first."""
        self.backups.clear()
        if self._desk is not None:
            found = self._desk.backups.in_order(found)
        for generation in reversed(found):
            moment = from_folder_stamp(generation.name)
            self.backups.addItem(minute(moment), generation)
        for action in (self.go, self.check):
            action.setEnabled(bool(found))
        none = _("There is no finished backup in this folder. Choose a folder of the backup stick.")
        self.say("" if found else none)

    def _check(self) -> None:
        """Check the chosen backup: with what opens it every byte, without that its checksums."""
        self.say("")
        self._tell("")
        travel, generation = self.travel.text(), self.backups.currentData()
        typed = any(box.text() for box in (self.first, self.second))
        pages, problem = typed_pages(self.first, self.second) if typed and not travel else ([], "")
        if problem:
            self.say(problem)
            return
        place = self._place

        def work(progress: Progress) -> str:
            if not (travel or pages):
                number, size = describes(verify_sums(generation, progress))
                return _(_SUMS).format(size=size, number=number)
            counts = verified_whole(place, opened_by(generation, pages, travel), progress)
            return _(_WHOLE).format(rows=sum(counts.values()))

        self._worker.do(work, self._checked, self._failed)

    def _checked(self, words: str) -> None:
        self.set_working(on=False)
        self.say("")
        self._tell(words)

    def _tell(self, words: str) -> None:
        self.checked.setText(words)
        show_if(self.checked, bool(words))
        if words:
            bring_into_view(self.checked)

    def _try(self) -> None:
        self.say("")
        self._tell("")
        travel, generation = self.travel.text(), self.backups.currentData()
        pages, problem = ([], "") if travel else typed_pages(self.first, self.second)
        if problem:
            self.say(problem)
            return
        second = self._signed(self._desk, generation) if self._desk else None
        if second is not None or self._desk is None:
            self._bring_back(generation, pages, travel, second)

    def _signed(self, desk: Desk, generation: Path) -> Approval | None:
        """Ask for the second signature on this backup, and say what is missing without it."""
        from shelterdesk.gui.parts.second_person import second_signature

        words = _(_SIGN).format(when=self.backups.currentText())
        try:
            for_what = desk.backups.for_what(generation)
        except DeskError as fault:
            self.say(str(fault))
            return None
        second = second_signature(desk, for_what, self, words)
        self.say("" if second else _(_UNSIGNED))
        return second

    def _bring_back(
        self,
        generation: Path,
        pages: list[tuple[str, ...]],
        travel: str,
        second: Approval | None,
    ) -> None:
        place, desk, without = self._place, self._desk, self.leave_out.isChecked()

        def work(progress: Progress) -> None:
            opened = opened_by(generation, pages, travel)
            if desk is None:
                brought_back(place, opened, progress, accept_damaged=without)
            else:
                desk.backups.bring_back(opened, progress, second, accept_damaged=without)

        self._worker.do(work, self._done, self._failed)

    def _done(self, _answer: object) -> None:
        self.set_working(on=False)
        self.replaced.emit()

    def _failed(self, fault: BaseException) -> None:
        if isinstance(fault, AttachedDamaged):
            self.leave_out.show()
        self.refused(words_for(fault, self._place.root / "logs"))

    def working(self, doing: str, thousandths: int) -> None:
        """Show what is being done and how far it is; only Stop can be pressed meanwhile."""
        self.say(_(doing) if doing else "")
        self.bar.setValue(thousandths)
        self.set_working(on=True)

    def set_working(self, *, on: bool) -> None:
        """Show the progress, or the fields again."""
        for part in (self.bar, self.halt):
            show_if(part, on)
        for field in (self.look, self.backups, self.first, self.second, self.travel):
            field.setDisabled(on)
        for action in (self.go, self.check):
            action.setEnabled(not on and self.backups.count() > 0)
        self.leave_out.setDisabled(on)
        self.earlier.setDisabled(on)
        show_if(self.leave, not on)

    def refused(self, why: str) -> None:
        """Show why it could not be brought back."""
        self.set_working(on=False)
        self.say(why)


def opened_by(generation: Path, pages: Sequence[Sequence[str]], travel: str) -> OpenedBackup:
    """Return a backup opened by the travel passphrase, or by two pages where there is none."""
    return open_by_travel(generation, travel) if travel else open_by_pages(generation, pages)
