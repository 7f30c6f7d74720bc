"""The recovery pages: put on paper once, then two of them typed back."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPlainTextEdit, QWidget

from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.pages.card import CardPage, rows
from shelterdesk.gui.plain import button, named, plain_label
from shelterdesk.services.recovery_paper import page_problem, read_words

_WHY = N_(
    "Any two of these three pages open the records when every passphrase is lost. Save them as "
    "PDF, print each one, give each to a different person, and delete the files. The words are "
    "shown nowhere else."
)


class PaperPage(CardPage):
    """Saves the pages where the person wants them; `typed` carries two pages as typed back."""

    save_to = Signal(Path)
    typed = Signal(list)
    later = Signal()

    def __init__(self, set_number: int, *, printable: bool, parent: QWidget | None = None) -> None:
        super().__init__(_("Recovery pages, set {number}").format(number=set_number), parent)
        self.explain(_(_WHY))
        self.save = button(_("Save the three pages as PDF …"), "save")
        self.save.clicked.connect(self._choose)
        self.save.setVisible(printable)
        self.saved = plain_label("", "quiet")
        self.first, self.second = page_box("first"), page_box("second")
        self.inside.addWidget(self.save)
        self.inside.addWidget(self.saved)
        self.inside.addLayout(
            rows((_("One page, typed back"), self.first), (_("Another page"), self.second))
        )
        self.inside.addWidget(self.problem)
        self.go = button(_("Check the two pages"), "main")
        self.go.clicked.connect(self._check)
        self.wait = button(_("Later"), "later")
        self.wait.clicked.connect(self.later)
        buttons = QHBoxLayout()
        buttons.addWidget(self.wait)
        buttons.addWidget(self.go, 1)
        self.inside.addLayout(buttons)

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, _("Where to"), "", QFileDialog.Option.DontUseNativeDialog
        )
        if chosen:
            self.save_to.emit(Path(chosen))

    def _check(self) -> None:
        pages, problem = typed_pages(self.first, self.second)
        self.say(problem)
        if not problem:
            self.typed.emit(pages)


def typed_pages(*boxes: QPlainTextEdit) -> tuple[list[tuple[str, ...]], str]:
    """Return the pages typed into boxes, and what is wrong with the first wrong one, or ""."""
    pages = [read_words(box.toPlainText()) for box in boxes]
    wrong = [number for number, page in enumerate(pages, 1) if page_problem(page)]
    told = _(N_("In box {number} a word is wrong, missing or too many."))
    return pages, told.format(number=wrong[0]) if wrong else ""


def page_box(name: str) -> QPlainTextEdit:
    """Return a box for the 33 words of one page."""
    wanted = _("33 words, or their four-digit numbers")
    box = named(QPlainTextEdit(), name, wanted)
    box.setPlaceholderText(wanted)
    box.setTabChangesFocus(True)
    box.setFixedHeight(110)
    return box
