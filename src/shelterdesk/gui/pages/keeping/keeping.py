"""Backup and records: the last backup and its age, making one, checking, bringing one back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from weakref import ref

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget
from shiboken6 import isValid
from typing_extensions import override

from shelterdesk.core.calendar.clock import from_folder_stamp
from shelterdesk.core.errors import CannotWrite, MediumGone
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.core.shown import minute
from shelterdesk.gui.errors import words_for
from shelterdesk.gui.pages.keeping.set_aside_card import SetAsideCard
from shelterdesk.gui.parts.file_choice import ask_folder
from shelterdesk.gui.parts.moments import backup_text
from shelterdesk.gui.parts.plain import button, named, plain_label, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.scrolled import bring_into_view, scroll_page
from shelterdesk.gui.parts.style.measures import BETWEEN, CARD, NEAR, PAGE
from shelterdesk.gui.room import Ending, Room
from shelterdesk.gui.tasks import Work
from shelterdesk.services.keeping.backups import (
    AHEAD_BACKUP,
    BackupResult,
    device_of,
    finished_below,
    to_be_told,
)
from shelterdesk.services.keeping.checks import Finding

_UNFINISHED = N_("A backup can be made once two recovery pages were typed back.")
_KEPT_BESIDE = N_(
    "The backup is put beside the records of now and takes over; nothing is overwritten. The "
    "program then locks. A second person must agree."
)
_NO_FOLDER = N_(
    "This folder is not there. Put in the stick, and choose the place once more; nothing was "
    "written."
)
_LATE: Final = N_("The last backup is {count} days old: make a new one.")
_NAMED: Final = 4
"""Backups that are named one by one on the page."""

_OLDER: Final = N_(
    "These backups were made before notes, letters and consents had keys of their own: {days}. "
    "Make a new backup, then destroy the sticks that hold them."
)


class KeepingPage(QWidget):
    """The state of the records, and backup and check with their progress."""

    go = Signal(str, str)
    replaced = Signal()
    """Earlier records have taken over; the program must begin anew."""
    page_name = "backup"

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self._desk = room.desk
        outside = QVBoxLayout()
        outside.setContentsMargins(*PAGE)
        outside.setSpacing(BETWEEN)
        outside.addWidget(plain_label(_("Backup and records"), "title"))
        outside.addWidget(self._backup_card())
        outside.addWidget(self._back_card())
        self.set_aside = SetAsideCard(room)
        self.set_aside.replaced.connect(self.replaced)
        outside.addWidget(self.set_aside)
        outside.addLayout(self._working_line())
        self.problem = problem_line()
        outside.addWidget(self.problem)
        self.told = plain_label("", "told")
        outside.addWidget(self.told)
        self.beside = plain_label("", "warning")
        outside.addWidget(self.beside)
        self.beside.hide()
        outside.addStretch(1)
        scroll_page(self, outside)
        self.refresh()
        room.worker.progressed.connect(self._working)
        room.worker.freed.connect(self._rest)
        if room.ended is not None:
            self.tell(*room.ended)
        self._set_working(on=room.worker.is_busy)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Put the keyboard on the act that the page is opened for."""
        super().focusInEvent(event)
        if self.save.isVisibleTo(self) and self.save.isEnabled():
            self.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def _backup_card(self) -> QWidget:
        card, inside = _card()
        self.state = plain_label("")
        self.state.setAccessibleName(_("Last backup"))
        self.late = plain_label("", "warning")
        self.save = button(_("Make a backup …"), "main")
        self.look = button(_("Check the records"), "check")
        self.save.clicked.connect(self._choose)
        self.look.clicked.connect(self._check)
        show_if(self.look, self._desk.may(Area.BACKUP, Right.WRITE))
        show_if(self.save, self._desk.may(Area.BACKUP, Right.WRITE))
        self.older = plain_label("", "warning")
        for line in (self.state, self.late, self.older):
            inside.addWidget(line)
        inside.addLayout(_line(self.save, self.look))
        return card

    def _back_card(self) -> QWidget:
        card, inside = _card()
        self.back = button(_("Bring a backup back …"), "have")
        self.back.clicked.connect(lambda: self.go.emit("bring_back", ""))
        inside.addWidget(plain_label(_(_KEPT_BESIDE), "quiet"))
        inside.addLayout(_line(self.back))
        show_if(card, self._desk.may(Area.BACKUP, Right.WRITE))
        return card

    def refresh(self) -> None:
        """Read the state anew."""
        self.set_aside.refresh()
        last = self._desk.backups.last()
        if last is None:
            self.state.setText(backup_text())
            self.late.setText(_(_UNFINISHED) if not self._desk.setup_finished else "")
        else:
            days = last.age_days
            self.state.setText(backup_text(last.made_at, days))
            future = _(AHEAD_BACKUP) if days < 0 else ""
            self.late.setText(_(_LATE).format(count=days) if last.is_late else future)
        show_if(self.late, bool(self.late.text()))
        self.older.setText(self._older())
        show_if(self.older, bool(self.older.text()))
        self.save.setEnabled(self._desk.setup_finished and not self._room.worker.is_busy)

    def _older(self) -> str:
        """Return which sticks still hold texts that are sealed by now, for who looks after them."""
        may = self._desk.may(Area.BACKUP, Right.WRITE)
        days = [minute(one.made_at) for one in self._desk.backups.with_older_texts()] if may else []
        more = _("{count} more").format(count=len(days) - _NAMED) if len(days) > _NAMED else ""
        named = ", ".join(filter(None, (*days[:_NAMED], more)))
        return _(_OLDER).format(days=named) if days else ""

    # -- long work --------------------------------------------------------------------------

    def _working_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        self.doing = plain_label("", "quiet", wraps=False)
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setFormat("%p %")
        self.halt = button(_("Stop"), "stop")
        self.halt.clicked.connect(self._room.worker.stop)
        for part in (self.doing, self.bar, self.halt):
            line.addWidget(part)
            part.hide()
        return line

    def _working(self, doing: str, thousandths: int) -> None:
        self.doing.setText(_(doing) if doing else "")
        self.bar.setValue(thousandths)
        self._set_working(on=True)

    def _set_working(self, *, on: bool) -> None:
        """Show or hide the progress, and keep other actions still meanwhile."""
        for part in (self.doing, self.bar, self.halt):
            show_if(part, on)
        for action in (self.look, self.back, self.set_aside.go):
            action.setDisabled(on)
        self.save.setEnabled(not on and self._desk.setup_finished)

    def tell(self, text: str, problem: str = "", beside: str = "") -> None:
        """Show how something ended, or in red what went wrong; and what else is to be known."""
        self.refresh()
        self._set_working(on=False)
        self.told.setText(text)
        self.beside.setText(beside)
        show_if(self.beside, bool(beside))
        tell(self.problem, problem)
        if text or problem:
            bring_into_view(self.problem if problem else self.beside if beside else self.told)

    def _choose(self) -> None:
        chosen = ask_folder(self, _("The backup stick"), _last_on, waits=True)
        if chosen:
            self._back_up(chosen)

    def _back_up(self, target: Path) -> None:
        backups = self._desk.backups
        self.tell("")
        try:
            chosen = device_of(target)
        except MediumGone:
            self.tell("", _(_NO_FOLDER))
            return
        logs = self._room.logs
        self._do(
            lambda progress: backups.back_up(target, progress, chosen),
            _backed_up,
            lambda fault: _not_backed_up(target, fault, logs),
        )

    def _check(self) -> None:
        checks, logs = self._desk.checks, self._room.logs
        self.tell("")
        self._do(lambda progress: list(checks.run(progress)), _checked, lambda f: _failed(f, logs))

    def _do(
        self,
        work: Work,
        done: Callable[[Any], Ending],
        failed: Callable[[BaseException], Ending],
    ) -> None:
        """Do long work; how it ended is told here, and in the window if she has gone elsewhere."""
        room, here = self._room, ref(self)

        def over(ending: Ending) -> None:
            page = here()
            is_there = page is not None and isValid(page)
            room.end(ending, is_seen=is_there and page is not None and page.isVisible())
            if page is not None and is_there:
                page.tell(*ending)

        room.ended = None
        room.worker.do(work, lambda answer: over(done(answer)), lambda fault: over(failed(fault)))

    def _rest(self) -> None:
        self._set_working(on=False)


