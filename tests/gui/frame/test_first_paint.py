"""The door is painted before anything is read that only later pages need."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.factories import new_shelter

_DOOR = """
import sys
from pathlib import Path
from shelterdesk.cli.window_line import window_line
given = window_line(["--data", sys.argv[1], "--language", sys.argv[2]])
from PySide6.QtWidgets import QApplication
from shelterdesk.core.lao import breaks
from shelterdesk.gui.frame.window import DeskWindow
from shelterdesk.gui.parts.style import dress
application = QApplication([])
dress(application)
window = DeskWindow(given.data, lambda: None)
window.resize(1200, 720)
window.show()
window.grab()
modules = {"sqlalchemy", "reportlab", "cryptography", "sqlcipher3", "shelterdesk.cli.parser"}
print(sorted(modules & sys.modules.keys()), breaks._words.cache_info().currsize)
window.close()
"""


@pytest.mark.parametrize("language", ["lo", "en"])
@pytest.mark.parametrize("has_records", [True, False])
def test_no_word_list_and_no_library_of_the_store(
    tmp_path: Path, language: str, *, has_records: bool
) -> None:
    data = tmp_path / "data"
    if has_records:
        shelter = new_shelter(data)
        shelter.vault.lock()
        shelter.place.close()
    line = [sys.executable, "-P", "-c", _DOOR, str(data), language]
    done = subprocess.run(line, capture_output=True, text=True, check=True)
    of_records = "[] 0" if has_records else "[]"  # the example at the first start is of no list
    assert done.stdout.startswith(of_records)
