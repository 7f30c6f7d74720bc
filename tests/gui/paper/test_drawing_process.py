"""How the process that draws is started: this very program, by one word more."""

import os
import sys
from pathlib import Path

import pytest

from shelterdesk.gui.drawn import process as process_module
from shelterdesk.gui.drawn.process import command


def test_the_bundle_starts_itself_and_on_windows_its_twin_with_a_console(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert command() == [sys.executable, "-P", "-m", "shelterdesk", "--draw"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "shelterdesk"))
    assert command() == [str(tmp_path / "shelterdesk"), "--draw"]
    monkeypatch.setattr(sys, "platform", "win32")
    assert command() == [str(tmp_path / "shelterdesk-cli.exe"), "--draw"]


def test_the_process_gets_a_bundle_that_begins_anew() -> None:
    environment = process_module.new_process().processEnvironment()
    assert environment.value("PYINSTALLER_RESET_ENVIRONMENT") == "1"
    assert environment.value("PATH") == os.environ["PATH"]