def _last_on(drive: Path) -> str:
    """Return which backup lies on a drive last, in words; "" for none."""
    found = finished_below(drive)
    when = minute(from_folder_stamp(found[-1].name)) if found else ""
    return _("Last backup: {when}").format(when=when) if when else ""


def _backed_up(result: BackupResult) -> Ending:
    made = _(N_("Backup made, read back and opened: {place}")).format(place=result.generation)
    free = _(N_("The stick may be removed now."))
    return Ending(f"{made}\n{free}", beside="\n".join(to_be_told(result)))


def _checked(findings: list[Finding]) -> Ending:
    return Ending("\n".join(finding.in_words() for finding in findings))


def _failed(fault: BaseException, logs: Path) -> Ending:
    return Ending(problem=words_for(fault, logs))


def _not_backed_up(target: Path, fault: BaseException, logs: Path) -> Ending:
    """Say why there is no backup: what was chosen may be gone, or there but not written to."""
    if isinstance(fault, MediumGone) and target.is_dir():
        return Ending(problem=str(CannotWrite(where=target.name)))
    return _failed(fault, logs)


def _card() -> tuple[QWidget, QVBoxLayout]:
    card = named(QWidget(), "card")
    inside = QVBoxLayout(card)
    inside.setContentsMargins(*CARD)
    inside.setSpacing(NEAR)
    return card, inside


def _line(*actions: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    for action in actions:
        line.addWidget(action)
    line.addStretch()
    return line
