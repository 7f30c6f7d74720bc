"""Whoever must not get near her, written down a second time: by a like name, paper or telephone.

The man who is involved may stand among the people around her once more, as somebody she trusts; the
woman who recruited one resident may be a resident herself, under another code and a chosen name.
Nothing here says that two records are of one person: a likeness costs a look of somebody who knows
them both.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.lao.letters import unified
from shelterdesk.core.names.alike import Barred, Known, known
from shelterdesk.records.case.case import Case
from shelterdesk.records.people.contact_point import ContactPoint
from shelterdesk.records.people.person import Person
from shelterdesk.services.consent_law.answering import names_of, people

_FIGURES: Final = 5
"""Letters and figures below which a number says nothing."""

_END: Final = 8
"""Figures at the end of a telephone number that are the same with and without the country's."""


@dataclass(frozen=True, slots=True, repr=False)
class _Marks:
    """By what somebody can be known again."""

    names: tuple[Known, ...] = ()
    paper: str = ""
    telephones: frozenset[str] = frozenset()


class _Dangers:
    """By what those who are barred can be known again."""

    def __init__(self, marks: Sequence[_Marks]) -> None:
        self._names = Barred(name for one in marks for name in one.names)
        self._papers = {one.paper for one in marks} - {""}
        self._telephones = frozenset[str]().union(*(one.telephones for one in marks))

    def may_have(self, one: _Marks) -> bool:
        """Tell whether somebody may be one of them."""
        if one.paper in self._papers or one.telephones & self._telephones:
            return True
        return any(map(self._names.may_be_one, one.names))


def may_be_one_of(session: Session, case: Case, others: Iterable[str]) -> bool:
    """Tell whether somebody who has a case may be one of these people, of another record.

    Her chosen name counts as well: those who know her from before may know her by that one.
    """
    ids = frozenset(others) - {case.person_id}
    hers = people(session, [case.person_id] if case.person_id else [])
    own = next(iter(_marks(session, hers)), _Marks())
    dangers = _Dangers(_marks(session, people(session, ids)))
    return dangers.may_have(_with_alias(own, case))


class Residents:
    """Those who live here by what they can be known by, read at once; asked about two of them."""

    def __init__(self, session: Session, cases: Iterable[Case], barred: Iterable[str]) -> None:
        here, never = list(cases), frozenset(barred)
        residents = {case.person_id for case in here if case.person_id}
        found = people(session, residents | never) if never else []
        known_by = dict(zip((one.id for one in found), _marks(session, found), strict=True))
        self._marks = {
            case.id: _with_alias(known_by.get(case.person_id or "", _Marks()), case)
            for case in here
        }
        self._barred = {one: known_by[one] for one in never if one in known_by}

    def __repr__(self) -> str:
        return "<Residents>"

    def may_be(self, case_id: str, barred_id: str) -> bool:
        """Tell whether one who lives here may be somebody who is barred, of another record."""
        danger = self._barred.get(barred_id)
        return danger is not None and _Dangers([danger]).may_have(self._marks[case_id])


def _with_alias(marks: _Marks, case: Case) -> _Marks:
    chosen = (known((case.alias,), ()),) if case.alias else ()
    return replace(marks, names=(*marks.names, *chosen))


def doubles_in(session: Session, ids: Iterable[str], never: Iterable[str]) -> frozenset[str]:
    """Return which of some people may be one of those who are barred, of another record."""
    barred = frozenset(never)
    asked = people(session, frozenset(ids) - barred)
    dangers = _Dangers(_marks(session, people(session, barred)) if asked else [])
    marks = zip(asked, _marks(session, asked), strict=True)
    return frozenset(person.id for person, one in marks if dangers.may_have(one))


def _marks(session: Session, found: Sequence[Person]) -> list[_Marks]:
    ways = select(ContactPoint.person_id, ContactPoint.value).where(
        ContactPoint.person_id.in_([person.id for person in found])
    )
    called: dict[str, set[str]] = {}
    for person_id, value in session.execute(ways) if found else ():
        called.setdefault(person_id, set()).update(endings(value))
    return [
        _Marks(
            (names_of(person),),
            plain_number(person.id_number),
            frozenset(called.get(person.id, ())),
        )
        for person in found
    ]


def plain_number(number: str | None) -> str:
    """Return the letters and figures of a number, "" where they are too few to say anything."""
    kept = "".join(sign for sign in unified(number or "").casefold() if sign.isalnum())
    return kept if len(kept) >= _FIGURES else ""


def endings(telephones: str | None) -> frozenset[str]:
    """Return the ends of telephone numbers, between which a semicolon stands."""
    numbers = (plain_number(number) for number in (telephones or "").split(";"))
    return frozenset(map(_end, numbers)) - {""}


def rings(numbers: Iterable[str], telephones: str | None) -> bool:
    """Tell whether one of the telephones is one of these numbers, with any country before it."""
    return not endings(telephones).isdisjoint(map(_end, numbers))


def _end(number: str) -> str:
    figures = "".join(filter(str.isdigit, number))
    return figures[-_END:] if len(figures) >= _END else ""
