"""One paper that was brought in, as the window sees it: asked for page by page, drawn elsewhere.

Whatever the other process does (nothing, nonsense, without end, or die) ends in a word to the
person; the window waits for nothing and keeps one answer at most.
"""

from typing import Final

from PySide6.QtCore import QByteArray, QObject, QProcess, QTimer, Signal
from PySide6.QtGui import QImage

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_
from shelterdesk.gui.drawn.frames import (
    DOT,
    Answer,
    Answers,
    BrokenAnswer,
    DocumentKind,
    Frame,
    Order,
    Size,
    drawn_size,
    packed_document,
    packed_order,
    page_parts,
    sizes_of,
)
from shelterdesk.gui.drawn.limits import Job
from shelterdesk.gui.drawn.process import new_process, was_ended
from shelterdesk.services.case.case_papers import TooLarge

KINDS: Final = {
    "application/pdf": DocumentKind.PDF,
    "image/jpeg": DocumentKind.JPEG,
    "image/png": DocumentKind.PNG,
}

PATIENCE: Final = 5_000
"""Milliseconds for each page (design: security, S24)."""

OPENING: Final = 10_000
"""Milliseconds for opening a document: a picture of 50 million points is decoded and looked at."""

CLEANING: Final = 20_000
"""Milliseconds for drawing such a picture anew and packing it."""

START: Final = 30_000
"""Milliseconds for the process to begin at all: a slow disk, and a scanner that reads it first."""

MOST_STARTS: Final = 4
"""Processes for one document: each page that ends one costs one."""


class Unreadable(DeskError):
    """A file that was brought in cannot be read or shown."""

    sentence = N_(
        "This file cannot be read. It may be damaged or protected by a password; scan the paper "
        "once more."
    )


class Incomplete(DeskError):
    """A part of a file that was brought in is missing."""

    sentence = N_(
        "This file is not complete: a part of it is missing. Copy it again from where it came, or "
        "take the picture or scan the paper once more."
    )


class CannotDraw(DeskError):
    """The process that draws did not start, did not answer in time, or answered nonsense."""

    sentence = N_(
        "This paper cannot be shown: drawing it took too long, or needed too much. It is kept as "
        "it is. If that is so with every paper, start ShelterDesk anew."
    )


_REFUSALS: Final[dict[Answer, type[DeskError]]] = {
    Answer.REFUSED: Unreadable,
    Answer.INCOMPLETE: Incomplete,
    Answer.TOO_LARGE: TooLarge,
}


