"""Text that is never markup: whatever was typed is shown letter by letter.

Qt guesses rich text by default and would open files that a name like `<img src=…>` points to.
"""

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

Named = TypeVar("Named", bound=QWidget)


def plain_label(text: str = "", name: str = "", *, wraps: bool = True) -> QLabel:
    """Return a label that shows `text` as it is; `name` chooses its style."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wraps)
    label.setObjectName(name)
    label.setText(text)
    return label


def named(widget: Named, name: str, spoken: str = "") -> Named:
    """Give a widget its name for tests, and the one that a screen reader says; returns it."""
    widget.setObjectName(name)
    if spoken:
        widget.setAccessibleName(spoken)
    return widget


def button(text: str, name: str = "", parent: QWidget | None = None) -> QPushButton:
    """Return a push button with a name for tests and screen readers; `main` is the accented one."""
    made = QPushButton(text.replace("&", "&&"), parent)
    return named(made, name, text)
