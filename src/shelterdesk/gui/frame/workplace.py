"""The window once the records are open: navigation, search, banners, and one page at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import _
from shelterdesk.gui.drafting import Drafting, UnfinishedLine, key_of, page_of
from shelterdesk.gui.errors import words_for
from shelterdesk.gui.forms.opened_at import begun_with
from shelterdesk.gui.frame.banners import (
    doubt_banner,
    keyring_banners,
    setup_banners,
    waiting_banners,
)
from shelterdesk.gui.frame.her_place import LEFT, Fronts, PageState, go_to, spot_kept, spot_on
from shelterdesk.gui.frame.looked_over import LookedOver
from shelterdesk.gui.frame.navigation import Navigation
from shelterdesk.gui.frame.page_table import (
    ABOUT_CASES,
    ABOUT_REFERRALS,
    ALONE,
    HELP,
    HOME,
    PAGES,
    TITLES,
    entries_for,
)
from shelterdesk.gui.frame.reading_ahead import ReadingAhead
from shelterdesk.gui.frame.search_box import SearchBox
from shelterdesk.gui.hearing import unheard
from shelterdesk.gui.parts.moments import saved_text
from shelterdesk.gui.parts.plain import DOES, named
from shelterdesk.gui.parts.scrolled import stage
from shelterdesk.gui.parts.style.measures import (
    BETWEEN,
    EDGE,
    NO_MARGINS,
    NONE,
    ROOMY,
    TIGHT,
    TOP_LINE,
    grown,
)
from shelterdesk.gui.parts.typed import draft_of, restore_to
from shelterdesk.records.disclosure.referral import Referral

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from shelterdesk.gui.frame.foot import Foot
    from shelterdesk.gui.room import Room

_MOST_BEFORE = 20
"""Pages that one can go back through."""


class Workplace(QWidget):
    """Holds the present page, tells it of changes, and keeps what is being typed."""

    lock = Signal()
    cover = Signal()
    speak = Signal(str)
    dressed = Signal()
    """The size of letters was changed."""
    page_closed = Signal()
    """Another page stands in its place."""
    told = Signal(str)
    """A quiet word for the status line."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self.page: Any = QWidget()
        self.where = ("", "")
        self._before: list[tuple[str, str]] = []
        self._fronts = Fronts()
        self.drafting = Drafting(room.desk, self)
        self.drafting.unsaved.connect(self._say_unsaved)
        self._refreshing = False
        self._saved_last = self._refused = ""
        self._given_up: tuple[str, dict[str, str]] | None = None
        self.looked_over = LookedOver(self)
        self.looked_over.found.connect(self._show_banners)
        self._build()

    # -- the frame around the page ----------------------------------------------------------

    def _build(self) -> None:
        self.search = SearchBox(self.room.desk.search.everywhere, self)
        self.search.opened.connect(self.go)
        desk = self.room.desk
        self.navigation = Navigation(entries_for(desk), desk.name, self.search)
        self.navigation.wanted.connect(self.go)
        self.navigation.lock.connect(self.lock)
        self.navigation.cover.connect(self.cover)
        back = QShortcut(QKeySequence("Alt+Left"), self)
        back.setProperty(DOES, _("Back"))
        back.activated.connect(self.back)
        self._right = QVBoxLayout()
        self._right.setContentsMargins(*NO_MARGINS)
        self._right.setSpacing(NONE)
        self._right.addLayout(self._head())
        self.banners = named(QWidget(), "banners")
        self._right.addWidget(self.banners)
        around, self._onstage = stage()
        self._onstage.addWidget(self.page)
        self._right.addWidget(around, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(*NO_MARGINS)
        whole.setSpacing(NONE)
        whole.addWidget(self.navigation)
        whole.addLayout(self._right, 1)

    def _head(self) -> QHBoxLayout:
        """Return the thin line above the page, which keeps its place while it is empty."""
        self._top = QHBoxLayout()
        self._top.setContentsMargins(EDGE, TIGHT, EDGE, NONE)
        self._top.setSpacing(BETWEEN)
        self._top.addStrut(grown(TOP_LINE))
        self.unfinished = UnfinishedLine()
        self.unfinished.open_it.connect(self.open_unfinished)
        self.unfinished.give_up.connect(self.give_up)
        self.unfinished.take_back.connect(self.take_back)
        self._top.addWidget(self.unfinished, 1)
        self._top.addStretch()
        return self._top

    def hold(self, status: QWidget, foot: Foot) -> None:
        """Take the quiet word into the line above the page, and what is at hand to the side."""
        self._top.addWidget(status)
        status.show()
        self.navigation.hold(foot)

    def _fold(self) -> None:
        """Leave the room to the page where it is about one person, or where there is little."""
        about_one = self.where[0] in ALONE
        self.navigation.fold(folded=about_one or self.width() < grown(ROOMY))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _show_banners(self) -> None:
        desk = self.room.desk
        banners = named(QWidget(), "banners")
        column = QVBoxLayout(banners)
        column.setContentsMargins(EDGE, NONE, EDGE, NONE)
        if self.where[0] not in ("paper", "deputy"):
            is_on_my_day = self.where[0] == HOME
            for told in setup_banners(desk, self.go, is_on_my_day=is_on_my_day):
                column.addWidget(told)
        for red in (*doubt_banner(desk, self._show_banners), *self.looked_over.banners(desk)):
            column.addWidget(red)
        if self.where[0] == next(iter(self.navigation.places)):
            for told in keyring_banners(desk, self.go):
                column.addWidget(told)
        for waits in waiting_banners(desk, self._show_banners):
            column.addWidget(waits)
        self._right.replaceWidget(self.banners, banners)
        self.banners.hide()
        self.banners.deleteLater()
        self.banners = banners
        banners.show()

    # -- pages ------------------------------------------------------------------------------

    def begin(self, *, came_back: bool = False) -> None:
        """Show the first page that this person has, and the texts she has not finished.

        Who locked in the middle of a text comes back to it, whatever the reason for the lock was.
        """
        self.go(next(iter(self.navigation.places)))
        drafts = self.room.desk.drafts
        for left in [text.values for text in drafts.mine() if text.page == LEFT]:
            drafts.drop(LEFT)
            page_name, record_id = page_of(left.get("page", ""))
            if came_back and page_name in PAGES:
                self.go(page_name, record_id)
                go_to(self.page, spot_kept(left))
        ReadingAhead(self.room.desk.search.read_ahead, self).begin()
        self.looked_over.begin(self.room.desk.checks)

    def go(self, page_name: str, record_id: str = "") -> None:
        """Open a page by name; what is being typed on the present one is kept first.

        An unfinished text of the page is put back into it: nothing typed is ever lost by a click.
        """
        self.drafting.keep_now()
        if self.drafting.look():
            self._saved_last = ""  # what stays behind unfinished was typed after it
        left = page_of(self.drafting.key)
        self._fronts.note(left, self.page)
        if not self._open(page_name, record_id):
            return
        self._fronts.bring_again(self.where, left, self.page)
        if left[0] and left != self.where:
            self._before = [*self._before, left][-_MOST_BEFORE:]
        self._given_up = None
        key = key_of(page_name, record_id)
        for text in self.room.desk.drafts.mine():
            if text.page == key:
                restore_to(self.page, text.values)
        self.offer_unfinished()
        self.drafting.tell()

    def back(self) -> bool:
        """Go one step back, else to the page before, with what is typed there; False for none."""
        step_back = getattr(self.page, "step_back", None)
        if step_back is not None and step_back():
            return True
        if not self._before:
            return False
        *earlier, before = self._before
        self.go(*before)
        self._before = earlier
        self._fronts.bring(self.where, self.page)
        return True

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc go back, and Ctrl+S say what becomes of a text, where the page takes neither."""
        if event.matches(QKeySequence.StandardKey.Save):
            self.told.emit(self.drafting.kept_in_words() or self._saved_last)
        elif event.key() != Qt.Key.Key_Escape or event.modifiers():
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.back()

    def _open(self, page_name: str, record_id: str) -> bool:
        with unheard():
            return self._show(page_name, record_id)

    def _show(self, page_name: str, record_id: str) -> bool:
        try:
            page: Any = PAGES[page_name](self.room, record_id)
        except DeskError as refused:
            self._refused = str(refused)
            self.told.emit(self._refused)
            return False
        if self._refused:  # it was about the other page
            self._refused = ""
            self.told.emit(self._saved_last)
        self.where = (page_name, record_id)
        self._show_banners()
        self._fold()
        self._connect(page)
        self._onstage.replaceWidget(self.page, page)
        page.show()
        page.setFocus()  # before the other one goes, so that the window keeps the keyboard
        self.page.hide()
        self.page.deleteLater()
        self.page = page
        self.page_closed.emit()
        self.navigation.mark(page_name)
        key = key_of(page_name, record_id)
        if known := begun_with(self.room.desk, key):
            restore_to(page, known)
        self.drafting.follow(page, key)
        return True

    def _connect(self, page: Any) -> None:
        wanted = {
            "go": self.go,
            "saved": self._saved,
            "speak": self.speak.emit,
            "kept_at": self.told.emit,
            "dressed": self.dressed.emit,
            "replaced": self.lock.emit,
            "back": lambda: self.go("backup"),
        }
        for name, answer in wanted.items():
            signal = getattr(page, name, None)
            if isinstance(signal, SignalInstance):
                signal.connect(answer)

    def show_help(self) -> None:
        """Open the help at the task that the present page belongs to."""
        if self.where[0] != HELP:
            self.go(HELP, self.drafting.key)

    def leave(self) -> None:
        """Keep what is typed a last time, and where, so that she finds it before her again."""
        is_unsaved, page = self.drafting.look(), self.drafting.key
        spot = spot_on(self.page)
        self.drafting.end()
        if is_unsaved:
            self.room.desk.drafts.keep(LEFT, {"page": page, **spot.as_text()})

    def state(self) -> PageState:
        """Return which page is open, what is being typed on it, and which part is in front.

        It is kept as it stands: this page goes before it would be looked at again.
        """
        self.drafting.keep_now()
        is_unsaved, where = self.drafting.look(), page_of(self.drafting.key)
        typed, spot = draft_of(self.page), spot_on(self.page)
        return PageState(where, typed, is_unsaved, spot, self._before)

    def resume(self, before: PageState) -> None:
        """Open a page as `state` told of it: after the language or the letters have changed."""
        self._open(*before.where)
        self._before = before.way_back
        if before.typed:
            restore_to(self.page, before.typed)
        if not before.is_unsaved:
            self.drafting.follow(self.page, key_of(*before.where))
        go_to(self.page, before.spot)
        self.offer_unfinished()
        self.drafting.tell()

    # -- what is being typed ------------------------------------------------------------------

    def offer_unfinished(self) -> None:
        """Offer the texts that were not finished on other pages.

        Not the one that the present page is a step of: it is led back to from here.
        """
        step_of = getattr(self.page, "step_of", set)
        here = {self.drafting.key, *step_of()}
        there = [text for text in self.room.desk.drafts.mine() if text.page not in here]
        offered = [text for text in there if page_of(text.page)[0] in PAGES]
        gone = self._about(self._given_up[0]) if self._given_up else ""
        self.unfinished.offer(offered, self._about, gone)

    def _about(self, key: str) -> str:
        """Return in words which page an unfinished text stands on, and about whom."""
        page_name, record_id = page_of(key)
        return " ".join(filter(None, (_(TITLES[page_name]), self._whose(page_name, record_id))))

    def _whose(self, page_name: str, record_id: str) -> str:
        desk = self.room.desk
        try:
            if page_name in ABOUT_REFERRALS:
                return desk.records.get(Referral, record_id).reference or ""
            if page_name in ABOUT_CASES and record_id:
                return desk.cases.get(record_id).shown
        except DeskError:  # closed to her since: the text is hers all the same
            return ""
        return ""

    def open_unfinished(self, key: str) -> None:
        """Go to the page of an unfinished text, with the text in it."""
        self.go(*page_of(key))

    def give_up(self, key: str) -> None:
        """Forget an unfinished text; until another page is opened it can be taken back."""
        drafts = self.room.desk.drafts
        self._given_up = next(((key, t.values) for t in drafts.mine() if t.page == key), None)
        drafts.drop(key)
        self.offer_unfinished()

    def take_back(self) -> None:
        """Keep again what was given up last."""
        if self._given_up is not None:
            self.room.desk.drafts.keep(*self._given_up)
        self._given_up = None
        self.offer_unfinished()

    def _saved(self) -> None:
        self.drafting.forget()
        self._say_saved()

    def _say_unsaved(self, is_so: bool) -> None:
        """Say in the line above the page that something typed is not saved, as long as it is so."""
        self.told.emit(_("Not saved yet") if is_so else self._saved_last)

    def _say_saved(self) -> None:
        """Say that it is saved, unless something else that is typed on the page is not."""
        self._saved_last = saved_text(self.room.desk.now())
        self._say_unsaved(self.drafting.look())

    # -- changes --------------------------------------------------------------------------------

    def changed(self, _kind_name: str, _record_id: str) -> None:
        """Take note that a record was saved: the page reads it anew when the saving is over."""
        self._say_saved()
        if not self._refreshing:
            self._refreshing = True
            QTimer.singleShot(0, self, self.read_anew)

    def read_anew(self) -> None:
        """Let the page read what it shows."""
        self._refreshing = False
        refresh = getattr(self.page, "refresh", lambda: None)
        try:
            with unheard():
                refresh()
        except DeskError as fault:
            self.told.emit(words_for(fault, self.room.logs))
        self.drafting.tell()
