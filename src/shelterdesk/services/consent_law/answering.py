"""Who may answer for a child: a parent or guardian who is written down as one, and is no danger.

It is asked when a decision is kept and again each time something is to leave: whoever has died, is
no longer her guardian, or has turned out to be involved decides nothing more.
"""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.names.alike import Barred, Known, known
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation

_PARENTS: Final = frozenset({"mother", "father", "step_parent", "legal_guardian"})
_NEVER: Final = frozenset({"child", "spouse", "partner", "employer", "friend", "neighbour"})
"""Whoever is this to her never answers for her, whatever else is ticked."""


def is_guardian(relation: Relation) -> bool:
    """Tell whether somebody is written down as one who answers for her, and is not barred."""
    if relation.is_barred or relation.is_guardian == "no" or relation.relation in _NEVER:
        return False
    return relation.relation in _PARENTS or relation.is_guardian == "yes"


def names_of(person: Person) -> Known:
    """Return everything that somebody is called, for comparing."""
    return known(
        (person.given_name, person.given_name_latin),
        (person.family_name, person.family_name_latin),
        person.other_names,
    )


def people(session: Session, ids: Iterable[str]) -> list[Person]:
    """Return the people of these ids."""
    return list(session.scalars(select(Person).where(Person.id.in_(frozenset(ids)))))


def may_answer(
    session: Session, relations: Iterable[Relation], barred: frozenset[str]
) -> frozenset[str]:
    """Return who of those around her may answer for her today.

    The same man is sometimes written down twice, once as involved: he is known by his name.
    """
    wanted = _all_guardians(relations)
    dangers = Barred(names_of(person) for person in people(session, barred))
    return frozenset(
        person.id
        for person in people(session, wanted - barred)
        if person.deceased != "yes" and not dangers.may_be_one(names_of(person))
    )


def _all_guardians(relations: Iterable[Relation]) -> frozenset[str]:
    """Return those of whom some line says that they are, and none that they are not."""
    lines: dict[str, list[Relation]] = {}
    for relation in relations:
        lines.setdefault(relation.other_id, []).append(relation)
    return frozenset(other for other, said in lines.items() if _all_say_so(said))


def _all_say_so(said: Iterable[Relation]) -> bool:
    lines = tuple(said)
    against = any(r.is_guardian == "no" or r.is_barred or r.relation in _NEVER for r in lines)
    return not against and any(is_guardian(line) for line in lines)
