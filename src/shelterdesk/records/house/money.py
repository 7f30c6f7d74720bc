"""Her money that the house keeps, in lines, and the cash of the house as it was counted.

What is kept for her, and what must be in the box, are sums of these lines: nobody types them.
Currencies are never added up.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from shelterdesk.core.fields import Kind, Money
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area
from shelterdesk.records.base import Happening, Record, field, open_questions

DEPOSIT: Final = "deposit"
WITHDRAWAL: Final = "withdrawal"
EXCHANGE: Final = "exchange"


class MoneyLine(Record):
    """One amount that was put in or taken out; what goes out is less than nothing."""

    __tablename__ = "money_line"
    __table_args__ = (Index("ix_money_line_at", "at"),)
    title = N_("Her money")
    area = Area.KEPT
    own_path = True
    written_by_trades = (Area.LEGAL,)
    happenings = (Happening("at", N_("Her money"), ("event", "amount")),)
    columns = ("at", "event", "amount", "for_what", "receipt")

    case_id: Mapped[str] = field(Kind.LINK, N_("Whose it is"), required=True, links_to="case")
    event: Mapped[str] = field(
        Kind.CHOICE, N_("What is done with it"), required=True, codes="money_event"
    )
    amount: Mapped[Money] = field(Kind.MONEY, N_("Amount"), required=True)
    at: Mapped[datetime] = field(Kind.MOMENT, N_("When"), required=True, past=True)
    for_what: Mapped[str | None] = field(Kind.TEXT, N_("For what"))
    given_by: Mapped[str | None] = field(Kind.TEXT, N_("Who gives"))
    taken_by: Mapped[str] = field(Kind.TEXT, N_("Who takes"), required=True)
    witness_id: Mapped[str | None] = field(
        Kind.LINK, N_("Who else is there"), links_to="staff_member"
    )
    she_signed: Mapped[str | None] = field(Kind.YES_NO, N_("She signs the receipt"))
    receipt: Mapped[str] = field(Kind.TEXT, N_("Receipt"), required=True)
    corrects_id: Mapped[str | None] = field(
        Kind.LINK, N_("Entry that this one corrects"), links_to="money_line"
    )
    why_corrected: Mapped[str | None] = field(Kind.TEXT, N_("Why it is corrected"))
    unanswered: Mapped[dict[str, str] | None] = open_questions()


class CashCount(Record):
    """What was in the cash box of one currency when two people counted it."""

    __tablename__ = "cash_count"
    __table_args__ = (Index("ix_cash_count_at", "at"),)
    title = N_("Cash counted")
    area = Area.KEPT
    own_path = True
    columns = ("at", "counted", "expected", "receipt")
    about_columns = ("id",)

    at: Mapped[datetime] = field(Kind.MOMENT, N_("When"), required=True, past=True)
    counted: Mapped[Money] = field(Kind.MONEY, N_("Counted"), required=True)
    expected: Mapped[Money] = field(Kind.MONEY, N_("By the lines"), required=True)
    witness_id: Mapped[str] = field(
        Kind.LINK, N_("Who else is there"), required=True, links_to="staff_member"
    )
    receipt: Mapped[str] = field(Kind.TEXT, N_("Receipt"), required=True)

    @property
    def is_short(self) -> bool:
        """Whether something else was counted than the lines say."""
        return self.counted.amount != self.expected.amount
