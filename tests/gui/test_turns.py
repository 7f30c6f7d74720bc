"""The day's work over and over while long work goes on: nothing of Qt goes in another thread.

One turn here; `python -m tests.gui.turns --times 20` takes 200 turns twenty times.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from shelterdesk.gui.frame.page_table import PAGES
from tests.cli.terminal import surroundings
from tests.gui.turns import REPORTED

pytestmark = pytest.mark.slow

LONGEST = 240
"""Seconds until a process that does not end is given up; it takes ten, on a busy computer sixty."""


def turns(home: Path, *how: str) -> subprocess.CompletedProcess[str]:
    """Take turns in a process of its own, so that it can die."""
    return subprocess.run(
        [sys.executable, "-m", "tests.gui.turns", *how],
        env=surroundings(home, QT_QPA_PLATFORM="offscreen"),
        capture_output=True,
        text=True,
        check=False,
        timeout=LONGEST,
    )


def test_two_turns_end_well(tmp_path: Path) -> None:
    ended = turns(tmp_path, "--turns", "2")
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith(f"2 turns: {2 * len(PAGES)} pages, ")


@pytest.mark.parametrize("how", ["--as-before"])
def test_with_the_collector_as_before_the_same_turns_end_badly(tmp_path: Path, how: str) -> None:
    ended = turns(tmp_path, "--turns", "20", how)
    assert ended.returncode == REPORTED or ended.returncode < 0, ended.stdout
