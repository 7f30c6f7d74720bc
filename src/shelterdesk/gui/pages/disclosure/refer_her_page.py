"""A page for herself: what is kept about her, as much of it as she wants to take along."""

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk.core.disclosed import Basis, Recipient
from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import LANGUAGES, N_, _, screen_language
from shelterdesk.core.presets import ADDRESS_ITEMS
from shelterdesk.gui.language import LANGUAGE_NAMES
from shelterdesk.gui.paper.pdf_view import PdfView
from shelterdesk.gui.paper.printing import ask_printer
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.fields import choice, choose, chosen, item_label
from shelterdesk.gui.parts.limits import ADDRESS_WARNING
from shelterdesk.gui.parts.look import dress_page, label_as
from shelterdesk.gui.parts.plain import button, named, plain_label, press_by, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.rows import with_icon
from shelterdesk.gui.parts.scrolled import EdgeColumn, scrolling_column
from shelterdesk.gui.parts.second_person import second_signature
from shelterdesk.gui.parts.style.measures import BETWEEN, NEAR, NO_MARGINS, PAPER
from shelterdesk.services.access.approvals import Approval
from shelterdesk.services.desk import Desk
from shelterdesk.services.disclosure.shown import LookAgain, Shown

_HERS: Final = N_(
    "It is hers: tick what she wants on paper. Ask her first where she will keep it; whoever finds "
    "the page can read it. Other people are masked."
)
_NOTHING: Final = N_("There is nothing to put on a page yet.")
_NONE_TICKED: Final = N_("Tick what she wants on the page; then it is shown here.")
_PREVIEW: Final = N_("This is a preview: nothing has left yet.")
_OWN: Final = Basis("own_file")
_OFFERED: Final = "case_code"
"""The only item that is ticked at first: it tells a finder nothing."""

_SETTLED: Final = 120
"""Milliseconds without another tick before the page is drawn anew."""


