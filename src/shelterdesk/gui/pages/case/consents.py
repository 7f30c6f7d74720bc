"""The consents of one case: each question with its verdict, both answers, and the way back."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import LANGUAGES, N_, _, screen_language
from shelterdesk.core.permissions import Area, Right
from shelterdesk.core.shown import day
from shelterdesk.gui.drafting import key_of
from shelterdesk.gui.forms.opened_at import begin_with
from shelterdesk.gui.forms.record_table import RecordTable
from shelterdesk.gui.forms.sorting import sorting_key
from shelterdesk.gui.forms.table_rows import Ordered
from shelterdesk.gui.language import LANGUAGE_NAMES
from shelterdesk.gui.pages.case.taking_back import TakingBack
from shelterdesk.gui.pages.consent.agreement_words import (
    STANDING,
    answer_line,
    followed,
    purpose_of,
    title_of,
    verdict_of,
)
from shelterdesk.gui.pages.consent.question_reading import QuestionReading
from shelterdesk.gui.pages.disclosure.referral_list import ReferralList
from shelterdesk.gui.paper.brought_in import BringingIn, BroughtIn, ask_file
from shelterdesk.gui.paper.printing import print_pdf
from shelterdesk.gui.parts.card import TallCard
from shelterdesk.gui.parts.fields import choice, choose, chosen
from shelterdesk.gui.parts.flow import Flow
from shelterdesk.gui.parts.icons import icon
from shelterdesk.gui.parts.moments import day_text
from shelterdesk.gui.parts.plain import button, plain_label, show_if
from shelterdesk.gui.parts.problem import problem_line, tell, tell_in_view
from shelterdesk.gui.parts.rows import fold, small, width_unfolded, with_icon
from shelterdesk.gui.parts.scrolled import bring_into_view
from shelterdesk.gui.parts.style.measures import BETWEEN, NEAR, NO_MARGINS
from shelterdesk.gui.parts.typed import take_part
from shelterdesk.records.case.case import Case
from shelterdesk.records.consent.consent import Consent
from shelterdesk.services.consent.answers import Agreement, Question
from shelterdesk.services.desk import Desk

_SIGNS: Final = {
    "given": ("check", "accent"),
    "given_with_limits": ("check", "accent"),
    "refused": ("x", "quiet"),
    "deferred": ("hourglass", "quiet"),
    "expired": ("calendar-x", "warning"),
    "withdrawn": ("undo-2", "problem"),
    "superseded": ("file-check", "quiet"),
}
_TAKEN_BACK_FROM: Final = (*STANDING, "expired")
_HEADS: Final = (N_("Whom to tell, or what for"), N_("Asked about"), N_("Stands"), N_("Until"))
_LINES: Final = (1, None)
"""Rows that are always seen: the list is as high as its rows, and the page scrolls."""
_NONE_YET: Final = N_("Nothing has been asked yet. Begin with “New consent”.")


class ConsentsPanel(QWidget):
    """A row for each question and recipient, with both answers beside it, and the way back."""

    go = Signal(str, str)
    kept_as = "withdrawal"

    def __init__(self, desk: Desk, case: Case, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        take_part(self)
        self._desk, self._case = desk, case
        self._questions: dict[str, Question] = {}
        self._may = desk.may(Area.CONSENT, Right.WRITE, case)
        self._reading: BringingIn | None = None
        self._buttons: list[tuple[QPushButton, str, str]] = []
        self._folded = False
        around = QVBoxLayout(self)
        around.setContentsMargins(*NO_MARGINS)
        around.setSpacing(NEAR)
        around.addLayout(self._actions())
        self.empty = plain_label(_(_NONE_YET), "quiet")
        around.addWidget(self.empty)
        self.taking = TakingBack()
        self.taking.pressed.connect(self._withdraw)
        self.taking.left.connect(self.list_in_front)
        around.addWidget(self.taking)
        self.told = plain_label("", "saved")
        self.told.hide()
        self.problem = problem_line(room=1)
        around.addWidget(self.told)
        around.addWidget(self.problem)
        around.addWidget(self._known())
        self.referrals = ReferralList(desk, case)
        self.referrals.go.connect(self.go)
        around.addWidget(self.referrals)
        self.refresh()

    def _known(self) -> QWidget:
        """Make the list, with both answers to the chosen question beside it."""
        self.known = QWidget()
        middle = QHBoxLayout(self.known)
        middle.setContentsMargins(*NO_MARGINS)
        middle.setSpacing(BETWEEN)
        middle.addWidget(self._list(), 3, Qt.AlignmentFlag.AlignTop)
        middle.addWidget(self._detail(), 2, Qt.AlignmentFlag.AlignTop)
        return self.known

    def _actions(self) -> Flow:
        row = Flow()
        self.new = button(_("New consent"), "main")
        self.refer = button(_("Refer"), "refer_from_consents")
        self.call = button(_("Telephone call"), "call")
        self.withdraw = button(_("She takes it back …"), "withdraw")
        self.hers = button(_("A page for herself …"), "her_page")
        for made, sign, token, does in (
            (self.new, "plus", "accent_ink", self._goes("consent")),
            (self.refer, "send", "ink", self._goes("refer")),
            (self.call, "phone", "ink", self._goes("call")),
            (self.withdraw, "undo-2", "ink", self._ask_how),
            (self.hers, "printer", "ink", self._goes("her_page")),
        ):
            with_icon(made, sign, token)
            made.clicked.connect(does)
            in_closed = made in (self.withdraw, self.hers, self.call)  # no reason to wait for
            show_if(made, self._may or (in_closed and self._desk.may(Area.CONSENT, Right.WRITE)))
            row.add(made)
            self._buttons.append((made, sign, token))
        return row

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the buttons where they would take two lines; two of them stand in the head too."""
        super().resizeEvent(event)
        needed = width_unfolded(made for made, _sign, _token in self._buttons)
        folded = needed > event.size().width() - 24
        if folded == self._folded:
            return
        self._folded = folded
        for made, sign, token in self._buttons:
            fold(made, sign, token, folded=folded)
        for made in (self.refer, self.call):
            show_if(made, self._may and not folded)

    def _spoken(self) -> QWidget:
        """Return the choice of the language in which a sheet is printed."""
        languages = [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES]
        self.language = choice("sheet_language", _("Language of the sheet"), languages)
        self.language.removeItem(0)
        show_if(self.language, self._may)
        return self.language

    def _goes(self, page_name: str) -> Callable[[], None]:
        """Return what opens a page about this case."""
        return lambda: self.go.emit(page_name, self._case.id)

    def _list(self) -> RecordTable:
        heads, spoken = [_(head) for head in _HEADS], _("Consents")
        self.list = RecordTable(heads, "agreements", spoken, wraps=True, copied=None, lines=_LINES)
        self.list.let_yield(1)
        self.list.chosen_another.connect(self._show)
        self.list.opened.connect(lambda _id: self.answer.setFocus())
        return self.list

    def _detail(self) -> QWidget:
        made = TallCard()
        inside = made.inside
        self.detail = QuestionReading()
        self.letter = small(_("Go on to the letter"), "to_letter")
        self.letter.clicked.connect(self._to_letter)
        inside.addWidget(self.letter, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addWidget(self.detail)
        self.answer = choice("answer", _("Whose answer"), [])
        self.answer.removeItem(0)
        self.answer.currentIndexChanged.connect(lambda _at: self._show_answer())
        inside.addWidget(self.answer)
        self.sheet = small(_("Print the consent sheet"), "consent_sheet")
        self.sheet.clicked.connect(self._print_sheet)
        self.copy = small(_("A copy of the sheet for her"), "consent_copy")
        self.copy.clicked.connect(self._print_copy)
        for part in (self.sheet, self.copy):
            show_if(part, self._may)
            inside.addWidget(part)
        inside.addWidget(self._spoken())
        self.signed = small(_("Keep the signed sheet …"), "keep_sheet")
        self.signed.clicked.connect(self._ask_sheet)
        inside.addWidget(self.signed)
        return made

    # -- shown ------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the consents anew; the same question stays chosen."""
        asked = self._desk.consents.questions(self._case)
        self._questions = {_key(question): question for question in asked}
        self.referrals.refresh()
        self.list.set_rows((key, _cells(one)) for key, one in self._questions.items())
        show_if(self.empty, not self._questions)
        show_if(self.known, bool(self._questions))
        self.list.choose_or_first()
        self._show()

    def _question(self) -> Question | None:
        return self._questions.get(self.list.chosen())

    def _chosen(self) -> Agreement | None:
        """Return the answer that is chosen of the question: at first hers, the newest."""
        question = self._question()
        answers = question.answers if question else ()
        named = chosen(self.answer)
        return next((a for a in answers if a.consent.id == named), next(iter(answers), None))

    def _show(self) -> None:
        question = self._question()
        self.detail.read(question)
        show_if(self.letter, self._may and question is not None and _leads_to_letter(question))
        self.withdraw.setEnabled(bool(self._standing()))
        answers = question.answers if question else ()
        self.answer.blockSignals(True)
        self.answer.clear()
        for answer in answers:
            self.answer.addItem(answer_line(answer), answer.consent.id)
        self.answer.blockSignals(False)
        show_if(self.answer, len(answers) > 1 and self._may)
        self._show_answer()
        if self.taking.consent_id not in [answer.consent.id for answer in answers]:
            self.taking.hide()

    def _show_answer(self) -> None:
        answer = self._chosen()
        for made in (self.sheet, self.copy, self.language):
            made.setEnabled(answer is not None)
        hers = (answer.consent.language if answer else None) or ""
        choose(self.language, hers if hers in LANGUAGES else screen_language())
        show_if(self.signed, answer is not None and self._may)

    def _standing(self) -> list[Agreement]:
        """Return the answers to the chosen question that can be taken back.

        Also what has run out or belongs to a closed case: whoever was told by it is told of it.
        """
        question = self._question()
        return [a for a in question.answers if a.state in _TAKEN_BACK_FROM] if question else []

    def _to_letter(self) -> None:
        """Begin a letter to the place that was asked about, unless one is begun already."""
        question, key = self._question(), key_of("refer", self._case.id)
        if question is not None:
            begin_with(self._desk, key, {"recipient": question.organisation_id or ""})
        self.go.emit("refer", self._case.id)

    def _print_sheet(self) -> None:
        """Print what she signs."""
        self._print(for_her=False)

    def _print_copy(self) -> None:
        """Print her copy, without what she kept back: it may be found with her."""
        self._print(for_her=True)

    def _print(self, *, for_her: bool) -> None:
        """Print a sheet in the language that is chosen, at first the one it was explained in."""
        agreement = self._chosen()
        if agreement is None:
            return
        try:
            language = chosen(self.language)
            sheet = self._desk.letters.consent_sheet
            print_pdf(self, sheet(agreement.consent, language, for_her=for_her))
        except DeskError as fault:
            tell(self.problem, str(fault))
        else:
            tell(self.problem, "")

    def _ask_sheet(self) -> None:
        path = ask_file(self)
        if path is not None:
            self.keep_sheet(path)

    def keep_sheet(self, path: Path) -> None:
        """Keep a scan of what she signed with the chosen answer, among the papers of the case."""
        agreement = self._chosen()
        if agreement is None:
            return
        tell(self.problem, "")
        if self._reading is not None:
            self._reading.end()
        try:
            self._reading = BringingIn(path, self)
        except DeskError as fault:
            self._sheet_refused(fault)
            return
        tell(self.told, _("Reading the paper …"))
        self._reading.done.connect(partial(self._sheet_read, agreement.consent))
        self._reading.refused.connect(self._sheet_refused)

    def _sheet_read(self, consent: Consent, file: BroughtIn) -> None:
        self._reading = None
        title = _("Signed consent sheet, {day}").format(day=day(self._desk.today()))
        try:
            self._desk.consents.keep_sheet(consent, title, file.pages, file.content)
        except DeskError as fault:
            self._sheet_refused(fault)
            return
        self.refresh()
        tell(self.told, _("Kept among the papers. Delete the file outside."))

    def _sheet_refused(self, fault: DeskError) -> None:
        self._reading = None
        tell(self.told, "")
        tell(self.problem, str(fault))

    # -- taken back -------------------------------------------------------------------------

    def _ask_how(self) -> None:
        """Open the form above the list, in view, with the cursor in it."""
        question, standing = self._question(), self._standing()
        if question is None or not standing:
            return
        tell(self.told, "")
        self.taking.ask(title_of(question), standing)

    def list_in_front(self) -> None:
        """Put the cursor back into the list."""
        self.list.setFocus()

    def _withdraw(self) -> None:
        taken = [a.consent for a in self._standing() if a.consent.id == self.taking.consent_id]
        if not taken:
            return
        try:
            effects = self._desk.consents.withdraw(taken[0], self.taking.how.text().strip())
        except DeskError as fault:
            tell(self.told, "")
            tell_in_view(self.problem, str(fault))
            return
        tell(self.problem, "")
        self.taking.leave_it()
        self.refresh()
        tell(self.told, followed(effects))
        bring_into_view(self.told)

    # -- what was typed ---------------------------------------------------------------------

    def draft(self) -> dict[str, str]:
        """Return how she said so, as far as it is typed, and of which agreement."""
        return self.taking.draft()

    def restore(self, values: dict[str, str]) -> None:
        """Open the form of the agreement again and put back how she said so."""
        wanted = values.get("of", "")
        keys = (
            key
            for key, question in self._questions.items()
            if wanted in [answer.consent.id for answer in question.answers]
        )
        key = next(keys, "")
        self.list.choose(key)
        if key and self._standing():
            self.taking.ask(title_of(self._questions[key]), self._standing(), wanted)
            self.taking.how.setText(values.get("how", ""))


def _key(question: Question) -> str:
    """Return what a question is known by as long as the page stands."""
    return "/".join((question.purpose, question.organisation_id or "", question.person))


def _leads_to_letter(question: Question) -> bool:
    """Tell whether a letter may be written on what was agreed to."""
    return question.shares and bool(question.organisation_id) and not question.verdict.why


def _cells(question: Question) -> tuple[str, ...]:
    title, until = title_of(question), question.verdict.grounds.until
    return (
        Ordered(title, sorting_key(title), icon(*_sign(question))),
        purpose_of(question) if question.recipient else "",
        verdict_of(question),
        Ordered(day_text(until), until) if not question.verdict.why else "",
    )


def _sign(question: Question) -> tuple[str, str]:
    """Return icon and colour of a verdict: of the answer that stands against it, where one does."""
    answers = [a for a in (question.hers, question.guardians) if a is not None]
    if not question.verdict.why:
        return _SIGNS["given"]
    against = (answer.state for answer in answers if answer.state not in STANDING)
    return _SIGNS.get(next(against, "deferred"), ("file-check", "quiet"))
