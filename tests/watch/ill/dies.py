"""A worker that dies, or says nothing any more, in the way that ILL names."""

import os
import signal
import time


def test_before() -> None:
    assert os.environ["ILL"]


def test_that_ends_its_worker() -> None:
    how = os.environ["ILL"]
    if how == "a child holds the line" and os.fork() == 0:
        os.closerange(0, 3)  # the line itself lies elsewhere
        time.sleep(25)
        os._exit(0)
    if how == "hangs":
        time.sleep(600)
    while how == "spins":
        pass
    if how == "exits":
        os._exit(0)
    os.kill(os.getpid(), signal.SIGSEGV)


def test_after() -> None:
    raise AssertionError("nothing is begun any more")
