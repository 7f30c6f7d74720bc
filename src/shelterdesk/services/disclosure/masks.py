"""Names taken out of texts: of everybody else in her own copy, of everybody on house paper."""

from collections.abc import Callable
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from shelterdesk.core.i18n import N_, in_language
from shelterdesk.core.names.within import looking_for
from shelterdesk.records.case.case import Case
from shelterdesk.records.people.person import Person
from shelterdesk.services.consent_law.around_her import barred, relations
from shelterdesk.services.consent_law.telltales import every_name_of

MASK: Final = N_("[another person]")

Hide = Callable[[str], str]
"""Gives a text without the names that are not to be read in it."""


def others_hidden(session: Session, case: Case, language: str) -> Hide:
    """Return what puts a mask over the names of everybody but her; her own always stay.

    Everybody around her, everybody who may never be told, and every other survivor, also by the
    name she chose: nobody reads on her page who else was here.
    """
    own = {case.alias or "", *_her_names(session, case)}
    return _hider(_names_around(session, case), own, in_language(MASK, language))


def names_hidden(session: Session, case: Case, language: str) -> Hide:
    """Return what leaves codes and chosen names only: hers is put in the place of her own name."""
    others = others_hidden(session, case, language)
    chosen = case.alias or case.code
    hers = _hider(_her_names(session, case) - {chosen}, {chosen}, chosen)
    return lambda text: hers(others(text))


def everybody_hidden(session: Session, language: str) -> Hide:
    """Return what puts a mask over the names of everybody whose case is open.

    For a text on house paper that belongs to nobody's case. Chosen names stay: the house speaks of
    its residents by them.
    """
    names = _names_of(session, _survivors().where(Case.closed_on.is_(None)))
    return _hider(names, set(), in_language(MASK, language))


def _her_names(session: Session, case: Case) -> set[str]:
    hers = session.get(Person, case.person_id) if case.person_id else None
    return every_name_of(hers) if hers else set()


def _names_around(session: Session, case: Case) -> set[str]:
    others = {relation.other_id for relation in relations(session, case)}
    others |= barred(session, case)
    people = select(Person).where(Person.id.in_(others - {case.person_id}))
    survivors = _survivors().where(Case.id != case.id)
    return _names_of(session, people) | _names_of(session, survivors)


def _survivors() -> Select[Person]:
    return select(Person).join(Case, Case.person_id == Person.id)


def _names_of(session: Session, people: Select[Person]) -> set[str]:
    return {name for one in session.scalars(people) for name in every_name_of(one)}


def _hider(names: set[str], own: set[str], mask: str) -> Hide:
    """Return what puts a mask over names in a text; her own names always stay."""
    found_in = looking_for(names, own)

    def hidden(text: str) -> str:
        for start, end in reversed(found_in(text)):
            text = text[:start] + mask + text[end:]
        return text

    return hidden if names else str
