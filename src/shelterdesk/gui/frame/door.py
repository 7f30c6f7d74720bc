"""The door: what stands in the window while the records are closed.

It is painted before the libraries of the store are there: they are loaded while the person types.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk.core.calendar.clock import house_day, system_clock
from shelterdesk.core.errors import AlreadyOpen, ClockDoubted, DeskError, NoVault
from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.errors import words_for
from shelterdesk.gui.frame.seat import keep_seat, seat_kept
from shelterdesk.gui.pages.keeping.card import CardPage
from shelterdesk.gui.pages.keeping.start import StartPage
from shelterdesk.gui.pages.keeping.unlock import UnlockPage
from shelterdesk.gui.parts.plain import button
from shelterdesk.gui.parts.style.measures import NO_MARGINS
from shelterdesk.services.demo.invented_folder import house_of, looks_invented, training_of
from shelterdesk.services.demo.staff import who_opens_it

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from shelterdesk.core.work import Progress
    from shelterdesk.gui.tasks import Worker
    from shelterdesk.services.desk import DataFolder, Desk

_BACK_AGAIN = N_(
    "The backup is in place. Open it with your passphrase: that of today, or on a new computer "
    "that of the day of the backup."
)
_GONE_BACK = N_("The records from before the restore are in place again.")
_LET_IN = N_("{name} can open the records now, as director.")


class Door(QWidget):
    """Shows one card: start, unlock, or bring back a backup."""

    opened = Signal(object)
    """The desk that was unlocked."""
    began = Signal(object)
    """The desk of new records, and their recovery pages."""
    refused = Signal(object)
    """Why this folder cannot be opened at all."""
    elsewhere = Signal(object)
    """The data folder that she would rather open: the training shelter, or the house again."""

    def __init__(self, data: Path, worker: Worker) -> None:
        super().__init__()
        self._data = data
        self._worker = worker
        worker.progressed.connect(self._show_made)
        self.place: DataFolder | None = None
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(*NO_MARGINS)
        self.page: QWidget = QWidget()
        self._inside.addWidget(self.page)
        self._again: Callable[[Door], None] = Door.show_first

    @property
    def is_ready(self) -> bool:
        """Whether the folder is held and something can be opened."""
        return self.place is not None

    def again(self) -> None:
        """Show the present card anew: another language is spoken."""
        self._again(self)

    def show_page(self, page: QWidget) -> None:
        """Show another card in the place of the present one."""
        self._inside.replaceWidget(self.page, page)
        self.page.hide()
        self.page.deleteLater()
        self.page = page
        page.show()
        page.setFocus()

    # -- before the store is loaded -----------------------------------------------------------

    def show_first(self) -> None:
        """Show what can be painted at once: no name is known yet, but one can type already."""
        has_records = self._data.is_dir() and any(self._data.glob("vault-*"))
        self.show_page(self._unlock_page([]) if has_records else self._start_page())

    def load(self) -> None:
        """Load the store beside the typing, then take hold of the folder."""

        def work(_progress: Progress) -> None:
            from shelterdesk.services import desk  # noqa: F401 - loaded, not used

        self._worker.do(work, self._take_hold, self.refused.emit)

    def _take_hold(self, _loaded: object) -> None:
        from shelterdesk.services.desk import DataFolder

        try:
            self.place = DataFolder(self._data).open()
        except DeskError as fault:
            self.show_refusal(fault)
            self.refused.emit(fault)
            return
        self._again = Door.show_door
        if isinstance(self.page, UnlockPage):
            self._fill_names(self.page)
        elif self.place.vaults():
            self.show_door()

    def _fill_names(self, page: UnlockPage) -> None:
        names = self._names()
        if names is None:
            self.show_door()
        else:
            self._fit(page, names)

    def _fit(self, page: UnlockPage, names: list[str]) -> None:
        """Offer the names, and choose whoever sat here when it was locked."""
        page.offer(names, seat_kept(names))

    def show_refusal(self, fault: DeskError) -> None:
        """Show why this folder cannot be opened, with nothing to do but close."""
        title = _("ShelterDesk is open already") if isinstance(fault, AlreadyOpen) else _("Problem")
        card = CardPage(title)
        card.say(str(fault))
        card.inside.addWidget(card.problem)
        leave = button(_("Close"), "leave")
        leave.clicked.connect(lambda: self.window().close())
        card.inside.addWidget(leave)
        self.show_page(card)

    # -- start and unlock -----------------------------------------------------------------------

    def show_door(self) -> None:
        """Show the unlock page, or the start page where there are no records yet."""
        self._again = Door.show_door
        names = self._names()
        self.show_page(self._start_page() if names is None else self._unlock_page(names))

    def _names(self) -> list[str] | None:
        from shelterdesk.services.desk import names_that_open

        try:
            return names_that_open(self._held())
        except NoVault:
            return None

    def _held(self) -> DataFolder:
        if self.place is None:
            raise RuntimeError("the folder is taken hold of before anything is opened")
        return self.place

    def _start_page(self) -> StartPage:
        page = StartPage()
        page.wanted.connect(self._start)
        page.bring_back.connect(self.show_bring_back)
        page.training.connect(self._to_training)
        return page

    def _unlock_page(self, names: list[str]) -> UnlockPage:
        page = UnlockPage([])
        if looks_invented(self._data):
            page.show_invented(who_opens_it(), of_a_house=house_of(self._data) is not None)
        if names:
            self._fit(page, names)
        page.wanted.connect(self._unlock)
        page.bring_back.connect(self.show_bring_back)
        page.all_lost.connect(self.show_new_director)
        page.training.connect(self._to_training)
        page.anew.connect(self._begin_training_anew)
        return page

    def _start(self, name: str, passphrase: str) -> None:
        from shelterdesk.services.desk import start_new

        place = self._held()
        self._do(lambda _progress: start_new(place, name, passphrase), self.began.emit)

    def _unlock(self, name: str, passphrase: str, said: datetime | None) -> None:
        from shelterdesk.services.desk import told, unlock

        place = self._held()
        clock = told(said) if said else system_clock

        def work(progress: Progress) -> Desk:
            return unlock(place, name, passphrase, clock=clock, progress=progress)

        self._do(work, self.opened.emit)
        if isinstance(self.page, UnlockPage) and not self.page.isEnabled():
            self.page.opening()

    def _do(self, work: Any, done: Any) -> None:
        if self._worker.do(work, done, self._refused):
            self.page.setEnabled(False)

    def _refused(self, fault: BaseException) -> None:
        words = words_for(fault, self._data / "logs")
        if self.place is None:
            self._take_hold(None)
        self.page.setEnabled(True)
        if isinstance(self.page, UnlockPage):
            self.page.stopped()
        if isinstance(self.page, CardPage):
            self.page.tell("")
            if self.page.so_far is not None:
                self.page.so_far.hide()
        if isinstance(self.page, UnlockPage) and isinstance(fault, ClockDoubted):
            self.page.ask_clock(words, fault.last)
        elif isinstance(self.page, UnlockPage):
            self.page.refused(words)
        elif isinstance(self.page, StartPage):
            self.page.say(words)

    # -- a backup brought back ------------------------------------------------------------------

    def show_bring_back(self) -> None:
        """Show the page on which a backup is chosen and opened."""
        from shelterdesk.gui.pages.keeping.bring_back import BringBackPage

        if self.place is None:
            return
        self._again = Door.show_bring_back
        page = BringBackPage(self.place, self._worker)
        page.back.connect(self.show_door)
        page.replaced.connect(self._brought_back)
        page.go_back.connect(self.show_go_back)
        self.show_page(page)

    def show_go_back(self) -> None:
        """Show the page that returns to the records before the last restore."""
        from shelterdesk.gui.pages.keeping.go_back import GoBackPage

        self._again = Door.show_go_back
        page = GoBackPage(self._held(), self._worker)
        page.back.connect(self.show_bring_back)
        page.replaced.connect(self._gone_back)
        self.show_page(page)

    def _gone_back(self) -> None:
        self.show_door()
        if isinstance(self.page, UnlockPage):
            self.page.tell(_(_GONE_BACK))

    def _brought_back(self) -> None:
        self.show_door()
        if isinstance(self.page, UnlockPage):
            self.page.tell(_(_BACK_AGAIN))

    # -- every passphrase lost ------------------------------------------------------------------

    def show_new_director(self) -> None:
        """Show the page on which two recovery pages let a new director in."""
        from shelterdesk.gui.pages.keeping.new_director import NewDirectorPage

        if self.place is None:
            return
        self._again = Door.show_new_director
        page = NewDirectorPage(self.place, self._worker)
        page.back.connect(self.show_door)
        page.made.connect(self._let_in)
        self.show_page(page)

    def _let_in(self, name: str) -> None:
        self.show_door()
        if isinstance(self.page, UnlockPage):
            self.page.tell(_(_LET_IN).format(name=name))
            self.page.name.setCurrentText(name)

    # -- the training shelter ---------------------------------------------------------------------

    def _to_training(self) -> None:
        """Go to the training shelter, which is made where there is none; from in there, back."""
        house, training = house_of(self._data), training_of(self._data)
        if house is not None:
            self.elsewhere.emit(house)
        elif self.is_ready:
            self._make(training, anew=False)

    def _begin_training_anew(self) -> None:
        if self.is_ready:
            self.let_go()
            self._make(self._data, anew=True)

    def _make(self, folder: Path, *, anew: bool) -> None:
        def work(progress: Progress) -> None:
            from shelterdesk.services.demo import training

            make = training.begin_anew if anew else training.make_training
            make(folder, house_day(system_clock()), progress)

        if isinstance(self.page, CardPage):
            self.page.show_so_far(0)
        self._do(work, lambda _made: self.elsewhere.emit(folder))

    def _show_made(self, doing: str, thousandths: int) -> None:
        """Show how far the training shelter is, where it was asked for."""
        if isinstance(self.page, CardPage) and self.page.so_far is not None:
            self.page.tell(_(doing) if doing else "")
            self.page.show_so_far(thousandths)

    def sat_here(self, name: str) -> bool:
        """Tell whether somebody sat here when it was locked: she comes back to her place."""
        return seat_kept(self._names() or []) == name

    def keep_seat(self, name: str) -> None:
        """Let the next process choose the name of whoever sits here now."""
        keep_seat(self._names() or [], name)

    def let_go(self) -> None:
        """Give the folder free."""
        if self.place is not None:
            self.place.close()
            self.place = None
