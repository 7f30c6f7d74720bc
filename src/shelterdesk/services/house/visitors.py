"""Visitors: let in, gone, and whoever must not come in at all.

A name is compared with everybody who is to be kept from anybody who lives here. The answer never
tells whose danger it is: whoever asks at the door must not learn who lives behind it.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import wall_time
from shelterdesk.core.errors import ChangedElsewhere, DeskError, InvalidFields
from shelterdesk.core.i18n import N_
from shelterdesk.core.names.alike import Barred
from shelterdesk.core.names.look_alikes import is_unread
from shelterdesk.core.permissions import Area, Right
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.house.visitors import Visitor
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.access.open_stays import OPEN
from shelterdesk.services.consent_law.answering import names_of, people
from shelterdesk.services.day_lines import VISITORS, DayLine
from shelterdesk.services.house.leave_stops import demand_past
from shelterdesk.services.records import Records
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry
from shelterdesk.store.vault.vault import Vault

_LATELY: Final = timedelta(days=7)
_INSIDE: Final = N_("Visitors are inside: {who}")
_WENT_BEFORE: Final = N_("They came in later than that. Look at the day and the hour once more.")


class StaysOut(DeskError):
    """Somebody stands at the door who may be a danger to one who lives here."""

    sentence = N_("Do not let this person in, and do not say who lives here. Call the director.")


class NotAgreed(DeskError):
    """Somebody was to be led to her, and she has not agreed to see them."""

    sentence = N_("She has not agreed to see anybody. Ask her first.")


class Visitors(Service):
    """Writes down who comes and goes."""

    def __init__(self, vault: Vault, seat: Seat, records: Records) -> None:
        super().__init__(vault, seat)
        self._records = records

    @rule(Area.HOUSE)
    def inside(self) -> list[Visitor]:
        """Return who has come and not gone, the first one first."""
        return self._read(select(Visitor).where(Visitor.went_at.is_(None)))

    @rule(Area.HOUSE)
    def lately(self) -> list[Visitor]:
        """Return who is inside, and who has come within a week, the newest last."""
        since = self._vault.clock() - _LATELY
        return self._read(
            select(Visitor).where(or_(Visitor.went_at.is_(None), Visitor.came_at >= since))
        )

    def _read(self, wanted: Any) -> list[Visitor]:
        with self._vault.database.reading() as session:
            found = session.scalars(wanted.order_by(Visitor.came_at, Visitor.id)).all()
            return self._records.seen(session, found)

    @rule(Area.HOUSE, Right.WRITE)
    def let_in(self, said: Mapping[str, Any]) -> Visitor:
        """Write down who comes in, now or at a moment that is named.

        Raises StaysOut, of which the log keeps that it was said and not to whom, and NotAgreed.
        """
        now = self._vault.clock()
        given = {name: value for name, value in said.items() if value not in (None, "")}
        row = Visitor(**{"came_at": now, **given, "let_in_by_id": self.seat.taken()})
        demand_past("came_at", row.came_at, now)
        with self._vault.database.writing() as session:
            is_danger = _is_danger(session, row.who or "")
            if is_danger:
                audit.note(session, [LogEntry("turned away", Visitor.kind_name(), "")])
        if is_danger:
            raise StaysOut
        if row.to_see_id and row.she_agreed != "yes":
            raise NotAgreed
        with self._vault.database.writing() as session:
            kept = self._records.keep_weighed(session, row)
            session.flush()
        self._records.tell(kept)
        return kept

    @rule(Area.HOUSE, Right.WRITE)
    def has_gone(self, visitor_id: str, at: datetime | None = None) -> Visitor:
        """Write down that a visitor has gone, now or at a moment that is named."""
        when = at or self._vault.clock()
        with self._vault.database.writing() as session:
            row = session.get(Visitor, visitor_id)
            if row is None or row.went_at is not None:
                raise ChangedElsewhere
            demand_past("went_at", when, self._vault.clock())
            if when < row.came_at:
                raise InvalidFields({"went_at": _WENT_BEFORE})
            kept = self._records.put_weighed(session, row, {"went_at": when})
            session.flush()
        self._records.tell(kept)
        return kept

    @rule(Area.HOUSE)
    def to_choose(self) -> list[tuple[str, str]]:
        """Return who lives here, to choose from whom a visitor wants to see."""
        wanted = select(Case).join(Stay, Stay.case_id == Case.id).where(OPEN).order_by(Case.code)
        with self._vault.database.reading() as session:
            return [(case.id, case.shown) for case in session.scalars(wanted)]

    @rule(Area.HOUSE, Right.WRITE)
    def day_lines(self, _today: date) -> list[DayLine]:
        """Return for My day who is inside."""
        inside = self.inside()
        if not inside:
            return []
        who = ", ".join(f"{one.who} ({wall_time(one.came_at)})" for one in inside)
        return [DayLine(words=_INSIDE, facts={"who": who}, page=VISITORS)]


def _is_danger(session: Session, name: str) -> bool:
    """Tell whether a name may be that of somebody to be kept from anybody who lives here.

    Three statements, however many live here; what can be compared with nobody's name counts.
    """
    hers = (
        select(Relation)
        .join(Case, Case.person_id == Relation.person_id)
        .join(Stay, Stay.case_id == Case.id)
        .where(OPEN)
    )
    barred = {one.other_id for one in session.scalars(hers) if one.is_barred}
    barred |= set(session.scalars(select(Person.id).where(Person.kind == "alleged_perpetrator")))
    if not barred:
        return False
    known = Barred(names_of(person) for person in people(session, barred))
    return is_unread(name) or known.may_be_meant(name)
