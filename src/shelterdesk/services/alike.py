"""Whoever may be in the records already: by a like name, a day or year of birth, or a number.

Nothing is found here that the search box would not find for whoever is at the desk, and nobody by
a fact that she may not read. That two people are one is never said: a person looks, and decides.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shelterdesk.core.calendar.dates import PartialDate, Precision
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area
from shelterdesk.records.case.case import Case
from shelterdesk.records.people.contact_point import ContactPoint
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.consent_law.doubles import plain_number, rings
from shelterdesk.services.search import RELATIVE, Hit, Search
from shelterdesk.store.vault.vault import Vault

CODE, PAPER = N_("the same case code"), N_("the same number of an identity paper")
PHONE, DAY = N_("the same telephone number"), N_("born on the same day")
NAME, YEAR = N_("a like name"), N_("born in the same year")

_WEIGHT: Final = {CODE: 32, PAPER: 16, PHONE: 8, DAY: 4, NAME: 2, YEAR: 1}
_SHORTEST: Final = 3
"""Letters below which too many names are alike."""

_MOST: Final = 5
_TWO: Final = 2


@dataclass(frozen=True, slots=True, repr=False)
class Sought:
    """What is known of somebody who is being written down."""

    names: tuple[str, ...] = ()
    birth: PartialDate | None = None
    numbers: tuple[str, ...] = ()
    """Of an identity paper, a telephone, or a case as it is typed."""
    but_case: str = ""
    but_person: str = ""
    """Who she is herself by now: she is no other one."""


@dataclass(frozen=True, slots=True, repr=False)
class Candidate:
    """Somebody who may be the same, and by what."""

    hit: Hit
    reasons: tuple[str, ...]
    """Sentences, the strongest first."""


class Alike(Service):
    """Looks for whoever is in the records already, before anything is saved."""

    def __init__(self, vault: Vault, seat: Seat, search: Search) -> None:
        super().__init__(vault, seat)
        self._search = search

    @rule(None)
    def like(self, sought: Sought, most: int = _MOST) -> list[Candidate]:
        """Return who may be the same, the likeliest first.

        Many are born in one year: by that alone somebody is named only where there are few.
        """
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for name in {name.strip() for name in sought.names}:
            for hit in self._search.find(name) if len(name) >= _SHORTEST else ():
                if hit.person_id or hit.kind == Case.kind_name():
                    found[hit.kind, _own_id(hit)].add(NAME)
        for key, reason in self._by_facts(sought):
            found[key].add(reason)
        by_year = [key for key, reasons in found.items() if reasons == {YEAR}]
        for key in by_year if len(by_year) > most else ():
            del found[key]
        made = (self._made(key, reasons, sought) for key, reasons in found.items())
        candidates = [one for one in made if one is not None]
        return sorted(candidates, key=lambda one: (-_weight(one), one.hit.place))[:most]

    def _made(
        self, key: tuple[str, str], reasons: Iterable[str], sought: Sought
    ) -> Candidate | None:
        hit = self._search.hit(*key)
        if hit is None or hit.person_id == sought.but_person != "":
            return None
        if hit.kind != RELATIVE and hit.id == sought.but_case:
            return None
        return Candidate(hit, tuple(sorted(reasons, key=lambda why: -_WEIGHT[why])))

    def _by_facts(self, sought: Sought) -> Iterator[tuple[tuple[str, str], str]]:
        """Yield who is alike by birth or number, as far as she may read these."""
        numbers = {plain for number in sought.numbers if (plain := plain_number(number))}
        if sought.birth is None and not numbers:
            return
        age, identity = self.seat.judge(Area.AGE), self.seat.judge(Area.IDENTITY)
        with self._vault.database.reading() as session:
            for key, row in (*_cases(session), *_relatives(session)):
                if sought.birth and age(row) and (why := _born(sought.birth, row.birth_date)):
                    yield key, why
                if key[0] != RELATIVE and plain_number(row.code) in numbers:
                    yield key, CODE
                if numbers and identity(row) and plain_number(row.id_number) in numbers:
                    yield key, PAPER
                if numbers and identity(row) and rings(numbers, row.telephone):
                    yield key, PHONE


_FACTS: Final = (
    *(Case.id, Case.code, Case.owner_id, Case.second_worker_id, Case.legal_officer_id),
    *(Case.closed_on, Person.id.label("person_id"), Person.birth_date, Person.id_number),
    select(func.group_concat(ContactPoint.value, ";"))
    .where(ContactPoint.person_id == Person.id)
    .correlate(Person)
    .scalar_subquery()
    .label("telephone"),
)

Keyed = Iterator[tuple[tuple[str, str], Any]]


def _cases(session: Session) -> Keyed:
    wanted = select(*_FACTS).outerjoin_from(Case, Person, Person.id == Case.person_id)
    for row in session.execute(wanted):
        yield (Case.kind_name(), row.id), row


def _relatives(session: Session) -> Keyed:
    """Yield the people around somebody, each by the case that counts: the first one."""
    wanted = (
        select(*_FACTS)
        .select_from(Relation)
        .join(Case, Case.person_id == Relation.person_id)
        .join(Person, Person.id == Relation.other_id)
        .order_by(Relation.created_at.desc(), Case.created_at.desc())
    )
    firsts = {row.person_id: row for row in session.execute(wanted)}
    for row in firsts.values():
        yield (RELATIVE, row.person_id), row


def _own_id(hit: Hit) -> str:
    """Return under which id something was found: whoever stands around her by the own one."""
    return hit.person_id if hit.kind == RELATIVE else hit.id


def _weight(candidate: Candidate) -> int:
    return sum(_WEIGHT[why] for why in candidate.reasons)


def _born(typed: PartialDate, known: PartialDate | None) -> str:
    """Return by what two births are alike: the day, the year as far as it is known, or nothing."""
    if known is None or typed.year != known.year:
        return ""
    days = (typed.precision, known.precision)
    if days == (Precision.DAY, Precision.DAY):
        return DAY if typed == known else ""
    months = {typed.month, known.month} - {None}
    return YEAR if len(months) < _TWO else ""
