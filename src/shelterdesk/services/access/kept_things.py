"""What the house keeps for somebody now: the sum of what was given and taken, by thing, currency.

Asked in the database, where it is exact: the service of the lines writes every amount with two
digits after the point, so that without the point it counts hundredths.
"""

from collections import defaultdict
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import ColumnElement, Integer, String, and_, case, cast, func, select, type_coerce
from sqlalchemy.orm import Session

from shelterdesk.core.errors import DeskError
from shelterdesk.core.fields import Money
from shelterdesk.core.i18n import N_
from shelterdesk.core.shown import money
from shelterdesk.records.base import Record
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.house.belonging import RECEIVED, STAYS, Belonging, Custody, KeptWish
from shelterdesk.records.house.money import MoneyLine
from shelterdesk.services.access.open_stays import is_open_stay

DIED: Final = "died"
_HUNDREDTH: Final = Decimal("0.01")

_AMOUNT: Final = type_coerce(MoneyLine.amount, String)
CURRENCY: Final = func.substr(_AMOUNT, 1, 3)
HUNDREDTHS: Final = func.sum(cast(func.replace(func.substr(_AMOUNT, 5), ".", ""), Integer))

KEPT: Final = func.sum(
    case((Custody.event == RECEIVED, 1), (Custody.event.in_(STAYS), 0), else_=-1) * Custody.quantity
)
"""How many of a thing are kept, where its rows are asked together."""


class ThingsLeft(DeskError):
    """A stay was to end while the house keeps something of hers."""

    sentence = N_(
        "The house keeps things or money of hers: {what}. Give them back first (Belongings and "
        "money), or let a director write down there, signed by her, what becomes of them."
    )


def in_hundredths(amount: Money) -> Money:
    """Return an amount as it lies in the lines: with two digits after the point."""
    return Money(amount.currency, amount.amount.quantize(_HUNDREDTH))


def money_kept(session: Session, *which: ColumnElement[bool]) -> dict[str, dict[str, Money]]:
    """Return by case what is kept of each currency, in one statement; nothing of what is none."""
    wanted = select(MoneyLine.case_id, CURRENCY, HUNDREDTHS).where(*which)
    found = defaultdict[str, dict[str, Money]](dict)
    for case_id, currency, sum_ in session.execute(wanted.group_by(MoneyLine.case_id, CURRENCY)):
        if sum_:
            found[case_id][currency] = Money(currency, Decimal(sum_) / 100)
    return dict(found)


def money_of_house(session: Session, *which: ColumnElement[bool]) -> dict[str, Money]:
    """Return what all lines make of each currency."""
    wanted = select(CURRENCY, HUNDREDTHS).where(*which).group_by(CURRENCY)
    return {cur: Money(cur, Decimal(sum_) / 100) for cur, sum_ in session.execute(wanted)}


def things_kept(session: Session, *which: ColumnElement[bool]) -> dict[str, list[tuple[str, int]]]:
    """Return by case the things that are kept, each by its id with how many, in one statement."""
    wanted = (
        select(Custody.case_id, Custody.belonging_id, KEPT.label("kept"))
        .where(*which)
        .group_by(Custody.case_id, Custody.belonging_id)
        .having(KEPT != 0)
    )
    found = defaultdict[str, list[tuple[str, int]]](list)
    for row in session.execute(wanted):
        found[row.case_id].append((row.belonging_id, row.kept))
    return dict(found)


def demand_nothing_left(session: Session, record: Record) -> None:
    """Raise ThingsLeft where a stay has ended and the house still keeps something of hers.

    Unless she has signed with a director, in this stay, what becomes of it. Who has died can sign
    nothing: what was hers waits for her heir, and a director is told.
    """
    if not isinstance(record, Stay) or is_open_stay(record) or record.exit_type == DIED:
        return
    left = _left(session, record.case_id)
    if left and not session.scalar(select(KeptWish.id).where(_signed_in(record)).limit(1)):
        raise ThingsLeft(what=", ".join(left))


def _signed_in(stay: Stay) -> ColumnElement[bool]:
    hers: Any = and_(KeptWish.case_id == stay.case_id, KeptWish.she_signed == "yes")
    return hers if stay.admitted_at is None else and_(hers, KeptWish.at >= stay.admitted_at)


def _left(session: Session, case_id: str) -> list[str]:
    """Return in words what is kept of one."""
    things = dict(things_kept(session, Custody.case_id == case_id).get(case_id, ()))
    named = select(Belonging).where(Belonging.id.in_(things)).order_by(Belonging.created_at)
    told = [f"{things[one.id]} × {one.what}" for one in session.scalars(named)]
    amounts = money_kept(session, MoneyLine.case_id == case_id).get(case_id, {})
    return told + [money(one) for one in amounts.values()]
