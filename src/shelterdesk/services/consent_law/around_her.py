"""Who is around her: whether she is a child, how others belong to her, who must never decide."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.calendar.dates import is_minor
from shelterdesk.records.case.case import Case
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation
from shelterdesk.store.log.log_order import begun

ACCUSED: Final = "alleged_perpetrator"
"""Kind of a person who is barred for everybody in the house, whatever is said beside it."""


def is_child(session: Session, case: Case, today: date) -> bool:
    """Tell whether she is protected as a child: until she is shown to be an adult, she is."""
    person = session.get(Person, case.person_id) if case.person_id else None
    if person is None or person.treat_as_child == "yes" or person.birth_date is None:
        return True
    return is_minor(person.birth_date, today) is not False


def relations(session: Session, case: Case) -> list[Relation]:
    """Return how other people belong to her, in the order it was written down."""
    if case.person_id is None:
        return []
    hers = session.scalars(select(Relation).where(Relation.person_id == case.person_id)).all()
    order = begun(session, [relation.id for relation in hers])
    return sorted(hers, key=lambda relation: (order.get(relation.id, 0), relation.id))


def is_named_in(relation: Relation, items: Iterable[str]) -> bool:
    """Tell whether somebody around her is told of by one of these items."""
    wanted = frozenset(items)
    as_guardian = relation.is_guardian == "yes" and "guardian" in wanted
    as_family = relation.safe_to_contact == "yes" and "family_contact" in wanted
    return not relation.is_barred and (as_guardian or as_family)


def barred(
    session: Session, case: Case, around: Iterable[Relation] | None = None
) -> frozenset[str]:
    """Return the people who must never decide for her or be contacted about her.

    `around` are her relations, where they are at hand already.
    """
    accused = select(Person.id).where(Person.kind == ACCUSED)
    hers = relations(session, case) if around is None else around
    flagged = {relation.other_id for relation in hers if relation.is_barred}
    return frozenset({*flagged, *session.scalars(accused)})
