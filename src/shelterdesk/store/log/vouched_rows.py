"""Whether rows that decide over what leaves are as somebody who may write them has left them.

Everybody who opens the vault can write any row of it, and a line of the log in her own name. So a
row counts when its newest line fits what is stored; when everybody whose lines made it what it is
could write those fields at that time, by the signed list and the table of rights; and when none
that must be there is missing or stands at another woman's.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Role
from shelterdesk.records.base import Record
from shelterdesk.records.keeping.ledger import FieldHistory
from shelterdesk.store.keyring.signers import Signers
from shelterdesk.store.log.row_check import Earlier, LineOverKind, Shelf, lots, vouched_digests
from shelterdesk.store.log.row_digests import (
    EMPTY,
    LEFT_OUT,
    digest_of_earlier,
    digest_of_forms,
    digest_of_row,
    kept_form,
)
from shelterdesk.store.log.trace import Trace

MayWrite = Callable[[type[Record], str, Iterable[Role], bool], bool]
"""Kind, field, roles, whether the record is kept already -> whether they may write it."""

_THE_WHOLE: Final = ""
"""Stands for a row as such, where no field of it is meant."""

_ONCE_FOR_ALL: Final = frozenset({"id", "created_at", "created_by"})
"""What the program writes once, with a new row; nobody changes it later."""

_BY_THE_PROGRAM: Final = _ONCE_FOR_ALL | LEFT_OUT


class NotVouched(DeskError):
    """Something that a letter or call rests on was not written by the program for one who may."""

    sentence = N_(
        "Nothing has left. What it rests on was changed, added or taken out without the program, "
        "or by somebody who may not ({what}). Do not rely on it: ask her again, and tell a "
        "director, who looks under Backup and records at “Check the records”."
    )


@dataclass(frozen=True)
class RowHand:
    """What one line says of a row: which fields were written, and by somebody with which roles."""

    names: list[str]
    roles: tuple[Role, ...]
    is_kept: bool
    """Whether the row was there before."""


@dataclass
class VouchedRows:
    """Looks rows over at one desk; what was found good is remembered as long as it stays so."""

    trace: Trace
    signers: Signers | None
    may_write: MayWrite
    _places: dict[str, dict[str, tuple[object, ...]]] = field(default_factory=dict)

    def __repr__(self) -> str:
        return "<VouchedRows>"

    def demand_all_there(
        self, session: Session, kind: type[Record], columns: Iterable[str]
    ) -> None:
        """Raise NotVouched unless every row of a kind that must be there is, and in its place.

        `columns` say where a row belongs. A row is looked over when its place or its newest line
        are others than at the last time.
        """
        table: Any = kind.__table__
        standing = self.trace.standing[kind.kind_name()]
        read = select(table.c.id, *(table.c[name] for name in columns))
        found = {row[0]: (*row[1:], standing.get(row[0])) for row in session.execute(read)}
        if found.keys() != standing.keys():
            raise NotVouched(what=kind.title)
        self._demand_taken_out_by_right(kind)
        known = self._places.get(kind.kind_name(), {})
        self.demand(session, kind, [one for one, place in found.items() if known.get(one) != place])
        self._places[kind.kind_name()] = found

    def _demand_taken_out_by_right(self, kind: type[Record]) -> None:
        """Raise NotVouched when a row was deleted by somebody who may not write its kind."""
        taken = self.trace.taken.get(kind.kind_name(), 0)
        for seq, actor in self.trace.gone[kind.kind_name()]:
            term = self.signers.at(actor, seq) if self.signers else None
            if seq <= taken or self.signers is None:
                continue
            if term is None or not self.may_write(kind, _THE_WHOLE, term.roles, True):
                raise NotVouched(what=kind.title)

    def demand(self, session: Session, kind: type[Record], record_ids: Iterable[str]) -> None:
        """Raise NotVouched unless these rows are as those who may write them have left them."""
        wanted = set(record_ids)
        shelf, lines = Shelf(kind), self.trace.lines_about(session, wanted)
        words = self._over_many(session, shelf, wanted)
        standing = self.trace.standing[shelf.name]
        rows = dict(shelf.read(session, wanted))
        for record_id in wanted:
            hers = lines.get(record_id, [])
            row, key = rows.get(record_id, ({}, None))
            newest = hers[-1].seq if hers else self.trace.taken.get(shelf.name)
            if not row or key is None or newest is None or standing.get(record_id) != newest:
                raise NotVouched(what=kind.title)
            self._demand_row(session, kind, _Row(row, key, hers), words.get(record_id))

    def hands(self, session: Session, kind: type[Record], record_id: str) -> Iterator["RowHand"]:
        """Yield by whose hands a row came to be what it is, line by line.

        Nothing of what came before lines were signed.
        """
        lines = self.trace.lines_about(session, [record_id]).get(record_id, [])
        taken = self.trace.taken.get(kind.kind_name(), 0)
        for line in lines if self.signers else ():
            term = self.signers.at(line.actor, line.seq) if self.signers else None
            if line.seq > taken:
                roles = term.roles if term else ()
                yield RowHand(_Row.fields_of(line), roles, is_kept=line.action != "created")

    def changed_behind(
        self, session: Session, kind: type[Record], record_ids: Iterable[str]
    ) -> set[str]:
        """Return which of these rows hold more than the lines say that made them what they are.

        Looked at are those with lines since all rows of the kind were vouched for.
        """
        found: set[str] = set()
        since, shelf = self.trace.moved.get(kind.kind_name(), 0), Shelf(kind)
        for some in lots(record_ids):
            lines, rows = self.trace.lines_about(session, some), dict(shelf.read(session, some))
            newer = {one for one in rows if lines.get(one) and lines[one][-1].seq > since}
            words = self._over_many(session, shelf, newer)
            for one in newer:
                row, key = rows[one]
                if key is not None and not self._is_told(
                    session, kind, _Row(row, key, lines[one]), words.get(one)
                ):
                    found.add(one)
        return found

    def _is_told(
        self, session: Session, kind: type[Record], row: "_Row", moved: str | None
    ) -> bool:
        try:
            self._demand_no_more(session, kind, row, self._untaken(kind, row), moved)
        except NotVouched:
            return False
        return True

    def _untaken(self, kind: type[Record], row: "_Row") -> list[Any]:
        """Return a row's lines since a director took over what was there."""
        taken = self.trace.taken.get(kind.kind_name(), 0)
        return [line for line in row.lines if line.seq > taken]

    def _over_many(self, session: Session, shelf: Shelf, wanted: set[str]) -> dict[str, str]:
        """Return the digests that a line over the whole kind vouches for, as far as asked for."""
        seq = self.trace.moved.get(shelf.name)
        if seq is None:
            return {}
        line, found = LineOverKind.of(self.trace.line(session, seq)), {}
        for part in {one[:2] for one in wanted}:
            found.update(vouched_digests(session, shelf.name, line, part))
        return found

    def _demand_row(
        self, session: Session, kind: type[Record], row: "_Row", moved: str | None
    ) -> None:
        name = kind.kind_name()
        since_moved = bool(row.lines) and row.newest.seq > self.trace.moved.get(name, 0)
        expected = row.own_digest if since_moved else (moved or "")
        if expected is None and self.signers is None:
            return  # from before rows had digests, and before anybody could vouch for them
        if expected != digest_of_row(row.key, row.values):
            raise NotVouched(what=kind.title)
        if self.signers is not None:
            self._demand_hands(session, kind, row, moved)

    # -- whose hands ------------------------------------------------------------------------

    def _demand_hands(
        self, session: Session, kind: type[Record], row: "_Row", moved: str | None
    ) -> None:
        lines = self._untaken(kind, row)
        for line in lines:
            if not all(self._may(kind, name, line) for name in row.fields_of(line)):
                raise NotVouched(what=kind.title)
        self._demand_no_more(session, kind, row, lines, moved)

    def _may(self, kind: type[Record], name: str, line: Any) -> bool:
        term = self.signers.at(line.actor, line.seq) if self.signers else None
        is_kept = line.action == "changed"
        return term is not None and self.may_write(kind, name, term.roles, is_kept)

    def _demand_no_more(
        self,
        session: Session,
        kind: type[Record],
        row: "_Row",
        lines: list[Any],
        moved: str | None,
    ) -> None:
        """Raise NotVouched when more was changed or written than the lines say.

        By whoever wrote a line, or past the program before somebody else wrote one, which vouches
        for the whole row. Each change is taken back by the earlier values that were kept with it,
        which must give the row that was vouched for before; and what is in the row when it was new
        must be named by the line that made it.
        """
        forms: dict[str, bytes | None] = {
            n: kept_form(v) for n, v in row.values.items() if n not in LEFT_OUT
        }
        for line, before in zip(reversed(lines), reversed([None, *lines][:-1]), strict=True):
            earlier = self._earlier(session, kind, row.key, line)
            self._demand_named(kind, line, earlier if line.action == "changed" else forms)
            forms |= earlier
            if self._directs(line):
                return
            known = self._digest_before(kind, line, before, moved)
            if known and digest_of_forms(row.key, forms) != known:
                raise NotVouched(what=kind.title)

    def _directs(self, line: Any) -> bool:
        term = self.signers.at(line.actor, line.seq) if self.signers else None
        return term is not None and Role.DIRECTOR in term.roles

    def _digest_before(
        self, kind: type[Record], line: Any, before: Any, moved: str | None
    ) -> str | None:
        """Return the digest that a row had before a line; None where nobody knows it any more.

        "" where two people have looked and it fitted nothing: it is written anew by that line.
        """
        over_many = self.trace.moved.get(kind.kind_name(), 0)
        if line.action == "created" or line.seq < over_many:
            return None
        if before is not None and before.seq >= over_many:
            return str(before.digest)
        return moved if over_many else None

    @staticmethod
    def _demand_named(kind: type[Record], line: Any, forms: Mapping[str, bytes | None]) -> None:
        """Raise NotVouched when a line is silent about a field that was written with it.

        And when it changed who made a row, or when.
        """
        changed = line.action == "changed"
        written = {name for name, form in forms.items() if changed or form not in EMPTY}
        is_told = written - _BY_THE_PROGRAM <= set(_Row.fields_of(line))
        if not is_told or (changed and written & _ONCE_FOR_ALL):
            raise NotVouched(what=kind.title)

    def demand_history(self, session: Session, kind: type[Record], record_id: str) -> None:
        """Raise NotVouched unless all earlier values of a record are there as they were kept."""
        earlier = Earlier()
        changes = [
            line
            for line in self.trace.lines_about(session, [record_id]).get(record_id, [])
            if line.kept
        ]
        wanted = {str(line.seq) for line in changes}
        moved = self._over_many(session, earlier, wanted)
        found = earlier.rows(session, wanted)
        since = self.trace.moved.get(earlier.name, 0)
        for line in changes:
            name = str(line.seq)
            if found.get(name) != (line.kept if line.seq > since else moved.get(name)):
                raise NotVouched(what=kind.title)

    def _earlier(
        self, session: Session, kind: type[Record], key: bytes, line: Any
    ) -> dict[str, bytes | None]:
        """Return the earlier values that one change has kept, as they are vouched for."""
        if line.action != "changed":
            return {}
        wanted = select(FieldHistory.field, FieldHistory.old).where(
            FieldHistory.record_id == line.record_id, FieldHistory.seq == line.seq
        )
        found: dict[str, bytes | None] = {row.field: row.old for row in session.execute(wanted)}
        expected, name = line.kept, str(line.seq)
        if line.seq <= self.trace.moved.get(Earlier().name, 0):
            expected = self._over_many(session, Earlier(), {name}).get(name)
        if digest_of_earlier(key, found) != expected:
            raise NotVouched(what=kind.title)
        return found


@dataclass(frozen=True)
class _Row:
    """A row as it is stored, the key of its digests, and the lines that made it what it is."""

    values: Mapping[str, Any]
    key: bytes
    lines: list[Any]

    @property
    def newest(self) -> Any:
        return self.lines[-1]

    @property
    def own_digest(self) -> str | None:
        return self.newest.digest if self.newest.kept is not None else None

    @staticmethod
    def fields_of(line: Any) -> list[str]:
        return [name for name in json.loads(line.fields) if name not in _BY_THE_PROGRAM]
