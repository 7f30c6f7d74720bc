"""How a page and a word on it look: names that the style sheet knows."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QLabel,
    QWidget,
)

from shelterdesk.gui.parts.plain import plain_label

_AROUND_WORD: Final = 56
"""Pixels around word and drawing of a button, with the gap to the next one."""


def dress_page(page: QWidget) -> None:
    """Give a page the look of its pieces: tables without a frame, as they stand on cards."""
    page.setProperty("dressed", True)


def look(widget: QWidget, name: str) -> None:
    """Choose one of the looks of the style sheet for a widget, now or later."""
    widget.setProperty("look", name)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def label_as(text: str, style: str, name: str = "", *, wraps: bool = False) -> QLabel:
    """Return a plain label in one of the looks: strong, quiet, late, tag, risk."""
    made = plain_label(text, name, wraps=wraps)
    look(made, style)
    return made
