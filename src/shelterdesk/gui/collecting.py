"""Garbage is collected in the window's thread only, at moments when nobody waits for a picture.

Python looks for garbage in whatever thread happens to allocate, and destroys there what it finds.
Qt's objects must be destroyed in the thread they live in: a timer that dies in the thread of a
backup takes the whole window down. Nor may they be destroyed while Qt destroys another one: it
holds a lock meanwhile, asks Python something, and what Python then destroys can wait for the very
same lock, for ever. So there are two walls. Once a window has stood, Python does not look for
garbage by itself any more (`Collecting`). And whoever asks for it all the same, a library for one,
finds nothing (`stand_guard`): only `collect` does, between two events.
"""

import gc
import threading
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer

EVERY_MS: Final = 1_000
"""Between two looks among what is new."""

_PAINTED_MS: Final = 300
"""From a page that closed to the look among what was made since the one before it: the page that
took its place is painted first."""

QUIET_SECONDS: Final = 3.0
"""Without a key or a movement for so long, nobody is waiting for a picture."""

_ENOUGH: Final = 700
"""New objects that are worth a look: as many as Python itself waits for."""

_NEW, _NEWER, _ALL = 0, 1, 2
"""The generations: new since the last look, since the last page was left, and all there is."""


class _Guard:
    """Lets a collection that is not ours find nothing: for its time everything counts as kept."""

    def __init__(self) -> None:
        self.only_ours = False
        """A window has stood here: from then on nobody else destroys garbage, in no thread."""
        self._ours = self._turned_away = False

    def collect(self, generation: int) -> None:
        """Look for garbage now; for the window's thread, outside of everything that Qt does."""
        self._ours = True
        try:
            gc.collect(generation)
        finally:
            self._ours = False

    def __call__(self, phase: str, _info: dict[str, int]) -> None:
        if phase == "start" and not self._is_welcome():
            self._turned_away = True
            gc.disable()
            gc.freeze()
        elif phase == "stop" and self._turned_away:
            self._turned_away = False
            gc.unfreeze()

    def _is_welcome(self) -> bool:
        if threading.get_ident() != threading.main_thread().ident:
            return False
        return self._ours or not self.only_ours


_guard: Final = _Guard()


def stand_guard() -> None:
    """Let no thread but the main one, which is the window's, destroy garbage; for good."""
    if _guard not in gc.callbacks:
        gc.callbacks.append(_guard)


def collect(generation: int = _ALL) -> None:
    """Look for garbage up to a generation, in the window's thread and between two events."""
    _guard.collect(generation)


class Collecting(QObject):
    """Collects while the window stands, which is its parent; by itself Python never does again.

    What is new is looked through every second, what a page has left behind once the next one is
    painted: each takes a small part of the time for a picture (tests/bench/RESULTS.md, B24). All
    there is is looked through only when nobody has touched keys or mouse for a while. The first
    time the libraries are set aside, which are most of it and never become garbage.

    `quiet` tells for how many seconds nobody has.
    """

    def __init__(self, quiet: Callable[[], float], parent: QObject) -> None:
        super().__init__(parent)
        self._quiet = quiet
        self._is_all_seen = False
        self._every = QTimer(self)
        self._every.setInterval(EVERY_MS)
        self._every.timeout.connect(self.look)
        self._after_page = QTimer(self)
        self._after_page.setSingleShot(True)
        self._after_page.setInterval(_PAINTED_MS)
        self._after_page.timeout.connect(self.look_behind)
        _guard.only_ours = True
        gc.disable()
        self._every.start()

    def look(self) -> None:
        """Look through what is new, or through everything where that disturbs nobody."""
        gc.disable()  # whoever has switched it on meanwhile
        if gc.get_count()[0] > _ENOUGH:
            collect(_NEW)
            self._is_all_seen = False
        elif not self._is_all_seen and self._quiet() >= QUIET_SECONDS:
            self._look_at_all()

    def page_closed(self) -> None:
        """Look through what the page has left behind, in a moment."""
        self._after_page.start()

    def look_behind(self) -> None:
        """Look through what was made since the page before opened."""
        collect(_NEWER)
        self._is_all_seen = False

    def _look_at_all(self) -> None:
        collect()
        self._is_all_seen = True
        if not gc.get_freeze_count():
            gc.freeze()
