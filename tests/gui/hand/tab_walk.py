"""A walk by Tab through what a window shows: where one stops, and how that is seen."""

from collections import Counter
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QWidget,
)

from shelterdesk.gui.parts.plain import FIELD

_MOST: Final = 200
"""Stops after which a walk has lost its way."""
_SEEN: Final = 24
"""Pixels that change at least where the keyboard comes: a thin line around something small."""
_SIGN_OF_A_FIELD: Final = "answer"


def settled() -> None:
    """Let everything find its place."""
    for _turn in range(4):
        QCoreApplication.processEvents()


def shown_part(stop: QWidget) -> QWidget:
    """Return what is looked at while the keyboard is in a stop: the box around its line."""
    around = stop.parentWidget()
    return around if isinstance(around, QComboBox) else stop


class Walk:
    """Every stop of a page from its first on, once around, and what was seen at each."""

    def __init__(self, page: QWidget) -> None:
        self.page = page
        self.stops: list[QWidget] = []
        self.unseen: list[str] = []
        self._go()

    def _go(self) -> None:
        window = self.page.window()
        window.activateWindow()
        self.page.setFocus()
        for _stop in range(_MOST):
            here = QApplication.focusWidget()
            QTest.keyClick(here or window, Qt.Key.Key_Tab)
            settled()
            there = QApplication.focusWidget()
            if there is None or there in self.stops or not self.page.isAncestorOf(there):
                return
            self.stops.append(there)
            part = shown_part(there)
            if part.visibleRegion().isEmpty():
                self.unseen.append(f"not in view: {called(there)}")
            self._compare(there, part)
        self.unseen.append("no end")

    def _compare(self, stop: QWidget, part: QWidget) -> None:
        """Look at a part with the keyboard, and without it."""
        one = part.grab().toImage()
        stop.clearFocus()
        other = part.grab().toImage()
        stop.setFocus(Qt.FocusReason.TabFocusReason)
        if one.size() != other.size():
            self.unseen.append(f"changes its size: {called(part)}")
            return
        changed = sum(
            one.pixel(x, y) != other.pixel(x, y)
            for y in range(one.height())
            for x in ((0, 1, 2, *range(3, one.width(), 7), one.width() - 1))
            if x < one.width()
        )
        if changed < _SEEN:
            self.unseen.append(f"no outline: {called(part)} ({changed})")

    def too_many(self) -> list[str]:
        """Return the lists that are not one stop, or two: buttons of one name, over and over."""
        counted = Counter(_act(one) for one in self.stops if _is_act(one))
        return [f"{count} × {name}" for (name, _place), count in counted.items() if count > 1]


def _act(one: QWidget) -> tuple[str, int]:
    return one.objectName(), id(_card_of(one))


def _card_of(one: QWidget) -> Any:
    """Return the card, or the page, in which something stands."""
    above: QWidget | None = one
    while above is not None and above.objectName() != "card":
        above = above.parentWidget()
    return above


def _is_act(one: QWidget) -> bool:
    """Tell whether something begins an act, and is no answer to a question of a form."""
    if not isinstance(one, QAbstractButton) or isinstance(one, QCheckBox):
        return False
    return not one.property(FIELD) and one.objectName() != _SIGN_OF_A_FIELD


def called(one: QWidget) -> str:
    """Return what a part is, for whoever reads of its fault."""
    return f"{type(one).__name__} {one.objectName()} “{one.accessibleName()[:40]}”"
