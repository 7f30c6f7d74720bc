"""One referral from the printed letter to its end: delivered, answered, called back, withdrawn."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from shelterdesk.core.calendar.clock import at_house
from shelterdesk.core.calendar.dates import UnreadableDate
from shelterdesk.core.errors import DeskError
from shelterdesk.core.fields import SealedValue
from shelterdesk.core.i18n import N_, _, screen_language
from shelterdesk.core.permissions import Area, Right
from shelterdesk.core.shown import shown
from shelterdesk.gui.forms.once_more import LOOKED
from shelterdesk.gui.pages.disclosure.referral_copies import CopiesCard
from shelterdesk.gui.pages.disclosure.referral_slip import SlipCard
from shelterdesk.gui.paper.pdf_view import PdfView
from shelterdesk.gui.paper.printing import ask_printer
from shelterdesk.gui.parts.ask_why import AskWhy
from shelterdesk.gui.parts.card import Card, emptied
from shelterdesk.gui.parts.case_line import coded
from shelterdesk.gui.parts.elided import Elided
from shelterdesk.gui.parts.fields import TypedDay, beside, labelled
from shelterdesk.gui.parts.flow import Flow
from shelterdesk.gui.parts.icons import icon
from shelterdesk.gui.parts.look import dress_page, label_as, look
from shelterdesk.gui.parts.moments import day_text
from shelterdesk.gui.parts.plain import button, named, plain_label, press_by, sealed_words, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.rows import small
from shelterdesk.gui.parts.scrolled import EdgeColumn, scrolling_column
from shelterdesk.gui.parts.second_person import second_signature
from shelterdesk.gui.parts.style.measures import BETWEEN, NEAR, NO_MARGINS, PAPER_LIKED, TIGHT
from shelterdesk.gui.parts.written_line import WrittenLine
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.services.consent_law.address_guard import NameAlike
from shelterdesk.services.desk import Desk
from shelterdesk.services.disclosure.referral_steps import ReferralSteps

_CARRIER: Final = N_("Delivered by {name}: this name is like that of somebody dangerous to her")
_FACTS: Final = (
    *("service", "priority", "need", "already_given", "answer_by"),
    *("delivery", "delivered_by", "delivered_at"),
    *("received_by", "answered_at", "answer", "appointment", "waiting_until", "decline_reason"),
    *("service_from", "service_until", "outcome", "next_step", "closing_reason"),
)
_NOT_OUT: Final = N_("No letter is out yet. Go on where you stopped.")
_ON_ITS_WAY: Final = N_("The letter is printed. Note here when it is in their hands.")
_STOPPED: Final = N_(
    "She has taken her consent back, or the letter was called back. Nothing more leaves by it. "
    "Bring a printed paper back and shred it."
)
_OR_HANDED_OVER: Final = N_(
    "Or was it handed over before that? Then note below by whom and when, and give notice."
)
_GIVE_NOTICE: Final = N_(
    "The letter was delivered. Print the notice of withdrawal, bring it there and have it "
    "confirmed."
)
_DISCARDED: Final = N_("This draft was discarded. Nothing has left by it.")
_SILENT: Final = N_("Nobody answers: what was tried? It stays among those without an answer.")
_BACK: Final = N_("Call back: nothing more leaves by this letter, and its paper comes home.")


class ReferralPage(QWidget):
    """What is to be done now stands first; beside it what is known, and the letter when asked."""

    go = Signal(str, str)
    saved = Signal()
    kept_at = Signal(str)
    """Where a copy was saved as a file, as a sentence."""
    page_name = "referral"

    def __init__(self, desk: Desk, referral_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._referral = desk.records.get(Referral, referral_id)
        self._case = desk.cases.look_into(self._referral.case_id)
        self._may_prepare = desk.may(Area.CONSENT, Right.WRITE, self._case)
        sees = desk.may(Area.CONSENT, Right.READ, self._case)
        self._may = sees and desk.may(Area.CONSENT, Right.WRITE)  # in a closed case as well
        dress_page(self)
        self.slip = SlipCard(desk)
        self.copies = CopiesCard(desk, may=self._may, may_print=self._may_prepare)
        self.asking = AskWhy()
        self.problem = problem_line(room=1)
        self._lay_out()
        self.slip.saved.connect(self._kept)
        self.copies.changed.connect(self.refresh)
        self.copies.kept_at.connect(self.kept_at)
        self.copies.looked.connect(self._show_paper)
        self.refresh()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Put the keyboard where the next thing about it is written down."""
        super().focusInEvent(event)
        fields = (self.slip.answer, self.by)  # never an act: it would be pressed by mistake
        first = next((part for part in fields if part.isVisibleTo(self)), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- the parts --------------------------------------------------------------------------

    def _lay_out(self) -> None:
        around = EdgeColumn(self)
        around.setSpacing(NEAR)
        around.addLayout(self._head())
        middle = QHBoxLayout()
        middle.setSpacing(BETWEEN)
        left, column = scrolling_column(_("Referral"), at_edge=False)
        for part in (self._now(), self.asking, self.slip, self.copies):
            column.addWidget(part)
        column.addStretch()
        right, beside_it = scrolling_column(_("What is known"))
        self.known = Card(_("What is known"), "known-title")
        self._known = QVBoxLayout()
        self.known.inside.addLayout(self._known)
        self.paper = PdfView(_("The letter"))
        self.paper.setMinimumHeight(PAPER_LIKED[1])
        self.paper.hide()
        beside_it.addWidget(self.paper)
        beside_it.addWidget(self.known)
        beside_it.addStretch()
        middle.addWidget(left, 3)
        middle.addWidget(right, 2)
        around.reach(middle)
        around.addWidget(self.problem)

    def _head(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(TIGHT)
        row = QHBoxLayout()
        number = self._referral.reference or _("No number yet")
        self.title = plain_label(number, "title", wraps=False)
        self.state = label_as("", "tag", "state")
        self.late = label_as("", "quiet", "late")
        self.back = button(_("Back to the case"), "back")
        self.back.clicked.connect(lambda: self.go.emit("case", self._case.id))
        row.addWidget(self.title)
        row.addStretch()
        row.addWidget(self.back)
        column.addLayout(row)
        line = QHBoxLayout()
        line.setSpacing(NEAR)
        self.whom = named(Elided("", "quiet"), "whom")
        for part in (self.state, self.late):
            line.addWidget(part)
        line.addWidget(self.whom, 1)
        column.addLayout(line)
        return column

    def _now(self) -> Card:
        self.now = Card(_("To do now"), "now-title")
        self.words = plain_label("")
        self.now.inside.addWidget(self.words)
        self.now.inside.addWidget(self._handing_over())
        row, referrals = Flow(), self._desk.referrals
        self.go_on = button(_("Go on preparing"), "go_on")
        self.notice = button(_("Print the notice of withdrawal"), "notice")
        self.notice.setIcon(icon("printer", "ink"))
        self.silent = small(_("No answer …"), "no_answer")
        self.blank = small(_("Print the return slip"), "blank_slip")
        self.recall = small(_("Call it back …"), "recall")
        self.discard = small(_("Discard this draft"), "discard")
        self.take_up = small(_("Take it up again"), "take_up")
        for made, does in (
            (self.go_on, lambda: self.go.emit("refer_on", self._referral.id)),
            (self.notice, self._print_notice),
            (self.silent, self._ask_silent),
            (self.blank, self._print_blank),
            (self.recall, self._ask_recall),
            (self.discard, lambda: self._tried(lambda: referrals.discard(self._referral))),
            (self.take_up, lambda: self._tried(lambda: referrals.take_up(self._referral))),
        ):
            made.clicked.connect(does)
            row.add(made)
        self.now.inside.addLayout(row)
        return self.now

    def _handing_over(self) -> QWidget:
        self.handing = QWidget()
        column = QVBoxLayout(self.handing)
        column.setContentsMargins(*NO_MARGINS)
        self.by = named(WrittenLine(self._referral.delivered_by or ""), "by", _("Who brought it"))
        today = self._desk.today()
        self.on_day = named(TypedDay(today, today), "on_day", _("Delivered on"))
        column.addLayout(
            beside(labelled(_("Who brought it"), self.by), labelled(_("Delivered on"), self.on_day))
        )
        self.deliver = button(_("It is delivered"), "main")
        press_by(self.deliver, "Alt+D")  # never by the key that saves
        self.deliver.clicked.connect(self._delivered)
        column.addWidget(self.deliver)
        return self.handing

    # -- shown ------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the referral anew; what is being typed stays."""
        try:
            self._referral = self._desk.records.get(Referral, self._referral.id)
            self._show()
        except DeskError as fault:
            tell(self.problem, str(fault))

    def _show(self) -> None:
        referral = self._referral
        self._steps = self._desk.referrals.steps(referral)
        self.state.setText(coded("referral_state", referral.state or "draft"))
        self._show_late()
        organisations = self._desk.organisations.all()
        to = next((one for one in organisations if one.id == referral.organisation_id), None)
        parts = (self._case.code, to.shown if to else "", coded("service_type", referral.service))
        whom = " · ".join(part for part in parts if part)
        self.whom.setText(whom)
        self.whom.setAccessibleName(whom)
        self.copies.show_referral(referral, self._steps)
        self.slip.show_referral(referral)
        show_if(self.slip, self._may and self._steps.waits)
        self._show_known()
        self._show_now(self._steps)

    def _show_late(self) -> None:
        wanted = self._steps.wanted_by
        self.late.setText(_("Answer wanted by {day}").format(day=day_text(wanted)))
        look(self.late, "late" if self._steps.late else "quiet")
        show_if(self.late, wanted is not None)

    def _show_now(self, steps: ReferralSteps) -> None:
        words = _ON_ITS_WAY if steps.printed else _NOT_OUT if steps.begun else ""
        words = _DISCARDED if steps.discarded else words
        if steps.stopped:
            words = _GIVE_NOTICE if steps.delivered else _STOPPED
        beside = _OR_HANDED_OVER if steps.may_be_there else ""
        lines = [_(line) for line in (words, beside) if line]
        self.words.setText("\n".join(lines))
        show_if(self.words, bool(words))
        offered = {
            self.go_on: steps.begun and self._may_prepare,
            self.handing: steps.printed or steps.may_be_there,
            self.notice: steps.stopped and steps.delivered,
            self.silent: steps.waits,
            self.blank: steps.waits or steps.printed,
            self.recall: not steps.over and not steps.is_draft,
            self.discard: steps.is_draft and self._may_prepare,
            self.take_up: steps.discarded and self._may_prepare,
        }
        for part, wanted in offered.items():
            show_if(part, wanted and self._may)
        show_if(self.now, self._may and (bool(words) or any(offered.values())))

    def _show_known(self) -> None:
        known, fields = emptied(self._known), Referral.fields()
        for name in _FACTS:
            value = getattr(self._referral, name)
            closed = isinstance(value, SealedValue) and value.is_closed
            text = sealed_words(fields[name]) if closed else ""
            text = text or shown(fields[name], value, screen_language())
            if text:
                known.addWidget(label_as(_(fields[name].label), "quiet", wraps=True))
                known.addWidget(plain_label(text, f"known_{name}"))

    def _show_paper(self, pdf: bytes) -> None:
        self.paper.show()
        self.paper.show_pdf(pdf)
        self.paper.setFocus()

    # -- done -------------------------------------------------------------------------------

    def _kept(self) -> None:
        self.saved.emit()
        self.refresh()

    def _tried(self, act: Callable[[], object]) -> None:
        """Do something and read anew; what is refused is told below."""
        try:
            act()
        except (DeskError, UnreadableDate) as fault:
            tell(self.problem, str(fault))
            return
        tell(self.problem, "")
        self.refresh()

    def _delivered(self) -> None:
        self._tried(self._note_delivery)
        if self._steps.waits:
            self.slip.answer.setFocus()

    def _note_delivery(self) -> None:
        day, by = self.on_day.day(), self.by.text().strip()
        at: datetime | date | None = None
        if self._steps.called_back:
            at = day or self._desk.today()
        elif day is not None and day < self._desk.today():
            at = at_house(day, time(23, 59))
        referrals = self._desk.referrals
        try:
            referrals.delivered(self._referral, by, at)
        except NameAlike as fault:
            for_what = referrals.carried_for_what(self._referral, by)
            words = f"{_(_CARRIER).format(name=by)}\n{_(LOOKED)}"
            second = second_signature(self._desk, for_what, self, words)
            if second is None:
                raise NameAlike from fault
            referrals.delivered(self._referral, by, at, looked=True, second=second)

    def _ask_silent(self) -> None:
        keep = self._desk.referrals.no_answer
        self.asking.ask(_(_SILENT), _("Nobody answers"), lambda why: self._end(keep, why))

    def _ask_recall(self) -> None:
        keep = self._desk.referrals.recall
        self.asking.ask(_(_BACK), _("Call it back"), lambda why: self._end(keep, why))

    def _end(self, keep: Callable[[Referral, str], Referral], why: str) -> None:
        keep(self._referral, why)
        self.refresh()

    def _print_notice(self) -> None:
        self._tried(lambda: self._print(self._desk.letters.withdrawal_notice))

    def _print_blank(self) -> None:
        self._tried(lambda: self._print(self._desk.letters.return_slip))

    def _print(self, made: Callable[[Referral, str], bytes]) -> None:
        """Show a paper about this referral and print it, in the language of its letter."""
        letters = self._desk.letters.of_referral(self._referral)
        language = letters[-1].language if letters else None
        pdf = made(self._referral, language or "lo")
        self._show_paper(pdf)
        out = ask_printer(self)
        if out is not None:
            out(pdf)

    # -- kept -------------------------------------------------------------------------------

    def draft(self) -> dict[str, str]:
        """Return what is typed of the slip and not saved."""
        return self.slip.draft() if self._steps.waits else {}

    def restore(self, values: dict[str, str]) -> None:
        """Put the slip back."""
        self.slip.restore(values)
