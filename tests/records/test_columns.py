"""What another program has put into a column is told as damage, and is never our own fault."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import (
    Column,
    Connection,
    LargeBinary,
    String,
    create_engine,
    insert,
    select,
    text,
)
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateTable
from sqlalchemy.types import TypeDecorator

from shelterdesk.core.errors import DamagedFile
from shelterdesk.core.fields import SealedValue
from shelterdesk.records.base import Base, Record, new_id
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.columns import Sealed, Whole, Words
from tests.kinds import filled

NO_VALUE = ("never", "2026-13-45", 'x"', b"\xff", 1.5)
NO_TEXT = (b"\xff", b"Dok")
READ = [
    (kind, column)
    for kind in Record.kinds
    for column in kind.__table__.columns
    if isinstance(column.type, TypeDecorator) and not isinstance(column.type, Sealed)
]


@pytest.fixture(scope="module")
def tables() -> Iterator[Connection]:
    """Return a database with every table, in which nothing has to point anywhere."""
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            connection.execute(CreateTable(table))
        connection.commit()
        yield connection
    engine.dispose()


def _plain(column: Any, value: object) -> object:
    """Return what may lie in a column that somebody has filled past all services."""
    if isinstance(column.type, Sealed):
        return SealedValue(payload=b"sealed")
    empty = {Whole: 1, LargeBinary: b"", String: "", Words: ""}
    fresh = next((v for kind, v in empty.items() if isinstance(column.type, kind)), None)
    return fresh if value is None and not column.nullable else value


def read(tables: Connection, kind: type[Record], column: Any, value: object) -> Any:
    """Return what is read of a column in which `value` was put from outside."""
    record = filled(kind, lambda: "words", {one.kind_name(): new_id() for one in Record.kinds})
    values = {
        one.key: _plain(one.columns[0], getattr(record, one.key))
        for one in kind.__mapper__.column_attrs
    }
    table = kind.__table__
    with tables.begin() as undone, Session(tables) as session:
        tables.execute(insert(kind).values({**values, "id": new_id()}))
        tables.execute(text(f'UPDATE "{table}" SET "{column.name}" = :value'), {"value": value})
        try:
            return getattr(session.scalars(select(kind)).one(), column.key)
        finally:
            undone.rollback()


@pytest.mark.parametrize(
    ("kind", "column"), READ, ids=[f"{kind.kind_name()}.{column.name}" for kind, column in READ]
)
def test_what_is_no_value_of_a_column_is_damage(
    tables: Connection, kind: type[Record], column: Column[Any]
) -> None:
    for value in NO_TEXT if isinstance(column.type, Words) else NO_VALUE:
        with pytest.raises(DamagedFile):
            read(tables, kind, column, value)


def test_a_value_is_read(tables: Connection) -> None:
    assert read(tables, Stay, Stay.__table__.c.version, 3) == 3


def test_a_text_is_read(tables: Connection) -> None:
    assert read(tables, Stay, Stay.__table__.c.bed, "12") == "12"


def test_whatever_is_no_id_is_asked() -> None:
    """Who it is, by whom it was written, and bytes are handed on as they lie there."""
    others = {
        type(column.type)
        for kind in Record.kinds
        for column in kind.__table__.columns
        if not isinstance(column.type, TypeDecorator)
    }
    assert others <= {String, LargeBinary}
    assert {kind for kind, _column in READ} == {*Record.kinds}
