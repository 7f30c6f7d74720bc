"""Leave: who goes out, who comes back, and of whom nobody knows where she is though she is due."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import house_day, wall_time
from shelterdesk.core.codes import label
from shelterdesk.core.errors import ChangedElsewhere, NotAllowed
from shelterdesk.core.i18n import N_, screen_language
from shelterdesk.core.permissions import Area, Right, Role
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.house.leave import Absence
from shelterdesk.services.access.away import (
    HOSPITAL,
    UNENDED,
    Away,
    Where,
    alert_after,
    away_now,
    times_out,
)
from shelterdesk.services.access.cases_read import OF_CASE, named
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.access.open_stays import OPEN
from shelterdesk.services.case.residence import Residence, Resident
from shelterdesk.services.consent_law.around_her import is_child
from shelterdesk.services.day_lines import LEAVE, DayLine
from shelterdesk.services.house import leave_stops as stops
from shelterdesk.services.records import Records
from shelterdesk.store.vault.vault import Vault

TRADES: Final = {Area.MEDICAL: ("health", HOSPITAL), Area.LEGAL: ("court",)}
"""For what those write leave who write nothing else of the house, by their trade."""

_DUE: Final = N_("Expected back by now: {reason}")
_OVERDUE: Final = N_("Not back: {reason}. Whom to call stands there.")
_A_TEXT: Final = N_("“{state}” is written down of her. Sign her out, or say that she is back.")

_GONE: Final = "left_by_own_decision"
_BY_TEXT: Final = ("on_leave", HOSPITAL, "in_hospital", "whereabouts_unknown")


@dataclass(frozen=True, slots=True, repr=False)
class WhereSheIs:
    """A line of the list: somebody who lives here, and the times that she is, or will be, out."""

    resident: Resident
    is_alike: bool
    """Whether somebody else who lives here is called the same."""

    @property
    def out(self) -> Away | None:
        """Return the time that she is out now."""
        return self.resident.out

    @property
    def planned(self) -> tuple[Away, ...]:
        """Return the times that she will be out, the next one first."""
        return self.resident.planned

    @property
    def who(self) -> str:
        """Return code and chosen name."""
        return " ".join(filter(None, (self.resident.code, self.resident.alias)))

    def state(self, now: datetime) -> Where | None:
        """Return where she is; None for in the house."""
        return self.out.state(now) if self.out else None


class Leave(Service):
    """Signs people out and in, and tells who is late."""

    def __init__(self, vault: Vault, seat: Seat, records: Records, residence: Residence) -> None:
        super().__init__(vault, seat)
        self._records, self._residence = records, residence

    # -- read -------------------------------------------------------------------------------

    @rule(Area.HOUSE)
    def board(self) -> list[WhereSheIs]:
        """Return everybody who lives here, those who are late first, then who is out, by due."""
        now, here = self._vault.clock(), self._residence.in_house()
        called = [(one.case_id, one.alias) for one in here]
        lines = [
            WhereSheIs(one, stops.is_called_alike(one.case_id, one.alias, called)) for one in here
        ]
        return sorted(lines, key=lambda line: _pressing(line, now))

    @rule(Area.HOUSE)
    def reasons(self) -> tuple[str, ...]:
        """Return for what the person at the desk signs somebody out; () for every reason."""
        if self.seat.may(Area.HOUSE, Right.WRITE):
            return ()
        return tuple(r for area, held in TRADES.items() if self._has(area) for r in held)

    def _has(self, trade: Area) -> bool:
        return self.seat.may(trade, Right.WRITE)

    @rule(Area.HOUSE)
    def may_write(self) -> bool:
        """Tell whether the person at the desk signs anybody out."""
        return self.seat.may(Area.HOUSE, Right.WRITE) or bool(self.reasons())

    @rule(Area.HOUSE, Right.WRITE)
    def day_lines(self, _today: date) -> list[DayLine]:
        """Return for My day who is due and not back, for the house, a director and who has her."""
        now = self._vault.clock()
        with self._vault.database.reading() as session:
            out = away_now(session, now)
            wanted = select(*OF_CASE, Stay.state).join(Stay, Stay.case_id == Case.id).where(OPEN)
            rows = [row for row in session.execute(wanted) if self._falls_to(row)]
        late = (_late(row, out[row.case_id], now) for row in rows if row.case_id in out)
        texts = (_of_text(row) for row in rows if row.case_id not in out)
        return [line for line in (*late, *texts) if line is not None]

    def _falls_to(self, row: Any) -> bool:
        seat = self.seat
        return seat.is_director or Role.HOUSE_MOTHER in seat.roles or seat.is_own(row)

    # -- out --------------------------------------------------------------------------------

    @rule(Area.HOUSE)
    def go_out(self, case_ids: Sequence[str], said: Mapping[str, Any]) -> list[Absence]:
        """Sign people out, now or at a moment that is named, all in one act.

        Raises NotAllowed for a reason that is not of her trade, and what stops one of them.
        """
        self._demand_reason(said.get("reason"))
        with self._vault.database.writing() as session:
            people = self._people(session, case_ids)
            out = away_now(session, self._vault.clock())
            made = [
                self._sign_out(session, case, stay, said, out.get(case.id)) for case, stay in people
            ]
            session.flush()
        return self._told(made)

    def _sign_out(
        self, session: Session, case: Case, stay: Stay, said: Mapping[str, Any], out: Away | None
    ) -> Absence:
        now = self._vault.clock()
        goes = said.get("out_at") or now
        if goes <= now:
            stops.demand_in(out)
        stops.demand_hours(stay, goes, said.get("due_at"))
        stops.demand_company(session, case, said)
        stops.demand_with_whom(session, case, said, self.seat.today())
        self._drop_text(session, stay)
        given = {name: value for name, value in said.items() if value not in (None, "")}
        row = Absence(**{**given, "case_id": case.id, "out_at": goes})
        if row.alert_minutes is None:
            is_young = is_child(session, case, self.seat.today())
            row.alert_minutes = alert_after(row.reason, is_child=is_young)
        return self._records.keep_weighed(session, row)

    def _demand_reason(self, reason: object) -> None:
        """Raise NotAllowed where somebody signs out for what is not of her trade."""
        if not self.may_write() or (self.reasons() and reason not in self.reasons()):
            raise NotAllowed

    def _people(self, session: Session, case_ids: Sequence[str]) -> list[tuple[Case, Stay]]:
        """Return those who are meant, each with her stay; several only if they are told apart."""
        wanted = select(Case, Stay).join(Stay, Stay.case_id == Case.id).where(OPEN)
        here = {case.id: (case, stay) for case, stay in session.execute(wanted).all()}
        if not case_ids or any(case_id not in here for case_id in case_ids):
            raise ChangedElsewhere
        people = [here[case_id] for case_id in dict.fromkeys(case_ids)]
        called = [(case.id, case.alias or "") for case, _stay in here.values()]
        stops.demand_told_apart((case for case, _stay in people), called)
        return people

    def _drop_text(self, session: Session, stay: Stay) -> None:
        """Let what was typed of where she is count no more: it is written down as leave now."""
        if stay.state in _BY_TEXT and self.seat.may(Area.HOUSE, Right.WRITE):
            stay.state = "resident"
            session.flush()

    @rule(Area.HOUSE)
    def change(self, absence_id: str, said: Mapping[str, Any]) -> Absence:
        """Change a time out that has not ended: when she is due, with whom, where she is."""
        with self._vault.database.writing() as session:
            row = self._row(session, absence_id)
            self._demand_reason(row.reason)
            self._demand_reason(said.get("reason", row.reason))
            case, stay = self._people(session, [row.case_id])[0]
            known = {name: getattr(row, name) for name in Absence.fields()} | dict(said)
            stops.demand_hours(stay, known["out_at"], known["due_at"])
            stops.demand_company(session, case, known)
            stops.demand_with_whom(session, case, known, self.seat.today())
            made = [self._records.put_weighed(session, row, said)]
        return self._told(made)[0]

    @rule(Area.HOUSE)
    def call_off(self, case_id: str) -> Absence:
        """Write down that she did not go: her next time that is planned, or what recurs today."""
        with self._vault.database.writing() as session:
            case, _stay = self._people(session, [case_id])[0]
            now = self._vault.clock()
            times = [one for one in times_out(session, now) if one.case_id == case.id]
            if not times:
                raise stops.NotOut
            meant = next((one for one in times if one.out_at > now), times[0])
            self._demand_reason(meant.reason)
            made = [self._end(session, meant, {"ended_at": meant.out_at})]
            session.flush()
        return self._told(made)[0]

    # -- back -------------------------------------------------------------------------------

    @rule(Area.HOUSE)
    def come_back(
        self, case_ids: Sequence[str], at: datetime | None = None, how: str = ""
    ) -> list[Absence]:
        """Sign people in, now or at a moment that is named; raises NotOut for who is not out."""
        now = self._vault.clock()
        back = {"back_at": at or now, "back_how": how or None}
        with self._vault.database.writing() as session:
            people = self._people(session, case_ids)
            out = [one for one in times_out(session, now) if one.out_at <= now]
            made: list[Absence] = []
            for case, stay in people:
                made += self._signed_in(session, case, stay, out, back)
            session.flush()
        return self._told(made)

    def _signed_in(
        self, session: Session, case: Case, stay: Stay, out: Iterable[Away], back: dict[str, Any]
    ) -> Iterator[Absence]:
        hers = [one for one in out if one.case_id == case.id]
        if not hers and stay.state not in _BY_TEXT:
            raise stops.NotOut
        self._drop_text(session, stay)
        for one in hers:
            self._demand_reason(one.reason)
            stops.demand_back(one.out_at, back["back_at"], self._vault.clock())
            yield self._end(session, one, back)

    def _end(self, session: Session, out: Away, end: Mapping[str, Any]) -> Absence:
        """End a time out; one of what recurs gets the row that it has not had yet."""
        if out.absence_id:
            row = session.get_one(Absence, out.absence_id)
            return self._records.put_weighed(session, row, end)
        row = Absence(case_id=out.case_id, reason=out.reason, standing_id=out.standing_id)
        row.out_at, row.due_at, row.alert_minutes = out.out_at, out.due_at, out.alert_minutes
        for name, value in end.items():
            setattr(row, name, value)
        return self._records.keep_weighed(session, row)

    @rule(Area.HOUSE)
    def to_hospital(self, case_id: str, at: datetime | None = None) -> Absence:
        """Write down that she stays in hospital: what she was out for ends at that moment."""
        self._demand_reason(HOSPITAL)
        when = at or self._vault.clock()
        with self._vault.database.writing() as session:
            case, stay = self._people(session, [case_id])[0]
            hers = away_now(session, self._vault.clock()).get(case.id)
            made: list[Absence] = []
            if hers is not None and hers.reason != HOSPITAL:
                stops.demand_back(hers.out_at, when, self._vault.clock())
                made = [self._end(session, hers, {"ended_at": when})]
                session.flush()
            said = {"reason": HOSPITAL, "out_at": when} | _taken_along(hers)
            still_out = away_now(session, self._vault.clock()).get(case.id)
            made.append(self._sign_out(session, case, stay, said, still_out))
            session.flush()
        return self._told(made)[-1]

    @rule(Area.HOUSE, Right.WRITE)
    def left_for_good(self, case_id: str, at: datetime | None = None) -> Stay:
        """Write down that she has left by her own decision: her stay ends, and so does her leave.

        Where nothing else is said, she left when she went out.
        """
        with self._vault.database.reading() as session:
            _case, stay = self._people(session, [case_id])[0]
            out = away_now(session, self._vault.clock()).get(case_id)
        when = at or (out.out_at if out else self._vault.clock())
        return self._residence.leave(stay, _GONE, when)

    # -- inside ------------------------------------------------------------------------------

    @staticmethod
    def _row(session: Session, absence_id: str) -> Absence:
        wanted = select(Absence).where(Absence.id == absence_id, UNENDED)
        row = session.scalar(wanted)
        if row is None:
            raise ChangedElsewhere
        return row

    def _told(self, rows: list[Absence]) -> list[Absence]:
        self._records.tell(*rows)
        return rows


def _taken_along(out: Away | None) -> dict[str, Any]:
    """Return with whom she is, for the time that goes on from another one."""
    if out is None:
        return {}
    return {"escort_id": out.escort_id, "goes_with": out.goes_with, "reach": out.reach}


_ORDER: Final = {Where.OVERDUE: 0, Where.DUE: 1, Where.OUT: 2}


def _pressing(line: WhereSheIs, now: datetime) -> tuple[int, float, str]:
    """Return where a line stands: who is late first, who is out by when she is due, then beds."""
    state = line.state(now)
    due = line.out.due_at.timestamp() if line.out and line.out.due_at else float("inf")
    return (_ORDER[state] if state else len(_ORDER), due, line.resident.bed)


def _late(row: Any, out: Away, now: datetime) -> DayLine | None:
    state = out.state(now)
    if state is Where.OUT or out.due_at is None:
        return None
    return DayLine(
        words=_OVERDUE if state is Where.OVERDUE else _DUE,
        facts={"reason": label("absence_reason", out.reason, screen_language())},
        when=house_day(out.due_at),
        hour=wall_time(out.due_at),
        who=named(row),
        page=LEAVE,
        record_id=row.case_id,
        is_danger=state is Where.OVERDUE,
    )


def _of_text(row: Any) -> DayLine | None:
    """Return what is asked of somebody of whom an earlier text says that she is away."""
    if row.state not in _BY_TEXT:
        return None
    state = {"state": label("residence_state", row.state, screen_language())}
    return DayLine(words=_A_TEXT, facts=state, who=named(row), page=LEAVE, record_id=row.case_id)
