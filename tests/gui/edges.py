"""Where what stands on a page begins and ends: cards, lists, sheets, fields and buttons."""

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from shelterdesk.gui.parts.style.measures import DOOR_WIDE, EDGE, ONE_COLUMN, grown

_CONTROLS: Final = (QAbstractButton, QComboBox, QLineEdit)
_NEAR: Final = 2 * EDGE
"""How near to an edge of the page something stands that is meant to end there."""
_HEAD: Final = 2 * EDGE
"""How far down the first line of a page reaches; below it buttons go on from the left."""


def blocks(page: QWidget) -> Iterator[QWidget]:
    """Yield what is seen on a page and stands in nothing else that has an edge of its own."""
    for one in page.children():
        if not isinstance(one, QWidget) or not one.isVisible():
            continue
        if _has_an_edge(one):
            yield one
        else:
            yield from blocks(one)


def _has_an_edge(one: QWidget) -> bool:
    """Tell whether a part is seen from its left to its right edge, and is no mere place."""
    is_list = isinstance(one, QAbstractItemView)
    is_sheet = isinstance(one, QAbstractScrollArea) and not isinstance(one, QScrollArea)
    return one.objectName() == "card" or is_list or is_sheet or isinstance(one, _CONTROLS)


def span(one: QWidget, page: QWidget) -> tuple[int, int]:
    """Return the left and the right edge of a part, from the left edge of the page."""
    left = one.mapTo(page, QPoint(0, 0)).x()
    return left, left + one.width()


def _stands_in_the_middle(one: QWidget, before: int, behind: int) -> bool:
    """Tell whether a part is the one card in the middle of a page with one question."""
    return one.width() == grown(DOOR_WIDE) and abs(before - behind) <= 1


def strays(page: QWidget) -> set[str]:
    """Return what begins or ends beside the edges of the page, and by how many pixels."""
    rights = {page.width() - EDGE, min(page.width() - EDGE, EDGE + grown(ONE_COLUMN))}
    found = set()
    for one in blocks(page):
        left, right = span(one, page)
        if _stands_in_the_middle(one, left, page.width() - right):
            continue
        called = f"{type(one).__name__} {one.objectName()}"
        if left < _NEAR and left != EDGE:
            found.add(f"{called} begins at {left}, not {EDGE}")
        in_a_flow = isinstance(one, _CONTROLS) and one.mapTo(page, QPoint(0, 0)).y() > _HEAD
        if page.width() - right < _NEAR and right not in rights and not in_a_flow:
            found.add(f"{called} ends at {right}, not {page.width() - EDGE}")
    return found
