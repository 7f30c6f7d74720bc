"""The records of every kind: read, saved, looked back on; the one path that all of them take.

What a person may not see never leaves here: fields of areas that are closed to her come as None,
sealed texts come closed until she opens them one by one, which the log remembers. Saving takes over
only the fields that she may write, so a hidden value is never overwritten by its absence.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from shelterdesk.core.errors import ChangedElsewhere, NotAllowed
from shelterdesk.core.fields import UNANSWERED, Kind, SealedValue
from shelterdesk.core.permissions import Compartment, Right
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.services.access.away import end_leave
from shelterdesk.services.access.belonging import (
    case_of,
    demand_linkable,
    demand_same_person,
    is_new,
    linked_person,
    moved,
)
from shelterdesk.services.access.came_in import end_waiting
from shelterdesk.services.access.closed_fields import (
    demand_readable,
    differs,
    keep_reasons,
    shown_only,
)
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.access.kept_things import demand_nothing_left
from shelterdesk.services.access.lasting import (
    changeable,
    declared,
    demand_changeable,
    demand_no_page,
    demand_opener,
    is_opener,
)
from shelterdesk.services.access.open_stays import demand_only_stay, is_open_stay
from shelterdesk.services.access.present_bed import end_sleeping
from shelterdesk.services.access.reasons import LOOKED, sealed_reason
from shelterdesk.services.access.rights import Rights
from shelterdesk.services.access.with_child import demand_children
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry
from shelterdesk.store.log.log_order import in_log_order
from shelterdesk.store.vault.vault import Vault

__all__ = ["Records", "case_of"]

R = TypeVar("R", bound=Record)
_NURSE = (Compartment.MEDICAL,)
"""Who may read why a director has opened a medical text: she whose text it is, and directors."""

Told = Callable[[str, str], None]
"""Told kind and id of whatever was saved."""


class Records(Service):
    """Reads and saves records of any kind, for whoever is at the desk."""

    def __init__(self, vault: Vault, seat: Seat, told: Told) -> None:
        super().__init__(vault, seat)
        self._told = told
        self._rights = Rights(seat)
        self._opened: set[tuple[str, str]] = set()

    # -- who sees what ----------------------------------------------------------------------

    @rule(None)
    def readable(self, kind: type[Record], case: Case | None = None) -> tuple[str, ...]:
        """Return the names of the fields of a kind that she may see, in a case if one is named."""
        return self._rights.names(kind, Right.READ, case)

    @rule(None)
    def writable(self, kind: type[Record], case: Case | None = None) -> tuple[str, ...]:
        """Return the names of the fields of a kind that she may fill in."""
        return self._rights.names(kind, Right.WRITE, case, is_kept=case is not None)

    @rule(None)
    def open_names(
        self, session: Session, record: Record, right: Right = Right.READ
    ) -> tuple[str, ...]:
        """Return the fields of one record that are open to her; of nobody's, to its maker only."""
        return self._rights.of(session, record, right)

    @rule(None)
    def changeable(self, records: Iterable[Record]) -> frozenset[str]:
        """Return the ids of those that do not stay as they are yet: their writer is at the desk."""
        return changeable(self.seat, records)

    @rule(None)
    def may_open(self, record: Record, name: str) -> bool:
        """Tell whether a sealed text would be opened to her; a director may still need a reason."""
        with self._vault.database.reading() as session:
            row = session.get(type(record), record.id)
            if row is None:
                return False
            reads = self.seat.may(type(row).area_of(name), Right.READ, case_of(session, row))
            return reads and is_opener(self.seat, row)

    # -- read -------------------------------------------------------------------------------

    @rule(None)
    def get(self, kind: type[R], record_id: str) -> R:
        """Return one record as she may see it; NotAllowed, ChangedElsewhere if it is gone."""
        with self._vault.database.reading() as session:
            record = session.get(kind, record_id)
            if record is None:
                raise ChangedElsewhere
            return self._blanked(session, record)

    @rule(None)
    def of(self, kind: type[R], **links: str | None) -> list[R]:
        """Return the records of a kind with these links (`case_id=…`), oldest first.

        Those that she may not see at all are left out. Only links can be asked for: a question by
        another field would tell what stands in it.
        """
        wanted = self._linked(kind, links).order_by(in_log_order(kind), kind.id)
        with self._vault.database.reading() as session:
            return self.seen(session, session.scalars(wanted).all())

    @rule(None)
    def those(self, kind: type[R], ids: Iterable[str]) -> list[R]:
        """Return the records of a kind with these ids, as she may see them, in one statement."""
        with self._vault.database.reading() as session:
            found = session.scalars(select(kind).where(kind.id.in_(list(ids)))).all()
            return self.seen(session, found)

    @staticmethod
    def _linked(kind: type[R], links: Mapping[str, str | None]) -> Select[R]:
        declared = kind.fields()
        if any(declared[name].kind is not Kind.LINK for name in links):
            raise NotAllowed
        return select(kind).filter_by(**links)

    @rule(None)
    def newest(self, kind: type[R], most: int, **links: str | None) -> list[R]:
        """Return the newest records of a kind with these links, the newest first: so many at most.

        As `of`, of which the others are not read.
        """
        wanted = self._linked(kind, links).order_by(in_log_order(kind).desc(), kind.id.desc())
        with self._vault.database.reading() as session:
            return self.seen(session, session.scalars(wanted.limit(most)).all())

    @rule(None)
    def seen(self, session: Session, found: Iterable[R]) -> list[R]:
        """Return records that a service has found, as she may see them, without the closed ones."""
        asked = list(self._rights.of_all(session, list(found)))
        return [shown_only(session, record, names) for record, names in asked if names]

    def _blanked(self, session: Session, record: R) -> R:
        """Return the record, detached, without what she may not see, its sealed texts closed."""
        names = self.open_names(session, record, Right.READ)
        if not names:
            raise NotAllowed
        return shown_only(session, record, names)

    @rule(None)
    def open_sealed(self, record: Record, name: str, reason: str = "") -> SealedValue | None:
        """Return a sealed text opened; the look is a line in the log before it is shown.

        A director has the medical key for an emergency only: she gives a `reason`, which stands
        in that line. Raises NeedsReason, and NotAllowed for somebody whose roles or keys do not
        cover it and for a process note that somebody else has written.
        """
        with self._vault.database.writing() as session:
            row = session.get(type(record), record.id)
            if row is None:
                raise ChangedElsewhere
            self.seat.demand(type(row).area_of(name), Right.READ, case_of(session, row))
            demand_opener(self.seat, row)
            value: SealedValue | None = getattr(row, name)
            if value is not None and value.value is None:
                raise NotAllowed
            why = declared(self.seat, row, name, reason)
            beside = (sealed_reason(self._vault, _NURSE, LOOKED, row, why),) if why else ()
            audit.note(session, [LogEntry(LOOKED, row.kind_name(), row.id, (name, *beside))])
        self._opened.add((record.id, name))
        return value

    @rule(None)
    def was_opened(self, record: Record, name: str) -> bool:
        """Tell whether a sealed text was opened at this desk, so that the log has the look."""
        return (record.id, name) in self._opened

    # -- save -------------------------------------------------------------------------------

    @rule(None, Right.WRITE)
    def save(self, record: R) -> R:
        """Save a new or changed record and return it as it is now; it is on the disk by then.

        The record that was handed in stays as it was, so that it can be saved again after a
        refusal. Of a changed one only the fields she may write are taken over. Raises NotAllowed,
        InvalidFields, ChangedElsewhere (also when it was deleted meanwhile), NoSpace.
        """
        with self._vault.database.writing() as session:
            saved = self.keep(session, record)
            names = self.open_names(session, saved, Right.READ)
        return self._out(saved, names)

    @rule(None, Right.WRITE)
    def change(self, record: R, values: Mapping[str, Any]) -> R:
        """Save new values of some fields of a record that was read before; as `save`.

        Raises NotAllowed when one of them is closed to her.
        """
        with self._vault.database.writing() as session:
            saved = self.put(session, record, values)
            names = self.open_names(session, saved, Right.READ)
        return self._out(saved, names)

    def _out(self, saved: R, names: tuple[str, ...]) -> R:
        """Return what was saved, as she may see it, after telling the window of it."""
        fresh = self.get(type(saved), saved.id) if names else saved
        self.tell(saved)
        return fresh

    @rule(None, Right.WRITE)
    def tell(self, *saved: Record) -> None:
        """Tell whoever listens that these records were saved; for services that save several."""
        for record in saved:
            self._told(record.kind_name(), record.id)

    @rule(None, Right.WRITE)
    def keep(self, session: Session, record: R) -> R:
        """Put a record into a transaction under the same rules; for services that save several.

        What is returned belongs to the transaction and is whole: it must not leave the service.
        """
        _demand_open_path(record)
        if is_new(record):
            return self._add(session, record)
        names = self.open_names(session, record, Right.WRITE)
        row = self.row(session, record)
        taken = {name: getattr(record, name) for name in names}
        self._take_over(session, row, taken, getattr(record, UNANSWERED, None) or {})
        return row

    @rule(None, Right.WRITE)
    def keep_weighed(self, session: Session, record: R) -> R:
        """Put a new record of a kind with its own path into a transaction; for its service only.

        The rules of areas hold here as well. Raises NotAllowed, also for any other kind.
        """
        if not record.own_path or not is_new(record):
            raise NotAllowed
        return self._add(session, record)

    @rule(None, Right.WRITE)
    def put(self, session: Session, record: R, values: Mapping[str, Any]) -> R:
        """Put some new values of a record into a transaction; raises NotAllowed for closed ones."""
        _demand_open_path(record)
        return self._put(session, record, values)

    @rule(None, Right.WRITE)
    def put_weighed(self, session: Session, record: R, values: Mapping[str, Any]) -> R:
        """Put new values into a record of a kind with its own path; for its service only."""
        if not record.own_path:
            raise NotAllowed
        return self._put(session, record, values)

    def _put(self, session: Session, record: R, values: Mapping[str, Any]) -> R:
        row = self.row(session, record)
        given = dict(values)
        reasons = given.pop(UNANSWERED, None)
        if given.keys() - set(self.open_names(session, row, Right.WRITE)):
            raise NotAllowed
        self._take_over(session, row, given, reasons)
        return row

    @rule(None, Right.WRITE)
    def row(self, session: Session, record: R) -> R:
        """Return a record as it lies in the transaction; ChangedElsewhere if it was saved since."""
        row = session.get(type(record), record.id)
        if row is None or row.version != record.version:
            raise ChangedElsewhere
        return row

    def _add(self, session: Session, record: R) -> R:
        """Add a new record; NotAllowed when it brings a value for a field that is closed to her."""
        names = self.open_names(session, record, Right.WRITE)
        given = {name for name in record.fields() if getattr(record, name) is not None}
        if not names or given - set(names):
            raise NotAllowed
        if session.get(type(record), record.id) is not None:
            raise ChangedElsewhere
        demand_linkable(session, self.seat, linked_person(record, vars(record)))
        demand_no_page(getattr(record, name) for name in given)
        row = session.merge(record)
        session.flush()
        demand_only_stay(session, row, was_open=False)
        end_sleeping(session, row)
        end_leave(session, row)
        end_waiting(session, row)
        return row

    def _take_over(
        self,
        session: Session,
        row: Record,
        values: Mapping[str, Any],
        reasons: Mapping[str, str] | None,
    ) -> None:
        names = self.open_names(session, row, Right.WRITE)
        if not names:
            raise NotAllowed
        changed = {n: v for n, v in values.items() if n in names and differs(row, n, v)}
        if changed:
            demand_changeable(self.seat, row, changed)
            demand_linkable(session, self.seat, linked_person(row, changed))
            demand_no_page(changed.values())
        if "person_id" in changed:
            demand_same_person(session, self.seat, row)
        was_open = is_open_stay(row) and "case_id" not in changed
        read = self.open_names(session, row, Right.READ)
        for name, value in changed.items():
            demand_readable(row, name, read)
            setattr(row, name, value)
        if moved(row, changed) and changed.keys() - set(self.open_names(session, row, Right.WRITE)):
            raise NotAllowed
        keep_reasons(row, reasons, names)
        session.flush()
        demand_only_stay(session, row, was_open=was_open)
        if was_open:
            demand_nothing_left(session, row)
        demand_children(session, row, was_open=was_open)
        end_sleeping(session, row)
        end_leave(session, row)
        end_waiting(session, row)


def _demand_open_path(record: Record) -> None:
    """Raise NotAllowed for a kind that its own service writes.

    Saved like any other, a consent could allow more than she was asked, or a disclosure tell of a
    letter that never left.
    """
    if record.own_path:
        raise NotAllowed
