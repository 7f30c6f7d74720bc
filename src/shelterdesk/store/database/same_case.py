"""No link leads from a record of one case to a record of another.

Whose record it is decides who may read it, what she agreed to and what may leave: a referral or a
paper of another woman, named by its id, would tell of the one what belongs to the other. It is
asked on every save, so that no service has to remember it.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from sqlalchemy.orm import Session

from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import N_
from shelterdesk.records.base import Record

OF_ANOTHER: Final = N_("This belongs to the case of somebody else. Choose one of this case.")

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


def strange_links(session: Session, record: Record, changed: Iterable[str]) -> dict[str, str]:
    """Return the new or changed links of a record that lead into another case, with why not."""
    looked_at = set(changed)
    everything = _CASE in looked_at
    return {
        name: OF_ANOTHER
        for name, to in links_in_a_case(type(record)).items()
        if (everything or name in looked_at) and _is_strange(session, record, name, to)
    }


def _is_strange(session: Session, record: Record, name: str, to: type[Record]) -> bool:
    wanted = getattr(record, name)
    found = next(_beside(session, wanted), None) or (session.get(to, wanted) if wanted else None)
    return found is not None and getattr(found, _CASE) != getattr(record, _CASE)


def _beside(session: Session, record_id: str | None) -> Iterator[Record]:
    """Yield what is saved together with it for the first time, and lies in no table yet."""
    for one in session.new:
        if isinstance(one, Record) and one.id == record_id:
            yield one
