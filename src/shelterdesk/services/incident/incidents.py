"""Incidents: written down by whoever was there, looked at by somebody else, closed, opened again.

Who wrote it changes it within her shift; what is known later is a step of its own, and both stay.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from shelterdesk.core.codes import label
from shelterdesk.core.errors import ChangedElsewhere, DeskError
from shelterdesk.core.i18n import N_, _, screen_language
from shelterdesk.core.permissions import Area, Right, Role
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.house.incident import Incident, IncidentPerson, IncidentStep
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.services.access.cases_read import named
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.access.open_stays import OPEN
from shelterdesk.services.day_lines import INCIDENT, DayLine
from shelterdesk.services.house.corrections import is_of_shift
from shelterdesk.services.house.leave_stops import demand_past
from shelterdesk.services.incident.incident_rows import (
    add_step,
    belonging,
    cases_in,
    may_review,
    names_of,
    open_row,
    row_of,
)
from shelterdesk.services.logbook.handover import ShiftLine
from shelterdesk.services.records import Records
from shelterdesk.store.vault.vault import Vault

ALLEGATION: Final = "violence_by_staff_allegation"
"""The kind that is no incident: it opens the box instead."""

RED_AFTER: Final = timedelta(hours=24)
"""How long an incident may wait for a director before her line is red."""

SHOWN_FOR: Final = timedelta(days=365)
"""How far back the list reaches for what is closed."""

_ADDED_TO: Final = frozenset({"told", "injuries"})
"""What everybody who writes incidents fills in later: who was told, who was hurt after all."""

_ASKED: Final = ("kind", "words", "at", "place", "done", "injuries", "told")
_HANDED_OVER: Final = N_("Incidents")
_IN_A_WORD: Final = N_("Incident: {kind}")
_NEW: Final = N_("Incident, not yet looked at: {kind}")
_HERS: Final = N_("Was in an incident: {kind}")
_REFUSED: Final = N_("Refused at the door: {who}")


class ForTheBox(DeskError):
    """What is said against somebody who works here was to be written as an incident."""

    sentence = N_(
        "What is said against somebody who works here is no incident: whoever is named could read "
        "it. Put it into the box (F8)."
    )


class NotHers(DeskError):
    """What is somebody else's, of an earlier shift or looked at, was to be changed."""

    sentence = N_(
        "This is an entry of another person or of an earlier shift, or somebody has looked at it. "
        "It stays as it is: write what is different as a step."
    )


@dataclass(frozen=True, slots=True, repr=False)
class Account:
    """An incident with everything that belongs to it, as she may see it."""

    incident: Incident
    people: tuple[tuple[IncidentPerson, str], ...]
    """Who was in it, each with code and chosen name."""
    steps: tuple[tuple[IncidentStep, str], ...]
    """What was done since, the first one first, each with who did it."""
    by: str
    """Who wrote it."""
    reviewed_by: str
    is_mine: bool
    """Whether she may still change it where it stands."""
    may_review: bool
    """Whether it is hers to look at."""
    may_close: bool


