"""To which woman's file a line of the log belongs: from ids to case codes, and from a case to ids.

The same rule as for who may see a record (`access.belonging`), for many lines at once and read from
the columns: nobody who reads the log holds the keys of what the records say.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from sqlalchemy import CompoundSelect, exists, literal, select, union_all
from sqlalchemy.orm import Session

from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation

_CASE: Final = "case_id"
_PERSON: Final = "person_id"


class CaseFile(NamedTuple):
    """A case as the log names it."""

    id: str
    code: str


class CaseFiles(NamedTuple):
    """To which file records belong, by their ids."""

    known: dict[str, CaseFile]
    gone: frozenset[str]
    """What stood in a file and is deleted: nobody knows any more in which."""


def files_of(session: Session, lines: Iterable[tuple[str, str]], wanted: str = "") -> CaseFiles:
    """Return the file of each record; what belongs to none is left out.

    `lines` are pairs of kind and id. Who has several cases is in the first; where one is `wanted`,
    in that one.
    """
    ids: dict[str, set[str]] = {}
    for kind_name, record_id in lines:
        ids.setdefault(kind_name, set()).add(record_id)
    about: dict[str, dict[str, str | None]] = {_CASE: {}, _PERSON: {}}
    gone: set[str] = set()
    for kind in Record.kinds:
        place, asked = _place(kind), ids.get(kind.kind_name(), set())
        if place is not None and asked:
            found = _column(session, kind, place, asked)
            about[_PERSON if place == _PERSON or kind is Person else _CASE].update(found)
            gone |= asked - found.keys()
    cases = about[_CASE]
    persons = {one: person for one, person in about[_PERSON].items() if person}
    of_person = _cases_of(session, set(persons.values()), wanted)
    cases |= {one: of_person.get(person) for one, person in persons.items()}
    codes = _codes(session, set(filter(None, cases.values())))
    known = {one: CaseFile(case, codes[case]) for one, case in cases.items() if case in codes}
    return CaseFiles(known, frozenset(gone))


def _place(kind: type[Record]) -> str | None:
    """Return the column that says in whose file rows of a kind stand; None for no file."""
    if kind in (Case, Person):
        return "id"
    place = kind.about_columns[0]
    return place if place in (_CASE, _PERSON) and place in kind.__table__.c else None


def _column(
    session: Session, kind: type[Record], place: str, ids: set[str]
) -> dict[str, str | None]:
    """Return id and whom it speaks of, of the rows that are there."""
    table: Any = kind.__table__
    wanted = select(table.c.id, table.c[place]).where(table.c.id.in_(ids))
    return {row[0]: row[1] for row in session.connection().execute(wanted)}


def _cases_of(session: Session, persons: set[str], wanted: str) -> Mapping[str, str]:
    """Return the case of each person: the one about her, or of the woman she is related to."""
    first = Case.id != wanted
    related = select(Relation.other_id, Case.id).join(Case, Case.person_id == Relation.person_id)
    about = select(Case.person_id, Case.id).where(Case.person_id.in_(persons))
    found: dict[str, str] = {}
    for question in (
        about.order_by(first, Case.created_at),
        related.where(Relation.other_id.in_(persons)).order_by(first, Relation.created_at),
    ):
        for person_id, case_id in session.connection().execute(question):
            found.setdefault(str(person_id), case_id)
    return found


def _codes(session: Session, case_ids: set[str]) -> dict[str, str]:
    rows = session.connection().execute(select(Case.id, Case.code).where(Case.id.in_(case_ids)))
    return {row[0]: row[1] for row in rows}


def ids_in(case_id: str) -> CompoundSelect[Any]:
    """Ask for the ids of everything in one woman's file: her own, and what is kept under them."""
    hers = select(Case.person_id).where(Case.id == case_id, Case.person_id.is_not(None))
    has_her_own = exists().where(Case.person_id == Relation.other_id)
    around = select(Relation.other_id).where(Relation.person_id.in_(hers), ~has_her_own)
    questions: list[Any] = [select(literal(case_id)), hers, around]
    for kind in Record.kinds:
        table: Any = kind.__table__
        place = _place(kind)
        if place not in (_CASE, _PERSON):
            continue
        whose = table.c[place]
        under = whose == case_id if place == _CASE else whose.in_(union_all(hers, around))
        questions.append(select(table.c.id).where(under))
    return union_all(*questions)
