"""The one line in which a problem is told, on every page alike."""

from PySide6.QtWidgets import (
    QLabel,
)

from shelterdesk.core.i18n import _
from shelterdesk.gui.parts.plain import plain_label, show_if


def problem_line() -> QLabel:
    """Return the line in which a problem is told, empty and out of the way."""
    line = plain_label("", "problem")
    line.setAccessibleName(_("Problem"))
    line.hide()
    return line


def tell(line: QLabel, text: str) -> None:
    """Show a problem in its line, or take the line away."""
    line.setText(text)
    show_if(line, bool(text))
