"""The last part of a referral: the letter as it will be printed, and how it gets there."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk.core.i18n import LANGUAGES, N_, _
from shelterdesk.gui.language import LANGUAGE_NAMES
from shelterdesk.gui.paper.pdf_view import PdfView
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.fields import choice, choose, chosen, labelled, listed
from shelterdesk.gui.parts.icons import icon
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.plain import button, named, plain_label, press_by, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.scrolled import scrolling_column
from shelterdesk.gui.parts.style.measures import BETWEEN, NO_MARGINS, PAPER
from shelterdesk.gui.parts.written_line import WrittenLine

_ON_PAPER: Final = N_(
    "Printing or saving gives the letter its number and writes down what leaves. A copy stays here."
)
_HAS_NUMBER: Final = N_("The letter has its number. Print it again on its own page.")
_PREVIEW: Final = N_("This is a preview: nothing has left yet.")
_A_FILE: Final = N_("A saved file can be read by whoever finds it. Delete it once it is printed.")


class LetterStep(QWidget):
    """The preview on the left; language, way of delivery and the two buttons on the right."""

    new_language = Signal()
    new_way = Signal()
    """Who brings it, or how, has changed: that may stand in the letter."""
    print_it = Signal()
    save_it = Signal()

    def __init__(self, me: str) -> None:
        super().__init__()
        self.problem = problem_line()
        """What is refused; the page puts it where it does not scroll."""
        row = QHBoxLayout(self)
        row.setContentsMargins(*NO_MARGINS)
        row.setSpacing(BETWEEN)
        self.view = PdfView(_("The letter"))
        self.view.setMinimumSize(*PAPER)
        row.addWidget(self.view, 3)
        area, column = scrolling_column(_("The letter"))
        column.addWidget(self._side(me))
        column.addStretch()
        row.addWidget(area, 2)

    def _side(self, me: str) -> QWidget:
        made = Card(_("The letter"))
        made.inside.addWidget(label_as(_(_PREVIEW), "quiet", wraps=True))
        languages = [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES]
        self.language = choice("letter_language", _("Language of the letter"), languages)
        self.language.removeItem(0)
        self.language.currentIndexChanged.connect(self.new_language)
        self.delivery = choice("delivery", _("How it is delivered"), listed("referral_delivery"))
        choose(self.delivery, "hand_by_staff")
        self.carrier = named(WrittenLine(me), "carrier", _("Who brings it"))
        self.delivery.currentIndexChanged.connect(self.new_way)
        self.carrier.editingFinished.connect(self.new_way)
        for label, field in (
            (_("Language of the letter"), self.language),
            (_("How it is delivered"), self.delivery),
            (_("Who brings it"), self.carrier),
        ):
            made.inside.addLayout(labelled(label, field))
        made.inside.addWidget(label_as(_(_ON_PAPER), "quiet", wraps=True))
        self.doubts = plain_label("", "warning")
        self.doubts.hide()
        made.inside.addWidget(self.doubts)
        made.inside.addLayout(self._buttons())
        made.inside.addWidget(plain_label(_(_A_FILE), "quiet"))
        return made

    def _buttons(self) -> QVBoxLayout:
        column = QVBoxLayout()
        self.print = button(_("Print the letter"), "main")
        self.print.setIcon(icon("printer", "accent_ink"))
        press_by(self.print, "Ctrl+P")
        self.print.clicked.connect(self.print_it)
        self.save = button(_("Save as PDF …"), "save_pdf")
        self.save.clicked.connect(self.save_it)
        self.on = button(_("To the page of this referral"), "on")
        self.on.hide()
        for made in (self.print, self.save, self.on):
            column.addWidget(made)
        return column

    def show_letter(self, pdf: bytes) -> None:
        """Show a preview; the buttons work while there is one."""
        self.view.show_pdf(pdf)
        for made in (self.print, self.save):
            made.setEnabled(bool(pdf))

    def doubt(self, sentences: list[str]) -> None:
        """Say what should be looked at before the letter is printed; it can be printed as it is."""
        self.doubts.setText("\n".join(f"– {sentence}" for sentence in sentences))
        show_if(self.doubts, bool(sentences))

    def refuse(self, why: str) -> None:
        """Say why there is no letter."""
        self.show_letter(b"")
        self.doubt([])
        tell(self.problem, why)

    def jammed(self, why: str) -> None:
        """Say why no paper came out; the letter has its number and waits on its own page."""
        tell(self.problem, f"{why}\n{_(_HAS_NUMBER)}")
        for made in (self.print, self.save):
            made.hide()
        self.on.show()
        self.on.setFocus()

    def spoken(self) -> str:
        """Return the language of the letter."""
        return chosen(self.language)

    def brings(self) -> str:
        """Return who brings it, as typed."""
        return self.carrier.text().strip()

    def way(self) -> str:
        """Return how the letter is delivered."""
        return chosen(self.delivery)
