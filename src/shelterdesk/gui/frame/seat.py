"""Who sat at the desk when it was locked, told to the process that begins anew at the door.

By the place in the list of names, and nowhere on the disk: closed and started, nobody is chosen.
"""

import os
from collections.abc import Sequence
from typing import Final

_SEAT: Final = "SHELTERDESK_SEAT"


def keep_seat(names: Sequence[str], name: str) -> None:
    """Let the next process know who sits here."""
    if name in names:
        os.environ[_SEAT] = str(names.index(name))


def seat_kept(names: Sequence[str]) -> str:
    """Return who sat here when it was locked; "" for nobody."""
    place = os.environ.get(_SEAT, "")
    return names[int(place)] if place.isdigit() and int(place) < len(names) else ""


def forget_seat() -> None:
    """Keep nobody's seat any more: somebody sits down, or it goes to other records."""
    os.environ.pop(_SEAT, None)
