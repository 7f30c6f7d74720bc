"""The hand that shows the main job: it saves a letter also where a stick is plugged in."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from shelterdesk.gui.parts import place_choice
from shelterdesk.gui.parts.file_choice import ask_to_save
from shelterdesk.gui.parts.place_choice import Drive
from shelterdesk.gui.walk.hand import Hand, WalkStopped


class Desk(QWidget):
    """A button that asks where to save, as the page of a letter does."""

    def __init__(self) -> None:
        super().__init__()
        self.chosen: Path | None = None
        self.worker: Any = type("Idle", (), {"is_busy": False})()
        ask = QPushButton("Save")
        ask.setObjectName("save_pdf")
        ask.clicked.connect(self._ask)
        QVBoxLayout(self).addWidget(ask)

    def _ask(self) -> None:
        self.chosen = ask_to_save(self, "Where to", "letter.pdf", "PDF (*.pdf)")


class HandAtDesk(Hand):
    """A hand at this window instead of the program's."""

    def __init__(self, desk: Any) -> None:
        self._desk = desk

    @property
    @override
    def window(self) -> Any:
        return self._desk


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    """Return the window, shown."""
    made = Desk()
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.mark.parametrize("sticks", [0, 2])
def test_a_file_is_named_whether_or_not_sticks_are_offered_first(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sticks: int
) -> None:
    drives = [Drive(tmp_path, f"stick {number}", 10**9) for number in range(sticks)]
    monkeypatch.setattr(place_choice, "drives", lambda: drives)
    hand = HandAtDesk(desk)
    hand.click_then("save_pdf", lambda: hand.name_file(tmp_path / "letter-lo.pdf"))
    assert desk.chosen == tmp_path / "letter-lo.pdf"


def test_a_fault_inside_a_dialogue_is_told_when_the_dialogue_has_gone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place_choice, "drives", list)
    hand = HandAtDesk(desk)

    def stop() -> None:
        raise WalkStopped(what="on purpose")

    with pytest.raises(WalkStopped, match="on purpose"):
        hand.click_then("save_pdf", stop)
    assert desk.chosen is None
