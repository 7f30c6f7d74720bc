"""The second name of an act: who else was there, and that she says so at her own next unlocking.

One small thing for whatever needs two people. Its rows name a `witness_id`, or that `she_signed`,
and carry a receipt; rows of one receipt are one act, with one answer. A second name is never the
writer's.
"""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, union
from sqlalchemy.orm import Session, aliased

from shelterdesk.core.codes import label
from shelterdesk.core.errors import ChangedElsewhere, DeskError, InvalidFields
from shelterdesk.core.i18n import N_, _, screen_language
from shelterdesk.core.names.alike import are_same_words
from shelterdesk.core.permissions import Area, Right, reach
from shelterdesk.core.shown import money
from shelterdesk.records.case.case import Case
from shelterdesk.records.house.belonging import Belonging, Custody
from shelterdesk.records.house.money import CashCount, MoneyLine
from shelterdesk.records.house.witness import WitnessAnswer
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.day_lines import CARRIED, DayLine
from shelterdesk.services.records import Records
from shelterdesk.store.vault.vault import Vault

Witnessed = Custody | MoneyLine | CashCount
KINDS: Final[tuple[type[Witnessed], ...]] = (Custody, MoneyLine, CashCount)
"""What is done before two people."""

CONFIRMED, NOT_THERE = "confirmed", "not_there"

_ANOTHER: Final = N_("The witness must be another person.")
_ACTS: Final = N_("Acts that carry your name: {count}. Say whether you were there.")
_DIGITS: Final = 10**6


class NobodyElse(DeskError):
    """Something was to be given or taken with one name alone."""

    sentence = N_("Say who else is there, or let her sign the receipt.")


@dataclass(frozen=True, slots=True)
class CarriedAct:
    """An act that carries a second name: what it was, when, about whom, and who wrote it."""

    receipt: str
    at: datetime
    who: str
    words: str
    by: str

    def __repr__(self) -> str:
        return "<CarriedAct>"


def demand_another(
    seat: Seat, session: Session, said: Mapping[str, Any], names: Iterable[str] = ()
) -> None:
    """Raise InvalidFields where the witness is whoever writes, or whoever gives or takes."""
    witness_id = said.get("witness_id")
    if not witness_id:
        return
    witness = session.get(StaffMember, witness_id)
    called = witness.shown if witness is not None else ""
    is_one = not called or witness_id == seat.taken()
    if is_one or any(are_same_words(called, name) for name in names if name):
        raise InvalidFields({"witness_id": _ANOTHER})


def demand_second(said: Mapping[str, Any]) -> None:
    """Raise NobodyElse where nobody else was there, and she has not signed."""
    if not said.get("witness_id") and said.get("she_signed") != "yes":
        raise NobodyElse


def new_receipt(session: Session) -> str:
    """Return the number of a receipt that nothing has yet: six digits, and no count to be read."""
    while True:
        drawn = f"K-{secrets.randbelow(_DIGITS):06d}"
        if not any(session.scalar(select(exists().where(k.receipt == drawn))) for k in KINDS):
            return drawn


def answered(kind: type[Witnessed], answer: str) -> ColumnElement[bool]:
    """Return that an act has this answer: of whom it names, or of whoever counted it again."""
    said = aliased(WitnessAnswer)
    return (
        select(said.id)
        .where(said.receipt == kind.receipt, said.answer == answer)
        .correlate(kind)
        .exists()
    )


def doubted(kind: type[Witnessed]) -> ColumnElement[bool]:
    """Return which rows nobody else vouches for: alone, or with one who says she was not there.

    What was undone waits for nobody.
    """
    waits = answered(kind, NOT_THERE)
    if kind is not CashCount:
        hers: Any = kind
        later: Any = aliased(kind)
        undone = select(later.id).where(later.corrects_id == kind.id).correlate(kind).exists()
        alone = and_(kind.witness_id.is_(None), hers.she_signed.is_distinct_from("yes"))
        waits = and_(or_(waits, alone), ~undone)
    return and_(waits, ~answered(kind, CONFIRMED))


def in_words(row: Witnessed, thing: str = "") -> str:
    """Return what was done, in the language of the screen."""
    language = screen_language()
    if isinstance(row, Custody):
        return f"{label('custody_event', row.event, language)}: {row.quantity} × {thing}"
    if isinstance(row, MoneyLine):
        return f"{label('money_event', row.event, language)}: {money(row.amount)}"
    counted = _(CashCount.title)
    return f"{counted}: {money(row.counted)}"