class HerPage(QWidget):
    """The page as it will be printed on the left; on the right what she wants on it."""

    go = Signal(str, str)
    page_name = "her_page"

    def __init__(self, desk: Desk, case_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._case = desk, desk.cases.look_into(case_id)
        dress_page(self)
        self.boxes: dict[str, QCheckBox] = {}
        around = EdgeColumn(self)
        around.setSpacing(NEAR)
        around.addLayout(self._head())
        row = QHBoxLayout()
        row.setSpacing(BETWEEN)
        row.addWidget(self._paper(), 3)
        area, column = scrolling_column(_("A page for herself"))
        column.addWidget(self._side())
        column.addStretch()
        row.addWidget(area, 4)
        around.reach(row)
        self.problem = problem_line()
        around.addWidget(self.problem)
        around.addLayout(self._foot())
        self._seen = ""
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLED)
        self._settling.timeout.connect(self.show_page)
        self._first = self.draft()
        self._ticked()

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        title = _("A page for herself – {code}").format(code=self._case.shown)
        head.addWidget(plain_label(title, "title"), 1)
        self.back = button(_("Back to the case"), "back")
        self.back.clicked.connect(lambda: self.go.emit("case", self._case.id))
        head.addWidget(self.back)
        return head

    def _paper(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(*NO_MARGINS)
        self.none_ticked = plain_label(_(_NONE_TICKED), "quiet")
        self.view = PdfView(_("A page for herself"))
        self.view.setMinimumSize(*PAPER)
        column.addWidget(self.none_ticked)
        column.addWidget(self.view, 1)
        return made

    def _side(self) -> QWidget:
        made = Card(_("What stands on it"))
        made.inside.addWidget(plain_label(_(_HERS), "quiet"))
        made.inside.addWidget(label_as(_(_PREVIEW), "quiet", wraps=True))
        self._add_boxes(made)
        return made

    def _foot(self) -> QHBoxLayout:
        """Make what stays in view below the two: language, what is wrong, and Print."""
        languages = [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES]
        self.language = choice("page_language", _("Language of the page"), languages)
        self.language.removeItem(0)
        choose(self.language, screen_language())
        self.language.currentIndexChanged.connect(self._ticked)
        self.print = with_icon(button(_("Print it for her"), "main"), "printer", "accent_ink")
        press_by(self.print, "Ctrl+P")
        self.print.clicked.connect(self._print)
        row = QHBoxLayout()
        row.addWidget(label_as(_("Language of the page"), "quiet"))
        row.addWidget(self.language)
        row.addStretch()
        row.addWidget(self.print)
        return row

    def _add_boxes(self, made: Card) -> None:
        found = self._desk.disclosures.available(self._case)
        for code in found:
            text = item_label(code)
            box = named(QCheckBox(text.replace("&", "&&")), f"hers_{code}", text)
            box.setChecked(code == _OFFERED)
            box.toggled.connect(self._ticked)
            self.boxes[code] = box
            made.inside.addWidget(box)
            if code in ADDRESS_ITEMS:
                box.setAccessibleName(f"{text} – {_(ADDRESS_WARNING)}")
                made.inside.addWidget(plain_label(_(ADDRESS_WARNING), "caution"))
        if not found:
            made.inside.addWidget(plain_label(_(_NOTHING), "quiet"))

    def chosen(self) -> tuple[str, ...]:
        """Return the items that are ticked."""
        return tuple(code for code, box in self.boxes.items() if box.isChecked())

    # -- seen before it is printed ----------------------------------------------------------

    def _ticked(self) -> None:
        tell(self.problem, "")
        self.print.setEnabled(bool(self.chosen()))
        self._settling.start()

    def show_page(self) -> None:
        """Draw the page with what is ticked, as it would be printed."""
        items, pages = self.chosen(), Shown()
        try:
            if items:
                spoken = chosen(self.language)
                pages = self._desk.letters.her_page_preview(self._case, items, spoken)
        except DeskError as fault:
            tell(self.problem, str(fault))
        show_if(self.none_ticked, not items)
        show_if(self.view, bool(items))
        self.view.show_pdf(pages)
        self._seen = pages.seen

    # -- printed ----------------------------------------------------------------------------

    def _print(self) -> None:
        """Print it; that she has it is written down in the list of what has left."""
        if self._settling.isActive():  # what was ticked last is shown before anything is asked
            self._settling.stop()
            self.show_page()
        items = self.chosen()
        try:
            out = ask_printer(self)
            if out is None:
                return
            second = self._second(items)
            pdf = self._desk.letters.her_page(
                self._case, items, chosen(self.language), second, self._seen
            )
            out(pdf)
        except DeskError as fault:
            if isinstance(fault, LookAgain):
                self.show_page()
            tell(self.problem, str(fault))
            return
        self.restore(self._first)
        self.go.emit("case", self._case.id)

    def _second(self, items: tuple[str, ...]) -> Approval | None:
        """Let a colleague look as well when the page tells where she is."""
        placed = [item for item in items if item in ADDRESS_ITEMS]
        if not placed:
            return None
        doors = self._desk.disclosures
        spoken = chosen(self.language)
        for_what = doors.for_what(
            self._case, items, Recipient(), _OWN, "copy_for_her", language=spoken
        )
        words = _("Her own page tells {items}").format(items=", ".join(map(item_label, placed)))
        return second_signature(self._desk, for_what, self, words)

    # -- what was ticked --------------------------------------------------------------------

    def draft(self) -> dict[str, str]:
        """Return what is ticked, so that it survives a change of language and the cover."""
        return {"items": " ".join(self.chosen()), "language": chosen(self.language)}

    def restore(self, values: dict[str, str]) -> None:
        """Tick again what was ticked."""
        ticked = values.get("items", "").split()
        for code, box in self.boxes.items():
            box.setChecked(code in ticked)
        choose(self.language, values.get("language", ""))
