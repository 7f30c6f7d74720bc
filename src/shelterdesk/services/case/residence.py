"""Who lives in the house: beds, arrivals, departures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import house_day
from shelterdesk.core.errors import DeskError
from shelterdesk.core.fields import SealedValue
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area, Right
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.stay import Stay, bare_bed, is_same_bed
from shelterdesk.services.access.away import Away, lived_as, out_and_planned
from shelterdesk.services.access.cases_read import OF_CASE, named, rows_seen
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.access.open_stays import OPEN
from shelterdesk.services.access.present_bed import BED, IS_IN_PLAN, SHARES, has_beds
from shelterdesk.services.access.with_child import children_here
from shelterdesk.services.case.with_children import CHILDREN, WHY, settle_children
from shelterdesk.services.day_lines import BEDS, CASE, DayLine, Spot, last_day_shown
from shelterdesk.services.records import Records
from shelterdesk.store.vault.vault import Vault

_ENDS: Final = N_("The stay is expected to end")
_NO_BED: Final = N_("Where does she sleep? No bed is written down.")
_SAME_BED: Final = N_("Bed {bed} is written down for somebody else too.")
_NO_SUCH_BED: Final = N_(
    "Where does she sleep? “{bed}” is written down: no bed of the plan, or that of somebody else."
)


class StillHere(DeskError):
    """A case was to be closed of a woman who, by her stay, still lives in the house."""

    sentence = N_(
        "She still lives in the house. Write down when she left and how the stay ended; the case "
        "is closed together with it."
    )


@dataclass(frozen=True, slots=True)
class Resident:
    """A line of the house list: the house card of somebody whose stay has not ended."""

    case_id: str
    code: str
    alias: str
    bed: str
    since: date | None
    state: str
    is_planned: bool = False
    """Whether her bed is one of the plan, not a text."""
    shares: bool = False
    """Whether she is a baby in her mother's bed."""
    out: Away | None = None
    """The time that she is out now, where it is written down as leave."""
    planned: tuple[Away, ...] = ()
    """The times that she will be out, the next one first."""

    def __repr__(self) -> str:
        return "<Resident>"

    @property
    def is_away(self) -> bool:
        """Whether she is out of the house for now: on leave, in hospital."""
        return self.state not in ("", "resident")


class Residence(Service):
    """Stays in the house, from the door to the door."""

    def __init__(self, vault: Vault, seat: Seat, records: Records) -> None:
        super().__init__(vault, seat)
        self._records = records

    @rule(Area.HOUSE)
    def in_house(self) -> list[Resident]:
        """Return who lives here now, by bed; nothing but what the whole house knows."""
        wanted = (
            select(Case.id, Case.code, Case.alias, BED.label("bed"), Stay.admitted_at, Stay.state)
            .add_columns(IS_IN_PLAN, SHARES == "yes")
            .join(Stay, Stay.case_id == Case.id)
            .where(OPEN)
            .order_by("bed", Case.code)
        )
        with self._vault.database.reading() as session:
            rows = session.execute(wanted).all()
            out, planned = out_and_planned(session, self._vault.clock())
        return [
            Resident(
                *(case_id, code, alias or "", bed or "", _day(since)),
                *(lived_as(out, case_id, state), in_plan, shares, out.get(case_id)),
                tuple(planned.get(case_id, ())),
            )
            for case_id, code, alias, bed, since, state, in_plan, shares in rows
        ]

    @rule(Area.HOUSE)
    def day_lines(self, today: date) -> list[DayLine]:
        """Return for My day whose stay is expected to end, and who has no bed of her own.

        Once the day is over, it is told to those who can write down another one; so are beds.
        """
        return [*self._ends(today), *self._beds()]

    def _ends(self, today: date) -> list[DayLine]:
        wanted = (
            select(*OF_CASE, Stay.expected_until)
            .join(Case, Case.id == Stay.case_id)
            .where(OPEN, Stay.expected_until <= last_day_shown(today))
        )
        area = Stay.area_of("expected_until")
        may_write = self.seat.may(area, Right.WRITE)
        with self._vault.database.reading() as session:
            rows = rows_seen(session, self.seat, area, wanted)
        return [_line(row) for row in rows if may_write or row.expected_until >= today]

    def _beds(self) -> list[DayLine]:
        """Return a line for each who lives here without a bed, or in one that another has too.

        Where the house has a plan, that is the bed which the plan knows of.
        """
        if not self.seat.may(Area.HOUSE, Right.WRITE):
            return []
        with self._vault.database.reading() as session:
            planned = has_beds(session)
        here = self.in_house()
        return _not_in_plan(here) if planned else _not_by_texts(here)

    @rule(Area.HOUSE)
    def bed_of(self, stay: Stay) -> str:
        """Return the number of the bed in which she sleeps; "" where none is written down."""
        with self._vault.database.reading() as session:
            return session.scalar(select(BED).where(Stay.id == stay.id)) or ""

    @rule(Area.HOUSE)
    def stays_of(self, case: Case) -> list[Stay]:
        """Return her stays, the first one first; where she went is sealed."""
        stays = self._records.of(Stay, case_id=case.id)
        return sorted(stays, key=lambda stay: (stay.admitted_at is None, stay.admitted_at))

    @rule(Area.HOUSE, Right.WRITE)
    def admit(self, case: Case, **values: Any) -> Stay:
        """Note that she has come in; without other values it is now, and she lives here.

        Raises LivesHere while an earlier stay of hers has not ended.
        """
        known = {"admitted_at": self._vault.clock(), "state": "resident"}
        return self._records.save(Stay(case_id=case.id, **known | values))

    @rule(Area.HOUSE, Right.WRITE)
    def leave(
        self,
        stay: Stay,
        exit_type: str,
        at: datetime | None = None,
        agreed: str | None = None,
        destination: str = "",
        children: Mapping[str, Any] | None = None,
    ) -> Stay:
        """Note how a stay ended; where she goes is sealed, and needs the right to write it.

        `children` says what becomes of each child of hers who lives here, as `settle_children`
        takes it. Raises ChildLivesHere, WhyStays.
        """
        values: dict[str, Any] = {
            "state": "exited",
            "left_at": at or self._vault.clock(),
            "exit_type": exit_type,
            "exit_agreed": agreed,
        }
        if destination:
            values["destination"] = SealedValue(destination)
        with self._vault.database.writing() as session:
            gone = settle_children(session, self._records, stay.case_id, values, children)
            row = self._records.put(session, stay, values)
        self._records.tell(*gone, row)
        return self._records.get(Stay, stay.id)

    @rule(Area.HOUSE)
    def children_of(self, case: Case) -> list[tuple[str, str]]:
        """Return the cases of her children who live here, with code and chosen name."""
        with self._vault.database.reading() as session:
            return [(child.id, child.shown) for child, _stay in children_here(session, case.id)]


