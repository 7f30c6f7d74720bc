"""The recovery pages: put on paper once, then two of them typed back."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelterdesk.core.calendar.clock import today
from shelterdesk.core.errors import DeskError, WrongPages
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.gui.pages.keeping.card import CardPage
from shelterdesk.gui.pages.keeping.page_cells import PageCells
from shelterdesk.gui.paper.printing import ask_printer
from shelterdesk.gui.parts.file_choice import ask_folder
from shelterdesk.gui.parts.lines import rows
from shelterdesk.gui.parts.plain import button, plain_label, show_if
from shelterdesk.gui.parts.second_person import second_signature
from shelterdesk.gui.room import Room
from shelterdesk.services.keeping.recovery_paper import (
    pages_fault,
    printed,
    read_words,
    write_pages,
)

_WHY = N_(
    "Any two of these three pages open the records when every passphrase is lost. Print them and "
    "give each to a different person. Where there is no printer, save them as PDF, print them "
    "elsewhere and delete the files. The words are shown nowhere else."
)
_GONE = N_(
    "The words of this set are not in the program any more. If the paper was not printed, draw a "
    "new set."
)


class PaperPage(CardPage):
    """Saves the pages where the person wants them, and takes two of them typed back."""

    go = Signal(str, str)
    page_name = "paper"

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        number = room.desk.recovery_set
        title = _("Recovery pages, set {number}").format(number=number)
        super().__init__(title, parent, step=0 if room.desk.setup_finished else 2)
        self._room = room
        self.explain(_(_WHY if room.pages else _GONE))
        self.save = button(_("Save the three pages as PDF …"), "save")
        self.save.clicked.connect(self._choose)
        show_if(self.save, room.pages is not None)
        self.print = button(_("Print the three pages"), "print_pages")
        self.print.clicked.connect(self._print)
        show_if(self.print, room.pages is not None)
        self.draw = button(_("Draw a new set"), "draw")
        self.draw.clicked.connect(self._draw)
        may_draw = room.desk.may(Area.KEYS, Right.WRITE)
        show_if(self.draw, may_draw and room.pages is None)
        self.saved_to = plain_label("", "quiet")
        self.first, self.second = two_pages()
        for made in (self.print, self.save, self.draw):
            self.inside.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        self.inside.addWidget(self.saved_to)
        self.inside.addLayout(
            rows((_("One page, typed back"), self.first), (_("Another page"), self.second))
        )
        self.inside.addWidget(self.problem)
        self.inside.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        self.check = button(_("Check the two pages"), "main")
        self.check.clicked.connect(self._check)
        self.wait = button(_("Later"), "later")
        self.wait.clicked.connect(self._on)
        buttons = QHBoxLayout()
        buttons.addWidget(self.wait)
        buttons.addWidget(self.check)
        buttons.addStretch(1)
        return buttons

    def _choose(self) -> None:
        chosen = ask_folder(self, _("Where to"))
        if chosen and self._room.pages is not None:
            self._save_to(chosen)

    def _save_to(self, folder: Path) -> None:
        if self._room.pages is None:
            return
        self.say("")
        try:
            write_pages(folder, self._room.pages, today(), self._mark())
        except DeskError as fault:
            self.say(str(fault))
            return
        told = _(N_("The three pages lie in {place}. Print them now, then delete the files."))
        self.saved_to.setText(told.format(place=folder))

    def _print(self) -> None:
        """Print from memory: no file with the words is written anywhere."""
        if self._room.pages is None:
            return
        self.say("")
        try:
            out = ask_printer(self)
            if out is None:
                return
            for sheet in printed(self._room.pages, today(), self._mark()):
                out(sheet)
        except DeskError as fault:
            self.say(str(fault))
            return
        self.saved_to.setText(_("Printed. Give each page to a different person."))

    def _mark(self) -> str:
        return "DEMO" if self._room.desk.is_demo else ""

    def _draw(self) -> None:
        self.say("")
        desk = self._room.desk
        try:
            for_what = desk.keyholders.pages_for_what()
            second = second_signature(desk, for_what, self, _("Draw a new set of recovery pages"))
            if second is None:
                return
            self._room.pages = desk.keyholders.renew_pages(second)
        except DeskError as refused:
            self.say(str(refused))
            return
        self.go.emit(self.page_name, "")

    def _check(self) -> None:
        pages, problem = typed_pages(self.first, self.second)
        self.say(problem)
        if problem:
            return
        try:
            self._room.desk.keyholders.confirm_pages(pages)
        except WrongPages as wrong:
            self.say(str(wrong))
            return
        self._room.pages = None
        self._on()

    def _on(self) -> None:
        """Go on to the deputy where there is none yet, else to the first page."""
        desk = self._room.desk
        alone = len(desk.keyholders.listed()) == 1 and desk.setup_finished
        self.go.emit("deputy" if alone else "home", "")


def typed_pages(*pages: PageCells) -> tuple[list[tuple[str, ...]], str]:
    """Return the pages typed back, and what is wrong with the first wrong one, or ""."""
    typed = [read_words(page.text()) for page in pages]
    fault = pages_fault(typed)
    return typed, str(fault) if fault else ""


def two_pages() -> tuple[PageCells, PageCells]:
    """Return the cells for two of the three pages."""
    return PageCells("first", 1), PageCells("second", 2)
