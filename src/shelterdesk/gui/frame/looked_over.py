"""What is looked over in the background after unlocking, and told in red when it does not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from shelterdesk.gui.frame.banners import red_line
from shelterdesk.gui.tasks import Worker

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from shelterdesk.services.desk import Desk
    from shelterdesk.services.keeping.checks import Checks

_AFTER_MS: Final = 3000
"""The first page is there and has answered its first keys."""


class LookedOver(QObject):
    """Looks over the log, what letters rest on, and once a week everything, without being asked."""

    found = Signal()
    """What does not hold is to be shown anew."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._worker = Worker(self)
        self._told: list[str] = []

    def begin(self, checks: Checks) -> None:
        """Begin soon: the first page comes before it."""
        QTimer.singleShot(_AFTER_MS, self, lambda: self.look(checks))

    def look(self, checks: Checks) -> None:
        """Look over now."""
        self._worker.do(checks.look_over, self._tell, self._not_done)

    def _tell(self, told: list[str]) -> None:
        self._told = told
        if told:
            self.found.emit()

    def _not_done(self, _fault: BaseException) -> None:
        """Say nothing of what was cut off or had no turn: the next unlocking looks again."""

    def banners(self, desk: Desk) -> list[QWidget]:
        """Return a red line for everything that does not hold, until two people have looked."""
        return [red_line(desk, words, self._settled) for words in self._told]

    def _settled(self) -> None:
        self._told = []
        self.found.emit()
