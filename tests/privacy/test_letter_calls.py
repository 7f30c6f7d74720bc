"""Forty payloads on every kind of paper, in both languages: no file is opened while they are made.

What is looked for are the system's own calls, so nothing that a library for paper does by itself
with a text that looks like markup, a path or an address can hide (security, S19, S20).
"""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.terminal import surroundings
from tests.documents.papers import LANGUAGES
from tests.payloads import PAYLOADS
from tests.privacy import traced
from tests.privacy.letter_tour import BEGIN, END

ELSEWHERE = "10.9.8.7"
"""The computer that some payloads point to."""

SHEETS = 6
"""Papers that are made of one payload: two letters, consent, her page, notice, slip."""


def run_traced(root: Path, *line: str) -> tuple[str, list[traced.Call]]:
    """Run Python with a line of arguments; returns what it said and what it called."""
    if why := traced.why_not():
        pytest.skip(why)
    ended = subprocess.run(
        [*traced.command(root / "trace", looks=True), sys.executable, "-B", *line],
        env=surroundings(root / "home"),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout, traced.calls(root / "trace")


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("planted") / "planted.png"
    file.write_bytes(b"\x89PNG\r\n")
    return file


@pytest.fixture(scope="module")
def between(tmp_path_factory: pytest.TempPathFactory, planted: Path) -> list[traced.Call]:
    """What was called while the papers were made, the two marks left out."""
    root = tmp_path_factory.mktemp("papers")
    said, found = run_traced(root, "-m", "tests.privacy.letter_tour", str(planted))
    assert said.split() == ["made", str(len(PAYLOADS) * len(LANGUAGES) * SHEETS)]
    marks = [place for place, call in enumerate(found) if BEGIN in call.arguments]
    ends = [place for place, call in enumerate(found) if END in call.arguments]
    assert len(marks) == len(ends) == 1
    return found[marks[0] + 1 : ends[0]]


@pytest.mark.slow
def test_no_planted_path_is_opened_or_even_looked_for(
    between: list[traced.Call], planted: Path
) -> None:
    for text in (planted.name, ELSEWHERE):
        assert traced.named(between, text) == []


@pytest.mark.slow
def test_no_file_at_all_is_opened_and_nothing_is_written_or_sent(
    between: list[traced.Call],
) -> None:
    assert [f"{call.name} {call.arguments}" for call in between] == []


TRUSTING = """
import os, sys
from reportlab.platypus import Paragraph, SimpleDocTemplate
from reportlab.lib.styles import getSampleStyleSheet
text = f'<img src="{sys.argv[1]}"/>'
try:
    SimpleDocTemplate(sys.argv[2]).build([Paragraph(text, getSampleStyleSheet()["Normal"])])
except Exception:
    pass
"""


def test_a_paragraph_that_trusts_its_markup_is_caught(tmp_path: Path, planted: Path) -> None:
    """The control: the same library, told to read its text as markup, goes for the file."""
    _said, found = run_traced(tmp_path, "-c", TRUSTING, str(planted), str(tmp_path / "x.pdf"))
    assert traced.named(found, planted.name) != []
