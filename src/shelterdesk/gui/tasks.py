"""Long work on one worker thread, with its progress and a way to stop it.

Short calls run directly in the window's thread. What takes longer (deriving a key, backup, check)
is a plain function of a `Progress` and runs here; its answer or its error comes back to the
window's thread as a signal.
"""

from collections.abc import Callable
from functools import partial
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

    over = Signal()
    """It has ended, well or not; told before how."""
    succeeded = Signal(object)
    failed = Signal(object)

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._progress = _Reported(self.progressed)
        self._tell: Callable[[], None] = lambda: None
        self.finished.connect(self._end)

    @override
    def run(self) -> None:
        try:
            answer = self._work(self._progress)
        except Exception as fault:  # noqa: BLE001 - every fault is carried to the window's thread
            self._tell = partial(self.failed.emit, fault)
        else:
            self._tell = partial(self.succeeded.emit, answer)

    def _end(self) -> None:
        """Tell how it ended once the thread is over: whoever hears it may begin other work."""
        self.over.emit()
        self._tell()

    def stop(self) -> None:
        """Ask the work to end at its next step."""
        self._progress.stop()


class Worker(QObject):
    """Does one piece of long work at a time; what is asked for meanwhile is not begun."""

    progressed = Signal(str, int)
    freed = Signal()
    """The last piece of work is over, well or not."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._task: Task | None = None

    @property
    def is_busy(self) -> bool:
        """Whether something is being worked on."""
        return self._task is not None

    def do(
        self,
        work: Work,
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None],
    ) -> bool:
        """Begin long work; returns False when other work is still going on."""
        if self._task is not None:
            return False
        self._task = Task(work, self)
        self._task.progressed.connect(self.progressed)
        self._task.succeeded.connect(done)
        self._task.failed.connect(failed)
        self._task.over.connect(self._let_go)
        self._task.finished.connect(self._ended)
        self._task.start()
        return True

    def _let_go(self) -> None:
        task, self._task = self._task, None
        if task is not None:
            task.deleteLater()

    def _ended(self) -> None:
        if self._task is None:
            self.freed.emit()

    def stop(self) -> None:
        """Ask the present work to end at its next step."""
        if self._task is not None:
            self._task.stop()

    def stop_and_wait(self) -> None:
        """Ask the present work to end, and wait until it has."""
        if self._task is not None:
            self._task.stop()
            self._task.wait()
