"""What a letter of the box is written in: no field of it is kept anywhere while it is typed."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from shelterdesk.core import codes
from shelterdesk.core.errors import DeskError, InvalidFields
from shelterdesk.core.i18n import N_, _, screen_language
from shelterdesk.gui.parts.flow import FlowRow
from shelterdesk.gui.parts.lao_text import LaoTextEdit, lines_high
from shelterdesk.gui.parts.lines import NOTHING, ChoiceBox
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.plain import button, named
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.style.measures import NEAR, NO_MARGINS
from shelterdesk.gui.parts.written_line import WrittenLine
from shelterdesk.services.incident.box import ABOUT, BoxLetter

_READ_BY = N_("Will be read by: {names}")
_NOBODY = N_(
    "Everybody who reads the box is named. It is sealed for the recovery pages: print it for an "
    "office outside."
)
_NOT_SET = N_("Nobody is chosen yet who reads the box.")
_LINES = 6


class LetterForm(QWidget):
    """About what, words, who is named, who speaks, what she wishes; and who will read it."""

    put_in = Signal()
    """It was taken; nothing of it is left here."""
    named_others = Signal()

    def __init__(
        self,
        people: list[tuple[str, str]],
        readers: Callable[[list[str]], list[str]],
        keep: Callable[[BoxLetter], object],
        *,
        is_answer: bool = False,
    ) -> None:
        super().__init__()
        self._readers, self._keep = readers, keep
        column = QVBoxLayout(self)
        column.setContentsMargins(*NO_MARGINS)
        column.setSpacing(NEAR)
        self._make_fields(people)
        if not is_answer:
            self._add(column, _("What it is about"), self.about)
        words = _("What was said to her") if is_answer else _("What happened")
        self._add(column, words, self.words)
        self._add(column, _("Is somebody of the house named?"), FlowRow(*self.names.values()))
        if not is_answer:
            self._add(column, _("Who speaks (may stay empty)"), self.speaks)
        self._add(column, _("What she wishes"), self.wish)
        self.readers = label_as("", "strong", "letter-readers", wraps=True)
        column.addWidget(self.readers)
        self.problem = problem_line(room=1)
        column.addWidget(self.problem)
        self.main = button(_("Put it in"), "main")
        self.main.clicked.connect(self._put_in)
        column.addWidget(FlowRow(self.main))
        self._tell_readers()

    def _make_fields(self, people: list[tuple[str, str]]) -> None:
        """Make what is typed, chosen and ticked; nothing is chosen for whoever writes."""
        self.about = named(ChoiceBox(), "letter-about", _("What it is about"))
        self.about.addItem(NOTHING, "")
        for code, words in codes.labels(ABOUT, screen_language()).items():
            self.about.addItem(words, code)
        self.words = named(LaoTextEdit(), "letter-words", _("What happened"))
        self.words.setFixedHeight(lines_high(self.words, _LINES))
        self.names = {one: named(QCheckBox(name), "letter-named", name) for one, name in people}
        for box in self.names.values():
            box.toggled.connect(self._tell_readers)
        self.speaks = named(WrittenLine(), "letter-speaks", _("Who speaks"))
        self.wish = named(WrittenLine(), "letter-wish", _("What she wishes"))

    @staticmethod
    def _add(column: QVBoxLayout, label: str, part: QWidget) -> None:
        column.addWidget(label_as(label, "quiet"))
        column.addWidget(part)

    def letter(self) -> BoxLetter:
        """Return what is written."""
        return BoxLetter(
            about=str(self.about.currentData() or ""),
            words=self.words.text().strip(),
            named=tuple(one for one, box in self.names.items() if box.isChecked()),
            speaks=self.speaks.text().strip(),
            wish=self.wish.text().strip(),
        )

    def name_nobody_else(self, about: str) -> None:
        """Begin with what it is about."""
        self.about.setCurrentIndex(max(self.about.findData(about), 0))

    def clear(self) -> None:
        """Leave nothing of what was written."""
        self.words.set_text("")
        self.words.document().clearUndoRedoStacks()
        for line in (self.speaks, self.wish):
            line.clear()
        for box in self.names.values():
            box.setChecked(False)
        self.about.setCurrentIndex(0)
        tell(self.problem, "")

    def _tell_readers(self, _checked: bool = False) -> None:
        readers = self._readers([one for one, box in self.names.items() if box.isChecked()])
        if readers:
            told = _(_READ_BY).format(names=", ".join(readers))
        else:
            told = _(_NOBODY) if self._readers([]) else _(_NOT_SET)
        self.readers.setText(told)
        self.named_others.emit()

    def _put_in(self) -> None:
        tell(self.problem, "")
        try:
            self._keep(self.letter())
        except InvalidFields as fault:
            tell(self.problem, " ".join(_(why) for why in fault.problems.values()))
            return
        except DeskError as fault:
            tell(self.problem, str(fault))
            return
        self.clear()
        self.put_in.emit()
