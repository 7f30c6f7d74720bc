"""Three lists of what is kept: over all who live here, her things, the lines of her money."""

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from shelterdesk.core.fields import CURRENCIES, Money
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.shown import money
from shelterdesk.gui.forms.record_table import RecordTable
from shelterdesk.gui.forms.table_rows import Ordered
from shelterdesk.gui.parts.case_line import coded
from shelterdesk.gui.parts.icons import icon
from shelterdesk.gui.parts.keys import letter
from shelterdesk.gui.parts.moments import moment_text
from shelterdesk.records.house.money import MoneyLine
from shelterdesk.services.kept.board import HeldLine
from shelterdesk.services.kept.money import HerMoney
from shelterdesk.services.kept.second_name import CarriedAct
from shelterdesk.services.kept.things import KeptThing

_SOME: Final = (3, None)
_GONE: Final = N_("has left")


class KeyedTable(RecordTable):
    """A list whose letters are acts, by their place on the keyboard, while it has the focus."""

    struck = Signal(str)

    def __init__(self, heads: Sequence[str], name: str, spoken: str, keys: str, empty: str) -> None:
        super().__init__([_(h) for h in heads], name, spoken, copied=None, lines=_SOME)
        self._keys = keys
        self.set_empty_text(empty)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = letter(event)
        if key and key in self._keys:
            self.struck.emit(key)
        else:
            super().keyPressEvent(event)


class BoardTable(KeyedTable):
    """Everybody for whom something is or may be kept: B, K, W, E, A and S are acts on one."""

    def __init__(self) -> None:
        heads = (N_("Who"), N_("Things kept"), *CURRENCIES, N_("Count again"))
        empty = _("Nobody lives here, and nothing is kept.")
        super().__init__(heads, "kept", _("Belongings and money"), "BKWEACS", empty)

    def show_lines(self, lines: Iterable[HeldLine]) -> None:
        """Show these lines; currencies stand beside each other and are never added up."""
        self.set_rows((one.case_id, _board_cells(one)) for one in lines)
        if not self.chosen():
            self.choose_or_first()


class ThingsTable(KeyedTable):
    """Her things: G gives or takes one, D describes it, U undoes its last entry."""

    def __init__(self) -> None:
        heads = (N_("What it is"), N_("Kept"), N_("Came"), N_("Where it is kept"), N_("Last"))
        super().__init__(heads, "things", _("Her things"), "GDUP", _("No thing of hers is kept."))

    def show_things(self, things: Iterable[KeptThing]) -> None:
        """Show her things; what is kept no more stands below."""
        in_order = sorted(things, key=lambda one: one.kept == 0)
        self.set_rows((one.belonging.id, _thing_cells(one)) for one in in_order)


class MoneyTable(KeyedTable):
    """The lines of her money, the newest first: N counts one again, U undoes it, P prints."""

    def __init__(self) -> None:
        heads = (
            *(N_("When"), N_("What is done with it"), N_("Amount"), N_("For what")),
            *(N_("Receipt"), N_("Second name")),
        )
        super().__init__(heads, "money", _("Her money"), "NUP", _("No money of hers is kept."))

    def show_money(self, hers: HerMoney) -> None:
        """Show all lines, those that were undone and what undoes them too."""
        undone = {one.corrects_id for one in hers.lines}
        self.set_rows(
            (one.id, _money_cells(one, waits=one.receipt in hers.to_count, undone=one.id in undone))
            for one in hers.lines
        )


class CarriedTable(KeyedTable):
    """The acts that carry her name: Y was there, N was not."""

    def __init__(self) -> None:
        heads = (N_("When"), N_("Who"), N_("What was done"), N_("Written by"), N_("Receipt"))
        empty = _("No act carries your name that you have not answered.")
        super().__init__(heads, "carried", _("Acts that carry your name"), "YN", empty)

    def show_acts(self, acts: Iterable[CarriedAct]) -> None:
        """Show these acts, the first one first."""
        self.set_rows((one.receipt, _act_cells(one)) for one in acts)
        if not self.chosen():
            self.choose_or_first()


def _board_cells(one: HeldLine) -> tuple[str, ...]:
    who = one.who if one.is_here else f"{one.who} ({_(_GONE)})"
    kept = {amount.currency: amount for amount in one.kept}
    amounts = (_amount_cell(kept.get(currency)) for currency in CURRENCIES)
    sign = icon("triangle-alert", "problem") if one.to_count else None
    waits = Ordered(str(one.to_count or ""), one.to_count, sign)
    return (who, Ordered(str(one.things or ""), one.things), *amounts, waits)


def _amount_cell(amount: Money | None) -> str:
    if amount is None:
        return Ordered("", 0)
    return Ordered(money(amount).removesuffix(f" {amount.currency}"), float(amount.amount))


def _thing_cells(one: KeptThing) -> tuple[str, ...]:
    thing, last = one.belonging, one.rows[-1] if one.rows else None
    what = ", ".join(filter(None, (thing.what, thing.marks)))
    done = _("Undone") if last is not None and last.corrects_id else ""
    told = done or (coded("custody_event", last.event) if last is not None else "")
    when = f"{told}, {moment_text(last.at)}" if last is not None else ""
    return (
        what,
        Ordered(str(one.kept), one.kept),
        Ordered(str(thing.how_many), thing.how_many),
        thing.where_kept or "",
        when,
    )


def _money_cells(one: MoneyLine, *, waits: bool, undone: bool) -> tuple[str, ...]:
    done = coded("money_event", one.event)
    if one.corrects_id or undone:
        noted = _("undoes a line") if one.corrects_id else _("undone")
        done = f"{done} ({noted})"
    why = one.why_corrected or one.for_what or ""
    sign = icon("triangle-alert", "problem") if waits else None
    second = _("to be counted again") if waits else _("named")
    return (
        Ordered(moment_text(one.at), one.at.timestamp()),
        done,
        Ordered(money(one.amount), float(one.amount.amount)),
        why,
        one.receipt,
        Ordered(second, waits, sign),
    )


def _act_cells(one: CarriedAct) -> tuple[str, ...]:
    return (
        Ordered(moment_text(one.at), one.at.timestamp()),
        one.who,
        one.words,
        one.by,
        one.receipt,
    )
