"""The search box: people, cases, referral numbers and organisations, found as one types.

The words are held in memory while the vault is open, and only those that the person at the desk may
see: code and alias of every case for those who work in the house, names where she may know them.
Sealed texts and notes are never among them. They are read page by page while nobody waits for
them; whoever types before that is over waits for the rest.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from shelterdesk.core.names.finder import Finder
from shelterdesk.core.permissions import Area
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.records.people.person import Person
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.day_lines import CASE, ORGANISATION, REFERRAL
from shelterdesk.services.records import Records
from shelterdesk.store.vault.vault import Vault

_KINDS: Final = 3
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


@dataclass(frozen=True, slots=True, repr=False)
class Hit:
    """Something that was found: what to open, and two plain lines to show it by."""

    kind: str
    id: str
    title: str
    detail: str
    page: str
    """The page that shows it."""


Found = tuple[Hit, Sequence[str]]
"""What can be found, with every text under which it is."""


class Search(Service):
    """Finds what the person at the desk may see."""

    def __init__(self, vault: Vault, seat: Seat, records: Records) -> None:
        super().__init__(vault, seat)
        self._records = records
        self._finder = Finder(())
        self._hits: dict[str, Hit] = {}
        self._stale: deque[tuple[str, str]] = deque()  # long work marks from its own thread
        self._unread = [Case, Referral, Organisation]
        self._last = ""

    @rule(None)
    def find(self, typed: str, most: int = 50) -> list[Hit]:
        """Return what fits, best first: written in Lao or Latin, and somewhat misspelt."""
        finder = self._ready()
        return [self._hits[place] for place in finder.find(typed, most)]

    @rule(None)
    def changed(self, kind_name: str, record_id: str) -> None:
        """Take note that a record was saved; it is read again before the next search."""
        if self._last or len(self._unread) < _KINDS:
            self._stale.append((kind_name, record_id))

    @rule(None)
    def read_ahead(self) -> bool:
        """Read a page of what can be found, some milliseconds of work; True when all is read."""
        if self._unread:
            self._read_on(_PAGE)
        return not self._unread

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
        if kind is Case:
            return self._cases(session, which)
        return (self._referrals if kind is Referral else self._organisations)(session, which)

    def _put(self, finder: Finder, found: Iterator[Found]) -> None:
        for hit, texts in found:
            place = f"{hit.kind} {hit.id}"
            self._hits[place] = hit
            finder.update(place, texts)

    def _renew(self, finder: Finder, session: Session, kind_name: str, record_id: str) -> None:
        place = f"{kind_name} {record_id}"
        finder.forget(place)
        self._hits.pop(place, None)
        if kind_name in (Case.kind_name(), Person.kind_name()):
            which = or_(Case.id == record_id, Case.person_id == record_id)
            self._put(finder, self._cases(session, which))
            self._renew_referrals(finder, session, record_id)
        elif kind_name == Referral.kind_name():
            self._put(finder, self._referrals(session, Referral.id == record_id))
        elif kind_name == Organisation.kind_name():
            self._put(finder, self._organisations(session, Organisation.id == record_id))

    def _renew_referrals(self, finder: Finder, session: Session, case_id: str) -> None:
        """Read the referrals of a case again: whose case it is decides who finds them."""
        theirs = Referral.case_id == case_id
        for referral_id in session.scalars(select(Referral.id).where(theirs)):
            place = f"{Referral.kind_name()} {referral_id}"
            finder.forget(place)
            self._hits.pop(place, None)
        self._put(finder, self._referrals(session, theirs))

    def _cases(self, session: Session, which: ColumnElement[bool]) -> Iterator[Found]:
        if not self.seat.may(Area.HOUSE):
            return
        knows, knows_more = self.seat.judge(Area.AGE), self.seat.judge(Area.IDENTITY)
        columns = (Case.id, Case.code, Case.alias, *_WORKERS, *_NAMES, Person.other_names)
        wanted = select(*columns).outerjoin(Person, Person.id == Case.person_id)
        for row in session.execute(wanted.where(which)):
            names = _names(row) if knows(row) else ()
            others = [row.other_names] if row.other_names and knows_more(row) else []
            title = " ".join(filter(None, (row.code, row.alias)))
            shown = names[0] if names else ""
            plain = row.code.replace("-", "")
            texts = [row.code, plain, row.alias or "", *names, *others]
            yield Hit(Case.kind_name(), row.id, title, shown, CASE), texts

    def _referrals(self, session: Session, which: ColumnElement[bool]) -> Iterator[Found]:
        sees = self.seat.judge(Area.CONSENT)
        columns = (Referral.id, Referral.reference, Organisation.name, Organisation.name_latin)
        wanted = (
            select(*columns, *_WORKERS)
            .join(Case, Case.id == Referral.case_id)
            .outerjoin(Organisation, Organisation.id == Referral.organisation_id)
        )
        for row in session.execute(wanted.where(which)):
            if row.reference and sees(row):
                to = row.name or row.name_latin or ""
                texts = [row.reference, row.reference.replace("-", "")]
                yield Hit(Referral.kind_name(), row.id, row.reference, to, REFERRAL), texts

    def _organisations(self, session: Session, which: ColumnElement[bool]) -> Iterator[Found]:
        if not self.seat.may(Area.DIRECTORY):
            return
        columns = (Organisation.id, Organisation.name, Organisation.name_latin, Organisation.unit)
        for row in session.execute(select(*columns).where(which)):
            names = [name for name in (row.name, row.name_latin) if name]
            kind = Organisation.kind_name()
            yield Hit(kind, row.id, names[0], row.unit or "", ORGANISATION), names


def _names(row: Any) -> tuple[str, ...]:
    """Return the full names in both scripts, without the empty ones."""
    own = f"{row.given_name or ''} {row.family_name or ''}".strip()
    latin = f"{row.given_name_latin or ''} {row.family_name_latin or ''}".strip()
    return tuple(name for name in (own, latin) if name)
