"""The nightly roll: the eye's check on what the records say of who is in the house.

It is preset from beds and leave. Until six in the morning it belongs to the night before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import days_after, here, house_day
from shelterdesk.core.errors import ChangedElsewhere, DeskError
from shelterdesk.core.house_settings import ROLL_HOUR
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area, Right
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.house.beds import BedStay
from shelterdesk.records.house.leave import Absence
from shelterdesk.records.house.roll import Roll, RollLine
from shelterdesk.services.access.cases_read import OF_CASE, named
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.access.open_stays import OPEN
from shelterdesk.services.case.residence import Residence, Resident
from shelterdesk.services.day_lines import ROLL, DayLine
from shelterdesk.services.house.census import Census
from shelterdesk.services.records import Records
from shelterdesk.store.vault.vault import Vault

IN_BED, IN_HOUSE, NOT_FOUND = "in_bed", "in_house", "not_found"
UNSAID: Final = ""
"""Of somebody who is not as the records say, and nobody has said yet what happened."""

_MORNING: Final = timedelta(hours=6)
_LOOK_BACK: Final = 7

_NOT_MADE: Final = N_("The roll of tonight is not made yet.")
_UNSEEN: Final = N_("Nights that nobody saw by eye within a week: {count}")
_MISSING: Final = N_("Not found at the roll. Whom to call stands there.")


class RollDisagrees(DeskError):
    """A roll was to be kept in which lines do not agree with the records."""

    sentence = N_("{n} lines do not agree with the records. Say what happened to each.")


@dataclass(frozen=True, slots=True, repr=False)
class RollRow:
    """One who lives here, as the records have her tonight, and where she was seen at the roll."""

    resident: Resident
    seen: str | None
    """Where she was seen at the roll of this night; None before it, and for who is away."""

    @property
    def case_id(self) -> str:
        """Return whose row it is."""
        return self.resident.case_id

    @property
    def is_out(self) -> bool:
        """Tell whether the records say that she is out."""
        return self.resident.out is not None

    @property
    def expected(self) -> str | None:
        """Return where she should be seen: in her bed, in the house, or nowhere."""
        if self.is_out:
            return None
        return IN_BED if self.resident.bed else IN_HOUSE


def night_of(moment: datetime) -> date:
    """Return the night to which a moment belongs: until six in the morning the one before."""
    return house_day(moment - _MORNING)


class NightRoll(Service):
    """Keeps what was seen at night, as soon as every line agrees with the records."""

    def __init__(
        self, vault: Vault, seat: Seat, records: Records, residence: Residence, census: Census
    ) -> None:
        super().__init__(vault, seat)
        self._records, self._residence, self._census = records, residence, census

    @rule(Area.HOUSE)
    def tonight(self) -> date:
        """Return the night of which the roll is made now."""
        return night_of(self._vault.clock())

    @rule(Area.HOUSE)
    def made(self) -> Roll | None:
        """Return the last roll of tonight; None before it is made."""
        with self._vault.database.reading() as session:
            return _last(session, self.tonight())

    @rule(Area.HOUSE)
    def rows(self) -> list[RollRow]:
        """Return everybody who lives here, by bed, with what the records say of her tonight."""
        with self._vault.database.reading() as session:
            seen = _lines(session, self.tonight())
        return [RollRow(one, seen.get(one.case_id)) for one in self._residence.in_house()]

    @rule(Area.HOUSE, Right.WRITE)
    def keep(self, seen: Mapping[str, str], remark: str = "") -> Roll:
        """Keep the roll: by each case where she was seen; who is away is left out.

        UNSAID stands for somebody of whom nobody has said yet what happened. Raises RollDisagrees
        with the number of lines that are not as the records say.
        """
        rows = {row.case_id: row for row in self.rows()}
        wrong = [case_id for case_id, row in rows.items() if _disagrees(row, seen.get(case_id))]
        wrong += [case_id for case_id in seen if case_id not in rows]
        if wrong:
            raise RollDisagrees(n=len(wrong))
        now = self._vault.clock()
        roll = Roll(night=night_of(now), at=now, by_id=self.seat.taken(), remark=remark or None)
        roll.away = sum(row.is_out for row in rows.values())
        with self._vault.database.writing() as session:
            beds = _beds(session)
            lines = [RollLine(case_id=case_id, seen=code) for case_id, code in seen.items()]
            for line in lines:
                line.bed_id = beds.get(line.case_id)
            kept = put_roll(session, self._records, roll, lines)
        self._records.tell(kept)
        return kept

    @rule(Area.HOUSE, Right.WRITE)
    def found(self, case_id: str, where: str = "") -> RollLine:
        """Write down that somebody who was not found at the last roll is there."""
        with self._vault.database.writing() as session:
            line = next((one for one in _not_found(session) if one.case_id == case_id), None)
            if line is None:
                raise ChangedElsewhere
            values = {"seen": IN_HOUSE, "remark": where or None}
            kept = self._records.put_weighed(session, line, values)
            session.flush()
        self._records.tell(kept)
        return kept

    @rule(Area.HOUSE)
    def day_lines(self, today: date) -> list[DayLine]:
        """Return for My day the roll that is not made, who was not found, the nights not seen."""
        lines = self._not_made() + self._told_missing()
        if self.seat.is_director:
            nights = self._census.nights(days_after(today, -_LOOK_BACK), _LOOK_BACK)
            unseen = sum(one.living > 0 and one.roll is None for one in nights)
            if unseen and any(one.roll is not None for one in nights):
                lines.append(DayLine(words=_UNSEEN, facts={"count": unseen}, page=ROLL))
        return lines

    def _not_made(self) -> list[DayLine]:
        """Return the line of a roll whose hour has come, for whoever makes it."""
        now = here(self._vault.clock())
        is_time = now.hour >= self.seat.settled.number(ROLL_HOUR) or now.hour < 6
        if not is_time or not self.seat.may(Area.HOUSE, Right.WRITE) or self.made() is not None:
            return []
        if not self._residence.in_house():
            return []
        return [DayLine(words=_NOT_MADE, page=ROLL, is_danger=now.hour < 6)]

    @rule(Area.HOUSE)
    def missing(self) -> list[tuple[str, str]]:
        """Return whom nobody has found since the last roll: her case, and who she is."""
        with self._vault.database.reading() as session:
            missing = {line.case_id for line in _not_found(session)}
            wanted = select(*OF_CASE).where(Case.id.in_(missing))
            rows = session.execute(wanted).all() if missing else []
        return [(row.case_id, named(row)) for row in rows]

    def _told_missing(self) -> list[DayLine]:
        """Return the red lines of those whom nobody has found since the roll."""
        return [
            DayLine(words=_MISSING, page=ROLL, is_danger=True, who=who)
            for _case_id, who in self.missing()
        ]


def put_roll(session: Session, records: Records, roll: Roll, lines: Sequence[RollLine]) -> Roll:
    """Keep a roll with its lines inside a transaction; how many were seen follows from them."""
    roll.missing = sum(line.seen == NOT_FOUND for line in lines)
    roll.in_house = len(lines) - roll.missing
    kept = records.keep_weighed(session, roll)
    for line in lines:
        line.roll_id = kept.id
        records.keep_weighed(session, line)
    session.flush()
    return kept


def _disagrees(row: RollRow, seen: str | None) -> bool:
    """Tell whether a line is not as the records say: seen though she is out, or unsaid."""
    return seen is not None if row.is_out else seen in (None, UNSAID)


def _last(session: Session, night: date) -> Roll | None:
    wanted = select(Roll).where(Roll.night == night).order_by(Roll.at.desc(), Roll.id).limit(1)
    return session.scalar(wanted)


def _lines(session: Session, night: date) -> dict[str, str]:
    """Return by case where everybody was seen at the last roll of a night."""
    rolls = select(Roll.id).where(Roll.night == night).order_by(Roll.at.desc(), Roll.id)
    last = RollLine.roll_id == rolls.limit(1).scalar_subquery()
    wanted = select(RollLine.case_id, RollLine.seen).where(last)
    return {row.case_id: row.seen for row in session.execute(wanted)}


def _beds(session: Session) -> dict[str, str]:
    wanted = select(BedStay.case_id, BedStay.bed_id).where(BedStay.until.is_(None))
    return {row.case_id: row.bed_id for row in session.execute(wanted)}


def _not_found(session: Session) -> list[RollLine]:
    """Return the lines of the last roll of those who were not found and are not accounted for.

    Whoever was signed out since, or whose stay has ended, is.
    """
    last = select(Roll.id).order_by(Roll.at.desc(), Roll.id).limit(1).scalar_subquery()
    lives_here = select(Stay.id).where(Stay.case_id == RollLine.case_id, OPEN).exists()
    since = select(Absence.id).where(
        Absence.case_id == RollLine.case_id, Absence.created_at >= RollLine.created_at
    )
    wanted = select(RollLine).where(
        RollLine.roll_id == last, RollLine.seen == NOT_FOUND, lives_here, ~since.exists()
    )
    return list(session.scalars(wanted))
