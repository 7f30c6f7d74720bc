"""A referral, prepared with her: whom to ask, what leaves, the letter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget
from typing_extensions import override

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _, screen_language
from shelterdesk.gui.drafting import key_of
from shelterdesk.gui.forms.once_more import AddressOnceMore
from shelterdesk.gui.forms.opened_at import begin_with
from shelterdesk.gui.pages.disclosure.call_grounds import CONSENT, Grounds
from shelterdesk.gui.pages.disclosure.refer_facts import ReferralFacts
from shelterdesk.gui.pages.disclosure.refer_letter import LetterStep
from shelterdesk.gui.pages.disclosure.refer_out import LetterPage, LettingOut
from shelterdesk.gui.pages.disclosure.refer_sides import TwoSides
from shelterdesk.gui.parts.elided import Elided
from shelterdesk.gui.parts.fields import choose
from shelterdesk.gui.parts.look import dress_page, label_as, look
from shelterdesk.gui.parts.plain import button, named, plain_label, press_by, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.scrolled import EdgeColumn, ends_at_edge, scrolled
from shelterdesk.gui.parts.style.measures import NEAR
from shelterdesk.records.disclosure.referral import Referral

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

    from shelterdesk.services.desk import Desk

_BEGUN_ANEW: Final = N_(
    "The referral {number}, for which this was typed, has left or was taken back since. What you "
    "keep from here on is a new one, with a number of its own."
)
_STEPS: Final = (N_("1  Whom to ask"), N_("2  What leaves"), N_("3  The letter"))
_FACTS, _SIDES, _LETTER, _ADDRESS = range(4)
_ON: Final = {_FACTS: N_("Next: what leaves"), _SIDES: N_("Next: see the letter")}


class ReferPage(LetterPage):
    """Three steps in one place; the draft is kept under its number from the first “Next” on."""

    go = Signal(str, str)
    saved = Signal()
    page_name = "refer"

    def __init__(
        self, desk: Desk, case_id: str, begun: Referral | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._case = desk, desk.cases.look_into(case_id)
        self._key = key_of("refer_on", begun.id) if begun else key_of("refer", self._case.id)
        self.referral: Referral | None = None
        dress_page(self)
        self.facts = ReferralFacts(desk, self._case)
        self.grounds = Grounds(desk)
        self.sides = TwoSides(desk, self._case)
        self.letter = LetterStep(desk.name)
        choose(self.letter.language, screen_language())
        self.address = AddressOnceMore(desk.staff.onlookers())
        self.out = LettingOut(desk, self)
        self._lay_out()
        self._connect()
        self._stand(_FACTS)
        if begun is not None:
            self._take_up(begun)

    def _lay_out(self) -> None:
        around = EdgeColumn(self)
        around.setSpacing(NEAR)
        head = QHBoxLayout()
        title = _("Refer – {code}").format(code=self._case.shown)
        head.addWidget(plain_label(title, "title"), 1)
        self.back = button(_("Back to the case"), "back")
        head.addWidget(self.back)
        around.addLayout(head)
        around.addLayout(self._marks())
        self.steps = QStackedWidget()
        facts, guard = (
            scrolled(_("Refer"), *parts) for parts in ((self.facts, self.grounds), (self.address,))
        )
        for step in (facts, ends_at_edge(self.sides), self.letter, guard):
            self.steps.addWidget(step)
        around.reach(self.steps)
        around.addLayout(self._foot())

    def _marks(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(NEAR)
        self.marks = [label_as(_(text), "tag", "mark") for text in _STEPS]
        for mark in self.marks:
            row.addWidget(mark)
        self.whom = named(Elided("", "quiet"), "whom")
        row.addWidget(self.whom, 1)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.before = button(_("Back"), "before")
        self.next = button("", "next")
        look(self.next, "main")
        press_by(self.next, "Ctrl+Return")
        self.problem = problem_line()
        row.addWidget(self.before)
        for line in (self.problem, self.letter.problem):  # in view, where it moves nothing
            row.addWidget(line, 1)
        row.addStretch()
        row.addWidget(self.next)
        return row

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self.go.emit("case", self._case.id))
        self.before.clicked.connect(lambda: self._stand(self.steps.currentIndex() - 1))
        self.next.clicked.connect(self._next)
        self.sides.changed.connect(self._may_go_on)
        self.sides.ask_her.connect(self._ask_her)
        self.letter.new_language.connect(self._new_language)
        self.letter.new_way.connect(self._new_language)
        self.letter.print_it.connect(self.out.onto_paper)
        self.letter.save_it.connect(self.out.into_file)
        self.letter.on.clicked.connect(self.to_its_page)
        self.address.back.connect(lambda: self._stand(_LETTER))
        self.address.confirmed.connect(self.out.confirmed)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.facts.service.setFocus()  # a focus proxy would take what stands above out of Tab's way

    # -- from step to step ------------------------------------------------------------------

    def _stand(self, step: int) -> None:
        """Show a step; the marks above say which one it is, also to those who see no colour."""
        self.steps.setCurrentIndex(step)
        if step != _LETTER:
            tell(self.letter.problem, "")
        for place, mark in enumerate(self.marks):
            here = place == min(step, _LETTER)
            look(mark, "strong" if here else "quiet")
            mark.setAccessibleName(" – ".join((mark.text(), _("now"))) if here else mark.text())
        show_if(self.before, step in (_SIDES, _LETTER))
        show_if(self.next, step in _ON)
        self.next.setText(_(_ON.get(step, _ON[_FACTS])))
        self.next.setAccessibleName(self.next.text())
        self._may_go_on()

    def _may_go_on(self) -> None:
        at_sides = self.steps.currentIndex() == _SIDES
        self.next.setEnabled(not at_sides or self.sides.is_ready())

    def _next(self) -> None:
        tell(self.problem, "")
        try:
            if self.steps.currentIndex() == _FACTS:
                self._to_sides()
            else:
                self.to_letter()
        except DeskError as fault:
            tell(self.problem, str(fault))

    def _to_sides(self) -> None:
        values = self.facts.values()
        missing = "" if values is None else self.grounds.lacking()
        tell(self.problem, missing)
        if values is None or missing:
            return
        self._keep(values)
        self._show_sides()

    def _keep(self, values: dict[str, object]) -> None:
        """Keep the facts in the draft; a number is drawn when there is none for this recipient."""
        before = self.referral
        if before is not None and before.organisation_id != values["organisation_id"]:
            self._desk.referrals.discard(before)
            self.referral = None
        if self.referral is None:
            first = [str(values[n]) for n in ("organisation_id", "service", "priority", "need")]
            self.referral = self._desk.referrals.start(self._case, *first)
        changed = {n: v for n, v in values.items() if getattr(self.referral, n) != v}
        if changed:
            self.referral = self._desk.referrals.change(self.referral, changed)
        self._desk.referrals.enclose(self.referral, self.facts.papers.chosen())
        self.facts.is_saved()

    def _show_sides(self) -> None:
        if self.referral is None:
            return
        self.sides.show_referral(self.referral, self.letter.spoken(), self.grounds.basis())
        one = self.facts.organisation()
        whom = f"{self.referral.reference} – {one.shown if one else ''}"
        self.whom.setText(whom)
        self.whom.setAccessibleName(whom)
        self._stand(_SIDES)
        first = next(iter(self.sides.boxes.values()), None)
        (first or self.sides.ask).setFocus()

    @override
    def to_letter(self) -> None:
        self._stand(_LETTER)
        self._preview()
        self.letter.print.setFocus()

    def _preview(self) -> None:
        """Draw the letter anew; what the door refuses is said in its place."""
        if self.referral is None:
            return
        tell(self.letter.problem, "")
        self.out.seen = ""
        try:
            asked = (self.referral, self.sides.chosen(), self.letter.spoken())
            pdf = self._desk.letters.preview(
                *asked,
                basis=self.grounds.basis(),
                lines=self.sides.lines(),
                delivery=self.letter.way(),
                delivered_by=self.letter.brings(),
            )
        except DeskError as fault:
            self.letter.refuse(str(fault))
            return
        self.out.seen = pdf.seen
        self.letter.show_letter(pdf)
        self.letter.doubt(self._desk.letters.doubts(*asked, self.grounds.code))

    def _new_language(self) -> None:
        if self.steps.currentIndex() == _LETTER:
            self._preview()

    def _ask_her(self) -> None:
        """Go to the page of consent with this recipient chosen; this page is kept meanwhile."""
        one = self.facts.organisation()
        known = {"purpose": "referral", "organisation": one.id if one else "", "from": self._key}
        begin_with(self._desk, key_of("consent", self._case.id), known)
        self.go.emit("consent", self._case.id)

    def step_back(self) -> bool:
        """Go one step back before the whole page is left; False at the first step."""
        has_one = self.before.isVisible()
        if has_one:
            self.before.click()
        return has_one

    @override
    def show_letter(self) -> None:
        self._stand(_LETTER)

    @override
    def ask_once_more(self) -> None:
        tell(self.address.problem, "")
        self._stand(_ADDRESS)
        self.address.colleague.setFocus()

    @override
    def is_at_address(self) -> bool:
        return self.steps.currentIndex() == _ADDRESS

    @override
    def has_left(self, referral: Referral) -> None:
        self.saved.emit()
        for key in (key_of("refer", self._case.id), key_of("refer_on", referral.id)):
            self._desk.drafts.drop(key)

    @override
    def to_its_page(self) -> None:
        if self.referral is not None:
            self.go.emit("referral", self.referral.id)

    # -- kept -------------------------------------------------------------------------------

    def _take_up(self, referral: Referral) -> None:
        """Go on with a draft that was begun before."""
        self.referral = referral
        self.facts.show_referral(referral)

    def draft(self) -> dict[str, str]:
        """Return what stands in the fields, and which draft it belongs to; empty when all kept."""
        referral = self.referral.id if self.referral else ""
        beyond = self.sides.draft() if self.steps.currentIndex() else {}
        ground = self.grounds.typed() if self.grounds.code != CONSENT else {}
        return {**self.facts.draft(), "referral": referral, **ground, **beyond}

    def restore(self, values: dict[str, str]) -> None:
        """Put a draft back, and stand where it was left: at the ticks if there were some."""
        if values.get("referral"):
            found = self._desk.records.get(Referral, values["referral"])
            self.referral = found if found.state == "draft" else None
            over = _(_BEGUN_ANEW).format(number=found.reference or "")
            tell(self.problem, "" if self.referral else over)
        if self.referral is not None:
            self.facts.show_referral(self.referral)
        self.facts.put(values)
        self.grounds.put_back(values)
        whole = self.facts.is_whole() and not self.grounds.missing()
        if self.referral is not None and whole:
            self._show_sides()
            self.sides.restore(values)
