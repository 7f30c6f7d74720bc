"""A dead or silent worker, and what Qt says of threads, end the README's command with a name."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import run

pytestmark = pytest.mark.slow

PROJECT = Path(__file__).resolve().parents[2]
ILL = "tests/watch/ill"
NAMED = f"{ILL}/dies.py::test_that_ends_its_worker"
LONGEST = 500
"""Seconds: the long test beside takes ten minutes, so who waits for it is found out."""


def ended(how: str, *what: str) -> subprocess.CompletedProcess[str]:
    """Run tests as `run.py test` does, and return what it said."""
    return subprocess.run(
        [sys.executable, *run.COMMANDS["test"].arguments, "-n2", "-p", "no:cacheprovider", *what],
        cwd=PROJECT,
        env={**os.environ, "ILL": how, "PYTEST_ADDOPTS": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=LONGEST,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="processes are forked and killed by signals")
@pytest.mark.parametrize("how", ["crashes", "exits", "a child holds the line"])
def test_a_worker_that_is_lost_ends_the_run_with_the_name_of_its_test(how: str) -> None:
    run_of_two = ended(how, f"{ILL}/dies.py", f"{ILL}/waits.py")
    assert run_of_two.returncode == 1, run_of_two.stdout + run_of_two.stderr
    assert f"FAILED {NAMED}" in run_of_two.stdout
    assert "test_after" not in run_of_two.stdout


@pytest.mark.parametrize(
    ("how", "more"),
    [("hangs", "still=3"), ("hangs", "silence=20"), ("spins", "faulthandler_timeout=3")],
)
def test_one_that_does_not_end_is_ended_with_its_name(how: str, more: str) -> None:
    told = ended(how, f"{ILL}/dies.py", "-o", more)
    assert told.returncode == 1, told.stdout + told.stderr
    assert f"FAILED {NAMED}" in told.stdout


def test_a_slow_test_is_left_alone() -> None:
    """It takes three times as long as it may stand still, and is always at work a little."""
    assert ended("works slowly", f"{ILL}/slow.py", "-n0", "-o", "still=2").returncode == 0


@pytest.mark.parametrize("when", ["in the test", "after the test", "after the last test"])
@pytest.mark.parametrize("alone", [["-n0"], []], ids=["alone", "shared"])
def test_what_qt_says_of_threads_fails_the_run(when: str, alone: list[str]) -> None:
    told = ended(when, f"{ILL}/complains.py", *alone)
    assert told.returncode != 0, told.stdout + told.stderr
    assert "from another thread" in told.stdout


def test_without_a_complaint_the_same_tests_pass() -> None:
    assert ended("never", f"{ILL}/complains.py", "-n0").returncode == 0
