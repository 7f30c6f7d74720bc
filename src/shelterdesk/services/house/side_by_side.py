"""Who sleeps beside whom and would be stopped today: a bar, or a birthday, that came afterwards.

Whoever gets a bed is looked at when she gets it. That she is kept apart from somebody in her room
may be written down later, and a girl grows up in her bed. So the nights that have begun are looked
over every day; what a director has signed for since then is not told again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import house_day
from shelterdesk.core.calendar.dates import PartialDate, is_minor
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area, Right
from shelterdesk.records.case.case import Case
from shelterdesk.records.house.beds import Bed, Bedroom, BedStay
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation
from shelterdesk.services.access.guard import Service, rule
from shelterdesk.services.access.reasons import COMPARED, ROOM
from shelterdesk.services.consent_law.around_her import ACCUSED
from shelterdesk.services.consent_law.doubles import Residents
from shelterdesk.services.day_lines import BEDS, DayLine
from shelterdesk.services.house.stops import CHILDREN, PARENTS

_GROWN_UP: Final = N_(
    "She is grown up now and sleeps in a room for children ({room}). Say where she sleeps, or let "
    "a director sign that she stays."
)
_APART: Final = N_(
    "She and {other} are kept apart and sleep in one room ({room}). Say where she sleeps, or sign "
    "that she stays."
)
_ALIKE: Final = N_(
    "She or {other} is like somebody from whom the other one is kept apart, and they sleep in one "
    "room ({room}). Compare them: say where she sleeps, or write how you know that they are two."
)


@dataclass(frozen=True, repr=False)
class _Sleeping:
    """Somebody in her bed of now."""

    case: Case
    who: str
    room: Bedroom
    born: PartialDate | None
    signed: int
    """The last line of the log in which a director signed for this bed of hers; 0 for none."""
    signed_on: date | None
    compared: int
    """The last line in which somebody has compared her with one who is alike; 0 for none."""

    @property
    def person_id(self) -> str | None:
        """Who she is, where that is known."""
        return self.case.person_id


class SideBySide(Service):
    """Tells on My day who should not sleep where she does."""

    @rule(Area.HOUSE, Right.WRITE)
    def day_lines(self, today: date) -> list[DayLine]:
        """Return who has grown up among children, and, to a director, who is kept apart."""
        with self._vault.database.reading() as session:
            rooms = _sleepers(session)
            around = _Around(session, [one for room in rooms for one in room])
            told = [_grown(one, room, around, today) for room in rooms for one in room]
            if self.seat.is_director:
                told += [line for room in rooms for line in _apart(room, around)]
        return [line for line in told if line is not None]


class _Around:
    """How those who sleep in the house now belong to each other."""

    def __init__(self, session: Session, here: Sequence[_Sleeping]) -> None:
        people = {one.person_id for one in here if one.person_id}
        known = _around_them(session, people)
        found = [relation for relation, _is_accused in known if relation.other_id in people]
        kind = select(Person.id).where(Person.id.in_(people), Person.kind == ACCUSED)
        self.accused = frozenset(session.scalars(kind)) if people else frozenset[str]()
        self.between: defaultdict[tuple[str | None, str | None], list[Relation]]
        self.between = defaultdict(list)
        for relation in found:
            self.between[relation.person_id, relation.other_id].append(relation)
        barring = [relation.id for relation in found if relation.is_barred]
        self._never: defaultdict[str | None, list[tuple[str, str]]] = defaultdict(list)
        for relation, is_accused in known:
            if relation.is_barred or is_accused:
                self._never[relation.person_id].append((relation.id, relation.other_id))
        self._residents = Residents(session, (one.case for one in here), self._all_never())
        others = [id_ for pair in self._all_pairs() for id_ in pair]
        self._written = _newest_lines(session, [*barring, *self.accused, *others])

    def is_parent(self, one: _Sleeping, other: _Sleeping) -> bool:
        """Tell whether `one` is the mother or the father of the other."""
        lines = self.between[other.person_id, one.person_id]
        return any(line.relation in PARENTS for line in lines)

    def apart_since(self, one: _Sleeping, other: _Sleeping) -> int:
        """Return the newest line of the log that keeps two apart; 0 where nothing does."""
        pairs = (one.person_id, other.person_id), (other.person_id, one.person_id)
        lines = [line.id for pair in pairs for line in self.between[pair] if line.is_barred]
        accused = {one.person_id, other.person_id} & self.accused
        return max((self._written.get(id_, 1) for id_ in (*lines, *accused) if id_), default=0)

    def alike_since(self, one: _Sleeping, other: _Sleeping) -> int:
        """Return the newest line by which one may be whom the other is kept apart from; or 0."""
        found = [*self._alike(one, other), *self._alike(other, one)]
        return max((self._written.get(id_, 1) for pair in found for id_ in pair), default=0)

    def _alike(self, one: _Sleeping, other: _Sleeping) -> Iterator[tuple[str, str]]:
        for relation_id, barred_id in self._never[one.person_id]:
            hers = barred_id == other.person_id
            if not hers and self._residents.may_be(other.case.id, barred_id):
                yield relation_id, barred_id

    def _all_pairs(self) -> Iterator[tuple[str, str]]:
        for pairs in self._never.values():
            yield from pairs

    def _all_never(self) -> frozenset[str]:
        return frozenset(barred_id for _relation, barred_id in self._all_pairs())


def _around_them(session: Session, people: Iterable[str]) -> list[tuple[Relation, bool]]:
    """Return how others belong to these people, and whether each of the others is accused."""
    wanted = frozenset(people)
    asked = (
        select(Relation, Person.kind)
        .join(Person, Person.id == Relation.other_id)
        .where(Relation.person_id.in_(wanted))
    )
    rows = session.execute(asked) if wanted else ()
    return [(relation, kind == ACCUSED) for relation, kind in rows]


def _grown(
    one: _Sleeping, room: Sequence[_Sleeping], around: _Around, today: date
) -> DayLine | None:
    """Tell of somebody grown up among children, unless a director signed since her birthday."""
    if one.room.for_whom not in CHILDREN or not _is_grown_up(one, today):
        return None
    if one.signed_on is not None and _is_grown_up(one, one.signed_on):
        return None
    if any(around.is_parent(one, other) for other in room if other is not one):
        return None
    return _line(_GROWN_UP, one)


def _is_grown_up(one: _Sleeping, day: date) -> bool:
    """Tell whether she was grown up on a day; whose age is not certain counts as a child."""
    return one.born is not None and is_minor(one.born, day) is False


def _apart(room: Sequence[_Sleeping], around: _Around) -> Iterator[DayLine]:
    """Tell of two who are kept apart, unless a director signed for one of them since then.

    And of two who may be that, of other records, unless somebody has compared them since then.
    """
    for place, one in enumerate(room):
        for other in room[place + 1 :]:
            if max(one.signed, other.signed) < around.apart_since(one, other):
                yield _line(_APART, one, other=other.who)
            elif max(one.compared, other.compared) < around.alike_since(one, other):
                yield _line(_ALIKE, one, other=other.who)


def _line(words: str, one: _Sleeping, **facts: str) -> DayLine:
    facts["room"] = one.room.name
    return DayLine(
        words=words, facts=facts, who=one.who, page=BEDS, record_id=one.case.id, is_danger=True
    )


def _sleepers(session: Session) -> list[list[_Sleeping]]:
    """Return who sleeps in the house now, room by room."""
    wanted = (
        select(BedStay.id, Case, Bedroom, Person.birth_date)
        .join(Case, Case.id == BedStay.case_id)
        .join(Bed, Bed.id == BedStay.bed_id)
        .join(Bedroom, Bedroom.id == Bed.room_id)
        .outerjoin(Person, Person.id == Case.person_id)
        .where(BedStay.until.is_(None))
        .order_by(Bedroom.name, Bedroom.id, Case.code)
    )
    found = session.execute(wanted).all()
    told = _signatures(session, [row[0] for row in found])
    rooms: dict[str, list[_Sleeping]] = {}
    for row_id, case, room, born in found:
        seq, on = told.get((row_id, ROOM), (0, None))
        who = " ".join(filter(None, (case.code, case.alias)))
        looked, _on = told.get((row_id, COMPARED), (0, None))
        here = _Sleeping(case, who, room, born, seq, on, looked)
        rooms.setdefault(room.id, []).append(here)
    return list(rooms.values())


def _signatures(session: Session, rows: Sequence[str]) -> dict[tuple[str, str], tuple[int, date]]:
    """Return for each bed of somebody the lines in which it was signed for or compared last.

    By its id and the action of the line; with the day of the line.
    """
    asked = select(AuditEvent.record_id, AuditEvent.action, AuditEvent.seq, AuditEvent.at).where(
        AuditEvent.record_id.in_(rows), AuditEvent.action.in_((ROOM, COMPARED))
    )
    lines = session.execute(asked.order_by(AuditEvent.seq)) if rows else ()
    return {(record_id, action): (seq, house_day(at)) for record_id, action, seq, at in lines}


def _newest_lines(session: Session, records: Sequence[str]) -> dict[str, int]:
    """Return for each record the number of the newest line that tells of its saving."""
    asked = select(AuditEvent.record_id, AuditEvent.seq).where(
        AuditEvent.record_id.in_(records), AuditEvent.action.in_(("created", "changed"))
    )
    lines = session.execute(asked.order_by(AuditEvent.seq)) if records else ()
    return {line.record_id: line.seq for line in lines}
