"""The people around her: noted, corrected, linked where they are in the records already."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.errors import ChangedElsewhere, DeskError, InvalidFields, NotAllowed
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area, Right
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.records.people.contact_point import ContactPoint
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.consent_law.around_her import ACCUSED, barred
from shelterdesk.services.consent_law.doubles import doubles_in
from shelterdesk.services.records import Records
from shelterdesk.store.log.log_order import in_log_order
from shelterdesk.store.vault.vault import Vault

Values = Mapping[str, Any]
Changes = tuple[Record, Values]
"""A record as it was read, and the new values of some of its fields."""

_NAMED_BY: Final = ("given_name", "family_name")
_NEVER_CALL: Final = N_(
    "Somebody who is involved, or never to be contacted, cannot be safe to call."
)


class HerselfAround(DeskError):
    """A woman was to stand among the people around her."""

    sentence = N_("This is her own record. Somebody around her is another person.")


class AlreadyAround(DeskError):
    """Somebody was to be linked to her who is linked to her already."""

    sentence = N_("This person stands among the people around her already. Change it there.")


@dataclass(frozen=True, slots=True, repr=False)
class Near:
    """Somebody around her: how they belong together, who it is, how she or he can be reached."""

    relation: Relation
    person: Person
    ways: tuple[ContactPoint, ...]
    is_known: bool
    """Whether the name may be known here; of another case it often may not."""
    is_ours: bool
    """Whether who this is can be corrected here."""
    is_double: bool
    """Whether this may be somebody who is barred and stands in another record."""

    @property
    def may_be_called(self) -> list[ContactPoint]:
        """The ways that may be used; none of somebody who must never be contacted."""
        never = self.relation.is_barred or self.person.kind == ACCUSED
        return [] if never else [way for way in self.ways if way.value]


class Around(Service):
    """Who belongs to her, as far as whoever is at the desk may know it."""

    def __init__(self, vault: Vault, seat: Seat, records: Records) -> None:
        super().__init__(vault, seat)
        self._records = records

    @rule(Area.IDENTITY)
    def of(self, case: Case) -> list[Near]:
        """Return the people around her, in the order in which they were noted."""
        with self._vault.database.reading() as session:
            stored = self._demanded(session, case, Right.READ)
            wanted = select(Relation).where(Relation.person_id == stored.person_id)
            rows = session.scalars(wanted.order_by(in_log_order(Relation), Relation.id)).all()
            ids = [row.other_id for row in rows] if stored.person_id else []
            doubles = doubles_in(session, ids, barred(session, stored))
            found = self._records.seen(session, rows) if stored.person_id else []
            return [near for one in found if (near := self._near(session, one, doubles))]

    def _near(self, session: Session, relation: Relation, doubles: frozenset[str]) -> Near | None:
        row = session.get(Person, relation.other_id)
        if row is None:
            return None
        reads, writes = (self._records.open_names(session, row, right) for right in Right)
        person = next(iter(self._records.seen(session, [row])), Person(kind=row.kind))
        wanted = select(ContactPoint).where(ContactPoint.person_id == row.id)
        ways = session.scalars(wanted.order_by(in_log_order(ContactPoint), ContactPoint.id)).all()
        return Near(
            relation,
            person,
            tuple(self._records.seen(session, ways)),
            is_known=set(_NAMED_BY) <= set(reads),
            is_ours=set(_NAMED_BY) <= set(writes),
            is_double=row.id in doubles,
        )

    @rule(Area.IDENTITY, Right.WRITE)
    def note(
        self,
        case: Case,
        person: Values | str,
        relation: Values,
        ways: Iterable[Values] = (),
    ) -> Relation:
        """Write down somebody around her, how they belong together and can be reached: all or none.

        `person` has what is known of somebody new, or is the id of somebody in the records. Raises
        NotAllowed, InvalidFields, HerselfAround, AlreadyAround, and ChangedElsewhere while nothing
        is known of herself.
        """
        with self._vault.database.writing() as session:
            her_id = self._demanded(session, case, Right.WRITE).person_id
            if her_id is None:
                raise ChangedElsewhere
            saved: list[Record] = []
            if isinstance(person, str):
                other_id = self._linked(session, her_id, person)
            else:
                saved.append(self._records.keep(session, _somebody(person)))
                other_id = saved[0].id
            link = Relation(person_id=her_id, other_id=other_id, **relation)
            if problems := link.problems():
                raise InvalidFields(problems)
            kept = self._records.keep(session, link)
            saved += [kept, *self._reached(session, kept, ways)]
        self._records.tell(*saved)
        return self._records.get(Relation, link.id)

    @rule(Area.IDENTITY, Right.WRITE)
    def correct(
        self, relation: Relation, changed: Iterable[Changes], ways: Iterable[Values] = ()
    ) -> None:
        """Save what was corrected about somebody around her, and ways that are new: all or none."""
        with self._vault.database.writing() as session:
            saved: list[Record] = [
                self._records.put(session, record, values) for record, values in changed if values
            ]
            row = session.get(Relation, relation.id)
            if row is None:
                raise ChangedElsewhere
            saved += self._reached(session, row, ways)
        self._records.tell(*saved)

    def _demanded(self, session: Session, case: Case, right: Right) -> Case:
        """Return the case as it stands; NotAllowed where its people are closed to her."""
        stored = session.get(Case, case.id)
        if stored is None:
            raise ChangedElsewhere
        self.seat.demand(Area.IDENTITY, right, stored)
        return stored

    def _linked(self, session: Session, her_id: str, person_id: str) -> str:
        """Return the id of somebody in the records who can be linked to her."""
        person = session.get(Person, person_id)
        if person is None:
            raise ChangedElsewhere
        if not set(_NAMED_BY) <= set(self._records.open_names(session, person)):
            raise NotAllowed
        if person.id == her_id:
            raise HerselfAround
        wanted = select(Relation.id).filter_by(person_id=her_id, other_id=person.id)
        if session.scalar(wanted.limit(1)):
            raise AlreadyAround
        return person.id

    def _reached(
        self, session: Session, relation: Relation, ways: Iterable[Values]
    ) -> list[ContactPoint]:
        """Keep new ways to reach somebody; refuse one that is called safe where none can be."""
        told = [values for values in ways if any(value is not None for value in values.values())]
        points = [ContactPoint(person_id=relation.other_id, **values) for values in told]
        for point in points:
            if problems := point.problems():
                raise InvalidFields(problems)
        kept = [self._records.keep(session, point) for point in points]
        _demand_not_barred(session, relation)
        return kept


def _somebody(values: Values) -> Person:
    return Person(**({"kind": "family"} | {n: v for n, v in values.items() if v is not None}))


def _demand_not_barred(session: Session, relation: Relation) -> None:
    """Raise InvalidFields where somebody who is barred would be safe to call."""
    if not relation.is_barred:
        return
    safe = select(ContactPoint.id).filter_by(person_id=relation.other_id, safe_to_call="yes")
    if session.scalar(safe.limit(1)):
        raise InvalidFields({"safe_to_call": _NEVER_CALL})
