"""The cash box: what must be in it by the lines, when it was counted, what did not agree."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout

from shelterdesk.core.fields import CURRENCIES
from shelterdesk.core.i18n import _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.core.shown import money
from shelterdesk.gui.parts.card import Card, emptied
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.moments import moment_text
from shelterdesk.gui.parts.plain import press_by, show_if
from shelterdesk.gui.parts.rows import small
from shelterdesk.gui.parts.style.measures import TIGHT
from shelterdesk.records.house.money import CashCount
from shelterdesk.services.desk import Desk
from shelterdesk.services.kept.cash import difference


class CashCard(Card):
    """One line for each currency; below them Count, and what is told where it does not agree."""

    def __init__(self, desk: Desk, count: Callable[[], object], told: Callable[[], object]) -> None:
        super().__init__(_("Cash box"), "cash-box")
        self._desk = desk
        self._lines = QVBoxLayout()
        self._lines.setSpacing(TIGHT)
        self.inside.addLayout(self._lines)
        self.count = small(_("Count the cash … (C)"), "count-cash")
        self.count.clicked.connect(count)
        self.tell = small(_("Tell it as an incident (Ctrl+I)"), "tell-cash")
        press_by(self.tell, "Ctrl+I", within=self.window())
        self.tell.clicked.connect(told)
        for pressed in (self.count, self.tell):
            self.inside.addWidget(pressed)
        show_if(self.count, desk.may(Area.KEPT, Right.WRITE))
        self.wrong: CashCount | None = None

    def refresh(self) -> None:
        """Read what must be there, and what was counted last."""
        lines, desk = emptied(self._lines), self._desk
        expected = {one.currency: one for one in desk.cash_box.expected()}
        last = desk.cash_box.last_counts()
        self.wrong = next((one for one in last.values() if one.is_short), None)
        for currency in CURRENCIES:
            there, counted = expected.get(currency), last.get(currency)
            if there is None and counted is None:
                continue
            amount = money(there) if there is not None else f"0 {currency}"
            lines.addWidget(label_as(_("By the lines: {what}").format(what=amount), "strong"))
            lines.addWidget(label_as(_counted(counted), "quiet", wraps=True))
        if not lines.count():
            lines.addWidget(label_as(_("No money is kept."), "quiet", wraps=True))
        show_if(self.tell, self.wrong is not None and desk.may(Area.INCIDENT, Right.WRITE))


def _counted(one: CashCount | None) -> str:
    if one is None:
        return _("Not counted yet.")
    if one.is_short:
        return f"{moment_text(one.at)}: {difference(one)}"
    return _("Counted {when}: it agrees.").format(when=moment_text(one.at))
