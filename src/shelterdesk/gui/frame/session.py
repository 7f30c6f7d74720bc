"""The desktop's own lock: when it is locked, or another person's desktop comes up, so do we lock.

Windows tells a window that asks for it (`WTSRegisterSessionNotification`). On Linux the session
keeper (logind) and the screen savers tell it over D-Bus, whose library Qt brings along. Where
nobody tells anything, the idle watch is what remains.
"""

import ctypes
import os
import sys
from collections.abc import Callable
from ctypes import wintypes
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractNativeEventFilter,
    QByteArray,
    QCoreApplication,
    QObject,
    Signal,
    Slot,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from shelterdesk.gui.loosely import loosely

_SESSION_CHANGE: Final = 0x02B1
_POWER: Final = 0x0218
_LEAVES: Final = {
    _SESSION_CHANGE: frozenset({0x2, 0x4, 0x6, 0x7}),
    _POWER: frozenset({0x4}),
}
"""Message and what it says: console or remote screen gone to another person, log-off, lock; sleep.
"""
_THIS_SESSION: Final = 0

_LOCK, _TURN = "1lock()", "1turn(bool)"
"""The two slots below, as Qt writes them."""

_LOGIN: Final = "org.freedesktop.login1"
_SESSIONS: Final = "/org/freedesktop/login1/session/"
_SAVERS: Final = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.freedesktop.ScreenSaver", "/ScreenSaver"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
)


class SessionWatch(QObject):
    """Tells `left` when whoever sat there locked the desktop, switched away, or shut the lid."""

    left = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._filter: _WindowsFilter | None = None
        self.hears: tuple[str, ...] = ()
        """What this desktop promised to tell; empty where nobody tells anything."""

    def begin(self) -> None:
        """Ask the desktop to tell."""
        if self.hears:
            return
        self.hears = self._on_windows() if sys.platform == "win32" else self._on_dbus()

    # -- Windows ----------------------------------------------------------------------------

    def _on_windows(self) -> tuple[str, ...]:
        self._filter = _WindowsFilter(loosely(self.lock))
        application = QCoreApplication.instance()
        if application is not None:
            application.installNativeEventFilter(self._filter)
        window = self.parent()
        asked = isinstance(window, QWidget) and _ask_windows(int(window.winId()))
        return ("session",) if asked else ()

    # -- Linux ------------------------------------------------------------------------------

    def _on_dbus(self) -> tuple[str, ...]:
        from PySide6.QtDBus import QDBusConnection

        system = QDBusConnection.systemBus()
        session = QDBusConnection.sessionBus() if _has_session_bus() else system
        keeper, mine = f"{_LOGIN}.Manager", own_session(os.environ.get("XDG_SESSION_ID", ""))
        told: list[tuple[Any, tuple[str, str, str, str], str]] = [  # the slot is no text to mypy
            (system, (_LOGIN, mine, f"{_LOGIN}.Session", "Lock"), _LOCK),
            (system, (_LOGIN, "/org/freedesktop/login1", keeper, "PrepareForSleep"), _TURN),
            *((session, (name, path, name, "ActiveChanged"), _TURN) for name, path in _SAVERS),
        ]
        return tuple(
            f"{what[2]}.{what[3]}"
            for bus, what, slot in told
            if bus.isConnected() and bus.connect(*what, self, slot)
        )

    @Slot()
    def lock(self) -> None:
        """Hear that the session is locked."""
        self.left.emit()

    @Slot(bool)
    def turn(self, on: bool) -> None:
        """Hear that the screen is covered or the computer sleeps; that it wakes changes nothing."""
        if on:
            self.left.emit()


def _has_session_bus() -> bool:
    """Tell whether a bus of the session runs: asked for where none does, one would be started."""
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    running = runtime is not None and (Path(runtime) / "bus").exists()
    return bool(os.environ.get("DBUS_SESSION_BUS_ADDRESS")) or running


def own_session(session_id: str) -> str:
    """Return the place of this session on the bus; "" stands for every one, where it has no id.

    The keeper writes a leading digit, and every character but letters and digits, as `_` and its
    number.
    """
    if not session_id:
        return ""
    first = session_id[0]
    spoken = [_spoken(first) if first.isdigit() else _plain(first), *map(_plain, session_id[1:])]
    return _SESSIONS + "".join(spoken)


def _plain(letter: str) -> str:
    return letter if letter.isascii() and letter.isalnum() else _spoken(letter)


def _spoken(letter: str) -> str:
    return "".join(f"_{byte:02x}" for byte in letter.encode())


class _WindowsFilter(QAbstractNativeEventFilter):
    """Reads the messages that Windows sends to the windows of this program."""

    def __init__(self, left: Callable[[], object]) -> None:
        super().__init__()
        self._left = left

    @override
    def nativeEventFilter(
        self, eventType: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        if QByteArray(eventType).startsWith(b"windows_") and int(message):
            told = wintypes.MSG.from_address(int(message))
            if told.wParam in _LEAVES.get(told.message, ()):
                self._left()
        return False, 0


def _ask_windows(window: int) -> bool:
    if sys.platform == "win32":
        asked = ctypes.WinDLL("wtsapi32").WTSRegisterSessionNotification
        asked.argtypes = [wintypes.HWND, wintypes.DWORD]
        return bool(asked(window, _THIS_SESSION))
    return False
