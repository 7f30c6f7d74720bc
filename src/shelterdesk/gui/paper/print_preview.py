"""A paper is looked at before it is printed: which one, in which language, then the printer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import LANGUAGES, _, screen_language
from shelterdesk.gui.hearing import ask
from shelterdesk.gui.language import LANGUAGE_NAMES
from shelterdesk.gui.paper.pdf_view import PdfView
from shelterdesk.gui.paper.printing import ask_printer
from shelterdesk.gui.parts.card import Dialogue
from shelterdesk.gui.parts.fields import choice, choose, chosen, labelled
from shelterdesk.gui.parts.plain import button, plain_label, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.rows import small, with_icon
from shelterdesk.gui.parts.style.measures import BETWEEN


@dataclass(frozen=True)
class OnPaper:
    """One paper that can be printed here: its words, and who draws it in a language."""

    name: str
    words: str
    looked_at: Callable[[str], bytes]
    """Draws it for the screen; nothing is written down."""
    printed: Callable[[str], bytes]
    """Draws it for the printer, and writes down that it was printed."""


class PrintPreview(Dialogue):
    """Shows a paper as it will be printed; it is drawn in memory and lies nowhere."""

    def __init__(self, papers: Sequence[OnPaper], parent: QWidget, note: str = "") -> None:
        super().__init__(parent, "print_preview", _("Print"), sheet=True)
        self._papers = {paper.name: paper for paper in papers}
        self.which = choice("paper_kind", _("Which paper"), [(p.name, p.words) for p in papers])
        self.language = choice("paper_language", _("Language of the paper"), _languages())
        self.view = PdfView(_("The paper"))
        self.problem = problem_line()
        self.inside.addLayout(self._choices())
        if note:
            self.inside.addWidget(plain_label(note, "quiet"))
        self.inside.addWidget(self.view, 1)
        self.inside.addWidget(self.problem)
        self._buttons()
        for box in (self.which, self.language):
            box.currentIndexChanged.connect(self.look)
        self.look()
        self.go.setFocus()

    def _choices(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(BETWEEN)
        if len(self._papers) > 1:
            row.addLayout(labelled(_("Which paper"), self.which), 1)
        row.addLayout(labelled(_("Language of the paper"), self.language), 1)
        for box in (self.which, self.language):
            box.removeItem(0)  # the line for nothing
        choose(self.language, screen_language())
        return row

    def _buttons(self) -> None:
        leave = button(_("Not now"), "print_leave")
        leave.clicked.connect(self.reject)
        self.go = with_icon(button(_("Print"), "main"), "printer", "accent_ink")
        self.go.clicked.connect(self._print)
        self.foot(leave, go=self.go)

    @property
    def paper(self) -> OnPaper:
        """The paper that is chosen."""
        return self._papers[chosen(self.which)]

    def look(self) -> None:
        """Draw the chosen paper in the chosen language on the screen."""
        tell(self.problem, "")
        pages = b""
        try:
            pages = self.paper.looked_at(chosen(self.language))
        except DeskError as fault:
            tell(self.problem, str(fault))
        self.view.show_pdf(pages)
        self.go.setEnabled(bool(pages))

    def _print(self) -> None:
        """Print it, once a printer is chosen; what goes wrong stands above the buttons."""
        tell(self.problem, "")
        try:
            out = ask_printer(self)
            if out is None:
                return
            out(self.paper.printed(chosen(self.language)))
        except DeskError as fault:
            tell(self.problem, str(fault))
            return
        self.accept()


def show_before_print(papers: Sequence[OnPaper], parent: QWidget, note: str = "") -> bool:
    """Show papers to be printed; tells whether one was printed. Without any nothing is shown."""
    if not papers:
        return False
    asked = PrintPreview(papers, parent, note)
    done = ask(asked)
    asked.deleteLater()
    return done


def print_button(name: str, opens: Callable[[], object], *, wanted: bool = True) -> QPushButton:
    """Return the small button that opens the papers of a card or a list."""
    made = with_icon(small(_("Print"), name), "printer")
    made.clicked.connect(opens)
    show_if(made, wanted)
    return made


def _languages() -> list[tuple[str, str]]:
    return [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES]
