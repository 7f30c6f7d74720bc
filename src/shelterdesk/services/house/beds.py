"""Rooms, beds and who sleeps where: the plan is read here, and every change of it is made here."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import days_after, house_day
from shelterdesk.core.errors import ChangedElsewhere, InvalidFields
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area, Compartment, Right
from shelterdesk.records.case.stay import Stay, bare_bed, is_same_bed
from shelterdesk.records.house.beds import Bed, Bedroom, BedState, BedStay
from shelterdesk.services.access.belonging import is_new
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.access.open_stays import OPEN
from shelterdesk.services.access.present_bed import has_beds
from shelterdesk.services.access.reasons import COMPARED, ROOM, sealed_reason
from shelterdesk.services.house import stops
from shelterdesk.services.house.leave_stops import demand_past
from shelterdesk.services.house.plan import NIGHTS, Night, Plan, PlannedBed, read_plan
from shelterdesk.services.records import Records
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry
from shelterdesk.store.vault.vault import Vault

_LOOK_BACK: Final = 7
"""Nights before today with which the plan begins, where nothing else is asked for."""

_SAME_NUMBER: Final = N_("Another bed has this number already.")
_BEFORE: Final = N_("She came into the bed where she sleeps later than that. Look at it once more.")


class _LookedAt(NamedTuple):
    """What somebody has looked at before she sleeps in a room all the same."""

    signed: bool
    compared: bool


class Beds(Service):
    """The plan of the beds. It is written by whoever may write what the whole house knows."""

    def __init__(self, vault: Vault, seat: Seat, records: Records) -> None:
        super().__init__(vault, seat)
        self._records = records

    # -- read -------------------------------------------------------------------------------

    @rule(Area.HOUSE)
    def are_planned(self) -> bool:
        """Tell whether the house has a plan of its beds; without one a bed is a text."""
        with self._vault.database.reading() as session:
            return has_beds(session)

    @rule(Area.HOUSE)
    def plan(self, first: date | None = None, nights: int = NIGHTS) -> Plan:
        """Return the plan from a night on; where none is named, from a week ago on."""
        today = self.seat.today()
        begins = first or days_after(today, -_LOOK_BACK)
        with self._vault.database.reading() as session:
            return read_plan(session, today, begins, nights)

    @rule(Area.HOUSE)
    def free(self) -> list[PlannedBed]:
        """Return the beds that are nobody's now and can be slept in, mats last."""
        beds = self.plan(self.seat.today(), 1).beds
        found = [bed for bed in beds if not bed.here and bed.state is Night.FREE]
        return sorted(found, key=lambda bed: bed.is_extra)

    @rule(Area.HOUSE)
    def capacity(self, night: date) -> int:
        """Return how many beds can be slept in at 24:00 of a day; mats do not count."""
        return self.plan(night, 1).capacity(night)

    # -- who sleeps where -------------------------------------------------------------------

    @rule(Area.HOUSE, Right.WRITE)
    def move(
        self,
        case_id: str,
        bed_id: str,
        at: datetime | None = None,
        *,
        shares: bool = False,
        reason: str = "",
    ) -> BedStay:
        """Say where she sleeps from a moment on, now where none is named; returns the new row.

        Where she slept before ends at the same moment, in the same transaction. With `shares` she
        is a baby in her mother's bed. `reason` is why a director signs for a room of children, or
        for one with somebody in it from whom she is kept apart; or how anybody knows that the two
        are not those of whom one is like whom the other is kept apart from.
        Raises NotInHouse, BedTaken, OutOfUse, ForChildren, KeptApart, MayBeKeptApart, NoBaby,
        InvalidFields.
        """
        when = at or self._vault.clock()
        with self._vault.database.writing() as session:
            stay, bed = _open_stay(session, case_id), _there(session, Bed, bed_id)
            self._demand_moment(stay, when)
            before = _row_now(session, stay)
            if before and (before.bed_id, before.shares == "yes") == (bed_id, shares):
                return self._stays(session, before, stay, bed, reason)
            looked = self._weighed(session, bed, stay, when, shares=shares, reason=reason)
            ended = self._end(session, before, when)
            begun = self._begin(session, stay, bed, when, shares=shares)
            self._say(session, begun, looked, reason)
            made = self._detached(session, begun)
        self._records.tell(*ended, made)
        return made

    def _demand_moment(self, stay: Stay, when: datetime) -> None:
        """Raise InvalidFields for a moment that has not come, or before she came in."""
        demand_past("since", when, self._vault.clock())
        if stay.admitted_at is not None and house_day(when) < house_day(stay.admitted_at):
            raise InvalidFields({"since": _BEFORE})

    def _weighed(
        self, session: Session, bed: Bed, stay: Stay, when: datetime, *, shares: bool, reason: str
    ) -> "_LookedAt":
        """Raise what stops her; returns what was looked at, with a reason."""
        stops.demand_usable(session, bed, when)
        if shares:
            stops.demand_small(session, stay, when)
        else:
            stops.demand_free(session, bed, stay, when)
        room = _there(session, Bedroom, bed.room_id)
        return self._looked_at(session, room, stay, when, reason)

    def _looked_at(
        self, session: Session, room: Bedroom, stay: Stay, when: datetime, reason: str
    ) -> "_LookedAt":
        signs = self.seat.is_director
        signed = stops.demand_fitting(session, room, stay, when, signs=signs)
        if signed:
            stops.demand_reason(session, room, stay, reason)
        return _LookedAt(signed, stops.demand_compared(session, room, stay, reason))

    def _say(self, session: Session, row: BedStay, looked: "_LookedAt", reason: str) -> None:
        if looked.signed:
            self._tell_why(session, row, reason)
        if looked.compared:
            why = self._sealed(row, COMPARED, reason)
            audit.note(session, [LogEntry(COMPARED, row.kind_name(), row.id, (why,))])

    def _stays(self, session: Session, row: BedStay, stay: Stay, bed: Bed, reason: str) -> BedStay:
        """Leave her where she sleeps; a director signs for it where she would be stopped today."""
        room, now = _there(session, Bedroom, bed.room_id), self._vault.clock()
        if self.seat.is_director:
            self._say(session, row, self._looked_at(session, room, stay, now, reason), reason)
        return self._detached(session, row)

    def _tell_why(self, session: Session, begun: BedStay, reason: str) -> None:
        """Put why a director has signed into the log, sealed: it tells of a woman."""
        why = self._sealed(begun, ROOM, reason)
        audit.note(session, [LogEntry(ROOM, begun.kind_name(), begun.id, (why,))])

    def _sealed(self, row: BedStay, action: str, reason: str) -> str:
        return sealed_reason(self._vault, (Compartment.TESTIMONY,), action, row, reason)

    def _end(self, session: Session, before: BedStay | None, when: datetime) -> list[BedStay]:
        if before is None:
            return []
        if when < before.since:
            raise InvalidFields({"since": _BEFORE})
        return [self._records.put_weighed(session, before, {"until": when})]

    def _begin(
        self, session: Session, stay: Stay, bed: Bed, when: datetime, *, shares: bool
    ) -> BedStay:
        begun = BedStay(case_id=stay.case_id, stay_id=stay.id, bed_id=bed.id, since=when)
        begun.shares = "yes" if shares else None
        return self._records.keep_weighed(session, begun)

    @staticmethod
    def _detached(session: Session, row: BedStay) -> BedStay:
        session.flush()
        return row

    # -- rooms and beds ---------------------------------------------------------------------

    @rule(Area.HOUSE, Right.WRITE)
    def add_room(self, values: Mapping[str, Any]) -> Bedroom:
        """Write down a room of the house."""
        with self._vault.database.writing() as session:
            kept = self._records.keep_weighed(session, Bedroom(**values))
            room_id = kept.id
        self._records.tell(kept)
        return self._records.get(Bedroom, room_id)

    @rule(Area.HOUSE, Right.WRITE)
    def change_room(self, room: Bedroom, values: Mapping[str, Any]) -> Bedroom:
        """Correct a room, or say for whom it is.

        Raises SomebodySleepsHere where it becomes one of children while somebody grown up who is
        no parent of theirs sleeps in it.
        """
        with self._vault.database.writing() as session:
            was_for = _there(session, Bedroom, room.id).for_whom
            kept = self._records.put_weighed(session, room, values)
            if kept.for_whom in stops.CHILDREN and was_for not in stops.CHILDREN:
                beds = session.scalars(select(Bed.id).where(Bed.room_id == kept.id)).all()
                stops.demand_room_fits(session, kept, beds, self._vault.clock())
        self._records.tell(kept)
        return self._records.get(Bedroom, room.id)

    @rule(Area.HOUSE, Right.WRITE)
    def add_bed(self, values: Mapping[str, Any]) -> Bed:
        """Put a bed, a cot or a mat into a room; raises InvalidFields where its number is taken."""
        return self._keep_bed(Bed(), values)

    @rule(Area.HOUSE, Right.WRITE)
    def change_bed(self, bed: Bed, values: Mapping[str, Any]) -> Bed:
        """Correct a bed, or put it into another room; who sleeps in it goes along.

        Raises SomebodySleepsHere where somebody would come into that room who is stopped there.
        """
        return self._keep_bed(bed, values)

    def _keep_bed(self, bed: Bed, values: Mapping[str, Any]) -> Bed:
        given = dict(values)
        if given.get("code"):
            given["code"] = bare_bed(given["code"])
        with self._vault.database.writing() as session:
            self._demand_number(session, bed, given.get("code") or "")
            if is_new(bed):
                kept = self._records.keep_weighed(session, Bed(id=bed.id, **given))
            else:
                kept = self._moved_with_sleepers(session, bed, given)
            bed_id = kept.id
        self._records.tell(kept)
        return self._records.get(Bed, bed_id)

    def _moved_with_sleepers(self, session: Session, bed: Bed, given: Mapping[str, Any]) -> Bed:
        stood_in = _there(session, Bed, bed.id).room_id
        kept = self._records.put_weighed(session, bed, given)
        if kept.room_id != stood_in:
            room = _there(session, Bedroom, kept.room_id)
            stops.demand_room_fits(session, room, [kept.id], self._vault.clock())
        return kept

    @staticmethod
    def _demand_number(session: Session, bed: Bed, code: str) -> None:
        others = session.execute(select(Bed.code).where(Bed.id != bed.id)).scalars()
        if any(is_same_bed(code, other) for other in others):
            raise InvalidFields({"code": _SAME_NUMBER})

    @rule(Area.HOUSE, Right.WRITE)
    def take_out(self, bed_id: str, reason: str = "", since: date | None = None) -> BedState:
        """Take a bed out of use from a day on, today where none is named.

        Raises SomebodySleepsHere: where she is to sleep is said first.
        """
        return self._use(bed_id, "no", reason, since)

    @rule(Area.HOUSE, Right.WRITE)
    def put_back(self, bed_id: str, since: date | None = None) -> BedState:
        """Say that a bed can be slept in again, from a day on."""
        return self._use(bed_id, "yes", "", since)

    def _use(self, bed_id: str, usable: str, reason: str, since: date | None) -> BedState:
        state = BedState(bed_id=bed_id, usable=usable, reason=reason or None)
        state.since = since or self.seat.today()
        with self._vault.database.writing() as session:
            bed = _there(session, Bed, bed_id)
            if usable == "no":
                stops.demand_nobody(session, bed)
            kept = self._records.keep_weighed(session, state)
            session.flush()
        self._records.tell(kept)
        return kept


def _open_stay(session: Session, case_id: str) -> Stay:
    found = session.scalar(select(Stay).where(Stay.case_id == case_id, OPEN).limit(1))
    if found is None:
        raise stops.NotInHouse
    return found


def _row_now(session: Session, stay: Stay) -> BedStay | None:
    wanted = select(BedStay).where(BedStay.stay_id == stay.id, BedStay.until.is_(None))
    return session.scalar(wanted.limit(1))


def _there(session: Session, kind: Any, record_id: str) -> Any:
    """Return a record by its id; ChangedElsewhere where it is gone."""
    found = session.get(kind, record_id)
    if found is None:
        raise ChangedElsewhere
    return found
