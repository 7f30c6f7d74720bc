"""The search box: cases, people around her, referral numbers, organisations, found as one types.

The words are held in memory while the vault is open, and only those that the person at the desk may
see: code and alias of every case for those who work in the house, names where she may know them.
Sealed texts and notes are never among them. They are read page by page while nobody waits for
them; whoever types before that is over waits for the rest. What is shown of a hit is read when it
is found, so that it tells how things stand now.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import house_day
from shelterdesk.core.codes import label
from shelterdesk.core.i18n import screen_language
from shelterdesk.core.names.finder import Finder
from shelterdesk.core.permissions import Area
from shelterdesk.core.references import as_printed, read_sheet_code
from shelterdesk.core.scripts import on_screen
from shelterdesk.core.shown import day
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.records.house.incident import Incident
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation
from shelterdesk.services.access.away import away_now, lived_as
from shelterdesk.services.access.cases_read import full_names
from shelterdesk.services.access.guard import Seat, Service, rule, rule_of
from shelterdesk.services.access.open_stays import OPEN
from shelterdesk.services.day_lines import CASE, INCIDENT, ORGANISATION, REFERRAL
from shelterdesk.services.records import Records
from shelterdesk.store.vault.vault import Vault

_KINDS: Final = (Case, Person, Referral, Organisation, Incident)
"""What is found, of people those around her: she herself is found by her case."""

_PAGE: Final = 150
"""Records that are read while somebody may be typing elsewhere."""

_LONG_PAGE: Final = 5_000
_NAMES: Final = (
    Person.given_name,
    Person.family_name,
    Person.given_name_latin,
    Person.family_name_latin,
)
_WORKERS: Final = (
    Case.owner_id,
    Case.second_worker_id,
    Case.legal_officer_id,
    Case.closed_on,
)


RELATIVE: Final = "relative"
"""What somebody around her is called among what is found."""

_FOUND_AS: Final = {
    Case: Case.kind_name(),
    Person: RELATIVE,
    Referral: Referral.kind_name(),
    Organisation: Organisation.kind_name(),
    Incident: Incident.kind_name(),
}
"""Kind of record -> the first word of its places."""

_AT_ONCE: Final = 500
"""Ids that are asked for in one statement."""

_LIVED: Final = "residence_state"
_LOOKED_AT: Final = 200
"""Hits of which the best are taken: who lives in the house stands before what is closed."""


@dataclass(frozen=True, slots=True, repr=False)
class Hit:
    """Something that was found: what to open, and two plain lines to show it by."""

    kind: str
    """case, relative, referral or organisation."""
    id: str
    """What is opened: of somebody around her, her case."""
    title: str
    detail: str
    page: str
    """The page that shows it."""
    state: tuple[str, str] = ("", "")
    """How it stands: the name of a code list, and a code of it."""
    person_id: str = ""
    """Who it is, where it is somebody."""
    place: int = 1
    """0 for who lives in the house, 2 for what is closed, 1 for everything else."""
    scripts: tuple[str | None, str | None] = (None, None)
    """The name of the organisation that it is or goes to, in its own script and in Latin."""

    def said(self) -> "Hit":
        """Return it with the organisation's name as the language of the screen writes it."""
        name = on_screen(*self.scripts)
        if self.page == ORGANISATION:
            return replace(self, title=name)
        return replace(self, detail=name) if name else self


class AlsoFinds(Protocol):
    """A room whose texts are found in the search box, below what has a name of its own."""

    def find(self, typed: str, most: int) -> list[Hit]:
        """Return what fits, the best first."""

    def read_ahead(self) -> bool:
        """Read a page of what can be found; True when all is read."""

    def changed(self, kind_name: str, record_id: str) -> None:
        """Take note that a record was saved."""


_LEFT_FOR_ROOMS: Final = 4
"""Lines of the search box that stay free for what rooms have found."""

Found = tuple[str, Hit, Sequence[str]]
"""What can be found: its own id, the hit, and every text under which it is."""


