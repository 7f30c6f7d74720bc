"""What every kind of record has in common, and `field()`, which declares one piece of data."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import uuid4

from sqlalchemy import Date, ForeignKey, Integer, MetaData, String, Text, inspect
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, declared_attr, mapped_column
from sqlalchemy.types import TypeEngine
from typing_extensions import override

from shelterdesk.core.fields import Field, Kind, SealedText
from shelterdesk.core.i18n import N_
from shelterdesk.records.columns import Moment, Sealed

_NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

_COLUMN_TYPES: dict[Kind, TypeEngine[Any]] = {
    Kind.TEXT: Text(),
    Kind.NOTE: Text(),
    Kind.DATE: Date(),
    Kind.MOMENT: Moment(),
    Kind.NUMBER: Integer(),
    Kind.CHOICE: String(64),
    Kind.YES_NO: String(8),
    Kind.LINK: String(32),
}


class Base(DeclarativeBase):
    """All tables of the vault."""

    metadata = MetaData(naming_convention=_NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Moment(),
        date: Date(),
        SealedText: Sealed(),
    }

    @override
    def __repr__(self) -> str:
        """Name the class only: a printed object must never show what it holds."""
        return f"<{type(self).__name__}>"


def new_id() -> str:
    """Return a random identifier: 32 hexadecimal digits, no order, no count to be read from it."""
    return uuid4().hex


def field(kind: Kind, label: str, *, links_to: str = "", **facts: Any) -> MappedColumn[Any]:
    """Declare one piece of data: its column, with a frozen `Field` of facts in `column.info`.

    `links_to` names the table that a link points to. The link is checked at commit, so that
    records which belong together can be saved in any order within one transaction.
    """
    declared = Field(kind, label, **facts)
    column_type = Sealed() if declared.compartment else _COLUMN_TYPES[kind]
    target = f"{links_to}.id"
    link = [ForeignKey(target, deferrable=True, initially="DEFERRED")] if links_to else []
    return mapped_column(
        column_type,
        *link,
        nullable=not declared.required,
        index=True if kind is Kind.LINK else None,
        info={"field": declared},
    )


class Record(Base):
    """A kind of record: something a person types, that is audited, searched, backed up, printed.

    The id is set when the object is made, because the access log needs it before the database
    has seen it. `version` counts savings, so that an outdated copy cannot overwrite a newer one.
    """

    __abstract__ = True
    kinds: ClassVar[list[type["Record"]]] = []
    title: ClassVar[str] = N_("Record")

    id: Mapped[str] = mapped_column(String(32), primary_key=True, sort_order=-1)
    created_at: Mapped[datetime | None] = mapped_column(nullable=True)
    created_by: Mapped[str] = mapped_column(String(32), default="")
    changed_at: Mapped[datetime | None] = mapped_column(nullable=True)
    changed_by: Mapped[str] = mapped_column(String(32), default="")
    version: Mapped[int] = mapped_column(Integer)

    def __init_subclass__(cls, **arguments: Any) -> None:
        super().__init_subclass__(**arguments)
        Record.kinds.append(cls)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        """Let the mapper count savings in `version`."""
        return {"version_id_col": cls.version}

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        if "id" not in values:
            self.id = new_id()

    @classmethod
    def kind_name(cls) -> str:
        """Return the name under which this kind stands in the log, the index and sealed texts."""
        return str(cls.__tablename__)

    @classmethod
    def fields(cls) -> dict[str, Field]:
        """Return the declared fields by name, in the order of their declaration."""
        attributes = inspect(cls).column_attrs
        found = {a.key: a.columns[0].info.get("field") for a in attributes}
        return {name: declared for name, declared in found.items() if declared is not None}

    @classmethod
    def sealed_fields(cls) -> Iterator[tuple[str, Field]]:
        """Yield name and facts of the fields that lie under a compartment's key."""
        return ((name, f) for name, f in cls.fields().items() if f.compartment)

    @property
    def about(self) -> str:
        """Return the id of the case that this record speaks of; purging it silences the log."""
        return self.id

    def check(self) -> dict[str, str]:
        """Return problems between fields by field name, as translatable sentences."""
        return {}

    def problems(self) -> dict[str, str]:
        """Return why this record cannot be kept, by field name; empty when it can."""
        found = {name: f.problem(getattr(self, name)) for name, f in self.fields().items()}
        return {name: why for name, why in found.items() if why} | self.check()
