"""What happened to the records of a case: whose hand, when, and what stood there before."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

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
            return self._changes(session, {record.id: (record, names)})

    @rule(Area.CASE_WORK)
    def of_case(self, case: Case) -> list[PastChange]:
        """Return what happened to every record of a case that she may see, newest first."""
        self.seat.demand(Area.CASE_WORK, case=case)
        found = {record.id: (record, self._names(record, case)) for record in self._all(case)}
        with self._vault.database.reading() as session:
            return self._changes(session, found)

    def _all(self, case: Case) -> Iterator[Record]:
        """Yield the case, whom it is about, and all that hangs on either."""
        now = self._records.get(Case, case.id)
        hooks = {"case_id": now.id, "person_id": now.person_id}
        yield now
        for kind in Record.kinds:
            link = next((name for name in hooks if name in kind.fields()), None)
            if kind is Case or link is None or not hooks[link]:
                continue
            yield from self._records.of(kind, **{link: hooks[link]})
        if now.person_id and self._records.readable(Person, now):
            yield self._records.get(Person, now.person_id)

    def _names(self, record: Record, case: Case) -> tuple[str, ...]:
        if record.closer_area is not None:
            return tuple(record.fields())
        return self._records.readable(type(record), case)

    def _changes(
        self, session: Session, found: Mapping[str, tuple[Record, tuple[str, ...]]]
    ) -> list[PastChange]:
        people = {holder.id: holder.name for holder in self._vault.keyring.keyholders}
        made: list[tuple[int, PastChange]] = []
        for ids in _in_pieces(found):
            kept = _kept(session, ids, found)
            for line in session.scalars(_lines_about(ids)):
                before = kept.get((line.seq, line.record_id), {})
                record, by = found[line.record_id][0], people.get(line.actor, "")
                made.append((line.seq, PastChange(record, line.at, by, line.action, before)))
        made.sort(key=lambda pair: pair[0], reverse=True)
        return [change for _seq, change in made]


def _lines_about(ids: list[str]) -> Select[AuditEvent]:
    """Ask for the lines about records; who opened the file stands in the log alone."""
    told = AuditEvent.action.not_in(WHOLE_FILE)
    return select(AuditEvent).where(AuditEvent.record_id.in_(ids), told)


def _in_pieces(ids: Iterable[str]) -> Iterator[list[str]]:
    kept = list(ids)
    for begin in range(0, len(kept), _AT_ONCE):
        yield kept[begin : begin + _AT_ONCE]


def _kept(
    session: Session, ids: list[str], found: Mapping[str, tuple[Record, tuple[str, ...]]]
) -> dict[tuple[int, str], dict[str, object]]:
    """Return earlier values by line and record, without those that only a press opens."""
    kept: dict[tuple[int, str], dict[str, object]] = {}
    for old in session.scalars(select(FieldHistory).where(FieldHistory.record_id.in_(ids))):
        record, names = found[old.record_id]
        if old.field in names and not record.fields()[old.field].compartment:
            earlier = earlier_value(session, old)
            kept.setdefault((old.seq, old.record_id), {})[old.field] = earlier
    return kept
