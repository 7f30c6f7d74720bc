"""Time at the desk: no key for some minutes, a computer that slept, what becomes late by itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from shelterdesk.gui.hearing import Listener

if TYPE_CHECKING:
    from shelterdesk.gui.frame.workplace import Workplace

_LOOK_MS = 5_000
_SLEPT_SECONDS = 60
"""More than this between two looks: the computer was asleep, or its lid was closed."""

_SIGNS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.InputMethod,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)

_PRESSES = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress})

_COVERING = frozenset(
    {
        (Qt.Key.Key_F12, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier),
    }
)
"""The keys that cover the screen and lock."""

Hands = Callable[[], float]


class IdleWatch(Listener):
    """Watches keys and mouse of the whole program while the records are open.

    Two clocks are read, because one stands still while some computers sleep and the other can be
    set by hand; whichever says that it is time is believed.
    """

    idle = Signal()
    touched = Signal()
    """A key was pressed, or a button of the mouse."""
    cover = Signal()
    """A covering key was pressed in a dialogue or menu, which the window's keys do not reach."""

    def __init__(
        self,
        minutes: int,
        clocks: Sequence[Hands] = (time.monotonic, time.time),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.minutes = minutes
        self._clocks = clocks
        self._seen = self._looked = self._now()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)

    def _now(self) -> list[float]:
        return [clock() for clock in self._clocks]

    def begin(self) -> None:
        """Watch from now on."""
        self._seen = self._looked = self._now()
        self.listen()
        self._timer.start()

    def end(self) -> None:
        """Watch no more."""
        self._timer.stop()
        self.listen_no_more()

    def quiet_seconds(self) -> float:
        """Return for how long nobody has touched anything; 0 while this is not watched."""
        return _passed(self._seen, self._now()) if self._timer.isActive() else 0.0

    def look(self) -> None:
        """Tell `idle` when it is time; asked every few seconds."""
        now = self._now()
        quiet, gone = _passed(self._seen, now), _passed(self._looked, now)
        self._looked = now
        if quiet >= 60 * self.minutes or gone >= _SLEPT_SECONDS:
            self.idle.emit()

    @override
    def heard(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in _SIGNS:
            return False
        self._seen = self._now()
        if event.type() in _PRESSES:
            self.touched.emit()
        if not isinstance(event, QKeyEvent) or not _something_above():
            return False
        if (event.key(), event.modifiers()) not in _COVERING:
            return False
        self.cover.emit()
        return True


def _something_above() -> bool:
    """Tell whether a dialogue, a menu or the list of a choice takes the keys before the window."""
    return QApplication.activeModalWidget() is not None or (
        QApplication.activePopupWidget() is not None
    )


def _passed(then: list[float], now: list[float]) -> float:
    return max(later - sooner for sooner, later in zip(then, now, strict=True))


_EVERY_MS: Final = 20_000
"""Between two looks of the clock on the wall."""


class WallClock(QTimer):
    """Goes as long as the place it hangs in, and reads its page anew where that goes by it."""

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self.timeout.connect(self._look)
        self.start(_EVERY_MS)

    def _look(self) -> None:
        place: Workplace = self.parent()  # type: ignore[assignment]
        if getattr(place.page, "by_the_clock", False):
            place.read_anew()
