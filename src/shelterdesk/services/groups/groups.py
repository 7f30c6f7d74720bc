"""Groups and kits: one entry for many, and how each of them came."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from shelterdesk.core.calendar.clock import days_after
from shelterdesk.core.errors import ChangedElsewhere, DeskError
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area, Right
from shelterdesk.core.shown import day
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.house.group import SERVED, Attendance, GroupService
from shelterdesk.services.access.away import Away
from shelterdesk.services.access.cases_read import named
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.access.open_stays import OPEN
from shelterdesk.services.case.residence import Residence, Resident
from shelterdesk.services.house.corrections import demand_why, is_of_shift
from shelterdesk.services.records import Records
from shelterdesk.store.vault.vault import Vault

SHOWN_FOR: Final = timedelta(days=90)
THERE, NOT_THERE = "there", "not_there"
KITS: Final = frozenset({"clothing_hygiene_kit", "cash_in_kind", "food"})
"""Services that are things: whoever is not marked has simply not got one."""

_APPOINTMENTS: Final = frozenset({"health", "court", "hospital"})
_FACTS: Final = ("service", "on_day", "minutes", "theme", "led_by_id", "led_by_office_id")
_Later: Final = aliased(GroupService)
STANDS: Final = ~select(_Later.id).where(_Later.corrects_id == GroupService.id).exists()
"""That no later row corrects it."""


class Nobody(DeskError):
    """A group was to be kept at which nobody was."""

    sentence = N_("Nobody is marked as there. Mark with Space who was, or got it.")


class SameTwice(DeskError):
    """The same service on the same day was to be written for somebody a second time."""

    sentence = N_(
        "{what} stands there already for {day}, with {count} of the same people. If it took place "
        "twice, keep it once more; else correct the first entry."
    )


@dataclass(frozen=True, slots=True, repr=False)
class GroupRow:
    """One group as the list tells it."""

    group: GroupService
    there: tuple[str, ...]
    """Code and chosen name of everybody whom it has reached."""
    asked: int
    """How many are written down with it, also those who were away."""


@dataclass(frozen=True, slots=True)
class ServiceFigure:
    """V1 of one service: how often it took place, and how many different people it reached."""

    service: str
    events: int
    persons: int


class Groups(Service):
    """Writes down what is done for many at once."""

    def __init__(self, vault: Vault, seat: Seat, records: Records, residence: Residence) -> None:
        super().__init__(vault, seat)
        self._records, self._residence = records, residence

    # -- read -------------------------------------------------------------------------------

    @rule(Area.HOUSE)
    def present(self) -> list[tuple[Resident, str]]:
        """Return who lives here, each with how she comes unless something else is said."""
        return [(one, _usual(one.out)) for one in self._residence.in_house()]

    @rule(Area.HOUSE)
    def lately(self) -> list[GroupRow]:
        """Return the groups of a quarter, the newest first; two statements for any number."""
        since = days_after(self.seat.today(), -SHOWN_FOR.days)
        wanted = select(GroupService).where(GroupService.on_day >= since, STANDS)
        order = (GroupService.on_day.desc(), GroupService.created_at.desc())
        with self._vault.database.reading() as session:
            found = session.scalars(wanted.order_by(*order)).all()
            came = _came(session, [one.id for one in found])
            rows = self._records.seen(session, found)
        return [_row(one, came.get(one.id, ())) for one in rows]

    @rule(Area.HOUSE)
    def came(self, group_id: str) -> dict[str, str]:
        """Return by case how everybody came who is written down with a group."""
        wanted = select(Attendance.case_id, Attendance.came)
        with self._vault.database.reading() as session:
            found = session.execute(wanted.where(Attendance.group_id == group_id))
            return {row.case_id: row.came for row in found}

    @rule(Area.HOUSE)
    def figures(self, first: date, last: date) -> list[ServiceFigure]:
        """Return V1 from one day to another: a group is one event, whoever was there n persons."""
        wanted = (
            select(GroupService.service, GroupService.id, Attendance.case_id)
            .join(Attendance, Attendance.group_id == GroupService.id)
            .where(GroupService.on_day.between(first, last), STANDS)
            .where(Attendance.came.in_(SERVED))
        )
        with self._vault.database.reading() as session:
            rows = session.execute(wanted).all()
        found = {row.service: (set[str](), set[str]()) for row in rows}
        for row in rows:
            events, persons = found[row.service]
            events.add(row.id)
            persons.add(row.case_id)
        return [ServiceFigure(one, len(e), len(p)) for one, (e, p) in sorted(found.items())]

    # -- write ------------------------------------------------------------------------------

    @rule(Area.HOUSE, Right.WRITE)
    def keep(
        self, said: Mapping[str, Any], came: Mapping[str, str], *, twice: bool = False
    ) -> GroupService:
        """Write down one group with everybody who is named, by case and how she came.

        Raises Nobody, SameTwice unless it is said that it took place `twice`, InvalidFields.
        """
        given = {name: value for name, value in said.items() if value not in (None, "")}
        row = GroupService(**{"on_day": self.seat.today(), **given})
        _demand_somebody(came)
        with self._vault.database.writing() as session:
            if not twice:
                _demand_once(session, row, came)
            kept = self._records.keep_weighed(session, row)
            self._put(session, kept, came)
        self._records.tell(kept)
        return kept

    @rule(Area.HOUSE, Right.WRITE)
    def change(
        self, group_id: str, said: Mapping[str, Any], came: Mapping[str, str], reason: str = ""
    ) -> GroupService:
        """Correct a group: within the shift where it stands, by its writer; else beside it.

        Raises Nobody, WhyCorrected, ChangedElsewhere, InvalidFields.
        """
        _demand_somebody(came)
        with self._vault.database.writing() as session:
            wanted = select(GroupService).where(GroupService.id == group_id, STANDS)
            row = session.scalar(wanted)
            if row is None:
                raise ChangedElsewhere
            if is_of_shift(session, self.seat, row, said):
                kept = self._records.put_weighed(session, row, dict(said))
                self._put(session, kept, came)
            else:
                demand_why(reason)
                known = {name: getattr(row, name) for name in _FACTS} | dict(said)
                beside = GroupService(**known, corrects_id=row.id, why_corrected=reason)
                kept = self._records.keep_weighed(session, beside)
                self._put(session, kept, came, before=row.id)
                for one in session.scalars(_belonging(row.id)):
                    self._records.put_weighed(session, one, {"replaced": "yes"})
                session.flush()
        self._records.tell(kept)
        return kept

    def _put(
        self, session: Session, group: GroupService, came: Mapping[str, str], before: str = ""
    ) -> None:
        """Write how each came: who lives here, or was written down with it before."""
        there = {one.case_id: one for one in session.scalars(_belonging(group.id))}
        may = set(session.scalars(select(Stay.case_id).where(OPEN))) | there.keys()
        may |= {one for one, *_rest in _came(session, [before]).get(before, ())}
        if came.keys() - may:
            raise ChangedElsewhere
        for case_id in there.keys() - came.keys():
            session.delete(there[case_id])
        for case_id, how in came.items():
            facts = {"came": how, "on_day": group.on_day}
            if case_id in there:
                self._records.put_weighed(session, there[case_id], facts)
            else:
                row = Attendance(case_id=case_id, group_id=group.id, **facts)
                self._records.keep_weighed(session, row)
        session.flush()


def _belonging(group_id: str) -> Select[Attendance]:
    return select(Attendance).where(Attendance.group_id == group_id)


def _usual(out: Away | None) -> str:
    """Return how somebody comes of whom nobody says anything: not, while she is out."""
    if out is None:
        return THERE
    return "appointment" if out.reason in _APPOINTMENTS else "leave"


def _came(session: Session, group_ids: Iterable[str]) -> dict[str, list[tuple[str, str, str]]]:
    """Return by group the case, the name and how she came of everybody written down with it."""
    wanted = (
        select(Attendance.group_id, Attendance.case_id, Attendance.came, Case.code, Case.alias)
        .join(Case, Case.id == Attendance.case_id)
        .where(Attendance.group_id.in_(list(group_ids)))
        .order_by(Case.code)
    )
    found: dict[str, list[tuple[str, str, str]]] = {}
    for row in session.execute(wanted):
        found.setdefault(row.group_id, []).append((row.case_id, named(row), row.came))
    return found


def _row(group: GroupService, came: Sequence[tuple[str, str, str]]) -> GroupRow:
    there = tuple(who for _case, who, how in came if how in SERVED)
    return GroupRow(group, there, len(came))


def _demand_somebody(came: Mapping[str, str]) -> None:
    if not any(how in SERVED for how in came.values()):
        raise Nobody


def _demand_once(session: Session, row: GroupService, came: Mapping[str, str]) -> None:
    """Raise SameTwice where the same service of the same day has reached the same people."""
    served = [case_id for case_id, how in came.items() if how in SERVED]
    wanted = (
        select(Attendance.case_id)
        .join(GroupService, GroupService.id == Attendance.group_id)
        .where(GroupService.service == row.service, GroupService.on_day == row.on_day, STANDS)
        .where(Attendance.came.in_(SERVED), Attendance.case_id.in_(served))
    )
    same = set(session.scalars(wanted))
    if same:
        raise SameTwice(what=row.shown, day=day(row.on_day), count=len(same))
