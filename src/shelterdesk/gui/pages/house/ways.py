"""The pages of the house beside each other: each has its own keys, from everywhere."""

from functools import partial
from typing import Final

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.parts.flow import FlowRow
from shelterdesk.gui.parts.rows import small

WAYS: Final = (
    ("beds", N_("Beds"), "Ctrl+B"),
    ("leave", N_("Who is out"), "Ctrl+O"),
    ("roll", N_("Roll"), "Ctrl+R"),
    ("visitors", N_("Visitors"), "Ctrl+D"),
)


def house_ways(here: str, go: SignalInstance) -> QWidget:
    """Return a line of buttons to the other pages of the house; the present one is pressed."""
    ways = []
    for name, words, keys in WAYS:
        pressed = small(f"{_(words)}  ({keys})", f"way-{name}", _(words))
        pressed.setCheckable(True)
        pressed.setChecked(name == here)
        pressed.clicked.connect(partial(go.emit, name, ""))
        pressed.setEnabled(name != here)
        ways.append(pressed)
    return FlowRow(*ways)
