"""Whoever has a like name in the records already, told while somebody is being written down."""

from collections.abc import Iterable
from functools import partial
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.parts.card import emptied
from shelterdesk.gui.parts.case_line import Elided
from shelterdesk.gui.parts.plain import named, plain_label, show_if
from shelterdesk.gui.parts.rows import small
from shelterdesk.services.day_lines import CASE
from shelterdesk.services.desk import Desk
from shelterdesk.services.search import Hit

_THERE: Final = N_(
    "Somebody with a like name is in the records. Is it her? Then open her case, and nothing is "
    "asked of her twice."
)
_SHORTEST: Final = 3
"""Letters below which too many names are alike."""

_MOST: Final = 5
_PAUSE_MS: Final = 250
"""How long nothing is typed before it is looked for: nobody waits for a name that is half there."""


class AlikeCases(QWidget):
    """Up to five cases with a like name, each with the way to it; hidden while there is none.

    What is found is what the search box would find for whoever is at the desk.
    """

    go = Signal(str, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown: list[Hit] = []
        self._wanted: tuple[frozenset[str], str] = frozenset(), ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(4)
        around.addWidget(named(plain_label(_(_THERE), "warning"), "alike-names", _(_THERE)))
        self._lines = QVBoxLayout()
        around.addLayout(self._lines)
        self.hide()

    def look(self, names: Iterable[str], own_id: str) -> None:
        """Show the cases under one of these names, without the one that is being written.

        Once nothing more is typed; that nothing is alike any more is seen at once.
        """
        wanted = frozenset(name.strip() for name in names if len(name.strip()) >= _SHORTEST)
        if (wanted, own_id) == self._wanted:
            return
        self._wanted = wanted, own_id
        if wanted:
            self._pause.start()
        else:
            self._pause.stop()
            self._look()

    def _look(self) -> None:
        wanted, own_id = self._wanted
        hits = {hit.id: hit for name in sorted(wanted) for hit in self._desk.search.find(name)}
        found = [hit for hit in hits.values() if hit.page == CASE and hit.id != own_id][:_MOST]
        if found != self._shown:
            self._show(found)

    def _show(self, found: list[Hit]) -> None:
        self._shown = found
        lines = emptied(self._lines)
        for hit in found:
            lines.addWidget(self._line(hit))
        show_if(self, bool(found))

    def _line(self, hit: Hit) -> QWidget:
        line = named(QWidget(), "alike", hit.title)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Elided(" – ".join(filter(None, (hit.title, hit.detail))), "strong"), 1)
        words = _("Open the case")
        there = small(words, "open-alike", f"{words}: {hit.title}")
        there.clicked.connect(partial(self.go.emit, hit.page, hit.id))
        row.addWidget(there)
        return line
