"""Who may write a field that the whole house sees, where the area of the field does not say it."""

from typing import Final

from shelterdesk.core.permissions import Area
from shelterdesk.records.base import Record

_BY_CASE_WORKERS: Final = {
    "case": frozenset(
        {"person_id", "owner_id", "second_worker_id", "legal_officer_id", "closed_on"}
    )
}
"""Fields that only those who work on the case change.

Whose case it is decides who reads her name, so nobody may make a case her own by saving it.
"""

_SETTLED: Final = {
    "case": frozenset({"code", "state", "opened_on"}),
    "person": frozenset({"kind"}),
}
"""The same for what is settled once it is written down; whoever admits somebody writes it first.

Who is accused is known by the kind of a person: changed, the guard at the door would be silent.
"""

_BY_TRADE: Final = {
    "health_visit": (Area.MEDICAL, frozenset({"case_id", "at"})),
    "legal_matter": (Area.LEGAL, frozenset({"case_id", "next_date"})),
}
"""Fields of the house, and who writes them besides those who keep house.

A nurse changes nothing that belongs to the house, but a visit begins with what she writes.
"""


def area_to_write(kind: type[Record], name: str, *, is_kept: bool) -> Area:
    """Return the area in which a field is written; `is_kept` is false for a record that is new."""
    workers = _BY_CASE_WORKERS.get(kind.kind_name(), frozenset())
    settled = _SETTLED.get(kind.kind_name(), frozenset()) if is_kept else frozenset()
    return Area.CASE_WORK if name in workers | settled else kind.area_of(name)


def by_trade(kind: type[Record]) -> tuple[Area, frozenset[str]] | None:
    """Return an area whose writers write some fields of the house as well, and those fields."""
    return _BY_TRADE.get(kind.kind_name())
