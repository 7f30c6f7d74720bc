"""Every row against the newest word that the log has about it.

The newest word is the last line that names the row, with the digest of what was stored then; or,
where rows were moved by themselves since (keys renewed, texts sealed anew), the line that vouches
for all rows of that kind and the digests in `row_digest`. A row that fits no word was written past
the log; one that the log knows and the table lacks was taken out past it. What was deleted by the
program has a line that says so, and is not looked for.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any, Final

from sqlalchemy import exists, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from typing_extensions import override

from shelterdesk.core.errors import DamagedFile, DeskError
from shelterdesk.core.i18n import N_
from shelterdesk.core.work import Progress
from shelterdesk.records.base import Record
from shelterdesk.records.keeping.ledger import AuditEvent, FieldHistory, RowDigest
from shelterdesk.store.disk.checked_json import canonical
from shelterdesk.store.keyring.signers import OVER_MANY
from shelterdesk.store.log.row_digests import digest_of_earlier, digest_of_row, keys_of

TAKEN: Final = OVER_MANY[1]
"""Action of the lines by which a director vouches for rows from before lines were signed."""
MOVED: Final = OVER_MANY
_SAVED: Final = ("created", "changed", "deleted")
_AT_ONCE: Final = 400


class RowsForged(DeskError):
    """Rows do not fit the log: somebody has written them with another program."""

    sentence = N_(
        "Records changed, added or taken out without the program: {count} (the first: {what}). "
        "Tell the director. Do not rely on them; an earlier stick has them as they were."
    )


@dataclass(frozen=True)
class Misfit:
    """A row that does not fit the log, or one that the log knows and that is not there."""

    kind: str
    record_id: str


@dataclass(frozen=True)
class Word:
    """What the log says last about a row: in which line, and the digest of what was stored.

    No digest is known of what was saved before lines had digests of whole rows.
    """

    seq: int
    digest: str | None


class Shelf:
    """One kind of record, as it is compared with the log."""

    def __init__(self, kind: type[Record]) -> None:
        self.kind = kind
        self.name = kind.kind_name()
        self.table: Any = kind.__table__

    def rows(self, session: Session, ids: Iterable[str]) -> dict[str, str]:
        """Return the digests of these rows as they lie in the table; "" where none can be made."""
        return {
            record_id: _or_nothing(key, row) for record_id, (row, key) in self.read(session, ids)
        }

    def read(
        self, session: Session, ids: Iterable[str]
    ) -> Iterator[tuple[str, tuple[Mapping[str, Any], bytes | None]]]:
        """Yield these rows by id, each with the key of its digests, None where there is none."""
        for some in lots(ids):
            found = list(self._read(session, some))
            keys = keys_of(session, (self._about(row) for row in found))
            for row in found:
                yield row["id"], (row, keys.get(self._about(row)))

    def _read(self, session: Session, ids: list[str]) -> Iterator[Mapping[str, Any]]:
        wanted = select(self.table).where(self.table.c.id.in_(ids))
        try:
            for row in session.connection().execute(wanted).all():
                yield dict(row._mapping)
        except (DamagedFile, SQLAlchemyError, ValueError, TypeError, ArithmeticError):
            if len(ids) == 1:
                yield dict.fromkeys(self.table.c.keys()) | {"id": ids[0]}
                return
            for one in ids:
                yield from self._read(session, [one])

    def _about(self, row: Mapping[str, Any]) -> str:
        return str(next(filter(None, (row.get(name) for name in self.kind.about_columns))))

    def ids(self, session: Session) -> list[str]:
        """Return the ids of all its rows."""
        return list(session.connection().scalars(select(self.table.c.id).order_by(self.table.c.id)))

    def words(self, session: Session, ids: Iterable[str]) -> dict[str, Word]:
        """Return the last word about each of these rows; none about one that was deleted."""
        lines = select(AuditEvent).where(
            AuditEvent.record_id.in_(list(ids)),
            AuditEvent.kind == self.name,
            AuditEvent.action.in_(_SAVED),
        )
        found: dict[str, Word] = {}
        for line in session.scalars(lines.order_by(AuditEvent.seq)):
            found[line.record_id] = Word(line.seq, line.digest if line.kept is not None else None)
            if line.action == "deleted":
                del found[line.record_id]
        return found

    def lacking(self, session: Session) -> Iterator[str]:
        """Yield the ids of rows that the log knows, did not delete, and the table has not."""
        made = _lines_of(self.name, "created")
        gone = select(AuditEvent.record_id).where(
            AuditEvent.kind == self.name, AuditEvent.action == "deleted"
        )
        for record_id, *_ in session.execute(made.except_(gone, select(self.table.c.id))):
            yield record_id


def lots(ids: Iterable[str]) -> Iterator[list[str]]:
    """Cut ids into lots that one statement takes."""
    waiting = iter(ids)
    while lot := list(islice(waiting, _AT_ONCE)):
        yield lot


def _or_nothing(key: bytes | None, row: Mapping[str, Any]) -> str:
    """Return a row's digest, "" without a key: nobody but a purge takes keys away."""
    return "" if key is None else digest_of_row(key, row)


def _lines_of(kind: str, action: str) -> Any:
    return select(AuditEvent.record_id).where(AuditEvent.kind == kind, AuditEvent.action == action)