class SecondNames(Service):
    """Tells everybody which acts carry her name, and takes her answer."""

    def __init__(self, vault: Vault, seat: Seat, records: Records) -> None:
        super().__init__(vault, seat)
        self._records = records

    @rule(None)
    def to_choose(self) -> list[tuple[str, str]]:
        """Return who can be named: everybody else who opens these records and works in the house.

        She must be able to say at her own unlocking whether she was there.
        """
        able = {h.id for h in self._vault.keyring.persons() if _confirms(h.roles)}
        wanted = select(StaffMember).where(StaffMember.holder_id.in_(able - {self.seat.holder_id}))
        present = wanted.where(StaffMember.ended_on.is_(None)).order_by(StaffMember.name)
        with self._vault.database.reading() as session:
            return [(one.id, one.shown) for one in session.scalars(present)]

    @rule(None)
    def mine(self) -> list[CarriedAct]:
        """Return the acts that carry her name and that she has not answered, the first one first.

        Whoever was there may read of them, whatever else is closed to her.
        """
        me = self.seat.staff_id
        if me is None:
            return []
        with self._vault.database.reading() as session:
            rows: list[Witnessed] = []
            for kind in KINDS:
                rows += session.scalars(_unanswered(kind, me)).all()
            return acts_of(session, self._vault, rows)

    @rule(None)
    def answer(self, receipt: str, *, was_there: bool) -> WitnessAnswer:
        """Write down what she says of an act that carries her name; ChangedElsewhere of another."""
        me = self.seat.taken()
        with self._vault.database.writing() as session:
            if not any(_carries(session, kind, receipt, me) for kind in KINDS):
                raise ChangedElsewhere
            now = self._vault.clock()
            kept = put_answer(self._records, session, receipt, me, now, was_there=was_there)
            session.flush()
        self._records.tell(kept)
        return kept

    @rule(Area.KEPT, Right.WRITE)
    def counted_again(self, receipt: str) -> WitnessAnswer:
        """Write down that whoever is at the desk has counted it again, and it is right.

        Not whoever wrote it: raises InvalidFields; ChangedElsewhere for what does not wait.
        """
        me = self.seat.taken()
        with self._vault.database.writing() as session:
            rows = list(_waiting(session, receipt))
            if not rows:
                raise ChangedElsewhere
            for row in rows:
                case_id = getattr(row, "case_id", None)
                case = session.get(Case, case_id) if case_id else None
                self.seat.demand(Area.KEPT, Right.WRITE, case)
            if rows[0].created_by == self.seat.holder_id:
                raise InvalidFields({"witness_id": _ANOTHER})
            now = self._vault.clock()
            kept = put_answer(self._records, session, receipt, me, now, was_there=True)
            session.flush()
        self._records.tell(kept)
        return kept

    @rule(None)
    def day_lines(self, _today: date) -> list[DayLine]:
        """Return for My day how many acts carry her name, in one statement."""
        me = self.seat.staff_id
        if me is None:
            return []
        asked = [select(kind.receipt).where(_is_unanswered(kind, me)) for kind in KINDS]
        with self._vault.database.reading() as session:
            count = session.scalar(select(func.count()).select_from(union(*asked).subquery())) or 0
        return [DayLine(words=_ACTS, facts={"count": count}, page=CARRIED)] if count else []


def put_answer(
    records: Records, session: Session, receipt: str, by_id: str, at: datetime, *, was_there: bool
) -> WitnessAnswer:
    """Put an answer into a transaction."""
    said = CONFIRMED if was_there else NOT_THERE
    row = WitnessAnswer(receipt=receipt, by_id=by_id, answer=said, at=at)
    return records.keep_weighed(session, row)


def acts_of(session: Session, vault: Vault, rows: Sequence[Witnessed]) -> list[CarriedAct]:
    """Return rows as acts: those of one receipt are one, in the order in which they were."""
    cases = _named(session, Case, (getattr(one, "case_id", None) for one in rows))
    things = _named(session, Belonging, (getattr(one, "belonging_id", None) for one in rows))
    by_receipt: dict[str, list[Witnessed]] = {}
    for row in sorted(rows, key=lambda one: (one.at, one.created_at or one.at, one.id)):
        by_receipt.setdefault(row.receipt, []).append(row)
    return [_act(vault, acts, cases, things) for acts in by_receipt.values()]


def _act(
    vault: Vault, rows: Sequence[Witnessed], cases: Mapping[str, str], things: Mapping[str, str]
) -> CarriedAct:
    first = rows[0]
    writer = vault.keyring.holder(first.created_by)
    return CarriedAct(
        receipt=first.receipt,
        at=first.at,
        who=cases.get(getattr(first, "case_id", ""), ""),
        words=", ".join(in_words(r, things.get(getattr(r, "belonging_id", ""), "")) for r in rows),
        by=writer.name if writer else "",
    )


def _named(
    session: Session, kind: type[Case] | type[Belonging], ids: Iterable[str | None]
) -> dict[str, str]:
    asked = set(filter(None, ids))
    found: Iterator[Any] = iter(
        session.scalars(select(kind).where(kind.id.in_(asked))) if asked else ()
    )
    return {one.id: one.shown for one in found}


def _confirms(roles: Iterable[Any]) -> bool:
    """Tell whether somebody with these roles writes a second name: she works in the house."""
    held = tuple(roles)
    areas = (WitnessAnswer.area, *WitnessAnswer.written_by_trades)
    return any(reach(held, area, Right.WRITE) for area in areas)


def _is_unanswered(kind: type[Witnessed], me: str) -> ColumnElement[bool]:
    said = select(WitnessAnswer.id).where(WitnessAnswer.by_id == me)
    hers = said.where(WitnessAnswer.receipt == kind.receipt).correlate(kind).exists()
    return and_(kind.witness_id == me, ~hers)


def _unanswered(kind: type[Witnessed], me: str) -> Any:
    return select(kind).where(_is_unanswered(kind, me))


def _carries(session: Session, kind: type[Witnessed], receipt: str, me: str) -> bool:
    return session.scalar(_unanswered(kind, me).where(kind.receipt == receipt)) is not None


def _waiting(session: Session, receipt: str) -> Iterator[Witnessed]:
    """Yield the rows of a receipt that wait for somebody who vouches for them."""
    for kind in KINDS:
        wanted: Any = select(kind).where(kind.receipt == receipt, doubted(kind))
        yield from session.scalars(wanted)
