"""What Qt complains of fails a test, also when it comes between two tests or at the very end.

pytest-qt hears what is said from the beginning of a test to the end of its body. A timer that is
destroyed in another thread may complain later: while windows close, in the next test's setup, when
the last garbage goes. So this hears too, always. After each test everything that was to be
destroyed is destroyed, in the main thread, and whatever was said meanwhile fails that test.
"""

import gc
import re
import sys
from collections.abc import Generator
from itertools import count
from typing import Final

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QtMsgType, qInstallMessageHandler

from shelterdesk.gui.collecting import collect
from shelterdesk.gui.tasks import wait_for_all

_COMPLAINTS = frozenset({QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg})


class Hearing:
    """Notes what Qt complains of while nobody else listens."""

    def __init__(self, ignored: list[str]) -> None:
        self._ignored = re.compile("|".join(ignored) or "$^")
        self._said: list[str] = []
        qInstallMessageHandler(self._hear)

    def _hear(self, kind: QtMsgType, _context: object, words: str) -> None:
        if kind in _COMPLAINTS and not self._ignored.search(words):
            self._said.append(words)
            print(f"Qt says: {words}", file=sys.__stderr__, flush=True)

    def complaints(self) -> str:
        """Return what was said since this was asked for last."""
        said, self._said = self._said, []
        return "\n".join(said)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self) -> Generator[None]:
        """Let go of what a test leaves, and fail it for what that brings up."""
        yield
        put_away()
        if said := self.complaints():
            pytest.fail(f"Qt complained: {said}", pytrace=False)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Generator[None]:
        """Take the application down while there is somebody yet who can tell of complaints."""
        put_away()
        collect()
        application = QCoreApplication.instance()
        if application is not None:
            application.shutdown()
        said = self.complaints()
        if said:
            session.shouldfail = f"Qt complained after the last test: {said}"
        yield
        if said:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


_turns: Final = count(1)
_AT_TIMES, _RARELY = 20, 500
"""Tests after which older garbage is looked for, and all of it."""


def put_away() -> None:
    """End what still works, destroy what was to be destroyed, and collect what is left of it."""
    wait_for_all()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if QCoreApplication.instance() is not None:
        gc.disable()  # it would look while Qt destroys something and holds a lock
    turn = next(_turns)
    collect(2 if turn % _RARELY == 0 else 1 if turn % _AT_TIMES == 0 else 0)
