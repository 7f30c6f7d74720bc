"""Long work on one worker thread, with its progress and a way to stop it.

Short calls run directly in the window's thread. What takes longer (deriving a key, backup, check)
is a plain function of a `Progress` and runs here; its answer or its error comes back to the
window's thread as a signal.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal
from typing_extensions import override

from shelterdesk.core.work import Progress

Work = Callable[[Progress], Any]


class _Reported(Progress):
    """Progress that a signal carries to the window."""

    def __init__(self, told: Any) -> None:
        super().__init__()
        self._told = told

    @override
    def show(self, doing: str, done: int, total: int) -> None:
        self._told.emit(doing, 1000 * done // max(total, 1))


class Task(QThread):
    """One piece of long work; keep a reference until `ended`."""

    progressed = Signal(str, int)
    """What is being done (translatable), and how far, in thousandths."""

    succeeded = Signal(object)
    failed = Signal(object)

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._progress = _Reported(self.progressed)

    @override
    def run(self) -> None:
        try:
            answer = self._work(self._progress)
        except Exception as fault:  # noqa: BLE001 - every fault is carried to the window's thread
            self.failed.emit(fault)
        else:
            self.succeeded.emit(answer)

    def stop(self) -> None:
        """Ask the work to end at its next step."""
        self._progress.stop()
