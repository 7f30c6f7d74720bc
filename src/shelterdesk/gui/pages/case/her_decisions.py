"""What she decides about herself in the first days: given, refused or put off, all three alike."""

from typing import Final

from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from shelterdesk.core.codes import labels
from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _, screen_language
from shelterdesk.gui.forms.editors.calm import CalmCombo
from shelterdesk.gui.pages.consent.agreement_words import DOES_NOT_HOLD
from shelterdesk.gui.parts.case_line import coded
from shelterdesk.gui.parts.fields import chosen
from shelterdesk.gui.parts.lines import NOTHING
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.plain import named, plain_label, show_if
from shelterdesk.gui.parts.problem import problem_line, tell, tell_in_view
from shelterdesk.gui.parts.rows import chip, rule_line
from shelterdesk.gui.parts.style.measures import BETWEEN, HAIR, INSIDE, NEAR, NO_MARGINS
from shelterdesk.records.case.case import Case
from shelterdesk.records.consent.consent import Consent
from shelterdesk.services.consent.answers import Question
from shelterdesk.services.consent.consents import SheWasTold
from shelterdesk.services.desk import Desk

PURPOSES: Final = (
    *("shelter_and_case_work", "record_keeping", "medical_care", "photo_audio"),
    *("law_enforcement_statement", "legal_action", "family_contact_tracing"),
    *("statistics_anonymised", "research_media"),
)
_ANSWERS: Final = ("given", "refused", "deferred")
LOSES_NOTHING: Final = N_(
    "She may say no to anything here and loses nothing by it: bed, meals, care and help stay the "
    "same. Nothing in this program waits for a yes."
)
_FIRST_SAVE: Final = N_("Save first; then her decisions can be kept here.")
_ASSENT: Final = N_(
    "She may be under 18: this keeps her own answer. For a yes, whoever decides with her is asked "
    "too, on the page Consent."
)


class HerDecisions(QWidget):
    """A line for each purpose with three buttons; pressing one keeps her answer at once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._case: Case | None = None
        around = QVBoxLayout(self)
        around.setContentsMargins(*NO_MARGINS)
        around.setSpacing(BETWEEN)
        around.addWidget(plain_label(_(LOSES_NOTHING), "loses-nothing"))
        self.first = label_as(_(_FIRST_SAVE), "quiet", "save-first", wraps=True)
        self.assent = label_as(_(_ASSENT), "quiet", "assent", wraps=True)
        around.addWidget(self.first)
        around.addWidget(self.assent)
        self.lines = QWidget()
        inside = QVBoxLayout(self.lines)
        inside.setContentsMargins(*NO_MARGINS)
        inside.setSpacing(NEAR)
        self.problem = problem_line(beside=True)
        inside.addLayout(self._explained())
        inside.addWidget(self.problem)
        self.buttons: dict[tuple[str, str], QPushButton] = {}
        self.verdicts: dict[str, QLabel] = {}
        for purpose in PURPOSES:
            inside.addWidget(rule_line())
            inside.addLayout(self._line(purpose))
        around.addWidget(self.lines)
        self.show_case(None)

    def _explained(self) -> QGridLayout:
        self.language = _box("language", _("Language it was explained in"))
        for code, text in labels("language", screen_language()).items():
            self.language.addItem(text, code)
        self.language.setCurrentIndex(max(0, self.language.findData("lo")))
        self.by = _box("explained-by", _("Explained by"))
        for staff_id, name in self._desk.staff.choices():
            self.by.addItem(name, staff_id)
        freely = Consent.fields()["capacity_checked"].label
        self.freely = _box("freely", _(freely))
        for code in ("yes", "no"):
            self.freely.addItem(coded("yes_no", code), code)
        me = self._desk.staff.me()
        self.by.setCurrentIndex(max(0, self.by.findData(me.id if me else "")))
        grid = QGridLayout()
        grid.setHorizontalSpacing(INSIDE)
        for place, box in enumerate((self.language, self.by, self.freely)):
            label = label_as(box.accessibleName(), "label")
            label.setBuddy(box)
            row, column = divmod(place, 2)  # three side by side are too wide with large letters
            grid.addWidget(label, 2 * row, column)
            grid.addWidget(box, 2 * row + 1, column)
        return grid

    def _line(self, purpose: str) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(NEAR)
        title = coded("consent_purpose", purpose)
        said = QVBoxLayout()
        said.setSpacing(HAIR)
        said.addWidget(plain_label(title))
        self.verdicts[purpose] = label_as("", "quiet", f"{purpose}-verdict", wraps=True)
        said.addWidget(self.verdicts[purpose])
        line.addLayout(said, 1)
        for answer in _ANSWERS:
            text = coded("consent_decision", answer)
            made = chip(text, f"{purpose}-{answer}")
            made.setAccessibleName(f"{title}: {text}")
            made.clicked.connect(lambda _on, p=purpose, a=answer: self._decide(p, a))
            self.buttons[purpose, answer] = made
            line.addWidget(made)
        return line

    def show_case(self, case: Case | None) -> None:
        """Show what she has decided so far; without a case there is nothing to decide yet."""
        self._case = case
        show_if(self.first, case is None)
        show_if(self.lines, case is not None)
        show_if(self.assent, case is not None and self._desk.consents.is_child(case))
        asked = {one.purpose: one for one in self._desk.consents.questions(case)} if case else {}
        for (purpose, answer), made in self.buttons.items():
            made.setChecked(_answer(asked.get(purpose)) == answer)
        for purpose, line in self.verdicts.items():
            words = _beyond(asked.get(purpose))
            line.setText(words)
            show_if(line, bool(words))

    def _decide(self, purpose: str, answer: str) -> None:
        if self._case is None:
            return
        told = SheWasTold(*(chosen(box) or None for box in (self.language, self.by, self.freely)))
        tell(self.problem, "")
        try:
            self._desk.consents.decide_herself(self._case, purpose, answer, told)
        except DeskError as fault:
            self._refuse(str(fault))
        self.show_case(self._case)

    def _refuse(self, why: str) -> None:
        """Say beside the questions that come first what is missing; the keyboard goes there."""
        boxes = (self.language, self.by, self.freely)
        next((box for box in boxes if not chosen(box)), self.freely).setFocus()
        tell_in_view(self.problem, why)


def _answer(question: Question | None) -> str:
    """Return her own latest answer; what whoever answers for her has said is another matter."""
    state = question.hers.state if question and question.hers else ""
    return "given" if state == "given_with_limits" else state


def _beyond(question: Question | None) -> str:
    """Return why something does not hold, where the buttons do not say so already."""
    hers = _answer(question)
    if question is None or not question.verdict.why or hers in ("refused", "deferred"):
        return ""
    return _(DOES_NOT_HOLD).format(why=question.verdict.why)


def _box(name: str, spoken: str) -> QComboBox:
    box = named(CalmCombo(), name, spoken)
    box.addItem(NOTHING, "")
    return box
