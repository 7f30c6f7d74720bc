"""The red line of every page while it is doubted that these are the records of last time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.gui.parts.plain import button, named, plain_label
from shelterdesk.gui.parts.second_person import second_signature
from shelterdesk.gui.parts.style.measures import NONE, TIGHT

if TYPE_CHECKING:
    from collections.abc import Callable

    from shelterdesk.services.desk import Desk

_LOOKED = N_("We have looked …")


def doubt_banner(desk: Desk, settled: Callable[[], None]) -> list[QWidget]:
    """Return the red line, or nothing; `settled` is called when two people have looked."""
    words = desk.witnessing.doubt()
    return [red_line(desk, words, settled)] if words else []


def red_line(desk: Desk, words: str, settled: Callable[[], None]) -> QWidget:
    """Return a red line with the key by which a director and a second person say they looked."""
    banner = named(QWidget(), "doubt")
    line = QHBoxLayout(banner)
    line.setContentsMargins(NONE, NONE, NONE, TIGHT)
    line.addWidget(plain_label(words, "problem"), 1)
    if desk.may(Area.KEYS, Right.WRITE):
        looked = button(_(_LOOKED), "looked")
        looked.clicked.connect(lambda: _look(desk, banner, settled))
        line.addWidget(looked)
    return banner


def _look(desk: Desk, banner: QWidget, settled: Callable[[], None]) -> None:
    """Let a second person sign for having looked."""
    signed = second_signature(desk, desk.witnessing.for_what(), banner)
    if signed is not None:
        desk.witnessing.looked(signed)
        settled()
