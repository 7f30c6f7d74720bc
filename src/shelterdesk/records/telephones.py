"""Telephone numbers as people write them: with blanks, a country, an extension, or a second one."""

from collections.abc import Mapping
from typing import Final

from shelterdesk.records.base import Record

_TELEPHONES: Final = {
    "organisation": ("phone", "phone_all_day"),
    "letterhead": ("phone",),
    "staff_member": ("phone",),
    "contact_point": ("value",),
}
"""The fields of each kind in which a telephone number stands."""

_NO_CALL: Final = ("messaging", "letter", "through_person", "other")
"""Kinds of contact that need no number."""

_FEWEST: Final = 3
"""Figures of the shortest number that can be called: an emergency call."""


def odd_telephones(kind: type[Record], values: Mapping[str, object]) -> list[str]:
    """Return the fields in which a number is asked for and something without figures stands."""
    if values.get("kind") in _NO_CALL:
        return []
    names = _TELEPHONES.get(kind.kind_name(), ())
    typed = {name: values.get(name) for name in names}
    return [name for name, text in typed.items() if text and not _can_be_called(str(text))]


def _can_be_called(text: str) -> bool:
    return sum(map(str.isdecimal, text)) >= _FEWEST
