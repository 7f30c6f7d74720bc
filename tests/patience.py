"""How long the tests wait for what will come: for as long as it may take on a busy computer.

Whatever is waited for is a condition, and the waiting ends as soon as it holds. So this is no limit
that a test must keep: only a test that fails pays for it.
"""

from typing import Final

from pytestqt.qtbot import QtBot

PATIENCE: Final = 180.0
"""Seconds. What takes one on a computer with nothing else to do may take twenty on another."""

_WAITS: Final = ("waitUntil", "waitSignal", "waitSignals", "waitExposed", "waitActive")


def teach_patience() -> None:
    """Let everything that waits for the window be patient; by itself it gives up after five."""
    for name in _WAITS:
        wait = getattr(QtBot, name)
        wait.__kwdefaults__["timeout"] = int(1000 * PATIENCE)
