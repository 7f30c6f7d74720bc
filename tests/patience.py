"""How long the tests wait for what will come: for as long as it may take on a busy computer.

Whatever is waited for is a condition, and the waiting ends as soon as it holds. So this is no limit
that a test must keep: only a test that fails pays for it.
"""

from typing import Final

from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot

PATIENCE: Final = 180.0
"""Seconds. What takes one on a computer with nothing else to do may take twenty on another."""

_WAITS: Final = ("waitUntil", "waitSignal", "waitSignals", "waitExposed", "waitActive")
_PATIENT: Final = "patient"


def teach_patience() -> None:
    """Let everything be patient that waits for the window, or tries a test with many things.

    By itself the one gives up after five seconds, and the other after a fifth of one for each thing
    or where their making takes long: on a busy computer that tells nothing of what is tested.
    """
    for name in _WAITS:
        wait = getattr(QtBot, name)
        wait.__kwdefaults__["timeout"] = int(1000 * PATIENCE)
    settings.register_profile(_PATIENT, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile(_PATIENT)
