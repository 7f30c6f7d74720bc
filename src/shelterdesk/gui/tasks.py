"""Long work on one worker thread, with its progress and a way to stop it.

Short calls run directly in the window's thread. What takes longer (deriving a key, backup, check)
is a plain function of a `Progress` and runs here; its answer or its error comes back to the
window's thread as a signal.

Nothing of Qt goes along into the other thread but the signal that carries the progress: a widget
that lost its last friend there would be destroyed there. So work that takes one along is refused,
and whoever waits for the answer may go: she is then told nothing.
"""

from collections.abc import Callable, Iterator
from functools import partial
from types import CellType
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QObject, QThread, Signal, SignalInstance
from shiboken6 import isValid
from typing_extensions import override

from shelterdesk.core.work import Progress

Work = Callable[[Progress], Any]

_at_work: Final[set["LongWork"]] = set()
"""What is going on, whoever began it: work may outlive the page or dialogue that waits for it."""


class _Reported(Progress):
    """Progress that a signal carries to the window."""

    def __init__(self, told: Any) -> None:
        super().__init__()
        self._told = told

    @override
    def show(self, doing: str, done: int, total: int) -> None:
        self._told.emit(doing, 1000 * done // max(total, 1))


class LongWork(QThread):
    """One piece of long work; it is kept until it has ended."""

    progressed = Signal(str, int)
    """What is being done (translatable), and how far, in thousandths."""

    over = Signal()
    """It has ended, well or not; told before how."""
    succeeded = Signal(object)
    failed = Signal(object)

    def __init__(self, work: Work) -> None:
        super().__init__(QCoreApplication.instance())
        self._work = work
        self._progress: Progress = _Reported(self.progressed)
        self._ended: tuple[Any, Exception | None] = (None, None)
        self.finished.connect(self._end)

    def begin(self) -> None:
        """Start in a thread of its own."""
        _at_work.add(self)
        self.start()

    @override
    def run(self) -> None:
        self._ended = _outcome(self._work, self._progress)  # in no name of this call: see `_end`

    def _end(self) -> None:
        """Tell how it ended once the thread is over: whoever hears it may begin other work.

        What came of it is forgotten first. A fault knows the calls that led to it, and they know
        this task: kept by a name of either, it would be a circle that only the collector breaks.
        """
        _at_work.discard(self)
        self._progress = Progress()
        (answer, fault), self._ended = self._ended, (None, None)
        self.over.emit()
        if fault is None:
            self.succeeded.emit(answer)
        else:
            self.failed.emit(fault)
        self.deleteLater()

    def stop(self) -> None:
        """Ask the work to end at its next step."""
        self._progress.stop()


def _outcome(work: Work, progress: Progress) -> tuple[Any, Exception | None]:
    """Return what came of the work: its answer, or what went wrong."""
    try:
        return work(progress), None
    except Exception as fault:  # noqa: BLE001 - every fault is carried to the window's thread
        return None, fault


def taken_along(function: Any) -> Iterator[object]:
    """Yield what a function holds on to, and what the functions among that hold on to in turn."""
    found, seen = [function], set[int]()
    while found:
        one = found.pop()
        if id(one) not in seen:
            seen.add(id(one))
            yield one
            found += _held_by(one)


def _held_by(one: Any) -> list[Any]:
    """Return a method's object, a partial's arguments, what a function was made around."""
    if isinstance(one, partial):
        return [one.func, *one.args, *one.keywords.values()]
    cells = getattr(one, "__closure__", None) or ()
    return [getattr(one, "__self__", None), *(_content(cell) for cell in cells)]


def _content(cell: CellType) -> Any:
    try:
        return cell.cell_contents
    except ValueError:  # the name has got no value yet
        return None


def _hears(told: Callable[[Any], None]) -> bool:
    """Tell whether everything is there still that would hear an answer."""
    return all(isValid(one) for one in taken_along(told) if isinstance(one, QObject))


def wait_for_all() -> None:
    """Ask everything that is going on to end, and wait until it has."""
    for task in list(_at_work):
        task.stop()
        task.wait()


class Worker(QObject):
    """Does one piece of long work at a time; what is asked for meanwhile is not begun."""

    progressed = Signal(str, int)
    freed = Signal()
    """The last piece of work is over, well or not."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._task: LongWork | None = None
        self._told: tuple[Callable[[Any], None], Callable[[BaseException], None]] | None = None

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
        """Begin long work; returns False when other work is still going on.

        Raises TypeError for work that takes something of Qt along.
        """
        if any(isinstance(one, QObject | SignalInstance) for one in taken_along(work)):
            raise TypeError("work in another thread takes nothing of Qt along")
        if self._task is not None:
            return False
        self._task, self._told = LongWork(work), (done, failed)
        self._task.progressed.connect(self.progressed)
        self._task.over.connect(self._let_go)
        self._task.succeeded.connect(self._succeeded)
        self._task.failed.connect(self._failed)
        self._task.finished.connect(self._ended)
        self._task.begin()
        return True

    def _let_go(self) -> None:
        self._task = None

    def _succeeded(self, answer: object) -> None:
        self._tell(0, answer)

    def _failed(self, fault: BaseException) -> None:
        self._tell(1, fault)

    def _tell(self, how: int, what: Any) -> None:
        told, self._told = self._told, None
        if told is not None and _hears(told[how]):
            told[how](what)

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
