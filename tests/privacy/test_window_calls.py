"""Forty payloads in every kind of record, every page looked at: no file was opened by one.

The traced process is the program with its real window. What is looked for are the system's own
calls, so nothing that Qt, a codec or a font engine does by itself can hide (security, S19, S20).
"""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from shelterdesk.gui.frame.page_table import PAGES
from tests.cli.terminal import surroundings
from tests.gui.every_page import full_house
from tests.payloads import PAYLOADS, planted_in
from tests.privacy import traced

BEGINNINGS = range(0, len(PAYLOADS), 4)
"""With which payload each set of records begins."""

ELSEWHERE = "10.9.8.7"
"""The computer that some payloads point to."""


@dataclass(frozen=True)
class Walked:
    """A walk through the window: where, the planted file, what was said and what was called."""

    root: Path
    planted: Path
    said: list[list[str]]
    calls: list[traced.Call]


def each_in_turn(first: int, planted: Path) -> Callable[[], str]:
    """Return a source of payloads that begins with another one for every set of records."""
    left = iter(range(first, first + 10_000))
    return lambda: planted_in(PAYLOADS[next(left) % len(PAYLOADS)], planted)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    picture = QImage(60, 60, QImage.Format.Format_RGB32)
    picture.fill(QColor("magenta"))
    file = tmp_path_factory.mktemp("planted") / "planted.png"
    assert picture.save(str(file))
    return file


def run_traced(root: Path, *line: str) -> tuple[list[list[str]], list[traced.Call]]:
    if why := traced.why_not():
        pytest.skip(why)
    ended = subprocess.run(
        [*traced.command(root / "trace", looks=True), sys.executable, "-B", *line],
        env=surroundings(root / "home", QT_QPA_PLATFORM="offscreen"),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr + ended.stdout[-2000:]
    return [line.split() for line in ended.stdout.splitlines()], traced.calls(root / "trace")


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory, planted: Path) -> Walked:
    """Walk once: ten sets of records, each from another fourth payload on.

    So every kind with four texts held every one of them; `tests/gui/test_payloads.py` puts each
    into every part of the window.
    """
    root = tmp_path_factory.mktemp("walk")
    texts = [each_in_turn(number, planted) for number in BEGINNINGS]
    ids = full_house(root / "data", texts)
    (root / "ids.json").write_text(json.dumps(ids))
    return Walked(root, planted, *run_traced(root, "-m", "tests.privacy.window_tour", str(root)))


@pytest.mark.slow
def test_every_page_was_looked_at(walked: Walked) -> None:
    opened = [line for line in walked.said if line[0] == "page" and line[2] == "True"]
    assert {line[1] for line in opened} == set(PAGES)
    assert len([line for line in opened if line[1] == "case"]) == len(BEGINNINGS)
    assert max(int(line[3]) for line in opened if line[1] == "case") == 8
    assert walked.said[-1] == ["closing"]


@pytest.mark.slow
def test_no_planted_path_was_opened_or_even_looked_for(walked: Walked) -> None:
    assert traced.named(walked.calls, str(walked.planted)) == []
    assert traced.named(walked.calls, ELSEWHERE) == []
    assert len(walked.calls) > 1_000


@pytest.mark.slow
def test_nothing_was_written_outside_the_data_folder(walked: Walked) -> None:
    allowed = [walked.root / "data", Path("/dev/null")]
    assert traced.changed_outside(walked.calls, allowed) == []


@pytest.mark.slow
def test_no_program_was_started_and_no_network_touched(walked: Walked) -> None:
    started = [c for c in walked.calls if c.name == "execve" and c.returned == "0"]
    assert len(started) == 1
    assert [asked for asked in traced.sockets(walked.calls) if "AF_UNIX" not in asked] == []


TRUSTING = """
import sys
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
label = QLabel(sys.stdin.read() or open(sys.argv[1]).read())
label.show(); application.processEvents(); label.grab()
"""


@pytest.mark.parametrize("number", [0, 4])
def test_a_label_of_qts_own_is_caught(tmp_path: Path, planted: Path, number: int) -> None:
    (tmp_path / "text").write_text(planted_in(PAYLOADS[number], planted))
    _said, found = run_traced(tmp_path, "-c", TRUSTING, str(tmp_path / "text"))
    assert traced.named(found, str(planted) if number == 0 else ELSEWHERE) != []
