"""Where somebody is on a page, so that she finds it again: the part in front, and the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QWidget

from shelterdesk.gui.frame.page_table import ABOUT_CASES, ABOUT_REFERRALS
from shelterdesk.gui.parts.lao_text import LaoTextEdit
from shelterdesk.gui.parts.scrolled import bring_into_view

if TYPE_CHECKING:
    from collections.abc import Mapping

LEFT: Final = "left"
"""Under which name her place is kept beside her texts while it is locked; no page has it."""


_STEPS_ASIDE: Final = ABOUT_CASES | ABOUT_REFERRALS | {"organisation", "beds", "log"}
"""Pages from which one comes back to a case; from a list it is opened anew, at its beginning."""


class HerPlace(NamedTuple):
    """A part of a page, and the field on it by its name and which of those of that name it is.

    And how many letters stand before the caret there: she goes on writing where she was.
    """

    part: str
    field: str
    number: int
    caret: int = 0

    def as_text(self) -> dict[str, str]:
        """Return the spot as it is kept."""
        numbers = {"number": str(self.number), "caret": str(self.caret)}
        return {"part": self.part, "field": self.field} | numbers


class PageState(NamedTuple):
    """A page as it stands: which it is, what is being typed on it, and where the keyboard is.

    And the pages before it, to which one goes back.
    """

    where: tuple[str, str]
    typed: dict[str, str]
    is_unsaved: bool
    spot: HerPlace
    way_back: list[tuple[str, str]]


def spot_on(page: Any) -> HerPlace:
    """Return where somebody is on a page, also when something covers it by now."""
    in_front = getattr(page, "part_in_front", None)
    part = in_front() if in_front is not None else ""
    here = page.focusWidget()
    name = here.objectName() if here is not None and here is not page else ""
    number = _called(page, name).index(here) if name else 0
    return HerPlace(part, name, number, _caret_in(here))


def spot_kept(values: Mapping[str, str]) -> HerPlace:
    """Return a spot from how it was kept."""
    kept = (values.get(name, "") for name in ("number", "caret"))
    number, caret = (int(text) if text.isdigit() else 0 for text in kept)
    return HerPlace(values.get("part", ""), values.get("field", ""), number, caret)


def go_to(page: Any, spot: HerPlace) -> None:
    """Bring a page to a spot, as far as it is still there; the field once it is laid out."""
    bring = getattr(page, "bring_part", None)
    if spot.part and bring is not None:
        bring(spot.part)
    if spot.field:
        QTimer.singleShot(0, page, lambda: _into(page, spot))


def _into(page: QWidget, spot: HerPlace) -> None:
    there = _called(page, spot.field)[spot.number :][:1]
    for field in there:
        if field.isVisible() and field.isEnabled():
            field.setFocus()
            _put_caret(field, spot.caret)
            bring_into_view(field)


def _caret_in(field: QWidget | None) -> int:
    if isinstance(field, LaoTextEdit):
        return field.caret()
    return field.cursorPosition() if isinstance(field, QLineEdit) else 0


def _put_caret(field: QWidget, caret: int) -> None:
    if isinstance(field, LaoTextEdit):
        field.set_caret(caret)
    elif isinstance(field, QLineEdit):
        field.setCursorPosition(caret)


def _called(page: QWidget, name: str) -> list[QWidget]:
    return page.findChildren(QWidget, name)


_Where = tuple[str, str]


class Fronts:
    """Keeps of every page that was left which of its parts was in front."""

    def __init__(self) -> None:
        self._known: dict[_Where, str] = {}

    def note(self, where: _Where, page: Any) -> None:
        """Note what is in front of a page that is left."""
        in_front = getattr(page, "part_in_front", None)
        if in_front is not None:
            self._known[where] = in_front()

    def bring_again(self, where: _Where, left: _Where, page: Any) -> None:
        """Bring it to the front again, for who comes back from a page that was a step aside."""
        if left[0] in _STEPS_ASIDE:
            self.bring(where, page)

    def bring(self, where: _Where, page: Any) -> None:
        """Bring to the front of a page what was there when it was left; what is led to stays."""
        known = self._known.get(where, "")
        if known and not getattr(page, "is_led", False):
            page.bring_part(known)
