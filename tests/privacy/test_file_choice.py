"""Choosing a file leaves no note in the account's own settings (security, pitfalls)."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.terminal import surroundings

CHOOSES = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from shelterdesk.gui.parts import file_choice
application = QApplication(sys.argv[:1])
place = Path(sys.argv[1])
if sys.argv[2] == "ours":
    file_choice.forget_choices()
def answer(text):
    dialogue = application.activeModalWidget() or application.activeWindow()
    for each in application.topLevelWidgets():
        if isinstance(each, QFileDialog):
            each.findChild(QLineEdit, "fileNameEdit").setText(text)
            each.accept()
            return
    QTimer.singleShot(50, lambda: answer(text))
def asked(text, ask):
    QTimer.singleShot(50, lambda: answer(text))
    return ask()
above = QWidget()
told = [
    asked(str(place / "Champa.pdf"), lambda: file_choice.ask_to_open(above, "Open", "PDF (*.pdf)")),
    asked(str(place), lambda: file_choice.ask_folder(above, "Folder")),
    asked(str(place / "new"), lambda: file_choice.ask_to_save(above, "Save", "x", "PDF (*.pdf)")),
]
print(*told, sep="\\n")
"""


@pytest.mark.parametrize("way", ["ours", "as Qt does"])
def test_what_was_chosen_is_written_down_nowhere(tmp_path: Path, way: str) -> None:
    home, place = tmp_path / "home", tmp_path / "stick"
    home.mkdir()
    place.mkdir()
    (place / "Champa.pdf").touch()
    line = [sys.executable, "-c", CHOOSES, str(place), way]
    around = surroundings(home, QT_QPA_PLATFORM="offscreen")
    ended = subprocess.run(line, check=True, capture_output=True, text=True, env=around)
    told = [str(place / "Champa.pdf"), str(place), str(place / "new")]
    assert ended.stdout.splitlines() == told
    left = [path for path in home.rglob("*") if path.is_file()]
    assert bool(left) is (way != "ours"), left
    assert way == "ours" or any("QtProject" in path.name for path in left)
    assert {path.name for path in place.iterdir()} == {"Champa.pdf"}
