"""What happened to the records of a case: whose hand, when, and what stood there before."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Final, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from shelterdesk.core.errors import NotAllowed
from shelterdesk.core.permissions import Area
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.records.keeping.ledger import AuditEvent, FieldHistory
from shelterdesk.records.people.person import Person
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.access.looks import WHOLE_FILE
from shelterdesk.services.records import Records
from shelterdesk.store.database.unit_of_work import earlier_value
from shelterdesk.store.vault.vault import Vault

T = TypeVar("T")
Seen = tuple[Record, tuple[str, ...]]
"""A record as it is shown, and the names of its fields that are open."""

_AT_ONCE: Final = 500
"""Records whose lines are asked for in one statement."""


@dataclass(frozen=True, repr=False)
class PastChange:
    """One change of a record: when, whose hand, which act, and what stood there before."""

    record: Record
    at: datetime
    by: str
    action: str
    before: dict[str, object]


@dataclass(frozen=True, repr=False)
class PastPiece:
    """The newest of what happened to the records of a case."""

    changes: tuple[PastChange, ...]
    kinds: tuple[type[Record], ...]
    """The kinds of which there is any, whatever was asked for."""
    goes_on: bool
    """Whether there is something older."""


class History(Service):
    """Looks back on records, as far as whoever is at the desk may see them."""

    def __init__(self, vault: Vault, seat: Seat, records: Records) -> None:
        super().__init__(vault, seat)
        self._records = records

    @rule(None)
    def of(self, record: Record) -> list[PastChange]:
        """Return what happened to a record, newest first; closed fields are left out of it."""
        with self._vault.database.reading() as session:
            row = session.get(type(record), record.id)
            names = self._records.open_names(session, row) if row else ()
            if not names:
                raise NotAllowed
            lines = list(session.scalars(_lines_about([record.id])))
            return self._changes(session, lines, {record.id: (record, names)})

    @rule(Area.CASE_WORK)
    def of_case(self, case: Case, most: int, of: str = "") -> PastPiece:
        """Return the newest changes of every record of a case that she may see: so many at most.

        With `of` only of the records of one kind, by its name. What is older is not read.
        """
        self.seat.demand(Area.CASE_WORK, case=case)
        now = self._records.get(Case, case.id)
        ids = self._ids(now)
        asked = (known for kind, known in ids.items() if of in ("", kind.kind_name()))
        with self._vault.database.reading() as session:
            lines = _newest(session, list(chain.from_iterable(asked)), most + 1)
            found = self._about(session, now, ids, {line.record_id for line in lines[:most]})
            changes = self._changes(session, lines[:most], found)
        kinds = tuple(kind for kind, known in ids.items() if known)
        return PastPiece(tuple(changes), kinds, len(lines) > most)

    def _ids(self, case: Case) -> dict[type[Record], tuple[str, ...]]:
        """Return the ids of the case, of whom it is about, and of all that hangs on either."""
        hooks = {"case_id": case.id, "person_id": case.person_id}
        found: dict[type[Record], tuple[str, ...]] = {Case: (case.id,)}
        for kind in Record.kinds:
            link = next((name for name in hooks if name in kind.fields()), "")
            if kind is Case or not hooks.get(link) or not self._records.readable(kind, case):
                continue
            if kind.closer_area is not Record.closer_area:  # each of them says who may see it
                each = self._records.of(kind, **{link: hooks[link]})
                found[kind] = tuple(record.id for record in each)
            else:
                hung = select(kind.id).where(getattr(kind, link) == hooks[link])
                with self._vault.database.reading() as session:
                    found[kind] = tuple(session.scalars(hung))
        if case.person_id and self._records.readable(Person, case):
            found[Person] = (case.person_id,)
        return found

    def _about(
        self,
        session: Session,
        case: Case,
        ids: Mapping[type[Record], tuple[str, ...]],
        wanted: set[str],
    ) -> dict[str, Seen]:
        """Read those of the records that are wanted, each with its fields that are open to her."""
        found: dict[str, Seen] = {}
        for kind, known in ids.items():
            for piece in _in_pieces(wanted.intersection(known)):
                rows = session.scalars(select(kind).where(kind.id.in_(piece))).all()
                for record in self._records.seen(session, rows):
                    found[record.id] = record, self._names(record, case)
        return found

    def _names(self, record: Record, case: Case) -> tuple[str, ...]:
        if record.closer_area is not None:
            return tuple(record.fields())
        return self._records.readable(type(record), case)

    def _changes(
        self, session: Session, lines: Iterable[AuditEvent], found: Mapping[str, Seen]
    ) -> list[PastChange]:
        """Return what lines of the log tell of records that she may see, newest first."""
        people = {holder.id: holder.name for holder in self._vault.keyring.keyholders}
        told = sorted(
            (line for line in lines if line.record_id in found), key=lambda line: -line.seq
        )
        kept = _kept(session, told, found)
        return [
            PastChange(
                found[line.record_id][0],
                line.at,
                people.get(line.actor, ""),
                line.action,
                kept.get((line.seq, line.record_id), {}),
            )
            for line in told
        ]


def _newest(session: Session, ids: list[str], most: int) -> list[AuditEvent]:
    """Return the newest lines about records, the newest first: so many at most."""
    found: list[AuditEvent] = []
    for piece in _in_pieces(ids):
        order = _lines_about(piece).order_by(AuditEvent.seq.desc())
        found += session.scalars(order.limit(most))
    return sorted(found, key=lambda line: -line.seq)[:most]


def _lines_about(ids: list[str]) -> Select[AuditEvent]:
    """Ask for the lines about records; who opened the file stands in the log alone."""
    told = AuditEvent.action.not_in(WHOLE_FILE)
    return select(AuditEvent).where(AuditEvent.record_id.in_(ids), told)


def _in_pieces(ids: Iterable[T]) -> Iterator[list[T]]:
    kept = list(ids)
    for begin in range(0, len(kept), _AT_ONCE):
        yield kept[begin : begin + _AT_ONCE]


def _kept(
    session: Session, lines: Iterable[AuditEvent], found: Mapping[str, Seen]
) -> dict[tuple[int, str], dict[str, object]]:
    """Return earlier values by line and record, without those that only a press opens."""
    kept: dict[tuple[int, str], dict[str, object]] = {}
    for seqs in _in_pieces({line.seq for line in lines}):
        for old in session.scalars(select(FieldHistory).where(FieldHistory.seq.in_(seqs))):
            record, names = found.get(old.record_id, (None, ()))
            if record and old.field in names and not record.fields()[old.field].compartment:
                earlier = earlier_value(session, old)
                kept.setdefault((old.seq, old.record_id), {})[old.field] = earlier
    return kept
