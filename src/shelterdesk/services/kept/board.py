"""What the house keeps, over all who live here: things, money, what waits for a second person."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import literal, or_, select, union_all
from sqlalchemy.orm import Session

from shelterdesk.core.fields import Money
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area, Right
from shelterdesk.core.shown import money
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.house.belonging import KeptWish
from shelterdesk.records.house.money import CashCount, MoneyLine
from shelterdesk.records.house.witness import WitnessAnswer
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.services.access.cases_read import OF_CASE, named, rows_seen
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.access.kept_things import DIED, money_kept, things_kept
from shelterdesk.services.access.open_stays import OPEN
from shelterdesk.services.day_lines import KEPT, DayLine
from shelterdesk.services.kept.cash import apart
from shelterdesk.services.kept.second_name import KINDS, NOT_THERE, acts_of, doubted
from shelterdesk.services.logbook.handover import ShiftLine
from shelterdesk.services.records import Records
from shelterdesk.store.vault.vault import Vault

_COUNT: Final = N_("To be counted again: {amount}")
_NOT_THERE: Final = N_("{name} says she was not there: {what}")
_HEIR: Final = N_("Things or money of hers wait for her heir.")
_HANDED_OVER: Final = N_("Belongings and money")


@dataclass(frozen=True, slots=True)
class HeldLine:
    """What is kept of one: how many things, how much money, how many receipts are to be counted."""

    case_id: str
    who: str
    is_here: bool
    things: int
    kept: tuple[Money, ...]
    to_count: int

    def __repr__(self) -> str:
        return "<HeldLine>"


class KeptBoard(Service):
    """Gathers what is kept, and tells the day and the next shift of it."""

    def __init__(self, vault: Vault, seat: Seat, records: Records) -> None:
        super().__init__(vault, seat)
        self._records = records

    @rule(Area.KEPT)
    def lines(self) -> list[HeldLine]:
        """Return everybody who lives here, then whoever has left something; her own ones only."""
        with self._vault.database.reading() as session:
            things, kept = things_kept(session), money_kept(session)
            wanted = select(*OF_CASE, _IS_HERE.label("is_here")).where(
                or_(_IS_HERE, Case.id.in_({*things, *kept}))
            )
            rows = rows_seen(session, self.seat, Area.KEPT, wanted.order_by(Case.code))
            waits: dict[str, set[str]] = {}
            asked = select(MoneyLine.case_id, MoneyLine.receipt).where(doubted(MoneyLine))
            for case_id, receipt in session.execute(asked):
                waits.setdefault(case_id, set()).add(receipt)
        found = [_line(row, things, kept, waits) for row in rows]
        return sorted(found, key=lambda one: (not one.is_here, one.who))

    @rule(Area.KEPT)
    def may_write(self, case_id: str) -> bool:
        """Tell whether what is kept of one is hers to write."""
        with self._vault.database.reading() as session:
            case = session.get(Case, case_id)
            return case is not None and self.seat.may(Area.KEPT, Right.WRITE, case)

    @rule(Area.KEPT)
    def day_lines(self, _today: date) -> list[DayLine]:
        """Return for My day what is to be counted again, and for a director what is doubted."""
        with self._vault.database.reading() as session:
            told = [*self._to_count(session)]
            if self.seat.is_director:
                told += [*self._not_there(session), *_for_heirs(session)]
        return told

    def _to_count(self, session: Session) -> Iterator[DayLine]:
        """Yield what waits; not for who wrote it: somebody else counts."""
        if not self.seat.may(Area.KEPT, Right.WRITE):
            return
        wanted = select(*OF_CASE, MoneyLine.amount).join(Case, Case.id == MoneyLine.case_id)
        hers = MoneyLine.created_by != self.seat.holder_id
        wanted = wanted.where(doubted(MoneyLine), hers).order_by(MoneyLine.at)
        for row in rows_seen(session, self.seat, Area.KEPT, wanted):
            facts = {"amount": money(row.amount)}
            yield DayLine(
                words=_COUNT, facts=facts, who=named(row), page=KEPT, record_id=row.case_id
            )

    def _not_there(self, session: Session) -> Iterator[DayLine]:
        """Yield the acts whose second name says that she was not there, and nobody else was."""
        said = (
            select(WitnessAnswer.receipt, StaffMember.name)
            .join(StaffMember, StaffMember.id == WitnessAnswer.by_id)
            .where(WitnessAnswer.answer == NOT_THERE)
        )
        names = {row.receipt: row.name for row in session.execute(said)}
        rows: list[Any] = []
        for kind in KINDS if names else ():
            rows += session.scalars(select(kind).where(kind.receipt.in_(names), doubted(kind)))
        for act in acts_of(session, self._vault, rows):
            facts = {"name": names[act.receipt], "what": act.words}
            yield DayLine(words=_NOT_THERE, facts=facts, who=act.who, page=KEPT, is_danger=True)

    @rule(Area.KEPT)
    def shift_lines(self, since: datetime, until: datetime) -> list[ShiftLine]:
        """Return what the next shift is told: what it counts again, where the cash does not agree.

        Amounts and codes; whoever sees some cases only is told of these.
        """
        waits = (
            select(*_told_of(MoneyLine, MoneyLine.amount, MoneyLine.amount), *OF_CASE)
            .join(Case, Case.id == MoneyLine.case_id)
            .where(doubted(MoneyLine), MoneyLine.created_at <= until)
        )
        nobody = (literal(None, one.type).label(one.name) for one in waits.selected_columns[4:])
        counted = select(*_told_of(CashCount, CashCount.counted, CashCount.expected), *nobody)
        counted = counted.where(CashCount.created_at > since, CashCount.created_at <= until)
        with self._vault.database.reading() as session:
            rows = session.execute(union_all(waits, counted)).all()
        may_read, sees_all = self.seat.judge(Area.KEPT), self.seat.reaches_all(Area.KEPT)
        told = [_to_be_counted(row) for row in rows if row.case_id and may_read(row)]
        wrong = (row for row in rows if not row.case_id and row.amount != row.expected)
        return told + [_differs(row) for row in wrong if sees_all]


def _told_of(kind: type[MoneyLine] | type[CashCount], amount: Any, expected: Any) -> Iterator[Any]:
    """Yield what is asked for the next shift of a line, or of a count, in the same columns."""
    yield from (kind.id.label("id"), kind.at.label("at"))
    yield from (amount.label("amount"), expected.label("expected"))


_IS_HERE: Final = select(Stay.id).where(Stay.case_id == Case.id, OPEN).correlate(Case).exists()


def _line(
    row: Any,
    things: Mapping[str, Iterable[tuple[str, int]]],
    kept: Mapping[str, Mapping[str, Money]],
    waits: Mapping[str, Iterable[str]],
) -> HeldLine:
    hers = kept.get(row.case_id, {})
    return HeldLine(
        case_id=row.case_id,
        who=named(row),
        is_here=bool(row.is_here),
        things=sum(count for _id, count in things.get(row.case_id, ())),
        kept=tuple(hers[currency] for currency in sorted(hers)),
        to_count=len(set(waits.get(row.case_id, ()))),
    )


def _for_heirs(session: Session) -> Iterator[DayLine]:
    """Yield who has died, and something of hers is still kept."""
    died = select(Stay.id).where(Stay.case_id == Case.id, Stay.exit_type == DIED)
    wished = select(KeptWish.id).where(KeptWish.case_id == Case.id)
    wanted = select(*OF_CASE).where(died.exists(), ~wished.exists()).order_by(Case.code)
    rows = session.execute(wanted).all()
    left = {*things_kept(session), *money_kept(session)} if rows else set()
    for row in (one for one in rows if one.case_id in left):
        yield DayLine(words=_HEIR, who=named(row), page=KEPT, record_id=row.case_id)


def _to_be_counted(row: Any) -> ShiftLine:
    return ShiftLine(
        part=_HANDED_OVER,
        at=row.at,
        words=_COUNT,
        facts={"amount": money(row.amount)},
        who=named(row),
        is_open=True,
        record_id=row.id,
    )


def _differs(row: Any) -> ShiftLine:
    words, facts = apart(row.amount, row.expected)
    return ShiftLine(
        part=_HANDED_OVER,
        at=row.at,
        words=words,
        facts=facts,
        must_read=True,
        record_id=row.id,
    )
