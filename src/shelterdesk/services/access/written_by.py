"""Who may write a field that the whole house sees, where the area of the field does not say it."""

from collections.abc import Iterable
from typing import Final

from shelterdesk.core.permissions import Area, Reach, Right, Role, reach
from shelterdesk.core.released_items import RELEASED_IN
from shelterdesk.records.base import Record
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.records.case.case import Case
from shelterdesk.records.disclosure.release import Release
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.staff_member import StaffMember


def area_to_write(kind: type[Record], name: str, *, is_kept: bool) -> Area:
    """Return the area in which a field is written; `is_kept` is false for a record that is new."""
    if is_kept and name in kind.settled:
        return Area.CASE_WORK
    return kind.written_in.get(name) or kind.area_of(name)


def written_unread(kind: type[Record], name: str) -> bool:
    """Tell whether some people write a field that they may not read."""
    return name in kind.written_in


_BY_ANYBODY: Final = (StaffMember,)
"""Kinds that whoever comes to a desk makes for herself; what is changed later is a director's."""

_PEOPLE: Final = (Case, Person)
"""Kinds that belong to the house in part only: nobody takes one out who does no case work."""

_RELEASED_BY: Final = (Area.MEDICAL, Area.LEGAL, Area.TESTIMONY)
"""Whoever works with one of the sealed parts writes the sentence that stands for it."""


_KEPT_BY: Final = (*_RELEASED_BY, Area.RETURN)
"""Whoever works with one of the sealed parts keeps papers in it."""

_OF_A_SENTENCE: Final = frozenset({"sentence", "released_by_id", "released_on", "until"})
"""What whoever asks for a sentence leaves empty."""


def may_have_released(
    item: str, names: Iterable[str], roles: Iterable[Role], *, is_kept: bool
) -> bool:
    """Tell whether somebody can have written these fields of a sentence about an item.

    Whoever works with what the item is told from, and nobody of another trade. Who asks for a
    sentence writes down that it is wanted and nothing more, so that no sentence comes to stand
    under another item, or at another woman's, once it is written.
    """
    area = RELEASED_IN.get(item)
    hers = area is not None and reach(roles, area, Right.WRITE) is not Reach.NONE
    return hers or (not is_kept and _OF_A_SENTENCE.isdisjoint(names))


def may_have_written(
    kind: type[Record], name: str, roles: Iterable[Role], *, is_kept: bool
) -> bool:
    """Tell whether somebody with these roles can have written a field by the program.

    Whose case it was is not asked: who works on a case changes, and her own line stays.
    """
    held = tuple(roles)
    if kind in _BY_ANYBODY and not is_kept:
        return True
    declared = kind.fields().get(name)
    areas = {area_to_write(kind, name, is_kept=is_kept) if declared else kind.area}
    if kind in _PEOPLE and not declared and is_kept:
        areas = {Area.CASE_WORK}
    if kind.of_a_trade is not None and name in kind.of_a_trade[1]:
        areas.add(kind.of_a_trade[0])
    areas.update(kind.written_by_trades)
    if kind is Release and (declared or not is_kept):
        areas.update(_RELEASED_BY)
    if kind is Attachment and (name or not is_kept):
        areas.update(_KEPT_BY)
    return any(reach(held, area, Right.WRITE) is not Reach.NONE for area in areas)
