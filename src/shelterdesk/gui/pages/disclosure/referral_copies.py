"""The printed copies of one letter: each with its number, its state, and what can be done."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Signal

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.presets import ADDRESS_ITEMS
from shelterdesk.gui.forms.once_more import LOOKED, also_named
from shelterdesk.gui.forms.record_table import RecordTable
from shelterdesk.gui.forms.table_rows import Ordered
from shelterdesk.gui.paper.printing import ask_place, ask_printer
from shelterdesk.gui.parts.ask_why import AskWhy
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.case_line import coded
from shelterdesk.gui.parts.fields import item_label
from shelterdesk.gui.parts.flow import Flow
from shelterdesk.gui.parts.icons import icon
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.moments import moment_text
from shelterdesk.gui.parts.plain import show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.rows import small
from shelterdesk.gui.parts.second_person import second_signature
from shelterdesk.records.disclosure.letter import Letter
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.services.access.approvals import Approval
from shelterdesk.services.consent_law.address_guard import AddressUnconfirmed, NameAlike
from shelterdesk.services.desk import Desk
from shelterdesk.services.disclosure.letters import Issued
from shelterdesk.services.disclosure.referral_steps import ReferralSteps

_SIGNS: Final = {
    "issued": ("printer", "accent"),
    "void": ("ban", "quiet"),
    "shredded": ("file-check", "quiet"),
}
_NONE: Final = N_("Nothing is printed yet.")
_AGAIN: Final = N_("Print again: the new copy gets the next number, and the old one stays listed.")
_VOID: Final = N_("Void: this copy was spoilt, or is not to go. Its number is never used again.")
_SHREDDED: Final = N_("The paper was brought back and shredded.")
_LOOK: Final = N_("{place}: the letter tells {items}")

_HEADS: Final = (N_("Copy"), N_("State"), N_("When"), N_("Why"))
_LINES: Final = (2, None)
"""Rows that are always seen: the list is as high as its rows, and the page scrolls."""

Out = Callable[[bytes], object]


class CopiesCard(Card):
    """A list of copies, and buttons for the one that is chosen."""

    looked = Signal(bytes)
    changed = Signal()
    kept_at = Signal(str)
    """Where a copy was saved as a file, as a sentence."""

    def __init__(self, desk: Desk, *, may: bool, may_print: bool) -> None:
        super().__init__(_("The letter"), "copies-title")
        self._desk, self._may, self._may_print = desk, may, may_print
        self._referral: Referral | None = None
        self._copies: dict[str, Letter] = {}
        self.empty = label_as(_(_NONE), "quiet", "empty", wraps=True)
        heads, spoken = [_(head) for head in _HEADS], _("Printed copies")
        self.list = RecordTable(heads, "copies", spoken, wraps=True, copied=None, lines=_LINES)
        self.list.chosen_another.connect(self._chosen_another)
        self.list.opened.connect(lambda _id: self._look())
        self.problem = problem_line(room=1)
        self.asking = AskWhy()
        self.inside.addWidget(self.empty)
        self.inside.addWidget(self.list)
        self.inside.addLayout(self._buttons())
        self.inside.addWidget(self.asking)
        self.inside.addWidget(self.problem)

    def _buttons(self) -> Flow:
        row = Flow()
        self.look = small(_("Look at it"), "copy_look")
        self.again = small(_("Print again …"), "copy_again")
        self.file = small(_("Save again …"), "copy_file")
        self.void = small(_("Void …"), "copy_void")
        self.shred = small(_("Shredded …"), "copy_shred")
        for made, does in (
            (self.look, self._look),
            (self.again, lambda: self._print_again(self._printer)),
            (self.file, lambda: self._print_again(self._place)),
            (self.void, self._make_void),
            (self.shred, self._shredded),
        ):
            made.clicked.connect(does)
            row.add(made)
        return row

    # -- shown ------------------------------------------------------------------------------

    def show_referral(self, referral: Referral, steps: ReferralSteps) -> None:
        """Show the copies of a referral; the newest is chosen at first."""
        self._referral, self._over = referral, steps.called_back
        printed = reversed(self._desk.letters.of_referral(referral))
        self._copies = {copy.id: copy for copy in printed}
        self.list.set_rows((copy.id, _cells(copy)) for copy in self._copies.values())
        self.list.choose_or_first()
        show_if(self.list, bool(self._copies))
        show_if(self.empty, not self._copies)
        self._show_buttons()

    def _chosen(self) -> Letter | None:
        return self._copies.get(self.list.chosen())

    def _chosen_another(self) -> None:
        self.asking.hide()
        self._show_buttons()

    def _show_buttons(self) -> None:
        copy, over = self._chosen(), self._over
        out = self._may and copy is not None and copy.state == "issued"
        show_if(self.look, copy is not None)
        for made in (self.again, self.file):
            show_if(made, out and not over and self._may_print)
        show_if(self.void, out and not self._was_there(copy))
        show_if(self.shred, out and over)

    def _was_there(self, copy: Letter | None) -> bool:
        """Tell whether a copy was printed before the letter was handed over."""
        at = self._referral.delivered_at if self._referral else None
        made = copy.made_at if copy else None
        return at is not None and (made is None or made <= at)

    # -- done -------------------------------------------------------------------------------

    def _look(self) -> None:
        copy = self._chosen()
        if copy is not None:
            self._tried(lambda: self.looked.emit(self._desk.letters.pdf_of(copy)))

    def _tried(self, act: Callable[[], object]) -> None:
        try:
            act()
        except DeskError as fault:
            tell(self.problem, str(fault))
        else:
            tell(self.problem, "")

    def _printer(self) -> Out | None:
        return ask_printer(self)

    def _place(self) -> Out | None:
        number = (self._referral.reference if self._referral else "") or "letter"
        following = max((one.copy or 0 for one in self._copies.values()), default=0) + 1
        return ask_place(self, f"{number}-{following}", self.kept_at.emit)

    def _print_again(self, ask: Callable[[], Out | None]) -> None:
        copy = self._chosen()
        if copy is not None:
            self.asking.ask(
                _(_AGAIN), _("Make a new copy"), lambda why: self._new_copy(copy, why, ask)
            )

    def _new_copy(self, copy: Letter, why: str, ask: Callable[[], Out | None]) -> None:
        out = ask()
        if out is None:
            return
        try:
            made = self._reprinted(copy, why)
        except NameAlike:
            made = self._reprinted(copy, why, looked=True)
        except AddressUnconfirmed:  # its words tell where she is, whatever the items are called
            made = self._reprinted(copy, why, placed=True)
        self.changed.emit()
        self._tried(lambda: out(made.pdf))

    def _reprinted(
        self, copy: Letter, why: str, *, looked: bool = False, placed: bool = False
    ) -> Issued:
        second = self._second_look(copy, looked=looked, anyhow=placed)
        signed = second is not None
        return self._desk.letters.reprint(
            copy, why, second=second, confirm_address=signed, looked=looked and signed
        )

    def _second_look(self, copy: Letter, *, looked: bool, anyhow: bool) -> Approval | None:
        """Let a colleague look as well when the letter tells where she is; the door asks for it.

        With `looked` a director signs that she has compared names that are alike.
        """
        if self._referral is None:
            return None
        told = self._told(copy)
        placed = [item for item in told if item in ADDRESS_ITEMS]
        if not (placed or looked or anyhow):
            return None
        to = self._desk.letters.recipient_of(self._referral)
        place = ", ".join(part for part in (to.organisation, to.person) if part)
        words = _(_LOOK).format(place=place, items=", ".join(map(item_label, placed or told)))
        by = self._referral.delivered_by or ""
        words = "\n".join(filter(None, (words, also_named([by]), _(LOOKED) if looked else "")))
        for_what = self._desk.letters.again_for_what(copy, delivered_by=by, looked=looked)
        return second_signature(self._desk, for_what, self, words)

    def _told(self, copy: Letter) -> tuple[str, ...]:
        case = self._desk.cases.get(copy.case_id)
        logged = self._desk.disclosures.of_case(case)
        found = next((one for one in logged if one.id == copy.disclosure_id), None)
        return tuple(found.items or ()) if found else ()

    def _make_void(self) -> None:
        copy = self._chosen()
        if copy is not None:
            self.asking.ask(_(_VOID), _("Make void"), lambda why: self._end(copy, why))

    def _end(self, copy: Letter, why: str) -> None:
        self._desk.letters.void(copy, why)
        self.changed.emit()

    def _shredded(self) -> None:
        copy = self._chosen()
        if copy is not None:
            self.asking.ask(_(_SHREDDED), _("It is shredded"), lambda why: self._gone(copy, why))

    def _gone(self, copy: Letter, why: str) -> None:
        self._desk.letters.shredded(copy, why)
        self.changed.emit()


def _cells(copy: Letter) -> tuple[str, ...]:
    drawing = icon(*_SIGNS.get(copy.state or "", ("file-check", "quiet")))
    return (
        Ordered(str(copy.copy), copy.copy, drawing),
        coded("letter_state", copy.state),
        Ordered(moment_text(copy.made_at), copy.made_at),
        copy.why or "",
    )