class Search(Service):
    """Finds what the person at the desk may see."""

    def __init__(
        self, vault: Vault, seat: Seat, records: Records, rooms: Sequence[AlsoFinds] = ()
    ) -> None:
        super().__init__(vault, seat)
        self._records, self._all_rooms = records, tuple(rooms)
        self._finder = Finder(())
        self._stale: deque[tuple[str, str]] = deque()  # long work marks from its own thread
        self._unread: list[type[Record]] = list(_KINDS)
        self._last = ""

    @rule(None)
    def find(self, typed: str, most: int = 50) -> list[Hit]:
        """Return what fits, best first: written in Lao or Latin, and somewhat misspelt.

        Of what fits as well, who lives in the house comes first and what is closed last.
        """
        close = dict(self._ready().ranked(typed, max(most, _LOOKED_AT)))
        hits = self._hits(close)
        found = sorted(hits, key=lambda place: (close[place], hits[place].place))
        return self._as_now([hits[place].said() for place in found[:most]])

    @rule(None)
    def everywhere(self, typed: str, most: int = 50) -> list[Hit]:
        """Return what `find` does, and below it what the rooms find in their texts."""
        told = [hit for room in self._rooms() for hit in room.find(typed, _LEFT_FOR_ROOMS)]
        if read_sheet_code(typed):  # the code of a paper means this sheet and nothing else
            return told
        return self.find(as_printed(typed), most - len(told)) + told

    def _rooms(self) -> list[AlsoFinds]:
        """Return the rooms in which she has a part."""
        asked = ((room, rule_of(room.find)) for room in self._all_rooms)
        return [room for room, its in asked if not its or not its.area or self.seat.may(its.area)]

    def _as_now(self, hits: list[Hit]) -> list[Hit]:
        """Return what was found; who lives here stands there as she is by the clock."""
        if not any(hit.state[0] == _LIVED for hit in hits):
            return hits
        with self._vault.database.reading() as session:
            out = away_now(session, self._vault.clock())
        return [
            replace(hit, state=(_LIVED, lived_as(out, hit.id, hit.state[1])))
            if hit.state[0] == _LIVED
            else hit
            for hit in hits
        ]

    @rule(None)
    def hit(self, kind: str, own_id: str) -> Hit | None:
        """Return what is found under an id, None for nothing that she may find."""
        place = f"{kind} {own_id}"
        hit = self._hits([place]).get(place) if place in self._ready() else None
        return hit.said() if hit else None

    def _hits(self, places: Iterable[str]) -> dict[str, Hit]:
        """Return what stands in these places now, in their order, as she may see it."""
        wanted = list(places)
        read: dict[str, Hit] = {}
        with self._vault.database.reading() as session:
            for kind in _KINDS:
                for ids in _slices(_ids_of(_FOUND_AS[kind], wanted)):
                    found = self._of_kind(session, kind, kind.id.in_(ids))
                    read |= {f"{hit.kind} {own_id}": hit for own_id, hit, _texts in found}
        return {place: read[place] for place in wanted if place in read}

    @rule(None)
    def changed(self, kind_name: str, record_id: str) -> None:
        """Take note that a record was saved; it is read again before the next search."""
        if self._last or len(self._unread) < len(_KINDS):
            self._stale.append((kind_name, record_id))
        for room in self._rooms():
            room.changed(kind_name, record_id)

    @rule(None)
    def read_ahead(self) -> bool:
        """Read a page of what can be found, some milliseconds of work; True when all is read."""
        if self._unread:
            self._read_on(_PAGE)
            return False
        return all(room.read_ahead() for room in self._rooms())

    def _ready(self) -> Finder:
        """Return the words as they are now; what was not read yet is read first."""
        while self._unread:
            self._read_on(_LONG_PAGE)
        stale: set[tuple[str, str]] = set()
        while self._stale:
            stale.add(self._stale.popleft())
        if stale:
            with self._vault.database.reading() as session:
                for kind_name, record_id in stale:
                    self._renew(self._finder, session, kind_name, record_id)
        return self._finder

    def _read_on(self, most: int) -> None:
        """Read at most so many records further, in the order of their ids."""
        kind = self._unread[0]
        wanted = select(kind.id).where(kind.id > self._last).order_by(kind.id).limit(most)
        with self._vault.database.reading() as session:
            ids = session.scalars(wanted).all()
            if ids:
                which = kind.id.between(ids[0], ids[-1])
                self._put(self._finder, self._of_kind(session, kind, which))
        self._last = ids[-1] if len(ids) == most else ""
        if not self._last:
            self._unread.pop(0)

    def _of_kind(
        self, session: Session, kind: type[Record], which: ColumnElement[bool]
    ) -> Iterator[Found]:
        reads = {
            Case: self._cases,
            Person: self._relatives,
            Referral: self._referrals,
            Incident: self._incidents,
        }
        return reads.get(kind, self._organisations)(session, which)

    def _put(self, finder: Finder, found: Iterator[Found]) -> None:
        for own_id, hit, texts in found:
            finder.update(f"{hit.kind} {own_id}", texts)

    def _renew(self, finder: Finder, session: Session, kind_name: str, record_id: str) -> None:
        finder.forget(f"{kind_name} {record_id}")
        if kind_name in (Case.kind_name(), Person.kind_name()):
            which = or_(Case.id == record_id, Case.person_id == record_id)
            self._put(finder, self._cases(session, which))
            self._renew_referrals(finder, session, record_id)
            self._renew_relatives(finder, session, record_id)
        elif kind_name == Stay.kind_name():
            whose = select(Stay.case_id).where(Stay.id == record_id).scalar_subquery()
            self._put(finder, self._cases(session, Case.id == whose))
        elif kind_name == Relation.kind_name():
            self._renew_relatives(finder, session, record_id)
        elif kind_name == Referral.kind_name():
            self._put(finder, self._referrals(session, Referral.id == record_id))
        elif kind_name == Incident.kind_name():
            self._put(finder, self._incidents(session, Incident.id == record_id))
        elif kind_name == Organisation.kind_name():
            self._put(finder, self._organisations(session, Organisation.id == record_id))

    def _renew_relatives(self, finder: Finder, session: Session, record_id: str) -> None:
        """Read the people again whom a changed case, person or relation has to do with."""
        hers = select(Case.person_id).where(Case.id == record_id).scalar_subquery()
        linked = (Relation.id == record_id, Relation.person_id == hers)
        wanted = select(Relation.other_id).where(or_(*linked))
        theirs = {*session.scalars(wanted), session.scalar(select(hers)) or record_id, record_id}
        for person_id in theirs:
            finder.forget(f"{RELATIVE} {person_id}")
        self._put(finder, self._relatives(session, Person.id.in_(theirs)))

    def _renew_referrals(self, finder: Finder, session: Session, case_id: str) -> None:
        """Read the referrals of a case again: whose case it is decides who finds them."""
        theirs = Referral.case_id == case_id
        for referral_id in session.scalars(select(Referral.id).where(theirs)):
            finder.forget(f"{Referral.kind_name()} {referral_id}")
        self._put(finder, self._referrals(session, theirs))

    def _cases(self, session: Session, which: ColumnElement[bool]) -> Iterator[Found]:
        if not self.seat.may(Area.HOUSE):
            return
        knows, knows_more = self.seat.judge(Area.AGE), self.seat.judge(Area.IDENTITY)
        columns = (Case.id, Case.code, Case.alias, *_WORKERS, *_NAMES, Person.other_names)
        wanted = (
            select(*columns, Case.person_id, Case.state, _LIVES_AS.label("lives_as"))
            .outerjoin(Person, Person.id == Case.person_id)
            .where(which)
        )
        for row in session.execute(wanted):
            names = full_names(row) if knows(row) else ()
            others = [row.other_names] if row.other_names and knows_more(row) else []
            title = " ".join(filter(None, (row.code, row.alias)))
            shown = names[0] if names else ""
            texts = [row.code, row.code.replace("-", ""), row.alias or "", *names, *others]
            person_id = (row.person_id or "") if names else ""
            state, place = _standing(row)
            hit = Hit(Case.kind_name(), row.id, title, shown, CASE, state, person_id, place)
            yield row.id, hit, texts

    def _relatives(self, session: Session, which: ColumnElement[bool]) -> Iterator[Found]:
        """Yield the people around her who have no case of their own, by the case that counts."""
        knows = self.seat.judge(Area.IDENTITY)
        columns = (Case.id, Case.code, Case.alias, *_WORKERS, *_NAMES, Person.other_names)
        wanted = (
            select(*columns, Person.id.label("person_id"), Relation.relation)
            .join(Relation, Relation.other_id == Person.id)
            .join(Case, Case.person_id == Relation.person_id)
            .where(
                which, Person.id.not_in(select(Case.person_id).where(Case.person_id.is_not(None)))
            )
            .order_by(Relation.created_at, Case.created_at)
        )
        firsts = {row.person_id: row for row in reversed(session.execute(wanted).all())}
        for row in firsts.values():
            names = [*full_names(row), *filter(None, [row.other_names])]
            if names and knows(row):
                her = " ".join(filter(None, (row.code, row.alias)))
                state = (Relation.fields()["relation"].codes, row.relation or "")
                hit = Hit(RELATIVE, row.id, names[0], her, CASE, state, row.person_id)
                yield row.person_id, hit, names

    def _referrals(self, session: Session, which: ColumnElement[bool]) -> Iterator[Found]:
        sees, kind = self.seat.judge(Area.CONSENT), Referral.kind_name()
        columns = (Referral.id, Referral.reference, Organisation.name, Organisation.name_latin)
        wanted = (
            select(*columns, Referral.state, *_WORKERS)
            .join(Case, Case.id == Referral.case_id)
            .outerjoin(Organisation, Organisation.id == Referral.organisation_id)
        )
        for row in session.execute(wanted.where(which)):
            if row.reference and sees(row):
                to = row.name, row.name_latin
                texts = [row.reference, row.reference.replace("-", "")]
                state = (Referral.fields()["state"].codes, row.state or "")
                hit = Hit(kind, row.id, row.reference, "", REFERRAL, state, scripts=to)
                yield row.id, hit, texts

    def _incidents(self, session: Session, which: ColumnElement[bool]) -> Iterator[Found]:
        """Yield incidents by kind, in both languages, and day: what happened is in no index."""
        if not self.seat.may(Area.INCIDENT):
            return
        list_of_kinds, kind = Incident.fields()["kind"].codes, Incident.kind_name()
        for row in session.execute(select(Incident.id, Incident.kind, Incident.at).where(which)):
            words = [label(list_of_kinds, row.kind, language) for language in ("lo", "en")]
            title, when = label(list_of_kinds, row.kind, screen_language()), day(house_day(row.at))
            hit = Hit(kind, row.id, title, when, INCIDENT)
            yield row.id, hit, [*words, when]

    def _organisations(self, session: Session, which: ColumnElement[bool]) -> Iterator[Found]:
        if not self.seat.may(Area.DIRECTORY):
            return
        columns = (Organisation.id, Organisation.name, Organisation.name_latin, Organisation.unit)
        for row in session.execute(select(*columns).where(which)):
            scripts = (row.name, row.name_latin)
            told = (Organisation.kind_name(), row.id, "", row.unit or "", ORGANISATION)
            hit = Hit(*told, scripts=scripts)
            yield row.id, hit, [name for name in scripts if name]


def _ids_of(kind: str, places: Iterable[str]) -> list[str]:
    """Return the ids of the places of one kind."""
    return [
        own_id for first, _blank, own_id in (one.partition(" ") for one in places) if first == kind
    ]


def _slices(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))


_LIVES_AS: Final = (
    select(func.coalesce(func.nullif(Stay.state, ""), "resident"))
    .where(Stay.case_id == Case.id, OPEN)
    .limit(1)
    .scalar_subquery()
)
"""In which way somebody lives in the house, by a stay that has not ended."""


def _standing(row: Any) -> tuple[tuple[str, str], int]:
    """Return how a case stands, and which place that has among what is found."""
    if row.closed_on is not None:
        return ("case_state", "closed"), 2
    if row.lives_as is not None:
        return (_LIVED, row.lives_as), 0
    return ("case_state", row.state or ""), 1
