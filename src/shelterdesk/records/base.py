"""What every kind of record has in common, and `field()`, which declares one piece of data."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from enum import Enum
from functools import cache
from typing import Any, ClassVar, NamedTuple
from uuid import uuid4

from sqlalchemy import ForeignKey, Index, MetaData, String, column, inspect
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, declared_attr, mapped_column
from sqlalchemy.types import TypeEngine
from typing_extensions import override

from shelterdesk.core.calendar.dates import PartialDate
from shelterdesk.core.fields import UNANSWERED, Field, Kind, Money
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area, Compartment
from shelterdesk.records.columns import (
    Amount,
    Chosen,
    Day,
    Moment,
    OpenQuestions,
    PartialDay,
    Sealed,
    ShortWords,
    Whole,
    Words,
)

_NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

_COLUMN_TYPES: dict[Kind, TypeEngine[Any]] = {
    Kind.TEXT: Words(),
    Kind.NOTE: Words(),
    Kind.DATE: Day(),
    Kind.MOMENT: Moment(),
    Kind.NUMBER: Whole(),
    Kind.CHOICE: ShortWords(64),
    Kind.CHOICES: Chosen(),
    Kind.YES_NO: ShortWords(16),
    Kind.MONEY: Amount(),
    Kind.LINK: ShortWords(32),
    Kind.FILE: ShortWords(32),
}

_AREAS: dict[Compartment, Area] = {
    compartment: Area(compartment.value) for compartment in Compartment
}
"""A sealed field is seen by whoever may see what its compartment is for."""


class Base(DeclarativeBase):
    """All tables of the vault."""

    metadata = MetaData(naming_convention=_NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Moment(),
        date: Day(),
        int: Whole(),
        PartialDate: PartialDay(),
        Money: Amount(),
        tuple[str, ...]: Chosen(),
        dict[str, str]: OpenQuestions(),
    }

    @override
    def __repr__(self) -> str:
        """Name the class only: a printed object must never show what it holds."""
        return f"<{type(self).__name__}>"


def new_id() -> str:
    """Return a random identifier: 32 hexadecimal digits, no order, no count to be read from it."""
    return uuid4().hex


def field(kind: Kind, label: str, **facts: Any) -> MappedColumn[Any]:
    """Declare one piece of data: its column, with a frozen `Field` of facts in `column.info`.

    `links_to` names the kind that a link points to. The link is checked at commit, so that
    records which belong together can be saved in any order within one transaction. A sealed link
    cannot be checked by the database, and no index may tell where it points.
    """
    if kind is Kind.YES_NO:
        facts.setdefault("codes", "yes_no")
    if kind is Kind.FILE:
        facts.setdefault("links_to", "attachment")
    declared = Field(kind, label, **facts)
    target = f"{declared.links_to}.id"
    links = declared.links_to != "" and not declared.sealed
    link = [ForeignKey(target, deferrable=True, initially="DEFERRED")] if links else []
    return mapped_column(
        _column_type(declared),
        *link,
        nullable=not declared.required,
        index=True if links else None,
        info={"field": declared},
    )


def _column_type(declared: Field) -> TypeEngine[Any]:
    if declared.sealed:
        return Sealed(declared)
    return PartialDay() if declared.partial else _COLUMN_TYPES[declared.kind]


def found_by_day(name: str) -> Index:
    """Declare that what is due is looked for by a day, so that it is found among many rows.

    For the days of notes, cases and consents, of which a house has tens of thousands.
    """
    return Index(None, name, sqlite_where=column(name).is_not(None))


def open_questions() -> MappedColumn[Any]:
    """Declare where a kind keeps which of its questions were left open, and why.

    "Not asked", "not ready", "does not know" and "declined" are answers; the codes are in the
    list `unanswered`.
    """
    return mapped_column(OpenQuestions(), nullable=True)


class Telling(Enum):
    """Which records of one kind are told, where a case has several."""

    NEWEST = "newest"
    """The newest takes the place of those before it."""
    CHOSEN = "chosen"
    """Those that are chosen for the letter or the call; a single one is told without choosing."""


class Happening(NamedTuple):
    """A line that the timeline of a case tells of a record."""

    at: str
    """Name of the field with the day or the moment."""
    begins: str = ""
    """What the line begins with; the title of the kind where it is empty."""
    follows: tuple[str, ...] = ()
    """Fields whose values follow."""


class Record(Base):
    """A kind of record: something a person types, that is audited, searched, backed up, printed.

    The id is set when the object is made, because the access log needs it before the database
    has seen it. `version` counts savings, so that an outdated copy cannot overwrite a newer one.
    """

    __abstract__ = True
    kinds: ClassVar[list[type["Record"]]] = []
    title: ClassVar[str] = N_("Record")
    area: ClassVar[Area] = Area.HOUSE
    """Who may see this kind, where a field does not say otherwise."""
    sections: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = ()
    """Headings with the fields below them, in the order of form and paper; () for one block."""
    columns: ClassVar[tuple[str, ...]] = ()
    """The fields that a list shows, in order."""
    order: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Pairs of fields of which the second never lies before the first: arrived, left."""
    happenings: ClassVar[tuple[Happening, ...]] = ()
    """What the timeline of a case tells of a record of this kind."""
    written_in: ClassVar[Mapping[str, Area]] = {}
    """Fields that are written in another area than the one they are read in, and that area."""
    settled: ClassVar[tuple[str, ...]] = ()
    """Fields that only those who work on the case change, once a record is kept."""
    of_a_trade: ClassVar[tuple[Area, tuple[str, ...]] | None] = None
    """An area whose writers write some fields of the house as well, and these fields."""
    written_by_trades: ClassVar[tuple[Area, ...]] = ()
    """Areas whose writers write such records too, as far as the service of the kind lets them."""
    own_path: ClassVar[bool] = False
    """Written by its own service only: what it says was weighed there."""
    changed_for: ClassVar[timedelta | None] = None
    """How long its writer, and nobody else, may change it; None where whoever writes it may."""
    telling: ClassVar[Telling] = Telling.CHOSEN
    """Which of several records of a case leave, where fields of this kind declare an item."""
    about_columns: ClassVar[tuple[str, ...]] = ("case_id", "id")
    """Where it stands whom this kind speaks of: the first of these that is filled."""

    id: Mapped[str] = mapped_column(String(32), primary_key=True, sort_order=-1)
    created_at: Mapped[datetime | None] = mapped_column(nullable=True)
    created_by: Mapped[str] = mapped_column(String(32), default="")
    changed_at: Mapped[datetime | None] = mapped_column(nullable=True)
    changed_by: Mapped[str] = mapped_column(String(32), default="")
    version: Mapped[int]

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
        """Return the name under which this kind stands in the log and in sealed texts."""
        return str(cls.__tablename__)

    @classmethod
    def fields(cls) -> dict[str, Field]:
        """Return the declared fields by name, in the order of their declaration."""
        return dict(_fields_of(cls))

    @classmethod
    def sealed_fields(cls) -> Iterator[tuple[str, Field]]:
        """Yield name and facts of the fields that lie under the keys of compartments."""
        return iter(_sealed_of(cls))

    def opened_by(self, name: str) -> tuple[Compartment, ...]:
        """Return the compartments to which this record's value of a sealed field is sealed."""
        return self.fields()[name].opened_by

    @classmethod
    def area_of(cls, name: str) -> Area:
        """Return the area that a field belongs to: its own, its compartment's, or its kind's."""
        declared = cls.fields()[name]
        if declared.compartment:
            return _AREAS[declared.compartment]
        return declared.area or cls.area

    @classmethod
    def trade(cls) -> Area:
        """Return the area whose readers see under its name that there is something of this kind.

        A day of it is known in the house, in lists that do not say what it is about.
        """
        return cls.of_a_trade[0] if cls.of_a_trade else cls.area

    @classmethod
    def told_in(cls, name: str) -> Area:
        """Return the area in which a line may say what the day in a field of this kind is about.

        That there is such a day the house may know; what is of a trade, only who reads that trade.
        """
        if cls.of_a_trade:
            return cls.of_a_trade[0]
        return cls.area_of(name) if name in cls.fields() else cls.area

    @classmethod
    def named(cls, kind_name: str) -> type["Record"]:
        """Return the kind of this name; raises KeyError when there is none."""
        return {kind.kind_name(): kind for kind in cls.kinds}[kind_name]

    @property
    def payloads(self) -> dict[str, bytes]:
        """How the values of envelopes are stored, by field; kept beside them, not a column."""
        kept: dict[str, bytes] = self.__dict__.setdefault("_payloads", {})
        return kept

    @property
    def about(self) -> str:
        """Return the id of the case that this record speaks of; purging it silences the log."""
        return str(next(filter(None, (getattr(self, n, None) for n in self.about_columns))))

    @property
    def shown(self) -> str:
        """How a list, a link or the history names this record; "" where only its kind does."""
        return ""

    def shown_in(self, _language: str) -> str:
        """How a paper in a language names it: as the screen does, unless it has two scripts."""
        return self.shown

    @property
    def happened(self) -> bool:
        """Whether what it says has taken place: the timeline tells of nothing else."""
        return True

    @property
    def closer_area(self) -> Area | None:
        """Return who may see this one record, where that is not who may see its kind."""
        return None

    def check(self) -> dict[str, str]:
        """Return problems between fields by field name, as translatable sentences."""
        return {}

    def problems(self) -> dict[str, str]:
        """Return why this record cannot be kept, by field name; empty when it can."""
        found = {name: f.problem(getattr(self, name)) for name, f in self.fields().items()}
        open_ones: dict[str, str] = getattr(self, UNANSWERED, None) or {}
        unknown = open_ones.keys() - self.fields().keys()
        found |= dict.fromkeys(unknown, N_("This is not of the right kind."))
        return {name: why for name, why in found.items() if why} | self.check()


@cache
def _fields_of(kind: type[Record]) -> dict[str, Field]:
    attributes = inspect(kind).column_attrs
    found = {a.key: a.columns[0].info.get("field") for a in attributes}
    return {name: declared for name, declared in found.items() if declared is not None}


@cache
def _sealed_of(kind: type[Record]) -> tuple[tuple[str, Field], ...]:
    return tuple((name, declared) for name, declared in _fields_of(kind).items() if declared.sealed)
