"""One forgery at a time: a value changed, a row taken out or put in, by a colleague's script."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from shelterdesk.core.fields import Kind
from shelterdesk.records.base import Record, new_id
from shelterdesk.records.keeping.ledger import FieldHistory
from shelterdesk.store.database.unit_of_work import MAINTENANCE
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry
from shelterdesk.store.log.row_digests import (
    digest_key,
    digest_of_earlier,
    digest_of_row,
    kept_form,
    stored_row,
)
from tests.attack.hands import Hands
from tests.attack.house import MOTHER
from tests.services.house import House

PAST: Final = "changed past the program"
OWN: Final = "changed under a line of her own"
SILENT: Final = "changed under a line that names nothing"
BEHIND: Final = "changed behind a counsellor's save"
OUT: Final = "taken out past the program"
OUT_OWN: Final = "taken out under a line of her own"
IN: Final = "put in past the program"
IN_OWN: Final = "put in under a line of her own"


@dataclass(frozen=True)
class Forgery:
    """Whose, in which way, at which row and column, by which value."""

    way: str
    kind: type[Record]
    record_id: str
    column: str = ""
    value: Any = None
    """As it lies in the table."""
    name: str = MOTHER
    after_a_letter: bool = False


def forge(forgery: Forgery, house: House, hands: Hands) -> None:
    """Do what a colleague's script would."""
    _WAYS[forgery.way](forgery, house, hands)


@contextmanager
def _past_the_guard(session: Session) -> Iterator[Connection]:
    """Write rows with nothing said of it: the program's own guard is no hindrance to a script."""
    connection = session.connection()
    connection.info[MAINTENANCE] = True
    try:
        yield connection
    finally:
        connection.info[MAINTENANCE] = False


def _past(forgery: Forgery, _house: House, hands: Hands) -> None:
    hands.run(_update(forgery), forgery.value, forgery.record_id)


def _update(forgery: Forgery) -> str:
    table = forgery.kind.__tablename__
    return f'UPDATE "{table}" SET "{forgery.column}" = ? WHERE id = ?'


def _own(forgery: Forgery, _house: House, hands: Hands, *, named: bool = True) -> None:
    """Change a value as the program would: with its earlier value and a line that fits both."""
    with hands.writing() as session:
        before = stored_row(session, forgery.kind, forgery.record_id)
        about = _about(forgery.kind, before)
        seq, old = audit.next_seq(session), {forgery.column: kept_form(before[forgery.column])}
        with _past_the_guard(session) as connection:
            connection.exec_driver_sql(_update(forgery), (forgery.value, forgery.record_id))
        _keep_earlier(session, forgery, about, seq, old if named else {})
        fields = (forgery.column,) if named else ()
        _say(session, forgery, "changed", fields, old if named else {})


def _silent(forgery: Forgery, house: House, hands: Hands) -> None:
    _own(forgery, house, hands, named=False)


def _keep_earlier(
    session: Session, forgery: Forgery, about: str, seq: int, old: dict[str, bytes | None]
) -> None:
    kind = forgery.kind.kind_name()
    for name, value in old.items():
        row = FieldHistory(
            seq=seq, about=about, kind=kind, record_id=forgery.record_id, field=name, old=value
        )
        session.add(row)
    session.flush()


def _say(
    session: Session,
    forgery: Forgery,
    action: str,
    fields: tuple[str, ...],
    old: dict[str, bytes | None],
    record_id: str = "",
) -> None:
    """Write the line, with the digests that fit what lies in the table."""
    wanted = record_id or forgery.record_id
    row = stored_row(session, forgery.kind, wanted)
    key = digest_key(session, _about(forgery.kind, row))
    digest, kept = digest_of_row(key, row), digest_of_earlier(key, old)
    audit.note(session, [LogEntry(action, forgery.kind.kind_name(), wanted, fields, digest, kept)])


def _about(kind: type[Record], row: Any) -> str:
    return str(next(filter(None, (row.get(name) for name in kind.about_columns))))


def _behind(forgery: Forgery, house: House, hands: Hands) -> None:
    """Change a value past the program; then the counsellor saves another field of the row."""
    _past(forgery, house, hands)
    with house.vault.database.writing() as session:
        record = session.get(forgery.kind, forgery.record_id)
        name = saved_beside(forgery.kind, forgery.column)
        if record is not None and name:
            setattr(record, name, f"{getattr(record, name) or ''}x")


def saved_beside(kind: type[Record], column: str) -> str:
    """Return a plain text field that a counsellor saves while another was forged; "" for none."""
    plain = (
        name
        for name, f in kind.fields().items()
        if f.kind is Kind.TEXT and not f.sealed and name != column
    )
    return next(plain, "")


def _out(forgery: Forgery, _house: House, hands: Hands) -> None:
    hands.run(_delete(forgery), forgery.record_id)


def _delete(forgery: Forgery) -> str:
    return f'DELETE FROM "{forgery.kind.__tablename__}" WHERE id = ?'


def _out_own(forgery: Forgery, _house: House, hands: Hands) -> None:
    with hands.writing() as session:
        with _past_the_guard(session) as connection:
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            connection.exec_driver_sql(_delete(forgery), (forgery.record_id,))
        audit.note(session, [LogEntry("deleted", forgery.kind.kind_name(), forgery.record_id)])


def _in(forgery: Forgery, _house: House, hands: Hands) -> None:
    hands.run(*_copy(forgery, hands, new_id()))


def _copy(forgery: Forgery, hands: Hands, fresh: str) -> tuple[Any, ...]:
    """Return the statement that puts a copy of a row in under a new id, and its values."""
    table = forgery.kind.__tablename__
    columns = [str(name) for _, name, *_ in hands.read(f'PRAGMA table_info("{table}")')]
    names = ", ".join(f'"{name}"' for name in columns)
    taken = ", ".join("?" if name == "id" else f'"{name}"' for name in columns)
    insert = f'INSERT INTO "{table}" ({names}) SELECT {taken} FROM "{table}" WHERE id = ?'
    return insert, fresh, forgery.record_id


def _in_own(forgery: Forgery, _house: House, hands: Hands) -> None:
    fresh = new_id()
    statement, *values = _copy(forgery, hands, fresh)
    with hands.writing() as session:
        with _past_the_guard(session) as connection:
            connection.exec_driver_sql(statement, tuple(values))
        row = stored_row(session, forgery.kind, fresh)
        named = tuple(n for n in forgery.kind.fields() if row[n] is not None)
        _say(session, forgery, "created", named, {}, fresh)


_WAYS: Final[dict[str, Callable[[Forgery, House, Hands], None]]] = {
    PAST: _past,
    OWN: _own,
    SILENT: _silent,
    BEHIND: _behind,
    OUT: _out,
    OUT_OWN: _out_own,
    IN: _in,
    IN_OWN: _in_own,
}
