"""The folder somebody stands in gets nothing to say, whatever lies there: not at start or lock."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import run
from shelterdesk import __version__
from shelterdesk.core.system.own_program import own_program

_EVIL = 66
_LOCKS = """
from pathlib import Path
from shelterdesk import app
app._begin_anew(Path("data"), "no language, so that it ends")
"""
_ENDED_BY_US = 2
"""The exit code of a command line that we do not understand."""


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    """Return a folder that holds a program of our name, and a library of a name that we import."""
    (tmp_path / "shelterdesk").mkdir()
    for name in ("shelterdesk/__init__.py", "shelterdesk/__main__.py", "sqlalchemy.py"):
        (tmp_path / name).write_text(f"raise SystemExit({_EVIL})", encoding="utf-8")
    return tmp_path


def _ended(line: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    around = {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"}
    return subprocess.run(line, cwd=folder, env=around, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("word", ["open", "demo"])
def test_at_the_start_our_own_program_comes_up(word: str, downloads: Path) -> None:
    line = [sys.executable, *run.COMMANDS[word].arguments, "--help"]
    ended = _ended(line, downloads)
    assert (ended.returncode, "--headless" in ended.stdout) == (0, word == "demo")


def test_at_the_lock_our_own_program_takes_the_place(downloads: Path) -> None:
    """It is read off what the new process says; Windows ends the old one for itself, with 0."""
    ended = _ended([sys.executable, "-P", "-c", _LOCKS], downloads)
    assert ended.returncode == (0 if sys.platform == "win32" else _ENDED_BY_US), ended.stderr
    assert "--language" in ended.stderr


def test_whatever_starts_it_anew_starts_our_own_program(downloads: Path) -> None:
    assert __version__ in _ended(own_program("--version"), downloads).stdout


def test_without_the_care_the_other_one_would_run(downloads: Path) -> None:
    assert _ended([sys.executable, "-m", "shelterdesk"], downloads).returncode == _EVIL
