"""The one window: the door, and behind it the place of work; and the way between them."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget
from shiboken6 import isValid
from typing_extensions import override

from shelterdesk.core.i18n import N_, _, use_language
from shelterdesk.gui.clipboard import OneWay, clear_clipboard
from shelterdesk.gui.collecting import Collecting
from shelterdesk.gui.drawn.process import end_all
from shelterdesk.gui.errors import catch_everything, words_for
from shelterdesk.gui.frame.cover import Cover, leave_dialogues
from shelterdesk.gui.frame.demo_line import DemoLine
from shelterdesk.gui.frame.door import Door
from shelterdesk.gui.frame.foot import Foot
from shelterdesk.gui.frame.idle import IdleWatch, WallClock
from shelterdesk.gui.frame.lock import Lock
from shelterdesk.gui.frame.on_screen import fitted, keep_on_screen, screen_of
from shelterdesk.gui.frame.presses import Presses
from shelterdesk.gui.frame.qt_words import give_words
from shelterdesk.gui.frame.seat import forget_seat
from shelterdesk.gui.frame.session import SessionWatch
from shelterdesk.gui.frame.tab_order import step_on
from shelterdesk.gui.hearing import ask
from shelterdesk.gui.parts.elided import GrowingLine
from shelterdesk.gui.parts.file_choice import forget_choices
from shelterdesk.gui.parts.plain import named, show_if
from shelterdesk.gui.parts.style import dress
from shelterdesk.gui.parts.style.measures import EDGE, NEAR, NO_MARGINS, NONE, TIGHT
from shelterdesk.gui.room import Remembered, Room
from shelterdesk.gui.tasks import Worker, wait_for_all
from shelterdesk.services.demo.invented_folder import looks_invented

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent, QScreen, QShowEvent

    from shelterdesk.core.errors import DeskError
    from shelterdesk.gui.frame.workplace import Workplace
    from shelterdesk.services.desk import Desk
    from shelterdesk.services.keeping.recovery_paper import RecoveryPages

_QUIET_MS = 30_000
_USUAL_SIZE = (1200, 720)
_FRAMED_MS = 600
_DEMO = N_("DEMO – everything here is invented")


class DeskWindow(QMainWindow):
    """Shows the door of one data folder, then its place of work, until it is locked or closed.

    `begin_anew` is called when everything is closed and covered: the program replaces itself;
    `elsewhere` likewise, to open another data folder.
    """

    _heard = Signal(str, str)
    """A record was saved, also by long work in its own thread: kind and id."""

    def __init__(
        self,
        data: Path,
        begin_anew: Callable[[], None],
        elsewhere: Callable[[Path], None] | None = None,
    ) -> None:
        super().__init__()
        self._data = data
        self._begin_anew = begin_anew
        self._elsewhere = elsewhere
        self.remembered = Remembered(data)
        self.worker = Worker(self)
        self.worker.progressed.connect(self._say_progress)
        self.worker.freed.connect(self._end_progress)
        self._progress = ""
        self.room: Room | None = None
        self.workplace: Workplace | None = None
        self.refusal: DeskError | None = None
        self._lock: Lock | None = None
        self._screen: QScreen | None = None
        self._placed = QSize()
        self.idle = IdleWatch(self.remembered.now.minutes, parent=self)
        self.idle.idle.connect(self.lock)
        self.idle.cover.connect(self.lock)
        self.collecting = Collecting(self.idle.quiet_seconds, self)
        self._heard.connect(self._changed)
        self.session = SessionWatch(self)
        self.session.left.connect(self.lock)
        self._presses = Presses(self)
        self._place_window()
        self._frame()
        self._quiet = QTimer(self)
        self._quiet.setInterval(_QUIET_MS)
        self._quiet.timeout.connect(self._settle)
        self._quiet.start()
        self.door.show_first()

    def _place_window(self) -> None:
        """Stand where the window stood last, where that is still on a screen."""
        screens = QGuiApplication.screens()
        if not screens:  # a remote session that has just lost its own
            self.resize(*_USUAL_SIZE)
            return
        stood = QRect(*(self.remembered.now.geometry or (0, 0, *_USUAL_SIZE)))
        there = screen_of(stood) if self.remembered.now.geometry is not None else None
        place = fitted(stood, (there or screens[0]).availableGeometry())
        self.resize(place.size())
        self._placed = place.size()
        if there is not None:
            self.move(place.topLeft())
        if self.remembered.now.maximized:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def _keep_place(self) -> None:
        """Note where the window stands; of one that fills the screen, where it would stand else."""
        known = self.remembered.now
        stood = QRect(self.pos(), self.size())
        if self.isMaximized() or self.isMinimized():
            stood = self.normalGeometry()
        if stood.isValid():
            known = replace(known, geometry=(stood.x(), stood.y(), stood.width(), stood.height()))
        self.remembered.change(replace(known, maximized=self.isMaximized()))

    def _frame(self) -> None:
        frame = QWidget()
        self._inside = QVBoxLayout(frame)
        self._inside.setContentsMargins(*NO_MARGINS)
        self._inside.setSpacing(NONE)
        self.demo = DemoLine()
        self._say_demo(looks_invented(self._data))
        self._inside.addWidget(self.demo)
        self.door = Door(self._data, self.worker)
        self.door.opened.connect(self._opened)
        self.door.began.connect(self._began)
        self.door.refused.connect(self._note_refusal)
        self.door.elsewhere.connect(self._go_elsewhere)
        self._content: QWidget = self.door
        self._inside.addWidget(self.door, 1)
        self.setCentralWidget(frame)
        self.cover = Cover(self)
        self.foot = Foot()
        self.keys, self.language = self.foot.keys, self.foot.language
        self.keys.clicked.connect(self._show_keys)
        self.language.chosen.connect(self.speak)
        self.status = named(GrowingLine("", "quiet"), "saved")
        self._below_door = QWidget()
        below = QHBoxLayout(self._below_door)
        below.setContentsMargins(EDGE, TIGHT, EDGE, NEAR)
        below.addWidget(self.status, 1)
        below.addWidget(self.foot)
        self._inside.addWidget(self._below_door)

    def _say_demo(self, is_demo: bool) -> None:
        """Say above everything, and in the title of the window, that all of it is invented."""
        self.demo.setText(_(_DEMO) if is_demo else "")
        show_if(self.demo, is_demo)
        self.setWindowTitle("ShelterDesk – DEMO" if is_demo else "ShelterDesk")

    def _show_keys(self) -> None:
        from shelterdesk.gui.frame.keys_sheet import KeysSheet

        sheet = KeysSheet(self)
        ask(sheet)
        if sheet.wants_help:
            self._show_help()

    def _show_help(self) -> None:
        """Open the help at what is in front: as a page, or over the door."""
        from shelterdesk.gui.frame.help_sheet import HelpSheet

        if self.workplace is not None:
            self.workplace.show_help()
        else:
            ask(HelpSheet(self))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.windowHandle() is not None and self._screen is None:
            self.windowHandle().screenChanged.connect(self._stand_on)
            self._listen_to(self.screen())
        if self.size() == self._placed:  # what frame it has is known once it is shown
            for after in (0, _FRAMED_MS):  # some systems put it around a moment later
                QTimer.singleShot(after, self, self._fit)
        if not self.door.is_ready and not self.worker.is_busy:
            QTimer.singleShot(0, self, self.door.load)

    def _stand_on(self, screen: QScreen) -> None:
        """Fit onto another screen, and onto one that becomes smaller."""
        self._listen_to(screen)
        self._fit()

    def _listen_to(self, screen: QScreen) -> None:
        if self._screen is not None and isValid(self._screen):
            self._screen.availableGeometryChanged.disconnect(self._fit)
        self._screen = screen
        screen.availableGeometryChanged.connect(self._fit)

    def _fit(self) -> None:
        keep_on_screen(self)

    def _note_refusal(self, fault: DeskError) -> None:
        self.refusal = fault

    # -- from the door to the place of work -------------------------------------------------

    def _opened(self, desk: Desk) -> None:
        came_back = self.door.sat_here(desk.name)
        self._enter(desk, None).begin(came_back=came_back)

    def _began(self, made: tuple[Desk, RecoveryPages]) -> None:
        self._enter(*made).go("paper")

    def _enter(self, desk: Desk, pages: RecoveryPages | None) -> Workplace:
        place = self.door.place
        assert place is not None  # noqa: S101 - nothing was opened without it
        self.room = Room(desk, self.worker, place, self.remembered, pages)
        self.room.say = self.status.setText
        self._lock = Lock(self.room, self.cover)
        self._lock.locked.connect(self._leave)
        desk.on_change(self._heard.emit)
        self._say_demo(desk.is_demo)
        forget_seat()
        self.idle.minutes = self.room.minutes
        self.idle.begin()
        self.session.begin()
        return self._furnish(self.room)

    def _furnish(self, room: Room) -> Workplace:
        from shelterdesk.gui.frame.workplace import Workplace

        workplace = Workplace(room)
        workplace.lock.connect(self.lock)
        workplace.cover.connect(self.lock)
        workplace.speak.connect(self.speak)
        workplace.dressed.connect(self._dress)
        workplace.told.connect(self.status.setText)
        self.idle.touched.connect(workplace.drafting.touched)
        self.clock = WallClock(workplace)
        workplace.page_closed.connect(self.collecting.page_closed)
        workplace.hold(self.status, self.foot)
        self._below_door.hide()
        self.workplace = workplace
        self._show(workplace)
        return workplace

    def _show(self, content: QWidget) -> None:
        self._inside.replaceWidget(self._content, content)
        self._content.hide()
        if self._content is not self.door:
            self._content.deleteLater()
        self._content = content
        content.show()

    def _changed(self, kind_name: str, record_id: str) -> None:
        if self.workplace is not None:
            self.workplace.changed(kind_name, record_id)

    def _say_progress(self, doing: str, thousandths: int) -> None:
        """Say in the status line how far long work is: she may be on any page by now."""
        if self.workplace is not None and doing:
            self._progress = f"{_(doing)} {thousandths // 10} %"
            self.status.setText(self._progress)

    def _end_progress(self) -> None:
        if self._progress and self.status.text() == self._progress:
            self.status.setText("")
        self._progress = ""

    # -- language and letters ----------------------------------------------------------------

    def speak(self, language: str) -> None:
        """Change the language of the screen while everything stays where it is."""
        use_language(language)
        self.remembered.change(replace(self.remembered.now, language=language))
        self.language.follow()
        self.status.setText("")  # it speaks the language of before
        self.foot.name_keys()
        self._anew()

    def _dress(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            dress(application, self.remembered.now.percent)
        if self.room is not None:
            self.idle.minutes = self.room.minutes
        self._anew()

    def _anew(self) -> None:
        if self.workplace is None or self.room is None:
            self._say_demo(looks_invented(self._data))
            self.door.again()
            return
        self._say_demo(self.room.desk.is_demo)
        before = self.workplace.state()
        self._furnish(self.room).resume(before)

    # -- lock and close ----------------------------------------------------------------------

    def lock(self) -> None:
        """Cover the window at once, keep what is typed, close the records, and begin anew."""
        if self._lock is not None and self.workplace is not None:
            self.idle.end()
            leave_dialogues()
            self._lock.turn(self.workplace)

    def _leave(self) -> None:
        if self.room is not None:
            self.door.keep_seat(self.room.desk.name)
        self._let_go()
        self._begin_anew()

    def _go_elsewhere(self, data: Path) -> None:
        forget_seat()
        self._let_go()
        if self._elsewhere is not None:
            self._elsewhere(data)

    def _let_go(self) -> None:
        """Forget the records, remember where the window stood, and give the folder free."""
        self.idle.end()
        end_all()
        clear_clipboard()
        if self.workplace is not None:
            for kept in (self.status, self.foot):
                kept.setParent(self)
            self.workplace.hide()
            self.workplace.deleteLater()
        self.room = self.workplace = self._lock = None
        if self.door.is_ready:
            self._keep_place()
        self.door.let_go()

    def _settle(self) -> None:
        """Bring the journal into the file every half minute, and tell what the disk says."""
        if self.room is None or self.worker.is_busy or (self._lock and self._lock.is_turning):
            return
        for fault in self.room.desk.settle():
            self.show_problem(str(fault))

    def show_problem(self, words: str) -> None:
        """Show a fault that nobody expected, in the line of the quiet word."""
        self.status.setText(words)

    @override
    def focusNextPrevChild(self, forward: bool) -> bool:
        return step_on(self, forward=forward) or super().focusNextPrevChild(forward)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        wait_for_all()
        if self.room is not None and self.workplace is not None:
            try:
                self.workplace.drafting.end()
                self.room.desk.lock()
            except Exception as fault:  # noqa: BLE001 - a window that cannot be closed is worse
                words_for(fault, self._data / "logs")
        self._let_go()
        event.accept()


def show_window(
    data: Path,
    language: str,
    begin_anew: Callable[[], None],
    elsewhere: Callable[[Path], None] | None = None,
) -> int:
    """Open the window on a data folder and run it until it is closed; returns the exit code.

    The language that was chosen in the window goes before the one of the computer.
    """
    forget_choices()
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)  # noqa: S101 - no other kind is ever made here
    remembered = Remembered(data).now
    use_language(remembered.language or language)
    give_words(application)
    dress(application, remembered.percent)
    OneWay(application)
    window = DeskWindow(data, begin_anew, elsewhere)
    catch_everything(data / "logs", window.show_problem)
    window.show()
    code = application.exec()
    return 1 if window.refusal is not None else code
