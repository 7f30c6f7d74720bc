"""Where a case is opened next: the part, and the field in it, that somebody came for."""

from typing import Final
from weakref import WeakKeyDictionary

from shelterdesk.services.day_lines import Spot
from shelterdesk.services.desk import Desk

_NEXT: Final[WeakKeyDictionary[Desk, tuple[str, Spot]]] = WeakKeyDictionary()


def open_at(desk: Desk, case_id: str, spot: Spot) -> None:
    """Let the page of a case, when it is opened next at a desk, begin at a spot."""
    _NEXT[desk] = (case_id, spot)


def wanted_spot(desk: Desk, case_id: str) -> Spot | None:
    """Return where the page of a case is to begin, once; None for where it always does."""
    about, spot = _NEXT.pop(desk, ("", None))
    return spot if about == case_id else None
