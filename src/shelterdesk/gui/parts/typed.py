"""What is typed and not saved: whatever keeps it takes part by standing on the page.

Nothing walks over a list of parts that somebody has to remember. A form, or a line of its own kind,
says once how it is called; from then on its text is kept while it is typed, comes back after the
lock, and is offered again when the page was left.
"""

from collections.abc import Iterator
from typing import Any, Final, Protocol, cast
from weakref import WeakKeyDictionary

import shiboken6
from PySide6.QtWidgets import QWidget

GONE: Final = "gone"
"""Property of what was taken off a page and is about to be destroyed."""


class Keeps(Protocol):
    """A part of a page that knows what was typed into it and can put it back."""

    @property
    def kept_as(self) -> str:
        """Under which name its texts are kept; no other part of the page has the same."""

    def draft(self) -> dict[str, str]:
        """Return what is typed and not saved; empty when nothing is."""

    def restore(self, values: dict[str, str]) -> None:
        """Put back what was typed."""


_ALL: Final[WeakKeyDictionary[QWidget, None]] = WeakKeyDictionary()
"""Every part that takes part, in the order in which they were made."""


def take_part(part: QWidget) -> None:
    """Let a part, which `Keeps`, take part in whatever page it stands on."""
    _ALL[part] = None


def keepers(page: QWidget) -> Iterator[Keeps]:
    """Yield the parts of a page that keep what is typed; what lies in one of them is its own."""
    for part in list(_ALL):
        if shiboken6.isValid(part) and _stands_on(part, page):
            yield cast("Keeps", part)


def _stands_on(part: QWidget, page: QWidget) -> bool:
    if part.property(GONE):
        return False
    around = part.parentWidget()
    while around is not None and around is not page:
        if around in _ALL or around.property(GONE):
            return False
        around = around.parentWidget()
    return around is page


def typed_on(page: QWidget) -> dict[str, str]:
    """Return what is typed on a page and not saved, part by part."""
    return {
        f"{part.kept_as}.{name}": text
        for part in keepers(page)
        for name, text in part.draft().items()
    }


def put_back(page: QWidget, values: dict[str, str]) -> None:
    """Give every part of a page back what was typed into it."""
    for part in list(keepers(page)):
        if mine := below(f"{part.kept_as}.", values):
            part.restore(mine)


def below(head: str, values: dict[str, str]) -> dict[str, str]:
    """Return the texts whose names begin in a certain way, by the rest of their names."""
    return {n.removeprefix(head): text for n, text in values.items() if n.startswith(head)}


def draft_of(page: Any) -> dict[str, str]:
    """Return what is typed on a page: as it tells by itself, else by what stands on it."""
    told = getattr(page, "draft", None)
    return dict(told()) if told is not None else typed_on(page)


def restore_to(page: Any, values: dict[str, str]) -> None:
    """Put back what was typed on a page."""
    by_itself = getattr(page, "restore", None)
    if by_itself is not None:
        by_itself(values)
    else:
        put_back(page, values)