class Incidents(Service):
    """Keeps what went wrong in the house."""

    def __init__(self, vault: Vault, seat: Seat, records: Records) -> None:
        super().__init__(vault, seat)
        self._records = records

    # -- read -------------------------------------------------------------------------------

    @rule(Area.INCIDENT)
    def lately(self) -> list[Incident]:
        """Return what is not closed, and what happened within a year, the newest first."""
        since = self._vault.clock() - SHOWN_FOR
        wanted = select(Incident).where(or_(Incident.closed_at.is_(None), Incident.at >= since))
        with self._vault.database.reading() as session:
            found = session.scalars(wanted.order_by(Incident.at.desc(), Incident.id)).all()
            return self._records.seen(session, found)

    @rule(Area.INCIDENT)
    def in_them(self, incidents: Iterable[Incident]) -> dict[str, str]:
        """Return for incidents, by id, who was in each: codes and chosen names."""
        with self._vault.database.reading() as session:
            found = cases_in(session, [one.id for one in incidents])
        return {one: ", ".join(map(named, rows)) for one, rows in found.items()}

    @rule(Area.INCIDENT)
    def account(self, incident_id: str) -> Account:
        """Return one incident with who was in it and what was done; ChangedElsewhere without it."""
        with self._vault.database.reading() as session:
            row = row_of(session, incident_id)
            staff = {s.id: s for s in session.scalars(select(StaffMember))}
            steps = session.scalars(belonging(IncidentStep, incident_id)).all()
            people = session.scalars(belonging(IncidentPerson, incident_id)).all()
            names = names_of(session, [one.case_id for one in people])
            reviewer = staff.get(row.reviewed_by_id or "")
            return Account(
                incident=self._records.seen(session, [row])[0],
                people=tuple(
                    (one, names.get(one.case_id, "")) for one in self._records.seen(session, people)
                ),
                steps=tuple(
                    (one, staff[one.by_id].name if one.by_id in staff else "")
                    for one in self._records.seen(session, steps)
                ),
                by=writer.name if (writer := self._vault.keyring.holder(row.created_by)) else "",
                reviewed_by=reviewer.name if reviewer else "",
                is_mine=row.closed_at is None and self._is_mine(session, row),
                may_review=may_review(self.seat, row),
                may_close=self.seat.is_director or may_review(self.seat, row),
            )

    def _is_mine(self, session: Session, row: Incident) -> bool:
        return row.reviewed_at is None and is_of_shift(session, self.seat, row, _ASKED)

    @rule(Area.INCIDENT)
    def to_choose(self) -> list[tuple[str, str]]:
        """Return who lives here, to choose from who was in it."""
        wanted = select(Case).join(Stay, Stay.case_id == Case.id).where(OPEN).order_by(Case.code)
        with self._vault.database.reading() as session:
            return [(case.id, case.shown) for case in session.scalars(wanted)]

    @rule(Area.INCIDENT)
    def day_lines(self, _today: date) -> list[DayLine]:
        """Return for My day what waits to be looked at, and for a counsellor what hers was in."""
        if not self.seat.may(Area.INCIDENT, Right.WRITE):
            return []
        wanted = select(Incident).where(
            Incident.reviewed_at.is_(None), Incident.closed_at.is_(None)
        )
        with self._vault.database.reading() as session:
            new = session.scalars(wanted.order_by(Incident.at, Incident.id)).all()
            hers = cases_in(session, [one.id for one in new]) if new else {}
        return [line for one in new for line in self._lines(one, hers.get(one.id, ()))]

    def _lines(self, one: Incident, people: Sequence[Any]) -> Iterable[DayLine]:
        facts = {"kind": label("shelter_incident_type", one.kind, screen_language())}
        is_late = self._vault.clock() - one.waits_since >= RED_AFTER
        if may_review(self.seat, one):
            yield DayLine(
                words=_NEW, facts=facts, page=INCIDENT, record_id=one.id, is_danger=is_late
            )
        elif self.seat.is_director:
            yield DayLine(words=_NEW, facts=facts, page=INCIDENT, record_id=one.id, waits=True)
        elif Role.COUNSELLOR in self.seat.roles:
            for row in filter(self.seat.is_own, people):
                yield DayLine(
                    words=_HERS, facts=facts, page=INCIDENT, record_id=one.id, who=named(row)
                )

    @rule(Area.INCIDENT)
    def shift_lines(self, since: datetime, until: datetime) -> list[ShiftLine]:
        """Return what the next shift is told: what was written since, and what is not closed yet.

        The kind and who was in it, never the words: these are read at the incident.
        """
        written = and_(Incident.created_at > since, Incident.created_at <= until)
        is_open = or_(Incident.closed_at.is_(None), Incident.closed_at > until)
        waits = and_(is_open, Incident.created_at <= until)
        wanted = select(Incident).where(or_(written, waits)).order_by(Incident.at, Incident.id)
        with self._vault.database.reading() as session:
            found = session.scalars(wanted).all()
            people = cases_in(session, [one.id for one in found]) if found else {}
        return [_handed_over(one, people.get(one.id, ())) for one in found]

    # -- write ------------------------------------------------------------------------------

    @rule(Area.INCIDENT, Right.WRITE)
    def report(self, said: Mapping[str, Any], people: Mapping[str, str] | None = None) -> Incident:
        """Write down what happened, now or at a moment that is named.

        `people` are the cases of those who were in it, each with how. Raises InvalidFields.
        """
        _demand_no_allegation(said)
        given = {name: value for name, value in said.items() if value not in (None, "")}
        row = Incident(**{"at": self._vault.clock(), **given})
        demand_past("at", row.at, self._vault.clock())
        with self._vault.database.writing() as session:
            kept = self._records.keep_weighed(session, row)
            for case_id, part in (people or {}).items():
                self._put_in(session, kept, case_id, part)
            session.flush()
        self._records.tell(kept)
        return kept

    @rule(Area.INCIDENT, Right.WRITE)
    def refused_at_door(self, who: str) -> Incident:
        """Write down that somebody was refused at the door, by one act."""
        said = {"kind": "threat_from_outside", "words": _(_REFUSED).format(who=who)}
        return self.report(said)

    @rule(Area.INCIDENT, Right.WRITE)
    def change(self, incident_id: str, said: Mapping[str, Any]) -> Incident:
        """Change what stands there: all of it whoever wrote it, within her shift.

        Who was told and whether somebody was hurt is added by everybody, until it is closed.
        Raises NotHers, IsClosed, InvalidFields.
        """
        _demand_no_allegation(said)
        with self._vault.database.writing() as session:
            row = open_row(session, incident_id)
            if not said.keys() <= _ADDED_TO and not self._is_mine(session, row):
                raise NotHers
            demand_past("at", said.get("at") or row.at, self._vault.clock())
            kept: Incident = self._records.put_weighed(session, row, dict(said))
            for one in session.scalars(belonging(IncidentPerson, incident_id)):
                if one.at != kept.at:
                    self._records.put_weighed(session, one, {"at": kept.at})
            session.flush()
        self._records.tell(kept)
        return kept

    @rule(Area.INCIDENT, Right.WRITE)
    def add_person(self, incident_id: str, case_id: str, part: str) -> IncidentPerson:
        """Write down that somebody who lives here was in it; who is in it already gets this part.

        Raises IsClosed, ChangedElsewhere.
        """
        with self._vault.database.writing() as session:
            row = open_row(session, incident_id)
            wanted = belonging(IncidentPerson, incident_id)
            known = session.scalar(wanted.where(IncidentPerson.case_id == case_id))
            if known is not None:
                kept = self._records.put_weighed(session, known, {"part": part})
            else:
                kept = self._put_in(session, row, case_id, part)
            session.flush()
        self._records.tell(kept)
        return kept

    def _put_in(
        self, session: Session, incident: Incident, case_id: str, part: str
    ) -> IncidentPerson:
        lives_here = select(Stay.id).where(Stay.case_id == case_id, OPEN)
        if session.scalar(lives_here.limit(1)) is None:
            raise ChangedElsewhere
        person = IncidentPerson(case_id=case_id, incident_id=incident.id, part=part, at=incident.at)
        return self._records.keep_weighed(session, person)

    @rule(Area.INCIDENT, Right.WRITE)
    def add_step(self, incident_id: str, what: str, at: datetime | None = None) -> IncidentStep:
        """Write down what was done since, now or at a moment that is named."""
        when, by = at or self._vault.clock(), self.seat.taken()
        demand_past("at", when, self._vault.clock())
        with self._vault.database.writing() as session:
            row = open_row(session, incident_id)
            kept = add_step(self._records, session, row, what, when, by)
            session.flush()
        self._records.tell(kept)
        return kept


def _handed_over(one: Incident, people: Iterable[Any]) -> ShiftLine:
    kind = label("shelter_incident_type", one.kind, screen_language())
    return ShiftLine(
        part=_HANDED_OVER,
        at=one.at,
        words=_IN_A_WORD,
        facts={"kind": kind},
        who=", ".join(map(named, people)),
        is_open=one.closed_at is None,
        record_id=one.id,
    )


def _demand_no_allegation(said: Mapping[str, Any]) -> None:
    """Raise ForTheBox for what only the people of the box's route may read."""
    if said.get("kind") == ALLEGATION:
        raise ForTheBox
