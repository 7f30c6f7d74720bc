"""A record of any kind, filled from the facts of its fields, for tests over all kinds."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from shelterdesk.core import codes
from shelterdesk.core.calendar.dates import PartialDate, Precision
from shelterdesk.core.case_codes import new_code
from shelterdesk.core.fields import UNANSWERED, Field, Kind, Money, SealedValue
from shelterdesk.records.base import Record
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.records.case.case import Case
from shelterdesk.records.house.leave import StandingLeave

DAY = date(2026, 11, 3)
MOMENT = datetime(2026, 11, 3, 8, 30, tzinfo=UTC)


def value_of(declared: Field, text: Callable[[], str], link: str | None = None) -> Any:
    """Return a value that the field takes; `text` is asked for wherever text can stand."""
    if declared.compartment:
        return SealedValue(text())
    if declared.kind in (Kind.TEXT, Kind.NOTE):
        return text()
    if declared.kind in (Kind.CHOICE, Kind.YES_NO):
        return next(iter(codes.labels(declared.codes, "en")))
    if declared.kind is Kind.CHOICES:
        return tuple(codes.labels(declared.codes, "en"))[:2]
    plain: dict[Kind, Any] = {
        Kind.DATE: PartialDate(2009, precision=Precision.TOLD) if declared.partial else DAY,
        Kind.MOMENT: MOMENT,
        Kind.NUMBER: 3,
        Kind.MONEY: Money("LAK", Decimal("150000.00")),
        Kind.LINK: link,
        Kind.FILE: link,
    }
    return plain[declared.kind]


def values_for(
    kind: type[Record], text: Callable[[], str], links: dict[str, str]
) -> dict[str, Any]:
    """Return a value for every field of a kind; `links` gives an id for each kind."""
    values = {
        name: value_of(declared, text, links.get(declared.links_to))
        for name, declared in kind.fields().items()
    }
    return values | {"out_hour": "07:00", "back_hour": "16:00"} if kind is StandingLeave else values


def filled(kind: type[Record], text: Callable[[], str], links: dict[str, str]) -> Record:
    """Return a new record of a kind with every field filled; `links` gives an id for each kind."""
    values = values_for(kind, text, links)
    if kind is Case:
        values["code"] = new_code()
    if hasattr(kind, UNANSWERED):
        values[UNANSWERED] = {next(iter(kind.fields())): "not_ready"}
    return kind(**values)


def links_between(kinds: list[type[Record]]) -> Iterator[tuple[type[Record], str, Field]]:
    """Yield kind, name and facts of every field that points to another record."""
    for kind in kinds:
        yield from ((kind, name, f) for name, f in kind.fields().items() if f.links_to)


def _needs_paper(kind: type[Record]) -> bool:
    paper = Attachment.kind_name()
    return any(f.links_to == paper and f.required for f in kind.fields().values())


def one_of_each(text: Callable[[], str]) -> list[Record]:
    """Return one record of every kind, all fields filled, linked to each other.

    Attachments are left out, since theirs is the content of a file, and what cannot be without one.
    """
    kinds = [kind for kind in Record.kinds if kind is not Attachment and not _needs_paper(kind)]
    made: dict[str, Record] = {kind.kind_name(): filled(kind, text, {}) for kind in kinds}
    ids = {name: record.id for name, record in made.items()}
    for kind, name, declared in links_between(kinds):
        setattr(made[kind.kind_name()], name, ids.get(declared.links_to))
    return list(made.values())
