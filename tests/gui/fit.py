"""What does not fit on the screen: words cut, controls out of reach, parts on each other."""

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)

from shelterdesk.gui.parts.elided import Elided

_NEAR: Final = 2
"""Pixels that the reckoning of a font may be wrong by."""


def misfits(around: QWidget) -> list[str]:
    """Return what is cut, out of reach, or lies on something else, inside a part that is seen."""
    parts = [one for one in around.findChildren(QWidget) if one.isVisible()]
    parts = [one for one in parts if one.window() is around.window()]
    found = [f"cut: {_called(one)}" for one in parts if is_cut(one)]
    out = [one for one in parts if is_out_of_reach(one, around)]
    found += [f"out of reach: {_called(one)}" for one in out]
    found += [f"on each other: {_called(a)} + {_called(b)}" for a, b in overlaps([around, *parts])]
    return found


def is_cut(one: QWidget) -> bool:
    """Tell whether the words of a label, a button or a choice are wider or higher than it."""
    if isinstance(one, Elided):
        return one.width() < one.minimumSizeHint().width()
    if isinstance(one, QLabel) and one.text():
        return _is_label_cut(one)
    if isinstance(one, QAbstractButton) and one.text():
        return one.sizeHint().width() > one.width() + _NEAR or _is_flat(one)
    if isinstance(one, QComboBox) and not one.isEditable() and one.currentText():
        return one.fontMetrics().horizontalAdvance(one.currentText()) > _room(one) + _NEAR
    if isinstance(one, QLineEdit):
        return one.sizeHint().height() > one.height() + 2 * _NEAR
    return False


def _is_label_cut(label: QLabel) -> bool:
    if label.wordWrap():
        return label.heightForWidth(label.width()) > label.height() + _NEAR
    return label.sizeHint().width() > label.width() + _NEAR


def _is_flat(one: QAbstractButton) -> bool:
    return not isinstance(one, QCheckBox) and one.sizeHint().height() > one.height() + 2 * _NEAR


def _room(box: QComboBox) -> int:
    """Return the width in which the words of a choice are written."""
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    field = QStyle.SubControl.SC_ComboBoxEditField
    style = box.style()
    return style.subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, box).width()


def is_out_of_reach(one: QWidget, around: QWidget) -> bool:
    """Tell whether a control sticks out of what it lies in, where nothing can bring it back."""
    if not isinstance(one, QAbstractButton | QComboBox | QLineEdit | QPlainTextEdit):
        return False
    corner = one.geometry()
    below: QWidget = one
    while below is not around and (above := below.parentWidget()) is not None:
        if _scrolls(above):
            return corner.left() < -_NEAR or corner.right() > above.width() + _NEAR
        if not above.rect().adjusted(-_NEAR, -_NEAR, _NEAR, _NEAR).contains(corner):
            return True
        corner, below = QRect(above.mapToParent(corner.topLeft()), corner.size()), above
    return False


def _scrolls(part: QWidget) -> bool:
    """Tell whether a part is what lies in a place that scrolls: it is as high as it needs."""
    viewport = part.parentWidget()
    area = viewport.parentWidget() if viewport is not None else None
    return isinstance(area, QScrollArea) and area.widget() is part


def overlaps(parents: list[QWidget]) -> Iterator[tuple[QWidget, QWidget]]:
    """Yield neighbours in one layout that lie on each other."""
    for parent in parents:
        layout = parent.layout()
        if layout is None or isinstance(parent, QAbstractScrollArea | QAbstractButton):
            continue
        inside = [c for c in parent.children() if isinstance(c, QWidget)]
        inside = [c for c in inside if c.isVisible() and layout.indexOf(c) >= 0]
        for one, other in combinations(inside, 2):
            shared = one.geometry().intersected(other.geometry())
            if shared.width() > _NEAR and shared.height() > _NEAR:
                yield one, other


def _called(one: QWidget) -> str:
    text = getattr(one, "text", None) or getattr(one, "currentText", None)
    words = text() if callable(text) else ""
    at = one.mapTo(one.window(), QPoint(0, 0))
    size = f"{one.width()}×{one.height()} at {at.x()},{at.y()}"
    return f"{type(one).__name__} {one.objectName()} “{words[:40]}” {size}"
