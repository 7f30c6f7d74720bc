"""A page for herself: what is kept about her, as much of it as she wants to take along."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk.core.disclosed import Basis, Recipient
from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import LANGUAGES, N_, _, screen_language
from shelterdesk.core.presets import ADDRESS_ITEMS
from shelterdesk.gui.icons import icon
from shelterdesk.gui.pages.consent_parts import (
    ADDRESS_WARNING,
    beside,
    card,
    choice,
    choose,
    chosen,
    item_label,
    labelled,
    problem_line,
    scrolled,
    sheet,
    tell,
)
from shelterdesk.gui.pages.pieces import dress_page
from shelterdesk.gui.pages.refer_letter import LANGUAGE_NAMES
from shelterdesk.gui.plain import button, named, plain_label
from shelterdesk.gui.printing import ask_printer
from shelterdesk.gui.second_person import second_signature
from shelterdesk.services.approvals import Approval
from shelterdesk.services.desk import Desk

_HERS: Final = N_(
    "It is hers: tick what she wants on paper. Ask her first where she will keep it; whoever finds "
    "the page can read it. Other people are masked."
)
_NOTHING: Final = N_("There is nothing to put on a page yet.")
_OWN: Final = Basis("own_file")


class HerPage(QWidget):
    """Items to tick, nothing about where she is unless she asks for it, and one button."""

    go = Signal(str, str)
    page_name = "her_page"

    def __init__(self, desk: Desk, case_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._case = desk, desk.cases.get(case_id)
        dress_page(self)
        self.setStyleSheet(self.styleSheet() + sheet())
        self.boxes: dict[str, QCheckBox] = {}
        around = QVBoxLayout(self)
        around.setContentsMargins(24, 16, 24, 16)
        around.setSpacing(10)
        head = QHBoxLayout()
        title = _("A page for herself – {code}").format(code=self._case.code)
        head.addWidget(plain_label(title, "title"), 1)
        self.back = button(_("Back to the case"), "back")
        self.back.clicked.connect(lambda: self.go.emit("case", self._case.id))
        head.addWidget(self.back)
        around.addLayout(head)
        area, column = scrolled(_("A page for herself"))
        column.addWidget(self._items())
        column.addStretch()
        around.addWidget(area, 1)
        self.problem = problem_line()
        around.addWidget(self.problem)
        around.addLayout(self._foot())

    def _items(self) -> QWidget:
        made, inside = card(_("What stands on it"), _(_HERS))
        found = self._desk.disclosures.available(self._case)
        for code in found:
            text = item_label(code)
            if code in ADDRESS_ITEMS:
                text = f"{text} – {_(ADDRESS_WARNING)}"
            box = named(QCheckBox(text.replace("&", "&&")), f"hers_{code}", text)
            box.setChecked(code not in ADDRESS_ITEMS)
            self.boxes[code] = box
            inside.addWidget(box)
        if not found:
            inside.addWidget(plain_label(_(_NOTHING), "quiet"))
        return made

    def _foot(self) -> QHBoxLayout:
        languages = [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES]
        self.language = choice("page_language", _("Language of the page"), languages)
        self.language.removeItem(0)
        choose(self.language, screen_language())
        self.print = button(_("Print it for her"), "main")
        self.print.setIcon(icon("printer", "accent_ink"))
        self.print.setShortcut("Ctrl+P")
        self.print.setEnabled(bool(self.boxes))
        self.print.clicked.connect(self._print)
        row = beside(labelled(_("Language of the page"), self.language), QVBoxLayout())
        row.addWidget(self.print)
        return row

    def chosen(self) -> tuple[str, ...]:
        """Return the items that are ticked."""
        return tuple(code for code, box in self.boxes.items() if box.isChecked())

    def _print(self) -> None:
        """Print it; that she has it is written down in the list of what has left."""
        items = self.chosen()
        try:
            out = ask_printer(self)
            if out is None:
                return
            second = self._second(items)
            pdf = self._desk.letters.her_page(self._case, items, chosen(self.language), second)
            out(pdf)
        except DeskError as fault:
            tell(self.problem, str(fault))
            return
        self.go.emit("case", self._case.id)

    def _second(self, items: tuple[str, ...]) -> Approval | None:
        """Let a colleague look as well when the page tells where she is."""
        placed = [item for item in items if item in ADDRESS_ITEMS]
        if not placed:
            return None
        doors = self._desk.disclosures
        for_what = doors.for_what(self._case, items, Recipient(), _OWN, "copy_for_her")
        words = _("Her own page tells {items}").format(items=", ".join(map(item_label, placed)))
        return second_signature(self._desk, for_what, self, words)
