"""What is being typed, kept every few seconds; and the line that offers it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from shelterdesk.core.i18n import N_, _
from shelterdesk.core.shown import minute
from shelterdesk.gui.parts.card import emptied
from shelterdesk.gui.parts.elided import SteadyLine
from shelterdesk.gui.parts.look import look
from shelterdesk.gui.parts.plain import button, named, show_if
from shelterdesk.gui.parts.style.measures import NO_MARGINS
from shelterdesk.gui.parts.typed import draft_of
from shelterdesk.gui.parts.typed_over import WAITS

if TYPE_CHECKING:
    from collections.abc import Callable

    from shelterdesk.services.desk import Desk
    from shelterdesk.services.drafts import Unfinished

_EVERY_MS = 4_000
_SOON_MS = 300
_UNFINISHED = N_("An unfinished text from {time}: {what}")
_SEVERAL = N_("{count} unfinished texts")
_KEPT = N_("Not saved yet: it is kept here as an unfinished text")
_GIVEN_UP = N_("Given up: {what}")


def key_of(page_name: str, record_id: str) -> str:
    """Return the name under which a page's text is kept: one for each record it can be about."""
    return f"{page_name}/{record_id}" if record_id else page_name


def page_of(key: str) -> tuple[str, str]:
    """Return page and record of a kept text."""
    page_name, _slash, record_id = key.partition("/")
    return page_name, record_id


class Drafting(QObject):
    """Looks at the page every few seconds and keeps its text when it has changed.

    Soon after a key or a click it also tells whether something stands there that is not saved.
    """

    unsaved = Signal(bool)
    """Whether what is typed on the page differs from what is saved; told when that changes."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._page: Any = None
        self._opened_as = self._kept_as = ""
        self._first: dict[str, str] = {}
        self._last: dict[str, str] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.keep_now)
        self._timer.start()
        self.is_unsaved = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self.tell)

    def touched(self) -> None:
        """Look soon whether something is not saved: a key was pressed, or the mouse."""
        self._soon.start()

    def tell(self) -> None:
        """Look, and tell where it has changed since it was looked last."""
        before = self.is_unsaved
        self.look()
        if self.is_unsaved != before:
            self.unsaved.emit(self.is_unsaved)

    def look(self) -> bool:
        """Return whether something typed on the page is not saved, as it stands at this moment."""
        typed = self._draft()
        self.is_unsaved = typed != self._first and any(text.strip() for text in typed.values())
        return self.is_unsaved

    def follow(self, page: QWidget, key: str) -> None:
        """Watch another page from now on; what stands in it now is not unfinished."""
        self._page, self._opened_as = page, key
        self._kept_as = self.key
        self._first = self._last = self._draft()
        self.tell()

    @property
    def key(self) -> str:
        """The name under which the page's text is kept now.

        A page whose record came to be while it was open says by `here` where it is found again:
        put back into the page of before, its text would make a second record.
        """
        here = getattr(self._page, "here", None)
        return key_of(*here()) if here is not None else self._opened_as

    def _move(self) -> None:
        """Keep the text under the name of now; under the one of before there is none any more."""
        if self._kept_as != self.key:
            self._desk.drafts.drop(self._kept_as)
            self._kept_as, self._last = self.key, {}

    def _draft(self) -> dict[str, str]:
        """Return what is typed; what is only searched for is finished as soon as it is found."""
        if self._page is None or getattr(self._page, "only_searches", False):
            return {}
        return draft_of(self._page)

    def keep_now(self) -> None:
        """Keep the text if it is another one than a moment ago; nothing typed, nothing kept."""
        self._move()
        values = self._draft()
        if values == self._last:
            return
        self._last = values
        if values == self._first or not any(text.strip() for text in values.values()):
            self._desk.drafts.drop(self._kept_as)
        else:
            self._desk.drafts.keep(self._kept_as, values)

    def kept_in_words(self) -> str:
        """Keep the text, and return what is said of it; "" where nothing waits.

        Of what leaves, or is decided, there is no saving halfway.
        """
        self.keep_now()
        return _(_KEPT) if self.look() else ""

    def forget(self) -> None:
        """Take note that the text was saved: it is unfinished no more."""
        self._move()
        self._first = self._last = self._draft()
        self.tell()
        waits = any(WAITS in name for name in self._last)
        if waits:
            self._desk.drafts.keep(self._kept_as, self._last)
        else:
            self._desk.drafts.drop(self._kept_as)

    def end(self) -> None:
        """Keep the text a last time and look no more."""
        self._timer.stop()
        self._soon.stop()
        self.keep_now()
        self._page = None


class UnfinishedLine(QWidget):
    """Offers texts that were not finished: open one, or give it up, or take that back.

    Several are one line, which opens a list. The way back of a text that was given up does not come
    to stand where that was pressed.
    """

    open_it = Signal(str)
    give_up = Signal(str)
    take_back = Signal()

    def __init__(self) -> None:
        super().__init__()
        named(self, "unfinished")
        around = QVBoxLayout(self)
        around.setContentsMargins(*NO_MARGINS)
        self._first, self._rows = QHBoxLayout(), QVBoxLayout()
        around.addLayout(self._first)  # as high as the line above a page is without it
        around.addLayout(self._rows)
        self._list = QWidget()
        self._is_open = False
        self.hide()

    def offer(self, texts: list[Unfinished], about: Callable[[str], str], given_up: str) -> None:
        """Show the one text, or how many there are; nothing at all for none.

        `about` says what a text is about by its page; `given_up` names one that can still come
        back.
        """
        emptied(self._first)
        emptied(self._rows)
        several = len(texts) > 1
        if several:
            told = _(_SEVERAL).format(count=len(texts))
            words = _("Fold") if self._is_open else _("Show all")
            self._first.addWidget(_line(told, ("show_texts", words, self._fold)), 1)
        self._list = QWidget()
        inside = QVBoxLayout(self._list)
        inside.setContentsMargins(*NO_MARGINS)
        for text in texts:
            inside.addWidget(self._row(text, about(text.page)))
        if several:
            self._rows.addWidget(self._list)
        else:
            self._first.addWidget(self._list, 1)
        show_if(self._list, bool(texts) and (self._is_open or not several))
        if given_up:
            told = _(_GIVEN_UP).format(what=given_up)
            way_back = ("undo_text", _("Undo"), self.take_back.emit)
            self._first.addWidget(_line(told, way_back, buttons_first=True), 1)
        show_if(self, bool(texts) or bool(given_up))

    def _fold(self) -> None:
        """Show the list of the texts, or fold it again."""
        self._is_open = not self._is_open
        show_if(self._list, self._is_open)
        for pressed in self.findChildren(QPushButton, "show_texts"):
            pressed.setText(_("Fold") if self._is_open else _("Show all"))

    def _row(self, text: Unfinished, about: str) -> QWidget:
        at = minute(text.saved_at)
        return _line(
            _(_UNFINISHED).format(what=about, time=at),
            ("open_text", _("Open"), lambda: self.open_it.emit(text.page)),
            ("drop_text", _("Give up"), lambda: self.give_up.emit(text.page)),
        )


def _line(
    told: str, *buttons: tuple[str, str, Callable[[], object]], buttons_first: bool = False
) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(*NO_MARGINS)
    label = SteadyLine(told, "soon")
    if not buttons_first:
        line.addWidget(label, 1)
    for name, words, does in buttons:
        pressed = button(words, name)
        look(pressed, "inline")
        pressed.setAccessibleName(f"{words}: {told}")
        pressed.clicked.connect(does)
        line.addWidget(pressed)
    if buttons_first:
        line.addWidget(label, 1)
    return row
