"""Where a page is opened next, and with what: what somebody came for from another page."""

from typing import Final
from weakref import WeakKeyDictionary

from shelterdesk.services.day_lines import Spot
from shelterdesk.services.desk import Desk

_NEXT: Final[WeakKeyDictionary[Desk, tuple[str, Spot]]] = WeakKeyDictionary()
_KNOWN: Final[WeakKeyDictionary[Desk, tuple[str, dict[str, str]]]] = WeakKeyDictionary()


def open_at(desk: Desk, case_id: str, spot: Spot) -> None:
    """Let the page of a case, when it is opened next at a desk, begin at a spot."""
    _NEXT[desk] = (case_id, spot)


def wanted_spot(desk: Desk, case_id: str) -> Spot | None:
    """Return where the page of a case is to begin, once; None for where it always does."""
    about, spot = _NEXT.pop(desk, ("", None))
    return spot if about == case_id else None


def begin_with(desk: Desk, key: str, known: dict[str, str]) -> None:
    """Let a page, when it is opened next at a desk, stand there with what is known already.

    Nobody has typed that: it is no unfinished text, and nothing of it is to be saved.
    """
    _KNOWN[desk] = (key, known)


def begun_with(desk: Desk, key: str) -> dict[str, str]:
    """Return what is known of a page that is opened, once."""
    page, known = _KNOWN.pop(desk, ("", {}))
    return known if page == key else {}
