"""A referral, prepared with her: whom to ask, what leaves, the letter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _, screen_language
from shelterdesk.core.presets import ADDRESS_ITEMS
from shelterdesk.gui.drafting import key_of
from shelterdesk.gui.forms.once_more import AddressOnceMore
from shelterdesk.gui.forms.opened_at import begin_with
from shelterdesk.gui.pages.disclosure.call_grounds import CONSENT, LAW, Grounds
from shelterdesk.gui.pages.disclosure.refer_facts import ReferralFacts
from shelterdesk.gui.pages.disclosure.refer_letter import LetterStep
from shelterdesk.gui.pages.disclosure.refer_sides import TwoSides
from shelterdesk.gui.paper.printing import ask_place, ask_printer
from shelterdesk.gui.parts.elided import Elided
from shelterdesk.gui.parts.fields import choose, item_label
from shelterdesk.gui.parts.look import dress_page, label_as, look
from shelterdesk.gui.parts.plain import button, named, plain_label, press_by, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.scrolled import scrolled
from shelterdesk.gui.parts.style.measures import NEAR, PAGE
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.services.consent_law.address_guard import AddressUnconfirmed, NameAlike
from shelterdesk.services.disclosure.shown import LookAgain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtGui import QFocusEvent

    from shelterdesk.services.access.approvals import Approval
    from shelterdesk.services.desk import Desk

    Out = Callable[[bytes], object]

_BEGUN_ANEW: Final = N_(
    "The referral {number}, for which this was typed, has left or was taken back since. What you "
    "keep from here on is a new one, with a number of its own."
)
_STEPS: Final = (N_("1  Whom to ask"), N_("2  What leaves"), N_("3  The letter"))
_FACTS, _SIDES, _LETTER, _ADDRESS = range(4)
_ON: Final = {_FACTS: N_("Next: what leaves"), _SIDES: N_("Next: see the letter")}


class ReferPage(QWidget):
    """Three steps in one place; the draft is kept under its number from the first “Next” on."""

    go = Signal(str, str)
    saved = Signal()
    kept_at = Signal(str)
    """Where a letter was saved as a file, as a sentence."""
    page_name = "refer"

    def __init__(
        self, desk: Desk, case_id: str, begun: Referral | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._case = desk, desk.cases.look_into(case_id)
        self._key = key_of("refer_on", begun.id) if begun else key_of("refer", self._case.id)
        self._referral: Referral | None = None
        self._out: Out | None = None
        self._seen = ""
        dress_page(self)
        self.facts = ReferralFacts(desk, self._case)
        self.grounds = Grounds(desk)
        self.sides = TwoSides(desk, self._case)
        self.letter = LetterStep(desk.name)
        choose(self.letter.language, screen_language())
        self.address = AddressOnceMore(self._colleagues())
        self._lay_out()
        self._connect()
        self._stand(_FACTS)
        if begun is not None:
            self._take_up(begun)

    def _colleagues(self) -> list[str]:
        return self._desk.staff.onlookers()

    def _lay_out(self) -> None:
        around = QVBoxLayout(self)
        around.setContentsMargins(*PAGE)
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
        for step in (facts, self.sides, self.letter, guard):
            self.steps.addWidget(step)
        around.addWidget(self.steps, 1)
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
        self.letter.print_it.connect(lambda: self._begin(self._printer()))
        self.letter.save_it.connect(lambda: self._begin(self._file()))
        self.letter.on.clicked.connect(self._to_its_page)
        self.address.back.connect(lambda: self._stand(_LETTER))
        self.address.confirmed.connect(self._confirmed)

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
                self._to_letter()
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
        before = self._referral
        if before is not None and before.organisation_id != values["organisation_id"]:
            self._desk.referrals.discard(before)
            self._referral = None
        if self._referral is None:
            first = [str(values[n]) for n in ("organisation_id", "service", "priority", "need")]
            self._referral = self._desk.referrals.start(self._case, *first)
        changed = {n: v for n, v in values.items() if getattr(self._referral, n) != v}
        if changed:
            self._referral = self._desk.referrals.change(self._referral, changed)
        self._desk.referrals.enclose(self._referral, self.facts.papers.chosen())
        self.facts.is_saved()

    def _show_sides(self) -> None:
        if self._referral is None:
            return
        self.sides.show_referral(self._referral, self.letter.spoken(), self.grounds.basis())
        one = self.facts.organisation()
        whom = f"{self._referral.reference} – {one.shown if one else ''}"
        self.whom.setText(whom)
        self.whom.setAccessibleName(whom)
        self._stand(_SIDES)
        first = next(iter(self.sides.boxes.values()), None)
        (first or self.sides.ask).setFocus()

    def _to_letter(self) -> None:
        self._stand(_LETTER)
        self._preview()
        self.letter.print.setFocus()

    def _preview(self) -> None:
        """Draw the letter anew; what the door refuses is said in its place."""
        if self._referral is None:
            return
        tell(self.letter.problem, "")
        self._seen = ""
        try:
            asked = (self._referral, self.sides.chosen(), self.letter.spoken())
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
        self._seen = pdf.seen
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

    # -- on paper ---------------------------------------------------------------------------

    def _printer(self) -> Out | None:
        try:
            return ask_printer(self)
        except DeskError as fault:
            tell(self.letter.problem, str(fault))
            return None

    def _file(self) -> Out | None:
        name = (self._referral.reference if self._referral else "") or "letter"
        return ask_place(self, name, self.kept_at.emit)

    def _begin(self, out: Out | None) -> None:
        """Let the letter out by the way that was chosen; an address asks a second person first."""
        if out is None:
            return
        self._out = out
        placed = [code for code in self.sides.chosen() if code in ADDRESS_ITEMS]
        if not placed and self.grounds.code != LAW:
            self._issue(None)
            return
        self._once_more(placed or self.sides.chosen(), placed=bool(placed))

    def _once_more(self, items: Iterable[str], *, placed: bool = True, alike: bool = False) -> None:
        """Show the recipient in large letters, for a second person to look at and to sign."""
        one, told = self.facts.organisation(), ", ".join(map(item_label, items))
        brings = self.letter.carrier.text()
        name = one.shown if one else ""
        self.address.show_place(name, one, told, brings, placed=placed, alike=alike)
        tell(self.address.problem, "")
        self._stand(_ADDRESS)
        self.address.colleague.setFocus()

    def _confirmed(self) -> None:
        if self._referral is None:
            return
        try:
            for_what = self._desk.letters.for_what(
                self._referral,
                self.sides.chosen(),
                basis=self.grounds.basis(),
                language=self.letter.spoken(),
                lines=self.sides.lines(),
                delivered_by=self.letter.brings(),
                looked=self.address.looked.isChecked(),
            )
        except DeskError as fault:
            tell(self.address.problem, str(fault))
            return
        self.address.sign(self._desk, for_what, self._issue)

    def _issue(self, second: Approval | None) -> None:
        """Give the letter its copy number, which writes down what leaves; then put it on paper."""
        if self._referral is None or self._out is None:
            return
        try:
            issued = self._desk.letters.issue(
                self._referral,
                self.sides.chosen(),
                self.letter.spoken(),
                basis=self.grounds.basis(),
                lines=self.sides.lines(),
                delivery=self.letter.way(),
                delivered_by=self.letter.carrier.text().strip(),
                second=second,
                confirm_address=second is not None,
                looked=second is not None and self.address.looked.isChecked(),
                warned=True,
                seen=self._seen,
            )
        except DeskError as fault:
            self._refused(fault)
            return
        self._put_on_paper(issued.pdf)

    def _refused(self, fault: DeskError) -> None:
        if isinstance(fault, LookAgain):
            self._to_letter()
        if isinstance(fault, AddressUnconfirmed | NameAlike) and not self._is_at_address():
            self._once_more(self.sides.chosen(), alike=isinstance(fault, NameAlike))
        at_address = self._is_at_address()
        tell(self.address.problem if at_address else self.letter.problem, str(fault))
        show_if(self.address.looked, at_address and isinstance(fault, NameAlike))

    def _is_at_address(self) -> bool:
        return self.steps.currentIndex() == _ADDRESS

    def _put_on_paper(self, pdf: bytes) -> None:
        """Print or save; when that fails the letter is there all the same, and its page helps."""
        out, referral = self._out, self._referral
        if out is None or referral is None:
            return
        self.saved.emit()
        for key in (key_of("refer", self._case.id), key_of("refer_on", referral.id)):
            self._desk.drafts.drop(key)
        try:
            out(pdf)
        except DeskError as fault:
            self._stand(_LETTER)
            self.letter.jammed(str(fault))
            return
        self._to_its_page()

    def _to_its_page(self) -> None:
        if self._referral is not None:
            self.go.emit("referral", self._referral.id)

    # -- kept -------------------------------------------------------------------------------

    def _take_up(self, referral: Referral) -> None:
        """Go on with a draft that was begun before."""
        self._referral = referral
        self.facts.show_referral(referral)

    def draft(self) -> dict[str, str]:
        """Return what stands in the fields, and which draft it belongs to; empty when all kept."""
        referral = self._referral.id if self._referral else ""
        beyond = self.sides.draft() if self.steps.currentIndex() else {}
        ground = self.grounds.typed() if self.grounds.code != CONSENT else {}
        return {**self.facts.draft(), "referral": referral, **ground, **beyond}

    def restore(self, values: dict[str, str]) -> None:
        """Put a draft back, and stand where it was left: at the ticks if there were some."""
        if values.get("referral"):
            found = self._desk.records.get(Referral, values["referral"])
            self._referral = found if found.state == "draft" else None
            over = _(_BEGUN_ANEW).format(number=found.reference or "")
            tell(self.problem, "" if self._referral else over)
        if self._referral is not None:
            self.facts.show_referral(self._referral)
        self.facts.put(values)
        self.grounds.put_back(values)
        whole = self.facts.values() is not None and not self.grounds.missing()
        if self._referral is not None and whole:
            self._show_sides()
            self.sides.restore(values)
