"""The first part of a referral: what is needed, who can give it, how soon, in which words."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from shelterdesk.core import codes
from shelterdesk.core.calendar.dates import UnreadableDate
from shelterdesk.core.i18n import N_, _, screen_language
from shelterdesk.core.shown import day
from shelterdesk.gui.forms.chips import Chips
from shelterdesk.gui.pages.directory.organisation_card import stale_line, stale_words
from shelterdesk.gui.pages.disclosure.refer_papers import EnclosedPapers
from shelterdesk.gui.pages.disclosure.room_for_two import RoomForTwo
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.case_line import coded
from shelterdesk.gui.parts.elided import SteadyLine
from shelterdesk.gui.parts.fields import TypedDay, beside, choice, choose, chosen, labelled, listed
from shelterdesk.gui.parts.lao_text import LaoTextEdit, lines_high
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.plain import named, plain_label, show_if
from shelterdesk.gui.parts.problem import problem_line, tell, tell_in_view
from shelterdesk.gui.parts.style.measures import BETWEEN, NO_MARGINS
from shelterdesk.gui.parts.typed_over import OVER, WaitingTexts, settled
from shelterdesk.records.case.case import Case
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.services.desk import Desk
from shelterdesk.services.disclosure.referrals import LONGEST_TEXT, TooMuch

_GIVEN: Final = N_("What has been given already, if it helps them")
_SERVICE: Final = N_("Choose what she needs.")
_RECIPIENT: Final = N_("Choose who is asked.")
_NEED: Final = N_("Write in a sentence what is asked for.")
_WHERE: Final = N_("Choose a recipient: where they are and whom to ask there is told here.")
_NOBODY: Final = N_(
    "Nobody in the directory offers this yet. All recipients are listed; add the service to the "
    "entry of whoever offers it."
)
_ELSEWHERE: Final = N_(
    "Nothing in the directory says that {name} offers this. Ask there first, or choose another one."
)
_TWICE: Final = N_("The same is asked there already: {number}, {state}.")
_A_NUMBER: Final = "SD-2026-000000-A"
_A_NAME: Final = "Vientiane provincial hospital, social work"
_NAMES: Final = N_("This text names {name}. It leaves as you write it, whatever is ticked below.")
_TOGETHER: Final = (
    ("service", "recipient"),
    ("need",),
    ("given",),
    ("urgency",),
    ("answer_by",),
    ("papers",),
)
"""Fields of which an unfinished text is taken or left together."""

_HOW: Final = N_("Her story stays here. Write only what they must know to help.")


class ReferralFacts(QWidget):
    """Service, recipient, urgency, what is asked and by when an answer is wanted."""

    changed = Signal()

    def __init__(self, desk: Desk, case: Case) -> None:
        super().__init__()
        self._desk, self._case = desk, case
        self._today = desk.today()
        self._organisations: dict[str, Organisation] = {}
        self._offering: frozenset[str] = frozenset()
        self._suggested = self._preset = ""
        self._saved: dict[str, str] = {}
        self._waiting = WaitingTexts()
        column = QVBoxLayout(self)
        column.setContentsMargins(*NO_MARGINS)
        column.setSpacing(BETWEEN)
        self._choices = QVBoxLayout()
        column.addLayout(self._choices)
        column.addWidget(self._whom())
        column.addWidget(self._what())
        self.papers = EnclosedPapers(desk.papers.kept_in(case))
        self.papers.changed.connect(self.changed)
        column.addWidget(self.papers)
        column.addStretch()
        self._new_service()
        self._urgent("normal")

    def _whom(self) -> QWidget:
        made = Card(_("What she needs, and who can give it"))
        inside = made.inside
        self.service = choice("service", _("Service"), listed("service_type"))
        self.recipient = choice("recipient", _("Recipient"), [])
        inside.addLayout(
            beside(labelled(_("Service"), self.service), labelled(_("Recipient"), self.recipient))
        )
        self.where = plain_label("", "quiet")
        self.stale = plain_label(stale_line(self._desk), "warning")
        self.nobody = plain_label(_(_NOBODY), "quiet")
        self.elsewhere = plain_label(_(_ELSEWHERE).format(name=_A_NAME), "warning")
        self.twice = plain_label("", "warning")
        self.whom_problem = problem_line(beside=True)
        self.where.setMinimumHeight(SteadyLine("").sizeHint().height())
        inside.addWidget(self.where)
        inside.addWidget(self._warned())
        self.service.currentIndexChanged.connect(self._new_service)
        self.recipient.currentIndexChanged.connect(self._new_recipient)
        return made

    def _warned(self) -> QWidget:
        """Return the place of what is to be known of a recipient, with room for two of it."""
        states = codes.labels("referral_state", screen_language()).values()
        self.twice.setText(_(_TWICE).format(number=_A_NUMBER, state=max(states, key=len)))
        return RoomForTwo((self.stale, self.nobody, self.elsewhere, self.twice), self.whom_problem)

    def _what(self) -> QWidget:
        made = Card(_("What is asked for"), quiet=_(_HOW))
        inside = made.inside
        self.need = self._text("need", _("What is asked for"), 4)
        inside.addWidget(self.need)
        self.names = plain_label("", "warning")
        self.names.hide()
        self.need_problem = problem_line(beside=True)
        inside.addWidget(self.names)
        inside.addWidget(self.need_problem)
        self.given = self._text("already_given", _(_GIVEN), 2)
        self.given_problem = problem_line(beside=True)
        inside.addLayout(labelled(_(_GIVEN), self.given))
        inside.addWidget(self.given_problem)
        inside.addWidget(label_as(_("How soon"), "label"))
        inside.addWidget(self._urgencies())
        self.answer_by = named(TypedDay(self._today), "answer_by", _("Answer wanted by"))
        wanted = labelled(_("Answer wanted by"), self.answer_by)
        inside.addLayout(beside(wanted, QVBoxLayout()))
        self.day_problem = problem_line(beside=True)
        inside.addWidget(self.day_problem)
        self.answer_by.textChanged.connect(self.changed)
        return made

    def _text(self, name: str, spoken: str, lines: int) -> LaoTextEdit:
        made = named(LaoTextEdit(), name, spoken)
        made.setTabChangesFocus(True)
        made.setFixedHeight(lines_high(made, lines))
        made.textChanged.connect(self._new_text)
        return made

    def _urgencies(self) -> Chips:
        self.urgency = Chips("urgency_", codes.labels("referral_priority", screen_language()))
        self.urgency.pressed.connect(self._urgent)
        return self.urgency

    # -- chosen -----------------------------------------------------------------------------

    def _new_service(self) -> None:
        """Offer those who give the service; all of them while nobody is known to.

        Whom she chose herself stays, also where nothing says that they give it: that is told.
        """
        before = chosen(self.recipient)
        self._offer_recipients("" if before == self._preset else before)

    def _offer_recipients(self, stays: str) -> None:
        """Offer the recipients for the service, with the one who stays chosen; "" for nobody."""
        service = chosen(self.service)
        offering = self._desk.organisations.offering(service) if service else []
        self._offering = frozenset(one.id for one in offering)
        found = self._offered_to(stays)
        self._organisations = {one.id: one for one in found}
        self.recipient.blockSignals(True)
        while self.recipient.count() > 1:
            self.recipient.removeItem(1)
        for one in found:
            self.recipient.addItem(self._offered(one), one.id)
        self._preset = "" if stays else self._agreed_to()
        self.recipient.setCurrentIndex(0)
        choose(self.recipient, stays or self._preset)
        self.recipient.blockSignals(False)
        show_if(self.nobody, bool(service) and not offering)
        self._new_recipient()

    def _choose(self, service: str, recipient: str) -> None:
        """Choose what was chosen before, whatever the directory says of it today."""
        self.service.blockSignals(True)
        choose(self.service, service)
        self.service.blockSignals(False)
        self._offer_recipients(recipient)
        choose(self.recipient, recipient)

    def _offered_to(self, stays: str) -> list[Organisation]:
        """Return those who are known to give the service, or all; with whom she has chosen."""
        everybody, known = self._desk.organisations.all(), self._offering
        return [one for one in everybody if not known or one.id in known or one.id == stays]

    def _agreed_to(self) -> str:
        """Return the only recipient of those offered whom something may be told; "" for others."""
        asked = self._desk.consents.questions(self._case)
        may = {one.organisation_id for one in asked if one.shares and not one.verdict.why}
        here = [key for key in self._organisations if key in may]
        return here[0] if len(here) == 1 else ""

    def _offered(self, one: Organisation) -> str:
        stale = self._desk.organisations.stale(one)
        return f"{one.shown} ({stale_words(self._desk)})" if stale else one.shown

    def organisation(self) -> Organisation | None:
        """Return the recipient that is chosen."""
        return self._organisations.get(chosen(self.recipient))

    def _new_recipient(self) -> None:
        one = self.organisation()
        parts = (one.unit, one.contact_person, one.phone, one.address) if one else ()
        told = " · ".join(part for part in parts if part)
        self.where.setText(told if one is not None else _(_WHERE))
        show_if(self.stale, one is not None and self._desk.organisations.stale(one))
        is_elsewhere = one is not None and bool(self._offering) and one.id not in self._offering
        self.elsewhere.setText(_(_ELSEWHERE).format(name=one.shown) if one else "")
        show_if(self.elsewhere, is_elsewhere)
        self._say_twice(one)
        tell(self.whom_problem, "")
        self.changed.emit()

    def _say_twice(self, one: Organisation | None) -> None:
        """Say that the same is asked there already, while there is still time to think."""
        service = chosen(self.service)
        same = one and service and self._desk.referrals.asked_already(self._case, one.id, service)
        show_if(self.twice, bool(same))
        if same:
            state = coded("referral_state", same.state)
            self.twice.setText(_(_TWICE).format(number=same.reference or "", state=state))

    def _new_text(self) -> None:
        """Warn of names in what is typed, while it is typed."""
        both = f"{self.need.text()}\n{self.given.text()}"
        found = self._desk.referrals.tells(self._case, both)
        self.names.setText(_(_NAMES).format(name=", ".join(found)))
        show_if(self.names, bool(found))
        for line in (self.need_problem, self.given_problem):
            tell(line, "")
        self.changed.emit()

    def _urgent(self, code: str) -> None:
        """Press one urgency; the day of the answer follows unless somebody typed another one."""
        self.urgency.choose(code)
        if not self.answer_by.text().strip() or self._is_suggested():
            suggested = self._desk.referrals.answer_by(code)
            self._suggested = day(suggested)
            self.answer_by.set_day(suggested)
        self.changed.emit()

    def _is_suggested(self) -> bool:
        return self.answer_by.text() == self._suggested != ""

    def pressed(self) -> str:
        """Return the urgency that is pressed."""
        return self.urgency.chosen() or "normal"

    # -- taken ------------------------------------------------------------------------------

    def values(self) -> dict[str, Any] | None:
        """Return the facts for the referral; None while something is missing, which is told."""
        if _told(self._problems()):
            return None
        return self._facts() | {
            "need": self.need.text().strip(),
            "already_given": self.given.text().strip() or None,
            "answer_by": self.answer_by.day(),
        }

    def is_whole(self) -> bool:
        """Tell whether nothing is missing; nobody is told what is, for nobody has tried yet."""
        return not any(problem for _line, problem, _field in self._problems())

    def _problems(self) -> tuple[tuple[QLabel, str, QWidget], ...]:
        """Return each line for a problem, what it says now, and the field that it is about."""
        unreadable = ""
        try:
            self.answer_by.day()
        except UnreadableDate as wrong:
            unreadable = str(wrong)
        need, given = self.need.text().strip(), self.given.text().strip()
        whom = self.recipient if chosen(self.service) else self.service
        return (
            (self.whom_problem, self._missing_whom(), whom),
            (self.need_problem, _(_NEED) if not need else _too_long(need), self.need),
            (self.given_problem, _too_long(given), self.given),
            (self.day_problem, unreadable, self.answer_by),
        )

    def _missing_whom(self) -> str:
        if not chosen(self.service):
            return _(_SERVICE)
        return "" if chosen(self.recipient) else _(_RECIPIENT)

    def _facts(self) -> dict[str, Any]:
        return {
            "organisation_id": chosen(self.recipient),
            "service": chosen(self.service),
            "priority": self.pressed(),
        }

    def show_referral(self, referral: Referral) -> None:
        """Show what was put down before."""
        self._choose(referral.service or "", referral.organisation_id)
        self.need.set_text(referral.need or "")
        self.given.set_text(referral.already_given or "")
        self.urgency.choose(referral.priority or "normal")
        if referral.answer_by:
            self.answer_by.set_day(referral.answer_by)
        self.papers.tick(paper.id for paper in self._desk.referrals.enclosed(referral))
        self.is_saved()

    def is_saved(self) -> None:
        """Take note that what stands in the fields is what is saved."""
        self._saved = self.typed()

    def typed(self) -> dict[str, str]:
        """Return what stands in the fields."""
        return {
            "service": chosen(self.service),
            "recipient": chosen(self.recipient),
            "need": self.need.text(),
            "given": self.given.text(),
            "urgency": self.pressed(),
            "answer_by": self.answer_by.kept(),
            "papers": " ".join(paper.id for paper in self.papers.chosen()),
        }

    def draft(self) -> dict[str, str]:
        """Return what stands in the fields and what it was typed over, for a draft."""
        over = {f"{OVER}{name}": text for name, text in self._saved.items()}
        return self.typed() | over | self._waiting.draft()

    def put(self, values: Mapping[str, str]) -> None:
        """Put a draft back; what was typed over something else than is saved now waits."""
        if not self._saved:
            self._show(values)
            return
        free, waiting = settled(self._saved, values, _TOGETHER)
        self._show(self._saved | free)
        for names in _TOGETHER:
            if names[0] in waiting:
                self._offer({name: waiting[name] for name in names}, values)

    def _offer(self, typed: dict[str, str], values: Mapping[str, str]) -> None:
        """Show what was typed in fields that belong together, and what is saved there by now."""
        over = {f"{OVER}{name}": values.get(f"{OVER}{name}", "") for name in typed}
        words = (next(iter(typed)), self._in_words(typed), self._in_words(self._saved, typed))
        take = partial(self._take, typed)
        self._waiting.offer(typed | over, words, self._choices.addWidget, take)

    def _take(self, typed: dict[str, str]) -> None:
        self._show(self.typed() | typed)

    def _show(self, values: Mapping[str, str]) -> None:
        self._choose(values.get("service", ""), values.get("recipient", ""))
        self.need.set_text(values.get("need", ""))
        self.given.set_text(values.get("given", ""))
        self._urgent(values.get("urgency", "") or "normal")
        if "answer_by" in values:
            self.answer_by.setText(values["answer_by"])
        self.papers.tick(values.get("papers", "").split())

    def _in_words(self, values: Mapping[str, str], names: Iterable[str] = ()) -> str:
        """Return values of fields as people read them."""
        return ", ".join(filter(None, (self._worded(n, values[n]) for n in names or values)))

    def _worded(self, name: str, text: str) -> str:
        if name == "recipient":
            found = (one.shown for one in self._desk.organisations.all() if one.id == text)
            return next(found, "")
        if name == "papers":
            return self.papers.names(text.split())
        listed_in = {"service": "service_type", "urgency": "referral_priority"}.get(name)
        return codes.label(listed_in, text, screen_language()) if listed_in and text else text


def _too_long(text: str) -> str:
    long = len(text) > LONGEST_TEXT
    return str(TooMuch(count=len(text), most=LONGEST_TEXT)) if long else ""


def _told(lines: tuple[tuple[QLabel, str, QWidget], ...]) -> bool:
    """Tell each problem in its line and go to the first; False when there is none."""
    for line, problem, _field in lines:
        tell(line, problem)
    first = next(((line, field) for line, problem, field in lines if problem), None)
    if first is not None:
        line, field = first
        field.setFocus()
        tell_in_view(line, line.text(), field)
    return first is not None
