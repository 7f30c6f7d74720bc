"""A fault of the Qt binding cannot end the program: None has references that last."""

import subprocess
import sys

import pytest

from tests.cli.terminal import surroundings

PAINTS = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
application, window = QApplication([]), QWidget()
if "held" in sys.argv:
    import shelterdesk.gui
    shelterdesk.gui.hold_constants()
before = sys.getrefcount(None)
for _ in range(500):
    window.repaint()
print(before, before - sys.getrefcount(None))
"""


def painted(folder: object, *how: str) -> tuple[int, int]:
    """Repaint five hundred times; returns the references of None before, and how many went."""
    line = [sys.executable, "-c", PAINTS, *how]
    around = surroundings(folder, QT_QPA_PLATFORM="offscreen")  # type: ignore[arg-type]
    ended = subprocess.run(line, env=around, capture_output=True, text=True, check=True)
    before, gone = map(int, ended.stdout.split())
    return before, gone


def test_none_has_references_to_spare(tmp_path_factory: pytest.TempPathFactory) -> None:
    before, gone = painted(tmp_path_factory.mktemp("home"), "held")
    assert before - gone > 1 << 30


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is never counted from 3.12 on")
def test_the_fault_is_there_still(tmp_path_factory: pytest.TempPathFactory) -> None:
    before, gone = painted(tmp_path_factory.mktemp("home"))
    assert before < 100_000
    assert gone >= 500
