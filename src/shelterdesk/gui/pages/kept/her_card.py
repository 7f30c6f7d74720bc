"""What is kept for one: her things and the lines of her money, each with what is done with it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from shelterdesk.core.i18n import N_, _
from shelterdesk.core.shown import money
from shelterdesk.gui.pages.house.ways import house_acts
from shelterdesk.gui.pages.kept.kept_tables import MoneyTable, ThingsTable
from shelterdesk.gui.parts.card import Card, heading
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.plain import show_if
from shelterdesk.services.desk import Desk
from shelterdesk.services.kept.money import HerMoney
from shelterdesk.services.kept.things import KeptThing

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton

GIVE, DESCRIBE, UNDO_THING, PRINT_THING = "G", "D", "UT", "PT"
AGAIN, UNDO_LINE, PRINT_LINE = "N", "UM", "PM"
_OF_THINGS: Final = (
    (GIVE, N_("Give or take … (G)"), "give-thing"),
    (DESCRIBE, N_("Describe … (D)"), "describe-thing"),
    (UNDO_THING, N_("Undo the last entry … (U)"), "undo-thing"),
    (PRINT_THING, N_("Receipt (P)"), "print-thing"),
)
_OF_MONEY: Final = (
    (AGAIN, N_("Counted again, it is right (N)"), "counted-again"),
    (UNDO_LINE, N_("Undo … (U)"), "undo-line"),
    (PRINT_LINE, N_("Receipt (P)"), "print-line"),
)
_FULL: Final = {"U": ("UT", "UM"), "P": ("PT", "PM")}


class HerCard(Card):
    """Hidden while nobody is chosen."""

    def __init__(self, struck: Callable[[str], object]) -> None:
        super().__init__("…", "her-kept")
        self.struck = struck
        self.things, self.money = ThingsTable(), MoneyTable()
        self.things.struck.connect(self._of_things)
        self.money.struck.connect(self._of_money)
        self.balance = label_as("", "strong", "balance", wraps=True)
        self.wishes = label_as("", "quiet", "wishes", wraps=True)
        self.inside.addWidget(self.wishes)
        self.inside.addWidget(heading(_("Her things"), 1.0))
        self.inside.addWidget(self.things)
        self.acts: dict[str, QPushButton] = {}
        self._add_acts(_OF_THINGS)
        self.inside.addWidget(heading(_("Her money"), 1.0))
        self.inside.addWidget(self.balance)
        self.inside.addWidget(self.money)
        self._add_acts(_OF_MONEY)
        self.hide()

    def _add_acts(self, acts: tuple[tuple[str, str, str], ...]) -> None:
        row, pressed = house_acts(
            self.struck, *((key, _(words), name) for key, words, name in acts)
        )
        self.acts |= pressed
        self.inside.addWidget(row)

    def _of_things(self, key: str) -> None:
        self.struck(_FULL[key][0] if key in _FULL else key)

    def _of_money(self, key: str) -> None:
        self.struck(_FULL[key][1] if key in _FULL else key)

    def show_hers(self, desk: Desk, case_id: str, who: str) -> tuple[list[KeptThing], HerMoney]:
        """Show what is kept for one, and return it."""
        things, hers = desk.things.of(case_id), desk.purse.of(case_id)
        self.title.setText(who)
        self.things.show_things(things)
        self.money.show_money(hers)
        for table in (self.things, self.money):
            if not table.chosen():
                table.choose_or_first()
        kept = ", ".join(map(money, hers.kept))
        self.balance.setText(_("Kept for her: {what}").format(what=kept or _("nothing")))
        signed = [one.wish for one in desk.wishes.of(case_id)]
        self.wishes.setText(
            _("Signed by her and a director: {wish}").format(wish="; ".join(signed))
        )
        show_if(self.wishes, bool(signed))
        show_if(self, True)
        return things, hers

    def offer(self, *, writes: bool, gives: bool, waits: bool) -> None:
        """Offer what may be done: `gives` also where only evidence is hers to hand over."""
        has_thing, has_line = bool(self.things.chosen()), bool(self.money.chosen())
        offered: dict[str, bool] = {
            GIVE: gives and has_thing,
            DESCRIBE: writes and has_thing,
            UNDO_THING: writes and has_thing,
            PRINT_THING: has_thing,
            AGAIN: writes and waits,
            UNDO_LINE: writes and has_line,
            PRINT_LINE: has_line,
        }
        for key, pressed in self.acts.items():
            show_if(pressed, offered[key])

    def offers(self, key: str) -> bool:
        """Tell whether an act can be done with what is shown."""
        return key not in self.acts or (not self.isHidden() and not self.acts[key].isHidden())