class DrawnPaper(QObject):
    """A paper in a process of its own; ends with its owner, with `end`, and at the lock."""

    known = Signal()
    """The paper could be opened: `sizes` holds a size for each page, None where none is usable."""

    drawn = Signal(int, QImage, str)
    """A page as it was asked for, with its text."""

    failed = Signal(int)
    """A page that cannot be shown; the others can be asked for."""

    cleaned = Signal(bytes)
    refused = Signal(object)
    """Nothing of it can be shown, as a DeskError says; asking further is of no use."""

    def __init__(self, content: bytes, media_type: str, owner: QObject) -> None:
        super().__init__(owner)
        self._content, self._kind = content, KINDS[media_type]
        self.sizes: list[Size | None] = []
        self._answers = Answers()
        self._process: QProcess | None = None
        self._job: Job | None = None
        self._starts = 0
        self._ended = False
        self._waiting: Answer | None = None
        self._wanted: tuple[Order, int, int] | None = None
        self._watch = QTimer(self)
        self._watch.setSingleShot(True)
        self._watch.timeout.connect(self._lost)

    def __repr__(self) -> str:
        return "<DrawnPaper>"

    @property
    def is_busy(self) -> bool:
        """Tell whether something was asked for that has not been answered."""
        return self._waiting is not None or self._wanted is not None

    # -- asked ------------------------------------------------------------------------------

    def open(self) -> None:
        """Start the process and have the paper opened; `known` or `refused` follows."""
        self._begin()

    def ask(self, number: int, width: int) -> None:
        """Ask for a page, `width` points wide; `drawn` or `failed` follows. One at a time."""
        self._order((Order.PAGE, number, width))

    def ask_clean(self) -> None:
        """Ask for the points of a picture alone, as a file; `cleaned` or `refused` follows."""
        self._order((Order.CLEAN, 0, 0))

    def end(self) -> None:
        """Stop drawing; nothing is told any more."""
        self._ended = True
        self._wanted = None
        self._stop()

    def _order(self, wanted: tuple[Order, int, int]) -> None:
        if self._ended:
            return
        self._wanted = wanted
        if self._process is None:
            self._begin()
        elif self._waiting is None:
            self._send()

    def _send(self) -> None:
        if self._wanted is None or self._process is None:
            return
        if self._process.state() != QProcess.ProcessState.Running:
            return  # it has just ended; what was wanted is asked of the next one
        order, number, width = self._wanted
        self._process.write(QByteArray(packed_order(order, number, width)))
        if order == Order.PAGE:
            self._wait(Answer.PAGE, PATIENCE)
        else:
            self._wait(Answer.CLEAN, CLEANING)

    def _wait(self, answer: Answer | None, patience: int) -> None:
        self._waiting = answer
        if answer is None:
            self._watch.stop()
        else:
            self._watch.start(patience)

    # -- the process ------------------------------------------------------------------------

    def _begin(self) -> None:
        """Start a process; it belongs to the program, so that it can outlive us while it ends."""
        self._starts += 1
        if self._starts > MOST_STARTS:
            self._give_up(CannotDraw())
            return
        process = new_process()
        self.destroyed.connect(process.kill)
        process.readyReadStandardOutput.connect(self._hear)
        process.finished.connect(self._lost)
        process.errorOccurred.connect(self._lost)
        self._process, self._answers = process, Answers()
        self._wait(Answer.READY, START)
        process.start()

    def _stop(self) -> None:
        """End the process at once, whatever it does."""
        self._wait(None, 0)
        process, self._process = self._process, None
        if process is not None:
            process.readyReadStandardOutput.disconnect(self._hear)
            process.finished.disconnect(self._lost)
            process.errorOccurred.disconnect(self._lost)
            process.kill()
            if process.state() == QProcess.ProcessState.NotRunning:
                process.deleteLater()
        if self._job is not None:
            self._job.close()
            self._job = None

    def _lost(self) -> None:
        """Go on without what the process did: it is gone, is too slow or speaks nonsense."""
        if self._process is None:
            return
        waiting, wanted = self._waiting, self._wanted
        if was_ended(self._process):
            self.end()
            return
        self._stop()
        if waiting == Answer.PAGE and wanted is not None:
            self._wanted = None
            self.failed.emit(wanted[1])
        elif waiting is not None:
            self._give_up(CannotDraw())

    def _give_up(self, fault: DeskError) -> None:
        self._wanted = None
        self._stop()
        self._ended = True
        self.refused.emit(fault)

    # -- heard ------------------------------------------------------------------------------

    def _hear(self) -> None:
        if self._process is None:
            return
        try:
            for frame in self._answers.take(bytes(self._process.readAllStandardOutput().data())):
                self._take(frame)
        except (BrokenAnswer, OSError):
            self._lost()

    def _take(self, frame: Frame) -> None:
        """Take an answer; what was not asked for is none. Raises BrokenAnswer, OSError."""
        waiting = self._waiting
        if frame.answer in _REFUSALS and waiting not in (None, Answer.READY):
            self._refused(frame.answer)
        elif waiting is None or frame.answer != waiting:
            raise BrokenAnswer
        elif waiting == Answer.READY:
            self._give()
        elif waiting == Answer.SIZES:
            self._opened(sizes_of(frame))
        elif waiting == Answer.PAGE:
            self._page(frame)
        else:
            self._answered()
            self.cleaned.emit(frame.payload)

    def _give(self) -> None:
        """Give the paper to the process that has begun; on Windows it is fenced in first."""
        assert self._process is not None  # noqa: S101 - an answer came from it
        self._job = Job(self._process.processId())
        self._process.write(QByteArray(packed_document(self._kind, self._content)))
        self._process.write(QByteArray(self._content))
        self._wait(Answer.SIZES, OPENING)

    def _opened(self, sizes: list[Size | None]) -> None:
        self._wait(None, 0)
        first = not self.sizes
        if first:
            self.sizes = sizes
        elif sizes != self.sizes:
            raise BrokenAnswer
        self._send()
        if first:
            self.known.emit()

    def _page(self, frame: Frame) -> None:
        if self._wanted is None:
            raise BrokenAnswer
        _order, number, width = self._wanted
        size = self.sizes[number]
        if size is None:
            raise BrokenAnswer
        wide, high = drawn_size(size, width)
        dots, text = page_parts(frame, number, (wide, high))
        self._answered()
        image = QImage(dots, wide, high, DOT * wide, QImage.Format.Format_RGB32)
        self.drawn.emit(number, image.copy(), text)

    def _refused(self, answer: Answer) -> None:
        wanted = self._wanted
        if self._waiting == Answer.PAGE and wanted is not None:
            self._answered()
            self.failed.emit(wanted[1])
        else:
            self._give_up(_REFUSALS[answer]())

    def _answered(self) -> None:
        self._wanted = None
        self._wait(None, 0)