def end_stays(
    session: Session, records: Records, case: Case, left: Mapping[str, Any] | None, now: datetime
) -> list[Stay]:
    """End, inside a transaction, the stays of a case that are still open; returns them.

    `left` holds how they ended, by the names of their fields. Raises StillHere unless it says so.
    """
    still_open = session.scalars(select(Stay).where(Stay.case_id == case.id, OPEN)).all()
    if still_open and not (left and left.get("exit_type")):
        raise StillHere
    ending = {"state": "exited", "left_at": now}
    said = {name: value for name, value in (left or {}).items() if value is not None}
    about = {name: said.pop(name) for name in (CHILDREN, WHY) if name in said}
    ending |= said
    gone = settle_children(session, records, case.id, ending, about) if still_open else []
    return [*gone, *(records.put(session, stay, ending) for stay in still_open)]


def present(stays: Sequence[Stay]) -> Stay | None:
    """Return the stay that has not ended, the latest where there are several."""
    return next((stay for stay in reversed(stays) if stay.left_at is None), None)


def _not_by_texts(here: Sequence[Resident]) -> list[DayLine]:
    without = [_about(one, _NO_BED) for one in here if not one.bed and not one.is_away]
    doubled = [
        _about(one, _SAME_BED)
        for one in here
        if any(other is not one and is_same_bed(one.bed, other.bed) for other in here)
    ]
    return without + doubled


def _not_in_plan(here: Sequence[Resident]) -> list[DayLine]:
    asked = (one for one in here if not one.is_planned and (one.bed or not one.is_away))
    return [_about(one, _NO_SUCH_BED if one.bed else _NO_BED, BEDS) for one in asked]


def _about(one: Resident, words: str, page: str = CASE) -> DayLine:
    who = " ".join(filter(None, (one.code, one.alias)))
    bed = {"bed": bare_bed(one.bed)}
    spot = Spot(Stay.kind_name(), "bed") if page == CASE else None
    return DayLine(words=words, facts=bed, who=who, page=page, record_id=one.case_id, spot=spot)


def _line(row: Any) -> DayLine:
    when, who = row.expected_until, named(row)
    spot = Spot(Stay.kind_name(), "expected_until")
    return DayLine(words=_ENDS, when=when, who=who, page=CASE, record_id=row.case_id, spot=spot)


def _day(moment: datetime | None) -> date | None:
    return house_day(moment) if moment else None
