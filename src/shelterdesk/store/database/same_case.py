"""No link leads from a record of one case to a record of another.

Whose record it is decides who may read it, what she agreed to and what may leave: a referral or a
paper of another woman, named by its id, would tell of the one what belongs to the other. Nor does a
record go over to another case while something of this one points to it. It is asked on every save,
so that no service has to remember it.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import N_
from shelterdesk.records.base import Record

OF_ANOTHER: Final = N_("This belongs to the case of somebody else. Choose one of this case.")
STAYS: Final = N_("Something else in this case belongs to it, so it stays in this case.")

_CASE: Final = "case_id"
_PAPER: Final = "attachment"
"""What a field of the kind `FILE` leads to."""


@cache
def links_in_a_case(kind: type[Record]) -> dict[str, type[Record]]:
    """Return the links of a kind that stay inside one case: field -> the kind it leads to."""
    named = {record.kind_name(): record for record in Record.kinds}
    fields = kind.fields()
    if _CASE not in fields:
        return {}
    led = {name: _PAPER if f.kind is Kind.FILE else f.links_to for name, f in fields.items()}
    kinds = {name: named[to] for name, to in led.items() if to in named}
    return {name: to for name, to in kinds.items() if _CASE in to.fields()}


@cache
def links_to(kind: type[Record]) -> tuple[tuple[type[Record], str], ...]:
    """Return the links inside a case that may lead to a kind: whose they are, and the field."""
    every = ((other, links_in_a_case(other)) for other in Record.kinds)
    return tuple((o, name) for o, links in every for name, to in links.items() if to is kind)


def strange_links(session: Session, record: Record, old: Mapping[str, Any]) -> dict[str, str]:
    """Return the links of a record that lead into another case, with why not.

    `old` has its new or changed fields, each with its value before.
    """
    if old.get(_CASE) and any(
        _is_left_behind(session, record, *link) for link in links_to(type(record))
    ):
        return {_CASE: STAYS}
    return {
        name: OF_ANOTHER
        for name, to in links_in_a_case(type(record)).items()
        if (_CASE in old or name in old) and _is_strange(session, record, name, to)
    }


def _is_strange(session: Session, record: Record, name: str, to: type[Record]) -> bool:
    wanted = getattr(record, name)
    found = next(_beside(session, wanted), None) or (session.get(to, wanted) if wanted else None)
    return found is not None and getattr(found, _CASE) != getattr(record, _CASE)


def _is_left_behind(session: Session, record: Record, kind: type[Record], name: str) -> bool:
    """Tell whether a record of another case points to one that has come into this case."""
    with session.no_autoflush:
        stored = session.scalars(select(kind).where(getattr(kind, name) == record.id)).all()
    pointing = (one for one in (*stored, *session.new) if isinstance(one, kind))
    case_id = getattr(record, _CASE)
    return any(
        getattr(one, name) == record.id and getattr(one, _CASE) != case_id for one in pointing
    )


def _beside(session: Session, record_id: str | None) -> Iterator[Record]:
    """Yield what is saved together with it for the first time, and lies in no table yet."""
    for one in session.new:
        if isinstance(one, Record) and one.id == record_id:
            yield one
