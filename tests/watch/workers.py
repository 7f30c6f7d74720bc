"""A worker of the tests that dies, or says nothing any more, ends the whole run at once.

By itself pytest-xdist starts another worker, which begins again with the test that killed the first
one, and may wait for ever for work that nobody hands out. Here the run ends, with the name of the
test and an exit code that is not 0. A test that stands still ends its worker (`hangs`); a worker
whose death nobody hears of, since a child of it holds the line, is noticed by its process; and a
run in which nothing has happened for `silence` seconds is given up.
"""

import faulthandler
import os
import sys
import threading
import time
from typing import Any, Final

import psutil
import pytest

_LOOK_SECONDS: Final = 1.0
_LAST_SECONDS: Final = 60
"""After this the process is ended where it stands: once the run is over, or was given up."""


class Workers:
    """Watches over the workers of a run, in the process that hands out the tests."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._silence = float(config.getini("silence"))
        self._heard = time.monotonic()
        self._working: dict[Any, int] = {}
        self._over = threading.Event()

    def pytest_testnodeready(self, node: Any) -> None:
        """Take note of a worker, and of its process."""
        self._heard = time.monotonic()
        if not self._working:
            threading.Thread(target=self._watch, daemon=True).start()
        self._working[node] = node.gateway._rinfo().pid

    def pytest_runtest_logstart(self) -> None:
        """Take note that something happens."""
        self._heard = time.monotonic()

    def pytest_runtest_logfinish(self) -> None:
        """Take note that something has happened."""
        self._heard = time.monotonic()

    def pytest_testnodedown(self, node: Any, error: object | None) -> None:
        """End the run when a worker has not ended by itself: its test has failed."""
        self._working.pop(node, None)
        if not error:
            return
        shared: Any = self._config.pluginmanager.getplugin("dsession")
        shared.nodemanager.EXIT_TIMEOUT = _LOOK_SECONDS  # the others are not waited for
        test = _at_work_on(shared, node)
        if test:
            shared.handle_crashitem(test, node)
        pytest.exit(f"{node.gateway.id} died ({error}) {test or 'between two tests'}", returncode=1)

    def pytest_sessionfinish(self) -> None:
        """Watch no more."""
        self._over.set()

    def _watch(self) -> None:
        while not self._over.wait(_LOOK_SECONDS):
            is_silent = time.monotonic() > self._heard + self._silence
            gone = [node for node, number in list(self._working.items()) if _is_gone(number)]
            if not (gone or is_silent):
                continue
            why = "its process is gone" if gone else f"nothing was heard for {self._silence:.0f} s"
            self._give_up((gone or list(self._working))[0], why)
            return

    def _give_up(self, node: Any, why: str) -> None:
        """Let the death of a worker be told; end the process if nobody listens even to that."""
        shared: Any = self._config.pluginmanager.getplugin("dsession")
        shared.queue.put(("errordown", {"node": node, "error": why}))
        if not self._over.wait(_LAST_SECONDS):
            print(f"{node.gateway.id}: {why}; the run is ended", file=sys.__stderr__, flush=True)
            os._exit(1)


def _at_work_on(shared: Any, node: Any) -> str | None:
    """Return the test that a worker was at, and take its work from it."""
    try:
        test: str | None = shared.sched.remove_node(node)
    except KeyError:  # it died before it had any
        return None
    return test


def _is_gone(number: int) -> bool:
    """Tell whether a process is dead; its number is kept until somebody asks how it ended."""
    try:
        return psutil.Process(number).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def pytest_unconfigure(config: pytest.Config) -> None:
    """Let no run stand for ever at its own end; a worker that has nothing more to do may wait."""
    if not hasattr(config, "workerinput"):
        faulthandler.dump_traceback_later(_LAST_SECONDS, exit=True, file=2)
