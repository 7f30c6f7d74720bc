"""What somebody will need later is read in small pieces, between what she does meanwhile."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer

from shelterdesk.core.errors import DeskError

_PAUSE_MS: Final = 30
"""Time between two pieces, in which the window answers keys and paints."""


class ReadingAhead(QObject):
    """Calls for one piece after another until `read` says that all of it is there.

    It ends with the page or window that is its parent, and when the records are closed.
    """

    def __init__(self, read: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._read = read
        self._timer = QTimer(self)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._read_on)

    @property
    def is_over(self) -> bool:
        """Whether nothing more will be read."""
        return not self._timer.isActive()

    def begin(self) -> None:
        """Read from now on."""
        self._timer.start()

    def _read_on(self) -> None:
        try:
            over = self._read()
        except DeskError:
            over = True
        if over:
            self._timer.stop()
