"""The cash of the house: what must be in the box by the lines, and what was counted in it.

A difference is told as an incident. It is never made to agree by a line.
"""

from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shelterdesk.core.errors import InvalidFields, NotAllowed
from shelterdesk.core.fields import CURRENCIES, Money
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.core.shown import money
from shelterdesk.records.house.money import CashCount, MoneyLine
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.access.kept_things import in_hundredths, money_of_house
from shelterdesk.services.day_lines import KEPT, DayLine
from shelterdesk.services.house.leave_stops import demand_past
from shelterdesk.services.kept.second_name import demand_another, new_receipt
from shelterdesk.services.records import Records
from shelterdesk.store.vault.vault import Vault

COUNTED_WITHIN: Final = timedelta(days=7)
_WITH_WHOM: Final = N_("Say who counts with you.")
_NO_LESS: Final = N_("Please write an amount, such as 150,000.")
_SHORT: Final = N_("{amount} are missing in the cash box: counted {counted}, by the lines {lines}.")
_OVER: Final = N_("{amount} too much in the cash box: counted {counted}, by the lines {lines}.")
_NOT_COUNTED: Final = N_("The cash box was not counted for a week: {what}")


def apart(counted: Money, expected: Money) -> tuple[str, dict[str, object]]:
    """Return the sentence that tells how a count differs from the lines, and its facts."""
    missing = expected.amount - counted.amount
    amount = money(Money(counted.currency, abs(missing)))
    facts = {"amount": amount, "counted": money(counted), "lines": money(expected)}
    return (_SHORT if missing > 0 else _OVER), dict(facts)


def difference(one: CashCount) -> str:
    """Return in words how a count differs from the lines; "" where it agrees."""
    words, facts = apart(one.counted, one.expected)
    return _(words).format(**facts) if one.is_short else ""


class CashBox(Service):
    """Keeps what was counted in the cash box."""

    def __init__(self, vault: Vault, seat: Seat, records: Records) -> None:
        super().__init__(vault, seat)
        self._records = records

    @rule(Area.KEPT)
    def expected(self) -> list[Money]:
        """Return what must be in the box now, of each currency; NotAllowed for one's own cases."""
        self._demand_all()
        with self._vault.database.reading() as session:
            found = money_of_house(session)
        return [one for one in found.values() if one.amount]

    @rule(Area.KEPT)
    def last_counts(self) -> dict[str, CashCount]:
        """Return the last count of each currency."""
        self._demand_all()
        with self._vault.database.reading() as session:
            return {
                one.counted.currency: one for one in self._records.seen(session, _last(session))
            }

    @rule(Area.KEPT)
    def in_words(self, count_id: str) -> str:
        """Return in words how a count differs from the lines."""
        self._demand_all()
        return difference(self._records.get(CashCount, count_id))

    @rule(Area.KEPT, Right.WRITE)
    def count(self, counted: Money, witness_id: str, at: datetime | None = None) -> CashCount:
        """Write down what was counted, before somebody else; what it must be stands beside it.

        Raises InvalidFields.
        """
        self._demand_all()
        now = self._vault.clock()
        when = at or now
        demand_past("at", when, now)
        why = CashCount.fields()["counted"].problem(counted)
        if why or counted.amount < 0:
            raise InvalidFields({"counted": why or _NO_LESS})
        if not witness_id:
            raise InvalidFields({"witness_id": _WITH_WHOM})
        with self._vault.database.writing() as session:
            demand_another(self.seat, session, {"witness_id": witness_id})
            nothing = in_hundredths(Money(counted.currency, counted.amount * 0))
            row = CashCount(
                at=when,
                counted=in_hundredths(counted),
                expected=money_of_house(session, MoneyLine.at <= when).get(
                    counted.currency, nothing
                ),
                witness_id=witness_id,
                receipt=new_receipt(session),
            )
            kept = self._records.keep_weighed(session, row)
            session.flush()
        self._records.tell(kept)
        return kept

    @rule(Area.KEPT)
    def day_lines(self, _today: date) -> list[DayLine]:
        """Return for a director's My day where the cash does not agree, or was not counted."""
        if not self.seat.is_director:
            return []
        last = self.last_counts()
        wrong = [apart(one.counted, one.expected) for one in last.values() if one.is_short]
        told = [DayLine(words=w, facts=facts, page=KEPT, is_danger=True) for w, facts in wrong]
        since = self._vault.clock() - COUNTED_WITHIN
        old = [
            money(one)
            for one in self.expected()
            if one.currency not in last or last[one.currency].at < since
        ]
        if old:
            told.append(DayLine(words=_NOT_COUNTED, facts={"what": ", ".join(old)}, page=KEPT))
        return told

    def _demand_all(self) -> None:
        """Raise NotAllowed for whoever sees the money of some only: this is the sum of all."""
        if not self.seat.reaches_all(Area.KEPT):
            raise NotAllowed


def _last(session: Session) -> list[CashCount]:
    """Return the last count of each currency, in one statement."""
    currency = func.substr(CashCount.counted, 1, 3)
    place = func.row_number().over(
        partition_by=currency, order_by=(CashCount.at.desc(), CashCount.created_at.desc())
    )
    numbered = select(CashCount.id, place.label("place")).subquery()
    wanted = select(CashCount).join(numbered, numbered.c.id == CashCount.id)
    found = session.scalars(wanted.where(numbered.c.place == 1)).all()
    return sorted(found, key=lambda one: CURRENCIES.index(one.counted.currency))
