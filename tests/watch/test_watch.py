"""A dead or silent worker, and what Qt says of threads, end the README's command with a name."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import run

PROJECT = Path(__file__).resolve().parents[2]
ILL = "tests/watch/ill"
NAMED = f"{ILL}/dies.py::test_that_ends_its_worker"
LONGEST = 120
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
@pytest.mark.parametrize(
    ("how", "more"),
    [
        ("crashes", []),
        ("exits", []),
        ("a child holds the line", []),
        ("hangs", ["-o", "faulthandler_timeout=2"]),
        ("hangs", ["-o", "faulthandler_timeout=0", "-o", "silence=8"]),
    ],
)
def test_a_worker_that_is_lost_ends_the_run_with_the_name_of_its_test(
    how: str, more: list[str]
) -> None:
    run_of_two = ended(how, f"{ILL}/dies.py", f"{ILL}/waits.py", *more)
    assert run_of_two.returncode == 1, run_of_two.stdout + run_of_two.stderr
    assert f"FAILED {NAMED}" in run_of_two.stdout
    assert "test_after" not in run_of_two.stdout


@pytest.mark.parametrize("when", ["in the test", "after the test", "after the last test"])
@pytest.mark.parametrize("alone", [["-n0"], []], ids=["alone", "shared"])
def test_what_qt_says_of_threads_fails_the_run(when: str, alone: list[str]) -> None:
    told = ended(when, f"{ILL}/complains.py", *alone)
    assert told.returncode != 0, told.stdout + told.stderr
    assert "from another thread" in told.stdout


def test_without_a_complaint_the_same_tests_pass() -> None:
    assert ended("never", f"{ILL}/complains.py", "-n0").returncode == 0