class Earlier(Shelf):
    """The earlier values of all records: one entry for each change, by the number of its line."""

    def __init__(self) -> None:
        self.name = FieldHistory.__tablename__
        self.table: Any = FieldHistory.__table__

    @override
    def rows(self, session: Session, ids: Iterable[str]) -> dict[str, str]:
        wanted = select(self.table).where(self.table.c.seq.in_([int(one) for one in ids]))
        rows = session.connection().execute(wanted.order_by(self.table.c.seq)).mappings().all()
        keys = keys_of(session, (row["about"] for row in rows))
        found = {}
        for seq, group in groupby(rows, key=lambda row: row["seq"]):
            values = list(group)
            key = keys.get(values[0]["about"], b"")
            found[str(seq)] = digest_of_earlier(key, {row["field"]: row["old"] for row in values})
        return found

    @override
    def ids(self, session: Session) -> list[str]:
        wanted = select(self.table.c.seq).distinct().order_by(self.table.c.seq)
        return [str(seq) for seq in session.connection().scalars(wanted)]

    @override
    def words(self, session: Session, ids: Iterable[str]) -> dict[str, Word]:
        lines = select(AuditEvent.seq, AuditEvent.kept).where(
            AuditEvent.seq.in_([int(one) for one in ids]), AuditEvent.action == "changed"
        )
        return {str(seq): Word(seq, kept) for seq, kept in session.execute(lines)}

    @override
    def lacking(self, session: Session) -> Iterator[str]:
        """Yield changes whose earlier values are gone while their record is there."""
        kept = self.table.c
        has = exists().where(kept.record_id == AuditEvent.record_id, kept.seq == AuditEvent.seq)
        lines = select(AuditEvent.seq, AuditEvent.kind, AuditEvent.record_id).where(
            AuditEvent.action == "changed", AuditEvent.kept != "", ~has
        )
        for seq, kind, record_id in session.execute(lines).all():
            table: Any = Record.named(kind).__table__
            if session.scalar(select(table.c.id).where(table.c.id == record_id)):
                yield str(seq)


def shelves() -> list[Shelf]:
    """Return everything that is compared: every kind of record, and their earlier values."""
    return [*(Shelf(kind) for kind in Record.kinds), Earlier()]


@dataclass(frozen=True)
class LineOverKind:
    """The newest line that vouches for all rows of a kind, with the sums of its parts."""

    seq: int
    sums: dict[str, str]

    @classmethod
    def of(cls, line: Any) -> "LineOverKind":
        """Read what a line of the log vouches for."""
        return cls(line.seq, dict(str(part).split(":", 1) for part in json.loads(line.fields)))


def vouching(session: Session, name: str) -> LineOverKind | None:
    """Return the newest line over all rows of a kind; None when none was ever moved."""
    lines = select(AuditEvent.seq, AuditEvent.fields).where(
        AuditEvent.record_id == name, AuditEvent.kind == name, AuditEvent.action.in_(MOVED)
    )
    line = session.execute(lines.order_by(AuditEvent.seq.desc()).limit(1)).first()
    return None if line is None else LineOverKind.of(line)


def vouched_digests(session: Session, name: str, line: LineOverKind, part: str) -> dict[str, str]:
    """Return the digests that a line vouches for in one part of a kind; none if they do not fit.

    Parts go by the first two letters of the id, so that a single row is looked at quickly.
    """
    wanted = select(RowDigest.record_id, RowDigest.digest, RowDigest.seq).where(
        RowDigest.kind == name, RowDigest.record_id >= part, RowDigest.record_id < part + "\x7f"
    )
    found = session.execute(wanted).all()
    digests = {row.record_id: row.digest for row in found if row.record_id[:2] == part}
    return digests if sum_of(digests) == line.sums.get(part) else {}


def sum_of(digests: Mapping[str, str]) -> str:
    """Return what a line that vouches for these rows keeps of one part of them."""
    return hashlib.sha256(canonical(dict(digests))).hexdigest()


def vouched_ids(session: Session, name: str, line: LineOverKind) -> set[str]:
    """Return the ids of all rows that a line vouches for; raises RowsForged if they do not fit."""
    found = {part: vouched_digests(session, name, line, part) for part in line.sums}
    if not all(found.values()):
        raise RowsForged(count=1, what=_title(name))
    return {one for digests in found.values() for one in digests}


def last_words(session: Session, shelf: Shelf, ids: Iterable[str]) -> dict[str, Word]:
    """Return the newest word about each row, be it a line of its own or one over its kind."""
    wanted = list(ids)
    words, line = shelf.words(session, wanted), vouching(session, shelf.name)
    if line is None:
        return words
    for part in {one[:2] for one in wanted}:
        digests = vouched_digests(session, shelf.name, line, part)
        for one in wanted:
            own = words.get(one)
            if one[:2] == part and own is not None and own.seq < line.seq:
                words[one] = Word(line.seq, digests.get(one, ""))
    return words


def misfits(session: Session, shelf: Shelf) -> Iterator[Misfit]:
    """Yield the rows of one kind that do not fit the log, and those that it misses."""
    for some in lots(shelf.ids(session)):
        words = last_words(session, shelf, some)
        for record_id, digest in shelf.rows(session, some).items():
            word = words.get(record_id)
            if word is None or (word.digest is not None and word.digest != digest):
                yield Misfit(shelf.name, record_id)
    yield from (Misfit(shelf.name, record_id) for record_id in shelf.lacking(session))


def demand_fitting(session: Session, progress: Progress) -> None:
    """Compare every row with the log; raises RowsForged with how many do not fit."""
    every = shelves()
    found: list[Misfit] = []
    for done, shelf in enumerate(every):
        progress.step(done, len(every))
        found.extend(misfits(session, shelf))
    if found:
        raise RowsForged(count=len(found), what=_title(found[0].kind))


def _title(name: str) -> str:
    titles = {kind.kind_name(): kind.title for kind in Record.kinds}
    return titles.get(name, N_("Earlier values"))
