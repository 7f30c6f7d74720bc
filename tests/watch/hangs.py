"""A test that stands still ends its process; one that is slow on a busy computer does not.

A limit in seconds says more about the computer than about the test. So what is looked at is whether
anything is being done: a process that, with all it has started, has used hardly any processor for
`still` seconds is waiting for something that will not come. What spins without end is left to
`faulthandler_timeout`, which must be long.
"""

import faulthandler
import os
import threading
import time
from collections.abc import Generator
from typing import Final

import psutil
import pytest

_HARDLY: Final = 0.01
"""Processor seconds a second. Timers of a window that waits take less; a process that must share
two processors with twenty others gets more."""


class Hangs:
    """Looks at one process of the tests."""

    def __init__(self, still: float) -> None:
        self._still = still
        self._test = ""
        self._moved_at, self._moved = time.monotonic(), 0.0
        self._complains_to = os.dup(2)
        threading.Thread(target=self._watch, daemon=True).start()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Take note of which test is at work."""
        self._moved_at, self._moved, self._test = time.monotonic(), _spent(), item.nodeid
        try:
            return (yield)
        finally:
            self._test = ""

    def _watch(self) -> None:
        while True:
            time.sleep(self._still / 10)
            spent, now = _spent(), time.monotonic()
            if not self._test or spent - self._moved > _HARDLY * self._still:
                self._moved_at, self._moved = now, spent
            elif now - self._moved_at > self._still:
                self._end()

    def _end(self) -> None:
        os.write(self._complains_to, f"{self._test} stands still\n".encode())
        faulthandler.dump_traceback(file=self._complains_to)
        os._exit(1)


def _spent() -> float:
    """Return the processor seconds that this process and all it has started have used."""
    itself = psutil.Process()
    spent = sum(itself.cpu_times()[:4])
    for child in itself.children(recursive=True):
        try:
            spent += sum(child.cpu_times()[:4])
        except psutil.Error:  # it has ended just now: what it used is among its parent's
            continue
    return spent
