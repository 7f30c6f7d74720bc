"""The migration of a new kind is written from its class, in the types that the database keeps."""

import ast
from typing import Any

import pytest
from sqlalchemy import Column, MetaData, String, Table

from shelterdesk.core.fields import Kind
from shelterdesk.core.permissions import COUNSELLING
from shelterdesk.records.base import Base, field
from shelterdesk.records.columns import Moment
from shelterdesk.store.database import schema
from tests.quality.revision import difference, enlisted, written
from tests.quality.source import PROJECT


def test_where_classes_and_revisions_agree_there_is_nothing_to_write() -> None:
    with pytest.raises(ValueError, match="nothing"):
        written("nothing", "Nothing", difference())


def test_a_new_kind_gets_its_table_with_its_number() -> None:
    declared = MetaData()
    for table in Base.metadata.tables.values():
        table.to_metadata(declared)
    wish = field(Kind.TEXT, "What she wants", envelope=COUNSELLING).column
    more: tuple[Column[Any], ...] = (Column("at", Moment()), Column("wish", wish.type))
    Table("wish", declared, Column("id", String(32), primary_key=True), *more)
    file, text = written("wishes", "What she wants gets a table", difference(declared))
    number = f"{int(schema.HEAD) + 1:04}"
    assert file == PROJECT / "migrations" / "versions" / f"{number}_wishes.py"
    ast.parse(text)
    assert f'down_revision = "{schema.HEAD}"' in text
    for kept in ("sa.String(length=27)", "sa.LargeBinary()", "op.create_table("):
        assert kept in text
    assert "shelterdesk" not in text


def test_the_number_is_enlisted_behind_the_others() -> None:
    source = (PROJECT / "src/shelterdesk/store/database/schema.py").read_text(encoding="utf-8")
    more = enlisted(source, "9999")
    assert [line for line in more.splitlines() if line not in source.splitlines()] == [
        '    "9999",'
    ]
    assert more.index('"9999"') > more.index(f'"{schema.HEAD}"')
