"""Her money: put in, taken out, changed into another currency; each line before two people.

A deposit that nobody else saw is taken, and is to be counted again by whoever comes next.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import here
from shelterdesk.core.errors import ChangedElsewhere, InvalidFields
from shelterdesk.core.fields import Money
from shelterdesk.core.house_settings import DECLARED
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area, Right
from shelterdesk.records.case.case import Case
from shelterdesk.records.house.money import DEPOSIT, EXCHANGE, WITHDRAWAL, MoneyLine
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.access.kept_things import in_hundredths, money_kept
from shelterdesk.services.house.corrections import demand_why
from shelterdesk.services.house.leave_stops import demand_past
from shelterdesk.services.kept import stops
from shelterdesk.services.kept.second_name import (
    demand_another,
    demand_second,
    doubted,
    new_receipt,
)
from shelterdesk.services.records import Records
from shelterdesk.store.vault.vault import Vault

MORNING: Final = 6
_AMOUNT: Final = N_("Please write an amount, such as 150,000.")
_TWO_CURRENCIES: Final = N_("An exchange has two currencies.")
_OF_ROW: Final = ("for_what", "given_by", "taken_by", "witness_id", "she_signed")


@dataclass(frozen=True, slots=True)
class HerMoney:
    """What is kept for one of each currency, and the lines that make it, the newest first."""

    kept: tuple[Money, ...]
    lines: tuple[MoneyLine, ...]
    to_count: frozenset[str]
    """The receipts that wait to be counted again."""

    def __repr__(self) -> str:
        return "<HerMoney>"


class Purse(Service):
    """Keeps her money."""

    def __init__(self, vault: Vault, seat: Seat, records: Records) -> None:
        super().__init__(vault, seat)
        self._records = records

    @rule(Area.KEPT)
    def of(self, case_id: str) -> HerMoney:
        """Return what is kept for one, and all lines of it."""
        hers = MoneyLine.case_id == case_id
        newest = (MoneyLine.at.desc(), MoneyLine.created_at.desc(), MoneyLine.id)
        with self._vault.database.reading() as session:
            self.seat.demand(Area.KEPT, Right.READ, session.get(Case, case_id))
            found = session.scalars(select(MoneyLine).where(hers).order_by(*newest)).all()
            kept = money_kept(session, hers).get(case_id, {})
            waits = session.scalars(select(MoneyLine.receipt).where(hers, doubted(MoneyLine)))
            return HerMoney(
                kept=tuple(kept[currency] for currency in sorted(kept)),
                lines=tuple(self._records.seen(session, found)),
                to_count=frozenset(waits),
            )

    @rule(Area.KEPT)
    def put(self, case_id: str, event: str, amount: Money, said: Mapping[str, Any]) -> MoneyLine:
        """Put an amount in, or take it out, now or at a moment that is named.

        Raises InvalidFields, OnlySoMuch, NobodyElse, WaitsForDay, SheHasDied.
        """
        signed = _signed(amount, is_out=event == WITHDRAWAL)
        [kept] = self._write(case_id, event, [signed], said)
        return kept

    @rule(Area.KEPT, Right.WRITE)
    def exchange(
        self, case_id: str, gives: Money, gets: Money, said: Mapping[str, Any]
    ) -> list[MoneyLine]:
        """Change an amount into another currency: two lines, one act, one receipt."""
        if gives.currency == gets.currency:
            raise InvalidFields({"amount": _TWO_CURRENCIES})
        both = [_signed(gives, is_out=True), _signed(gets, is_out=False)]
        return self._write(case_id, EXCHANGE, both, said)

    @rule(Area.KEPT, Right.WRITE)
    def undo(self, line_id: str, why: str, said: Mapping[str, Any]) -> list[MoneyLine]:
        """Undo a line by its opposite; both stay, and both lines of an exchange are undone.

        Raises WhyCorrected, OnlySoMuch, NobodyElse, ChangedElsewhere.
        """
        demand_why(why)
        with self._vault.database.writing() as session:
            row = session.get(MoneyLine, line_id)
            if row is None or row.corrects_id is not None:
                raise ChangedElsewhere
            act = select(MoneyLine).where(MoneyLine.receipt == row.receipt)
            rows = session.scalars(act.order_by(MoneyLine.id)).all()
            undone = select(MoneyLine.id).where(MoneyLine.corrects_id.in_([r.id for r in rows]))
            if session.scalar(undone.limit(1)) is not None:
                raise ChangedElsewhere
            stops.demand_writer(self.seat, session.get_one(Case, row.case_id), is_by_law=False)
            demand_second(said)
            demand_another(self.seat, session, said, (row.given_by or "", row.taken_by))
            beside = {name: said.get(name) for name in ("witness_id", "she_signed")}
            beside |= {"receipt": new_receipt(session), "at": self._vault.clock()}
            made = [
                self._records.keep_weighed(session, _opposite(one, why, beside)) for one in rows
            ]
            session.flush()
            self._demand_enough(session, row.case_id, [one.amount for one in made])
        self._records.tell(*made)
        return made

    # -- inside -----------------------------------------------------------------------------

    def _write(
        self, case_id: str, event: str, amounts: Sequence[Money], said: Mapping[str, Any]
    ) -> list[MoneyLine]:
        with self._vault.database.writing() as session:
            case = session.get(Case, case_id)
            if case is None:
                raise ChangedElsewhere
            stops.demand_writer(self.seat, case, is_by_law=event == DEPOSIT)
            if event == WITHDRAWAL:
                stops.demand_heir(self.seat, session, case, said)
            known = self._values(session, case, event, said)
            self._demand_enough(session, case_id, amounts, ahead=True)
            made = [
                self._records.keep_weighed(
                    session, MoneyLine(case_id=case_id, amount=amount, **known)
                )
                for amount in amounts
            ]
            session.flush()
        self._records.tell(*made)
        return made

    @staticmethod
    def _demand_enough(
        session: Session, case_id: str, amounts: Sequence[Money], *, ahead: bool = False
    ) -> None:
        """Raise OnlySoMuch where more goes out than is kept; `ahead` before the lines are there."""
        kept = money_kept(session, MoneyLine.case_id == case_id).get(case_id, {})
        for one in amounts:
            held = kept[one.currency].amount if one.currency in kept else Decimal(0)
            if one.amount < 0 and held + (one.amount if ahead else 0) < 0:
                before = held if ahead else held - one.amount
                raise stops.OnlySoMuch(x=_plainly(before), cur=one.currency)

    def _values(
        self, session: Session, case: Case, event: str, said: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Return what a line says besides the amount; who is not named is she and who writes."""
        now = self._vault.clock()
        me, her = self._vault.me.name, case.shown
        goes_out = event != DEPOSIT
        usual = {"given_by": me if goes_out else her, "taken_by": her if goes_out else me}
        given = {name: said.get(name) for name in _OF_ROW if said.get(name)}
        known: dict[str, Any] = {"event": event, "at": said.get("at") or now, **usual, **given}
        demand_past("at", known["at"], now)
        stops.demand_two_names(known)
        demand_another(self.seat, session, known, (known["given_by"], known["taken_by"]))
        if goes_out:
            if not known.get("witness_id") and self._is_night(now):
                raise stops.WaitsForDay
            demand_second(known)
        return {**known, "receipt": new_receipt(session)}

    def _is_night(self, now: datetime) -> bool:
        """Tell whether it is after the roll and before the morning."""
        begins = self.seat.settled.number(DECLARED["roll_hour"])
        return here(now).hour >= begins or here(now).hour < MORNING


def _signed(amount: Money, *, is_out: bool) -> Money:
    """Return an amount as it stands in a line; InvalidFields for nothing, or no such coin."""
    if amount.amount <= 0 or amount.problem():
        why = amount.problem() or _AMOUNT
        raise InvalidFields({"amount": why})
    whole = in_hundredths(amount)
    return Money(whole.currency, -whole.amount) if is_out else whole


def _opposite(row: MoneyLine, why: str, beside: Mapping[str, Any]) -> MoneyLine:
    return MoneyLine(
        case_id=row.case_id,
        event=row.event,
        amount=Money(row.amount.currency, -row.amount.amount),
        for_what=row.for_what,
        given_by=row.taken_by,
        taken_by=row.given_by or row.taken_by,
        corrects_id=row.id,
        why_corrected=why,
        **beside,
    )


def _plainly(amount: Decimal) -> str:
    whole = amount == amount.to_integral_value()
    return f"{amount:,.0f}" if whole else f"{amount:,.2f}"
