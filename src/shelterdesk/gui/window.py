"""The one window: the door, the paper, the desk; and the way between them."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QComboBox, QMainWindow, QVBoxLayout, QWidget
from typing_extensions import override

from shelterdesk.core.errors import NoVault, OlderThanSeen, WrongPages
from shelterdesk.core.i18n import LANGUAGES, N_, _, screen_language, use_language
from shelterdesk.core.work import Progress
from shelterdesk.gui.errors import catch_everything, words_for
from shelterdesk.gui.pages.bring_back import BringBackPage
from shelterdesk.gui.pages.keeping import KeepingPage
from shelterdesk.gui.pages.paper import PaperPage
from shelterdesk.gui.pages.start import StartPage
from shelterdesk.gui.pages.unlock import UnlockPage
from shelterdesk.gui.plain import named, plain_label
from shelterdesk.gui.style import dress
from shelterdesk.gui.tasks import Task
from shelterdesk.services.backups import brought_back, open_by_pages, open_by_travel
from shelterdesk.services.desk import DataFolder, Desk, names_that_open, start_new, unlock
from shelterdesk.services.recovery_paper import RecoveryPages, write_pages

_QUIET_MS = 30_000
_LANGUAGE_NAMES = {"lo": "ລາວ", "en": "English"}


class DeskWindow(QMainWindow):
    """Shows one page at a time on one data folder, which it holds until it is closed."""

    def __init__(self, place: DataFolder) -> None:
        super().__init__()
        self._place = place
        self._logs = place.root / "logs"
        self._desk: Desk | None = None
        self._pages: RecoveryPages | None = None
        self._task: Task | None = None
        self.setWindowTitle("ShelterDesk")
        self.resize(1100, 700)
        self._frame()
        self._quiet = QTimer(self)
        self._quiet.setInterval(_QUIET_MS)
        self._quiet.timeout.connect(self._settle)
        self._quiet.start()
        self.show_door()

    def _frame(self) -> None:
        frame = QWidget()
        self._inside = QVBoxLayout(frame)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self.demo = plain_label("DEMO", "demo")
        self.demo.hide()
        self._inside.addWidget(self.demo)
        self.page: QWidget = QWidget()
        self._inside.addWidget(self.page, 1)
        self.setCentralWidget(frame)
        self.language = named(QComboBox(), "language", _("Language"))
        for code in LANGUAGES:
            self.language.addItem(_LANGUAGE_NAMES[code], code)
        self.language.setCurrentIndex(LANGUAGES.index(screen_language()))
        self.language.currentIndexChanged.connect(self._speak)
        self.statusBar().addPermanentWidget(self.language)

    def _speak(self, index: int) -> None:
        use_language(LANGUAGES[index])
        self._again()

    def _show(self, page: QWidget) -> None:
        self._inside.replaceWidget(self.page, page)
        self.page.hide()
        self.page.deleteLater()
        self.page = page
        page.show()
        page.setFocus()

    # -- the door ---------------------------------------------------------------------------

    def show_door(self) -> None:
        """Show the unlock page, or the start page where there are no records yet."""
        self._again = self.show_door
        self.demo.hide()
        try:
            names = names_that_open(self._place)
        except NoVault:
            start = StartPage()
            start.wanted.connect(self._start)
            start.bring_back.connect(self.show_bring_back)
            self._show(start)
            return
        door = UnlockPage(names)
        door.wanted.connect(self._unlock)
        door.bring_back.connect(self.show_bring_back)
        self._show(door)

    def _start(self, name: str, passphrase: str) -> None:
        self._do(
            lambda _progress: start_new(self._place, name, passphrase), self._started, self._refused
        )

    def _started(self, made: tuple[Desk, RecoveryPages]) -> None:
        self._desk, self._pages = made
        self.show_paper()

    def _unlock(self, name: str, passphrase: str, older: bool) -> None:
        def work(progress: Progress) -> Desk:
            return unlock(self._place, name, passphrase, accept_older=older, progress=progress)

        self._do(work, self._opened, self._refused)

    def _opened(self, desk: Desk) -> None:
        self._desk = desk
        self.show_desk()

    def _refused(self, fault: BaseException) -> None:
        words = words_for(fault, self._logs)
        self.page.setEnabled(True)
        if isinstance(self.page, UnlockPage):
            self.page.refused(words, older=isinstance(fault, OlderThanSeen))
        elif isinstance(self.page, StartPage):
            self.page.say(words)

    # -- a backup brought back --------------------------------------------------------------

    def show_bring_back(self) -> None:
        """Show the page on which a backup is chosen and opened."""
        self._again = self.show_bring_back
        page = BringBackPage()
        page.wanted.connect(self._bring_back)
        page.back.connect(self.show_door)
        page.stop.connect(self._stop)
        self._show(page)

    def _bring_back(self, generation: Path, pages: list[tuple[str, ...]], travel: str) -> None:
        page = self.page
        if not isinstance(page, BringBackPage):
            return

        def work(progress: Progress) -> None:
            opened = (
                open_by_travel(generation, travel) if travel else open_by_pages(generation, pages)
            )
            brought_back(self._place, opened, progress)

        self._do(
            work,
            self._brought_back,
            lambda fault: page.refused(words_for(fault, self._logs)),
            page.working,
        )

    def _brought_back(self, _done: object) -> None:
        self.show_door()
        if isinstance(self.page, UnlockPage):
            self.page.tell(
                _(N_("The backup is in place. Open it with your passphrase of that day."))
            )

    # -- the paper --------------------------------------------------------------------------

    def show_paper(self) -> None:
        """Show the recovery pages: to be saved right after the start, and typed back."""
        if self._desk is None:
            return
        self._again = self.show_paper
        page = PaperPage(self._desk.recovery_set, printable=self._pages is not None)
        page.save_to.connect(self._save_pages)
        page.typed.connect(self._confirm)
        page.later.connect(self.show_desk)
        self._show(page)

    def _save_pages(self, folder: Path) -> None:
        if self._pages is None or not isinstance(self.page, PaperPage):
            return
        write_pages(folder, self._pages, datetime.now(UTC).date())
        told = _(N_("The three pages lie in {place}. Print them now, then delete the files."))
        self.page.saved.setText(told.format(place=folder))

    def _confirm(self, typed: list[tuple[str, ...]]) -> None:
        if self._desk is None or not isinstance(self.page, PaperPage):
            return
        try:
            self._desk.keyholders.confirm_pages(typed)
        except WrongPages as wrong:
            self.page.say(str(wrong))
            return
        self._pages = None
        self.show_desk()

    # -- the desk ---------------------------------------------------------------------------

    def show_desk(self) -> None:
        """Show what can be done with the records that are open."""
        if self._desk is None:
            return
        self._again = self.show_desk
        self.demo.setVisible(self._desk.is_demo)
        page = KeepingPage(self._desk)
        page.back_up.connect(self._back_up)
        page.check.connect(self._check)
        page.check_pages.connect(self.show_paper)
        page.lock.connect(self.lock)
        page.stop.connect(self._stop)
        self._show(page)

    def _back_up(self, target: Path) -> None:
        desk, page = self._desk, self.page
        if desk is None or not isinstance(page, KeepingPage):
            return
        told = _(N_("Backup made, read back and opened: {place}"))
        self._do(
            lambda progress: desk.backups.back_up(target, progress),
            lambda result: page.tell(told.format(place=result.generation)),
            lambda fault: page.tell(words_for(fault, self._logs)),
            page.working,
        )

    def _check(self) -> None:
        desk, page = self._desk, self.page
        if desk is None or not isinstance(page, KeepingPage):
            return
        self._do(
            lambda progress: list(desk.checks.run(progress)),
            lambda findings: page.tell("\n".join(finding.in_words() for finding in findings)),
            lambda fault: page.tell(words_for(fault, self._logs)),
            page.working,
        )

    def _settle(self) -> None:
        """Bring the journal into the file every half minute, and tell what the disk says."""
        if self._desk is None or self._task is not None:
            return
        for fault in self._desk.settle():
            self.show_problem(str(fault))

    def _stop(self) -> None:
        if self._task is not None:
            self._task.stop()

    def lock(self) -> None:
        """Close the records and show the door; a dying disk is told there."""
        desk, self._desk, self._pages = self._desk, None, None
        problem = ""
        try:
            if desk is not None:
                desk.lock()
        except Exception as fault:  # noqa: BLE001 - the door must be shown whatever happens
            problem = words_for(fault, self._logs)
        self.show_door()
        if problem and isinstance(self.page, UnlockPage):
            self.page.say(problem)

    # -- long work --------------------------------------------------------------------------

    def _do(
        self,
        work: Callable[[Progress], Any],
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None],
        progressed: Callable[[str, int], None] | None = None,
    ) -> None:
        """Run long work; the page is still until it ends, but for its Stop."""
        if self._task is not None:
            return
        self._task = Task(work, self)
        if progressed is None:
            self.page.setEnabled(False)
        else:
            self._task.progressed.connect(progressed)
        self._task.succeeded.connect(done)
        self._task.failed.connect(failed)
        self._task.finished.connect(self._ended)
        self._task.start()

    def _ended(self) -> None:
        task, self._task = self._task, None
        if task is not None:
            task.deleteLater()

    def show_problem(self, words: str) -> None:
        """Show a fault that nobody expected, in the status line."""
        self.statusBar().showMessage(words)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self._task is not None:
            self._task.stop()
            self._task.wait()
        if self._desk is not None:
            self.lock()
        event.accept()


def show_window(data: Path, language: str) -> int:
    """Open the window on a data folder and run it until it is closed; returns the exit code."""
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    for scope in (QSettings.Scope.UserScope, QSettings.Scope.SystemScope):
        QSettings.setPath(QSettings.Format.IniFormat, scope, str(data / "settings"))
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)  # noqa: S101 - no other kind is ever made here
    use_language(language)
    dress(application)
    place = DataFolder(data).open()
    try:
        window = DeskWindow(place)
        catch_everything(data / "logs", window.show_problem)
        window.show()
        return application.exec()
    finally:
        place.close()
