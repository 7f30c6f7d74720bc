"""A letter leaves: by the printer or as a file, looked at by a second person where it must be."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import ref

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shelterdesk.core.errors import DeskError
from shelterdesk.core.presets import ADDRESS_ITEMS
from shelterdesk.gui.pages.disclosure.call_grounds import LAW
from shelterdesk.gui.paper.printing import ask_place, ask_printer
from shelterdesk.gui.parts.fields import item_label
from shelterdesk.gui.parts.plain import show_if
from shelterdesk.gui.parts.problem import tell
from shelterdesk.services.consent_law.address_guard import AddressUnconfirmed, NameAlike
from shelterdesk.services.disclosure.shown import LookAgain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from shelterdesk.gui.forms.once_more import AddressOnceMore
    from shelterdesk.gui.pages.disclosure.call_grounds import Grounds
    from shelterdesk.gui.pages.disclosure.refer_facts import ReferralFacts
    from shelterdesk.gui.pages.disclosure.refer_letter import LetterStep
    from shelterdesk.gui.pages.disclosure.refer_sides import TwoSides
    from shelterdesk.records.disclosure.referral import Referral
    from shelterdesk.services.access.approvals import Approval
    from shelterdesk.services.desk import Desk

    Out = Callable[[bytes], object]


class LetterPage(QWidget):
    """The page from which a letter leaves, as far as leaving needs it."""

    kept_at = Signal(str)
    """Where a letter was saved as a file, as a sentence."""

    referral: Referral | None
    """The draft under its number, once there is one."""
    facts: ReferralFacts
    grounds: Grounds
    sides: TwoSides
    letter: LetterStep
    address: AddressOnceMore

    def to_letter(self) -> None:
        """Show the letter as it would leave now."""
        raise NotImplementedError

    def show_letter(self) -> None:
        """Stand at the letter again, as it was drawn."""
        raise NotImplementedError

    def ask_once_more(self) -> None:
        """Stand where a second person looks at the address, and signs."""
        raise NotImplementedError

    def is_at_address(self) -> bool:
        """Tell whether a second person is looking at the address."""
        raise NotImplementedError

    def has_left(self, referral: Referral) -> None:
        """Take note that the letter is out: nothing of it is unfinished any more."""
        raise NotImplementedError

    def to_its_page(self) -> None:
        """Go on to the page of the referral."""
        raise NotImplementedError


class LettingOut:
    """Lets the letter of a page out, in the steps that its items and its recipient ask for."""

    def __init__(self, desk: Desk, page: LetterPage) -> None:
        self._desk, self._of = desk, ref(page)
        self._out: Out | None = None
        self.seen = ""
        """The letter that was looked at last, by its digest; "" while none can be seen."""

    @property
    def _page(self) -> LetterPage:
        page = self._of()
        assert page is not None  # noqa: S101 - the page holds this, and not the other way round
        return page

    def onto_paper(self) -> None:
        """Let it out by the printer that is chosen."""
        self._begin(self._printer())

    def into_file(self) -> None:
        """Let it out as a file, in a place that is chosen."""
        self._begin(self._file())

    def _printer(self) -> Out | None:
        try:
            return ask_printer(self._page)
        except DeskError as fault:
            tell(self._page.letter.problem, str(fault))
            return None

    def _file(self) -> Out | None:
        name = (self._page.referral.reference if self._page.referral else "") or "letter"
        return ask_place(self._page, name, self._page.kept_at.emit)

    def _begin(self, out: Out | None) -> None:
        """Let the letter out by the way that was chosen; an address asks a second person first."""
        if out is None:
            return
        self._out = out
        placed = [code for code in self._page.sides.chosen() if code in ADDRESS_ITEMS]
        if not placed and self._page.grounds.code != LAW:
            self._issue(None)
            return
        self._once_more(placed or self._page.sides.chosen(), placed=bool(placed))

    def _once_more(self, items: Iterable[str], *, placed: bool = True, alike: bool = False) -> None:
        """Show the recipient in large letters, for a second person to look at and to sign."""
        one, told = self._page.facts.organisation(), ", ".join(map(item_label, items))
        brings = self._page.letter.carrier.text()
        name = one.shown if one else ""
        self._page.address.show_place(name, one, told, brings, placed=placed, alike=alike)
        self._page.ask_once_more()

    def confirmed(self) -> None:
        """Let a second person sign for what they have looked at, and then let it out."""
        if self._page.referral is None:
            return
        try:
            for_what = self._desk.letters.for_what(
                self._page.referral,
                self._page.sides.chosen(),
                basis=self._page.grounds.basis(),
                language=self._page.letter.spoken(),
                lines=self._page.sides.lines(),
                delivered_by=self._page.letter.brings(),
                looked=self._page.address.looked.isChecked(),
            )
        except DeskError as fault:
            tell(self._page.address.problem, str(fault))
            return
        self._page.address.sign(self._desk, for_what, self._issue)

    def _issue(self, second: Approval | None) -> None:
        """Give the letter its copy number, which writes down what leaves; then put it on paper."""
        if self._page.referral is None or self._out is None:
            return
        try:
            issued = self._desk.letters.issue(
                self._page.referral,
                self._page.sides.chosen(),
                self._page.letter.spoken(),
                basis=self._page.grounds.basis(),
                lines=self._page.sides.lines(),
                delivery=self._page.letter.way(),
                delivered_by=self._page.letter.carrier.text().strip(),
                second=second,
                confirm_address=second is not None,
                looked=second is not None and self._page.address.looked.isChecked(),
                warned=True,
                seen=self.seen,
            )
        except DeskError as fault:
            self._refused(fault)
            return
        self._put_on_paper(issued.pdf)

    def _refused(self, fault: DeskError) -> None:
        if isinstance(fault, LookAgain):
            self._page.to_letter()
        if isinstance(fault, AddressUnconfirmed | NameAlike) and not self._page.is_at_address():
            self._once_more(self._page.sides.chosen(), alike=isinstance(fault, NameAlike))
        at_address = self._page.is_at_address()
        tell(self._page.address.problem if at_address else self._page.letter.problem, str(fault))
        show_if(self._page.address.looked, at_address and isinstance(fault, NameAlike))

    def _put_on_paper(self, pdf: bytes) -> None:
        """Print or save; when that fails the letter is there all the same, and its page helps."""
        out, referral = self._out, self._page.referral
        if out is None or referral is None:
            return
        self._page.has_left(referral)
        try:
            out(pdf)
        except DeskError as fault:
            self._page.show_letter()
            self._page.letter.jammed(str(fault))
            return
        self._page.to_its_page()
