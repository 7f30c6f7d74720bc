"""Who may write a field that the whole house sees, where the area of the field does not say it."""

from collections.abc import Iterable
from typing import Final

from shelterdesk.core.permissions import Area, Reach, Right, Role, reach
from shelterdesk.core.released_items import RELEASED_IN
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


_BY_HOUSE: Final = {"intake": frozenset({"immediate_steps"})}
"""Fields that the house writes down and only those who work on the case read.

Whoever opens the door at night writes what was done at once; it is sealed as she saves it.
"""


def area_to_write(kind: type[Record], name: str, *, is_kept: bool) -> Area:
    """Return the area in which a field is written; `is_kept` is false for a record that is new."""
    workers = _BY_CASE_WORKERS.get(kind.kind_name(), frozenset())
    settled = _SETTLED.get(kind.kind_name(), frozenset()) if is_kept else frozenset()
    if name in _BY_HOUSE.get(kind.kind_name(), frozenset()):
        return kind.area
    return Area.CASE_WORK if name in workers | settled else kind.area_of(name)


def written_unread(kind: type[Record]) -> frozenset[str]:
    """Return the fields that somebody may write who may not read them."""
    return _BY_HOUSE.get(kind.kind_name(), frozenset())


def by_trade(kind: type[Record]) -> tuple[Area, frozenset[str]] | None:
    """Return an area whose writers write some fields of the house as well, and those fields."""
    return _BY_TRADE.get(kind.kind_name())


_BY_ANYBODY: Final = frozenset({"staff_member"})
"""Kinds that whoever comes to a desk makes for herself; what is changed later is a director's."""

_PEOPLE: Final = frozenset({"case", "person"})
"""Kinds that belong to the house in part only: nobody takes one out who does no case work."""

_RELEASED_BY: Final = (Area.MEDICAL, Area.LEGAL, Area.TESTIMONY)
"""Whoever works with one of the sealed parts writes the sentence that stands for it."""


_KEPT_BY: Final = (*_RELEASED_BY, Area.RETURN)
"""Whoever works with one of the sealed parts keeps papers in it."""

_OF_A_SENTENCE: Final = frozenset({"sentence", "released_by_id", "released_on", "until"})
"""What whoever asks for a sentence leaves empty."""


def may_have_released(item: str, names: Iterable[str], roles: Iterable[Role]) -> bool:
    """Tell whether somebody can have written these fields of a sentence about an item.

    Whoever works with what the item is told from, and nobody of another trade.
    """
    area = RELEASED_IN.get(item)
    hers = area is not None and reach(roles, area, Right.WRITE) is not Reach.NONE
    return hers or _OF_A_SENTENCE.isdisjoint(names)


def may_have_written(
    kind: type[Record], name: str, roles: Iterable[Role], *, is_kept: bool
) -> bool:
    """Tell whether somebody with these roles can have written a field by the program.

    Whose case it was is not asked: who works on a case changes, and her own line stays.
    """
    held = tuple(roles)
    if kind.kind_name() in _BY_ANYBODY and not is_kept:
        return True
    declared = kind.fields().get(name)
    areas = {area_to_write(kind, name, is_kept=is_kept) if declared else kind.area}
    if kind.kind_name() in _PEOPLE and not declared and is_kept:
        areas = {Area.CASE_WORK}
    trade = by_trade(kind)
    if trade is not None and name in trade[1]:
        areas.add(trade[0])
    if kind.kind_name() == "release" and (declared or not is_kept):
        areas.update(_RELEASED_BY)
    if kind.kind_name() == "attachment" and (name or not is_kept):
        areas.update(_KEPT_BY)
    return any(reach(held, area, Right.WRITE) is not Reach.NONE for area in areas)
