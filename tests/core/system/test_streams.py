"""A program without a terminal: nothing is lost that somebody has to read, and nothing fails."""

import io
import sys

import pytest

from shelterdesk.core.system.streams import Unheard, ready_streams, show_unheard


def test_a_windowed_program_gets_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    ready_streams()
    print("an answer that nobody can read")
    sys.stdout.flush()
    print("ບັນທຶກເສຍຫາຍ", file=sys.stderr)
    shown: list[str] = []
    show_unheard(shown.append)
    show_unheard(shown.append)
    assert shown == ["ບັນທຶກເສຍຫາຍ"]
    sys.stdout.close()


def test_nothing_said_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(sys, "stderr", Unheard())
    show_unheard(shown.append)
    assert shown == []


def test_a_terminal_is_left_to_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    said = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stderr", said)
    said.write("wrong")
    shown: list[str] = []
    show_unheard(shown.append)
    assert shown == []


def test_what_goes_into_a_file_is_utf_8(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(kept, encoding="cp1252"))
    ready_streams()
    print("ຈັນດາ", end="")
    sys.stdout.flush()
    assert kept.getvalue().decode() == "ຈັນດາ"


def test_a_terminal_without_lao_letters_shows_their_numbers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = io.BytesIO()
    terminal = io.TextIOWrapper(kept, encoding="cp1252")
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdout", terminal)
    ready_streams()
    print("ຈ", end="")
    sys.stdout.flush()
    assert kept.getvalue() == b"\\u0e88"
