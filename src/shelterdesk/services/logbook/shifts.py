"""Shifts begin and end; what is handed over is assembled, read line by line, and signed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from shelterdesk.core.calendar.clock import here, house_day, wall_time
from shelterdesk.core.errors import ChangedElsewhere, DeskError
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area, Right
from shelterdesk.records.house.shifts import OnDuty, Shift, ShiftHandover, ShiftHandoverRead
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.day_lines import SHIFT, DayLine
from shelterdesk.services.house.roll import night_of
from shelterdesk.services.logbook.handover import (
    ShiftLine,
    TellsOfShift,
    assembled,
    to_be_read,
)
from shelterdesk.services.logbook.owed import Month, Owed, month
from shelterdesk.services.records import Records
from shelterdesk.store.vault.vault import Vault

MORNING, AFTERNOON, NIGHT = "morning", "afternoon", "night"
_FROM: Final = ((6, MORNING), (14, AFTERNOON), (22, NIGHT))
"""From which hour a shift is which one."""

_SHOWN: Final = 12
_SIGNER: Final = aliased(StaffMember)
_UNREAD: Final = N_("Handovers to read and to sign: {count}")
_NOT_SIGNED: Final = N_("Handovers that were not signed two shifts later: {count}")


class AsYourself(DeskError):
    """Somebody was to sign at the desk of another person."""

    sentence = N_("Sign as yourself: lock, and open with your own passphrase.")


class ReadFirst(DeskError):
    """A handover was to be signed before each line that must be read was read."""

    sentence = N_("Go through the lines that must be read first: {n} are left.")


class HandedOver(DeskError):
    """Two have written what is handed over, and the other one was first."""

    sentence = N_(
        "{who} has ended this shift at {hour}, with the words “{words}”. Yours are still here: "
        "what is missing there belongs into a line of the day log."
    )


class HasBegun(DeskError):
    """A shift was to begin that somebody has begun."""

    sentence = N_("{who} has begun this shift at {hour}. You can join it.")


class NoShift(DeskError):
    """A shift was to end, or to be joined, and none has begun."""

    sentence = N_("No shift has begun. Begin one first.")


@dataclass(frozen=True, slots=True, repr=False)
class OnShift:
    """The shift that has begun and not ended."""

    shift: Shift
    lead: str
    on_duty: tuple[tuple[str, str], ...]
    """Record and name of everybody who is on duty."""


@dataclass(frozen=True, slots=True, repr=False)
class Handover:
    """What was handed over once, or would be now, with who has read it."""

    since: datetime
    until: datetime
    lines: tuple[ShiftLine, ...]
    id: str = ""
    by: str = ""
    words: str = ""
    cash_agrees: str = ""
    shift: str = ""
    """Code of the shift that handed it over."""
    signed: tuple[str, ...] = ()
    """Names of those who have read and signed it."""


@dataclass(frozen=True, slots=True, repr=False)
class Past:
    """One handover in the list: when, of which shift, by whom, who has signed, who has not."""

    id: str
    at: datetime
    shift: str
    by: str
    signed: tuple[str, ...]
    missing: tuple[tuple[str, str], ...]
    """Record and name of those who have begun a shift since and have not signed."""


class Shifts(Service):
    """Begins and ends shifts, and lets those who come read what is handed over."""

    def __init__(
        self, vault: Vault, seat: Seat, records: Records, rooms: Sequence[TellsOfShift]
    ) -> None:
        super().__init__(vault, seat)
        self._records, self._rooms = records, tuple(rooms)

    # -- read -------------------------------------------------------------------------------

    @rule(Area.LOGBOOK)
    def present(self) -> OnShift | None:
        """Return the shift that has begun and not ended."""
        with self._vault.database.reading() as session:
            return _present(session)

    @rule(Area.LOGBOOK)
    def by_the_hour(self) -> str:
        """Return which shift it is by the clock."""
        return _by_hour(self._vault.clock())

    @rule(Area.LOGBOOK)
    def now(self) -> Handover:
        """Return what would be handed over now: everything since the last time."""
        now = self._vault.clock()
        with self._vault.database.reading() as session:
            since = _last_given(session) or _first_begun(session) or now - timedelta(days=1)
        lines = assembled(self.seat, self._rooms, since, now)
        return Handover(since, now, tuple(lines))

    @rule(Area.LOGBOOK)
    def given(self, handover_id: str) -> Handover:
        """Return a handover as it is read; raises ChangedElsewhere where there is none."""
        earlier = aliased(ShiftHandover)
        before = (
            select(func.max(earlier.at))
            .where(earlier.at < ShiftHandover.at)
            .correlate(ShiftHandover)
            .scalar_subquery()
        )
        wanted = (
            select(ShiftHandover, Shift.kind, Shift.began_at, StaffMember.name)
            .add_columns(before.label("before"), _SIGNER.name.label("signed"))
            .join(Shift, Shift.id == ShiftHandover.shift_id)
            .join(StaffMember, StaffMember.id == ShiftHandover.by_id)
            .join(
                ShiftHandoverRead,
                ShiftHandoverRead.handover_id == ShiftHandover.id,
                isouter=True,
            )
            .join(_SIGNER, _SIGNER.id == ShiftHandoverRead.by_id, isouter=True)
            .where(ShiftHandover.id == handover_id)
            .order_by(ShiftHandoverRead.at)
        )
        with self._vault.database.reading() as session:
            rows = session.execute(wanted).all()
        if not rows:
            raise ChangedElsewhere
        row, signed = rows[0], tuple(one.signed for one in rows if one.signed)
        one = row[0]
        since = row.before or row.began_at
        lines = assembled(self.seat, self._rooms, since, one.at)
        told = (one.id, row.name, one.words or "", one.cash_agrees or "", row.kind, signed)
        return Handover(since, one.at, tuple(lines), *told)

    @rule(Area.LOGBOOK)
    def lately(self) -> list[Past]:
        """Return the last handovers, the newest first, with who has signed and who has not."""
        with self._vault.database.reading() as session:
            found = month(session, self._vault.clock())
            shown = found.given[-_SHOWN:][::-1]
            kinds = _kinds(session, [one.shift_id for one in shown])
            names = _names(session)
        owed = list(found.owed())
        return [
            Past(
                *(one.id, one.at, kinds.get(one.shift_id, ""), names.get(one.by_id, "")),
                tuple(sorted(names.get(staff_id, "") for staff_id in one.signed)),
                tuple(sorted(_missing(owed, one.id, names), key=lambda who: who[1])),
            )
            for one in shown
        ]

    @rule(Area.LOGBOOK)
    def unread(self) -> list[str]:
        """Return the handovers that the person at the desk has to read, the first one first."""
        return _hers(self._month(), self.seat.staff_id)

    def _month(self) -> Month:
        with self._vault.database.reading() as session:
            return month(session, self._vault.clock())

    # -- begun and ended --------------------------------------------------------------------

    @rule(Area.LOGBOOK, Right.WRITE)
    def begin(self, kind: str = "", others: Iterable[str] = (), lead: str = "") -> Shift:
        """Begin a shift; whoever begins it is on duty, and leads it unless somebody else does.

        One that nobody has ended ends with it, and is handed over without words. Raises HasBegun
        for the shift that has begun already.
        """
        now, me = self._vault.clock(), self.seat.taken()
        which = kind or _by_hour(now)
        with self._vault.database.writing() as session:
            before = _present(session)
            if before is not None:
                self._demand_another(before, which, now)
                self._hand_over(session, before.shift, now, {"by_id": me})
            leads = lead or me
            row = Shift(day=_day(which, now), kind=which, lead_id=leads, began_at=now)
            kept = self._records.keep_weighed(session, row)
            for staff_id in dict.fromkeys((me, leads, *others)):
                self._records.keep_weighed(session, OnDuty(shift_id=kept.id, staff_id=staff_id))
            session.flush()
        self._records.tell(kept)
        return kept

    def _demand_another(self, before: OnShift, kind: str, now: datetime) -> None:
        shift = before.shift
        if (shift.kind, shift.day) == (kind, _day(kind, now)):
            raise HasBegun(who=before.lead, hour=wall_time(shift.began_at))

    @rule(Area.LOGBOOK, Right.WRITE)
    def join(self, staff_id: str = "") -> Shift:
        """Come on duty in the shift that has begun, or let somebody else; raises NoShift."""
        me = staff_id or self.seat.taken()
        with self._vault.database.writing() as session:
            present = _present(session)
            if present is None:
                raise NoShift
            if me not in dict(present.on_duty):
                row = OnDuty(shift_id=present.shift.id, staff_id=me)
                self._records.keep_weighed(session, row)
                session.flush()
        self._records.tell(present.shift)
        return present.shift

    @rule(Area.LOGBOOK, Right.WRITE)
    def end(self, shift_id: str, words: str = "", cash_agrees: str = "") -> ShiftHandover:
        """End a shift and hand over what was assembled, with a few words beside.

        Raises HandedOver with what the other one has written, where two have written it.
        """
        me = self.seat.taken()
        with self._vault.database.writing() as session:
            shift = session.get(Shift, shift_id)
            if shift is None:
                raise NoShift
            if shift.ended_at is not None:
                raise _told_of_first(session, shift)
            said = {"words": words.strip() or None, "cash_agrees": cash_agrees or None}
            said["by_id"] = me
            kept = self._hand_over(session, shift, self._vault.clock(), said)
            session.flush()
        self._records.tell(kept)
        return kept

    def _hand_over(
        self, session: Session, shift: Shift, now: datetime, said: dict[str, Any]
    ) -> ShiftHandover:
        at = max(now, shift.began_at)
        self._records.put_weighed(session, shift, {"ended_at": at})
        row = ShiftHandover(shift_id=shift.id, at=at, **said)
        return self._records.keep_weighed(session, row)

    # -- read and signed --------------------------------------------------------------------

    @rule(Area.LOGBOOK, Right.WRITE)
    def read(self, handover_id: str, seen: Iterable[str], staff_id: str = "") -> ShiftHandoverRead:
        """Sign that a handover was read; `seen` are the lines that had the cursor.

        Raises AsYourself where it is to be signed by somebody else, ReadFirst for lines that must
        be read and were not, ChangedElsewhere where she has signed already.
        """
        me = self.seat.taken()
        if staff_id not in ("", me):
            raise AsYourself
        left = to_be_read(self.given(handover_id).lines) - set(seen)
        if left:
            raise ReadFirst(n=len(left))
        with self._vault.database.writing() as session:
            if me in _signers(session, handover_id):
                raise ChangedElsewhere
            row = ShiftHandoverRead(handover_id=handover_id, by_id=me, at=self._vault.clock())
            kept = self._records.keep_weighed(session, row)
            session.flush()
        self._records.tell(kept)
        return kept

    # -- My day -----------------------------------------------------------------------------

    @rule(Area.LOGBOOK, Right.WRITE)
    def day_lines(self, _today: date) -> list[DayLine]:
        """Return for My day what she has to read; a director learns what others have not."""
        found = self._month()
        hers = len(_hers(found, self.seat.staff_id))
        lines = [DayLine(words=_UNREAD, facts={"count": hers}, page=SHIFT)] if hers else []
        if self.seat.is_director:
            late = {one.given.id for one in found.late() if one.staff_id != self.seat.staff_id}
            if late:
                lines.append(DayLine(words=_NOT_SIGNED, facts={"count": len(late)}, page=SHIFT))
        return lines


def _by_hour(now: datetime) -> str:
    hour = here(now).hour
    return next((kind for since, kind in reversed(_FROM) if hour >= since), NIGHT)


def _day(kind: str, now: datetime) -> date:
    """Return the day that a shift bears: a night the one on which it begins."""
    return night_of(now) if kind == NIGHT else house_day(now)


def _present(session: Session) -> OnShift | None:
    last = select(Shift.id).order_by(Shift.began_at.desc(), Shift.id).limit(1)
    wanted = (
        select(Shift, StaffMember.id.label("staff_id"), StaffMember.name)
        .join(OnDuty, OnDuty.shift_id == Shift.id)
        .join(StaffMember, StaffMember.id == OnDuty.staff_id)
        .where(Shift.id == last.scalar_subquery(), Shift.ended_at.is_(None))
        .order_by(StaffMember.name)
    )
    rows = session.execute(wanted).all()
    if not rows:
        return None
    shift, names = rows[0][0], {row.staff_id: row.name for row in rows}
    return OnShift(shift, names.get(shift.lead_id, ""), tuple(names.items()))


def _last_given(session: Session) -> datetime | None:
    return session.scalar(select(func.max(ShiftHandover.at)))


def _first_begun(session: Session) -> datetime | None:
    return session.scalar(select(func.min(Shift.began_at)))


def _signers(session: Session, handover_id: str) -> set[str]:
    wanted = select(ShiftHandoverRead.by_id).where(ShiftHandoverRead.handover_id == handover_id)
    return set(session.scalars(wanted))


def _missing(
    owed: Iterable[Owed], handover_id: str, names: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield record and name of everybody who has begun a shift since and has not signed."""
    for one in owed:
        if one.given.id == handover_id:
            yield one.staff_id, names.get(one.staff_id, "")


def _kinds(session: Session, ids: list[str]) -> dict[str, str]:
    rows = session.execute(select(Shift.id, Shift.kind).where(Shift.id.in_(ids)))
    return {row.id: row.kind for row in rows}


def _names(session: Session) -> dict[str, str]:
    rows = session.execute(select(StaffMember.id, StaffMember.name))
    return {row.id: row.name for row in rows}


def _hers(found: Month, staff_id: str | None) -> list[str]:
    """Return what one person has to read, each once."""
    return list(dict.fromkeys(one.given.id for one in found.owed() if one.staff_id == staff_id))


def _told_of_first(session: Session, shift: Shift) -> HandedOver:
    """Return what is told to the second who ends a shift: who was first, and with which words."""
    wanted = (
        select(ShiftHandover.at, ShiftHandover.words, StaffMember.name)
        .join(StaffMember, StaffMember.id == ShiftHandover.by_id)
        .where(ShiftHandover.shift_id == shift.id)
        .limit(1)
    )
    row = session.execute(wanted).one()
    return HandedOver(who=row.name, hour=wall_time(row.at), words=row.words or "")
