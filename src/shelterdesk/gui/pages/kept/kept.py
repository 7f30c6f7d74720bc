"""Belongings and money: B takes things in, K puts money in; every act has a second name."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelterdesk.core.errors import DeskError
from shelterdesk.core.fields import CURRENCIES
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.gui.forms.list_page import table_card, title_line
from shelterdesk.gui.loosely import loosely
from shelterdesk.gui.pages.house.asking import Asking
from shelterdesk.gui.pages.house.bed_forms import ShortEditor
from shelterdesk.gui.pages.house.ways import Halves, house_acts, house_foot, house_page
from shelterdesk.gui.pages.incident.incidents import CASH
from shelterdesk.gui.pages.kept import her_card as of_her
from shelterdesk.gui.pages.kept import kept_forms as forms
from shelterdesk.gui.pages.kept.cash_card import CashCard
from shelterdesk.gui.pages.kept.her_card import HerCard
from shelterdesk.gui.pages.kept.kept_tables import BoardTable
from shelterdesk.gui.paper.print_preview import OnPaper, print_button, show_before_print
from shelterdesk.gui.parts.elided import Elided
from shelterdesk.gui.parts.plain import named, press_by, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.records.house.belonging import EVIDENCE, Custody
from shelterdesk.records.house.money import DEPOSIT, WITHDRAWAL, MoneyLine
from shelterdesk.services.day_lines import INCIDENT, KEPT
from shelterdesk.services.desk import Desk
from shelterdesk.services.kept.things import KeptThing

if TYPE_CHECKING:
    from shelterdesk.services.kept.board import HeldLine
    from shelterdesk.services.kept.money import HerMoney

_IN, _PUT, _TAKE, _CHANGE, _COUNT, _ALL, _WISH = "B", "K", "W", "E", "C", "A", "S"
_ON_ONE: Final = frozenset({_IN, _PUT, _TAKE, _CHANGE, _ALL, _WISH})
_HEADINGS: Final = {
    _IN: N_("Things come in: {who}"),
    _PUT: N_("Money is put in: {who}"),
    _TAKE: N_("Money is taken out: {who}"),
    _CHANGE: N_("Money is changed: {who}"),
    _COUNT: N_("What is in the cash box?"),
    _ALL: N_("She gets everything back: {who}"),
    _WISH: N_("What becomes of her things and money: {who}"),
    of_her.GIVE: N_("Give or take: {thing}"),
    of_her.DESCRIBE: N_("By what it is known: {thing}"),
    of_her.UNDO_THING: N_("Undo the last entry: {thing}"),
    of_her.UNDO_LINE: N_("Undo a line of her money: {who}"),
}
_ACTS: Final = (
    (_IN, N_("Things come in … (B)"), "things-in"),
    (_ALL, N_("All back … (A)"), "all-back"),
    (_PUT, N_("Money in … (K)"), "money-in"),
    (_TAKE, N_("Money out … (W)"), "money-out"),
    (_CHANGE, N_("Exchange … (E)"), "exchange"),
    (_WISH, N_("What becomes of it … (S)"), "wish"),
)


class KeptPage(QWidget):
    """The list with the cash box beside it; below, what is asked, then what is kept for one."""

    go = Signal(str, str)
    page_name = KEPT

    def __init__(self, desk: Desk, about: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._lines: dict[str, HeldLine] = {}
        self._things: dict[str, KeptThing] = {}
        self._money: HerMoney | None = None
        self._sees_all = desk.seat.reaches_all(Area.KEPT)
        around = house_page(self, self.page_name, self._head(), self.go, desk)
        self.list = BoardTable()
        self.list.struck.connect(self._struck)
        self.list.chosen_another.connect(self._show_hers)
        self.cash = CashCard(desk, loosely(self._count), loosely(self._tell_cash))
        around.addWidget(Halves(table_card(self.list), self.cash))
        show_if(self.cash, self._sees_all)
        self.asking = Asking(_HEADINGS, loosely(self._editor))
        self.asking.done.connect(self._done)
        self.asking.left.connect(self.list.setFocus)
        around.addWidget(self.asking)
        self.hers = HerCard(loosely(self._struck))
        for table in (self.hers.things, self.hers.money):
            table.chosen_another.connect(self._offer)
        around.addWidget(self.hers)
        around.addStretch(1)
        acts, self.acts = house_acts(
            self._struck, *((key, _(words), name) for key, words, name in _ACTS)
        )
        self.problem = problem_line(room=1)
        house_foot(self, acts, self.problem)
        self.setFocusProxy(self.list)
        self.refresh()
        if about in self._lines:
            self.list.choose(about)

    # -- what it consists of ----------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        line = title_line(_("Belongings and money"))
        self.told = named(Elided("", "quiet"), "kept-told")
        line.addWidget(self.told, 1)
        self.print = print_button("print-kept", self._print)
        press_by(self.print, "Ctrl+P")
        line.addWidget(self.print)
        return line

    # -- what is seen -----------------------------------------------------------------------

    def refresh(self) -> None:
        """Read what is kept; what is being asked stays open."""
        self._lines = {one.case_id: one for one in self._desk.kept_board.lines()}
        self.list.show_lines(self._lines.values())
        waits = sum(one.to_count for one in self._lines.values())
        self.told.setText(_("to be counted again: {count}").format(count=waits) if waits else "")
        if self._sees_all:
            self.cash.refresh()
        self._show_hers()

    def _show_hers(self, _chosen: str = "") -> None:
        line = self._lines.get(self.list.chosen())
        show_if(self.hers, line is not None)
        if line is None:
            self._things, self._money = {}, None
        else:
            things, self._money = self.hers.show_hers(self._desk, line.case_id, line.who)
            self._things = {one.belonging.id: one for one in things}
        self._offer()

    def _offer(self, _chosen: str = "") -> None:
        """Offer what may be done with whom and what is chosen."""
        line = self._lines.get(self.list.chosen())
        writes = line is not None and self._desk.kept_board.may_write(line.case_id)
        by_law = line is not None and self._desk.may(Area.LEGAL, Right.WRITE)
        kept = any(one.kept for one in self._things.values())
        offered: dict[str, bool] = {
            _IN: writes,
            _ALL: writes and kept,
            _PUT: writes or by_law,
            _TAKE: writes,
            _CHANGE: writes,
            _WISH: writes and self._desk.seat.is_director,
        }
        for key, pressed in self.acts.items():
            show_if(pressed, offered[key])
        self.hers.offer(writes=writes, gives=writes or by_law, waits=self._waits())

    def _waits(self) -> bool:
        row = self._line()
        return row is not None and self._money is not None and row.receipt in self._money.to_count

    def _line(self) -> MoneyLine | None:
        chosen, lines = self.hers.money.chosen(), self._money.lines if self._money else ()
        return next((one for one in lines if one.id == chosen), None)

    def _thing(self) -> KeptThing | None:
        return self._things.get(self.hers.things.chosen())

    # -- what is done -----------------------------------------------------------------------

    def _struck(self, key: str, _checked: bool = False) -> None:
        """Do what a key or a button stands for, where it is offered."""
        tell(self.problem, "")
        if key == _COUNT:
            self._count()
        elif key in _ON_ONE:
            if not self.acts[key].isHidden():
                self._ask(key, self.list.chosen())
        elif self.hers.offers(key):
            self._act_on_hers(key)

    def _act_on_hers(self, key: str) -> None:
        line, thing = self._line(), self._thing()
        if key in (of_her.PRINT_THING, of_her.PRINT_LINE):
            self._print_receipt(key)
        elif key == of_her.AGAIN and line is not None:
            self._do(partial(self._desk.second_names.counted_again, line.receipt))
        elif key == of_her.UNDO_LINE and line is not None:
            self._ask(key, line.id)
        elif thing is not None and key != of_her.AGAIN:
            self._ask(key, thing.belonging.id)

    def _do(self, act: Callable[[], object]) -> None:
        try:
            act()
        except DeskError as fault:
            tell(self.problem, str(fault))
            return
        self.refresh()

    def _count(self) -> None:
        if self._sees_all and self._desk.may(Area.KEPT, Right.WRITE):
            self._ask(_COUNT, "")

    def _tell_cash(self) -> None:
        """Open an incident, filled in with what does not agree."""
        if self.cash.wrong is not None:
            self.go.emit(INCIDENT, f"{CASH}{self.cash.wrong.id}")

    # -- what is asked ----------------------------------------------------------------------

    def _ask(self, what: str, about: str) -> None:
        line = self._lines.get(self.list.chosen())
        thing = self._things.get(about)
        facts = {"who": line.who if line else "", "thing": thing.belonging.what if thing else ""}
        self.asking.ask(what, about, **facts)

    def _editor(self, what: str, about: str) -> ShortEditor:
        desk = self._desk
        who = self._lines[about].who if about in self._lines else ""
        made: dict[str, Callable[[], ShortEditor]] = {
            _IN: lambda: forms.take_in_editor(desk, about, who),
            _PUT: lambda: forms.money_editor(desk, about, DEPOSIT, who),
            _TAKE: lambda: forms.money_editor(desk, about, WITHDRAWAL, who),
            _CHANGE: lambda: forms.exchange_editor(desk, about),
            _COUNT: lambda: forms.count_editor(desk, _currency(desk)),
            _ALL: lambda: forms.all_back_editor(desk, self._all_kept()),
            _WISH: lambda: forms.wish_editor(desk, about),
            of_her.GIVE: lambda: self._giving(self._things[about]),
            of_her.DESCRIBE: lambda: forms.describe_editor(desk, self._things[about]),
            of_her.UNDO_THING: lambda: self._undoing_thing(self._things[about]),
            of_her.UNDO_LINE: lambda: self._undoing_line(about),
        }
        return made[what]()

    def _all_kept(self) -> dict[str, int]:
        return {id_: one.kept for id_, one in self._things.items() if one.kept}

    def _giving(self, thing: KeptThing) -> ShortEditor:
        writes = self._desk.kept_board.may_write(thing.belonging.case_id)
        return forms.out_editor(self._desk, thing, only=() if writes else (EVIDENCE,))

    def _undoing_thing(self, thing: KeptThing) -> ShortEditor:
        undone = {row.corrects_id for row in thing.rows}
        rows = [row for row in thing.rows if not row.corrects_id and row.id not in undone]
        last = rows[-1].id if rows else ""
        undo = self._desk.things.undo
        return forms.undo_editor(self._desk, Custody, partial(undo, last))

    def _undoing_line(self, line_id: str) -> ShortEditor:
        undo = self._desk.purse.undo
        return forms.undo_editor(self._desk, MoneyLine, partial(undo, line_id))

    def _done(self, _what: str, _about: str) -> None:
        self.refresh()

    # -- on paper ---------------------------------------------------------------------------

    def _print(self) -> None:
        draws = self._desk.receipts
        show_before_print(
            [
                _paper("kept", _("Belongings and money"), draws.of_house),
                _paper("receipt-blank", _("Blank receipt"), draws.blank),
            ],
            self,
        )

    def _print_receipt(self, key: str) -> None:
        line, thing = self._line(), self._thing()
        rows = thing.rows if thing is not None and key == of_her.PRINT_THING else ()
        number = rows[-1].receipt if rows else (line.receipt if line is not None else "")
        if number:
            draw = partial(self._desk.receipts.receipt, number)
            show_before_print([_paper("receipt", _("Receipt"), draw)], self)

    # -- what was typed ---------------------------------------------------------------------

    def draft(self) -> dict[str, str]:
        """Return what is typed and not saved, and in which form, for whom."""
        found = self.asking.draft()
        return found | ({"of": self.list.chosen()} if found else {})

    def restore(self, values: Mapping[str, str]) -> None:
        """Open the form again in which something was typed, and put it back."""
        what, about = self.asking.asked_before(values)
        if not what or values.get("of", "") not in self._lines:
            return
        self.list.choose(values["of"])
        known = {*self._lines, *self._things, ""}
        known |= {one.id for one in self._money.lines} if self._money else set()
        if about not in known:
            return
        if self.asking.asked != values["asked"]:
            self._ask(what, about)
        self.asking.restore(values)


def _paper(name: str, words: str, draw: Callable[..., bytes]) -> OnPaper:
    return OnPaper(name, words, partial(draw, preview=True), draw)


def _currency(desk: Desk) -> str:
    """Return the currency that was not counted for longest."""
    last, expected = desk.cash_box.last_counts(), desk.cash_box.expected()
    counted = {currency: one.at.timestamp() for currency, one in last.items()}
    due = sorted(expected, key=lambda one: counted.get(one.currency, 0))
    return due[0].currency if due else CURRENCIES[0]
