"""Choosing a stick by its name, or a place for a file on it; any other folder behind a button."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QStorageInfo, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.gui.parts import place_choice
from shelterdesk.gui.parts.file_choice import ask_folder, ask_to_open, ask_to_save
from shelterdesk.gui.parts.place_choice import Drive, PlaceChoice, drives

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def sticks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Two sticks that are put in, as the system would tell of them."""
    roots = [tmp_path / "one", tmp_path / "two"]
    for root in roots:
        root.mkdir()
    found = [Drive(root, root.name.upper(), 14_200_000_000) for root in roots]
    monkeypatch.setattr(place_choice, "drives", lambda: found)
    return roots


@pytest.fixture
def above(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def then(act: Callable[[PlaceChoice], object]) -> None:
    """Do something once the drives are offered."""

    def look() -> None:
        asked = QApplication.activeModalWidget()
        if isinstance(asked, PlaceChoice):
            act(asked)
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(0, look)


def enter(asked: PlaceChoice) -> None:
    QTest.keyClick(asked.list, Qt.Key.Key_Return)


def test_arrow_and_enter_take_a_stick(above: QWidget, sticks: list[Path]) -> None:
    shown: list[str] = []

    def act(asked: PlaceChoice) -> None:
        lines = asked.findChild(QListWidget, "drives")
        assert lines is not None
        shown.extend(lines.item(row).text() for row in range(lines.count()))
        assert not asked.name.isVisible()
        QTest.keyClick(asked.list, Qt.Key.Key_Down)
        enter(asked)

    then(act)
    assert ask_folder(above, "The backup stick", lambda root: f"holds {root.name}") == sticks[1]
    assert shown == ["ONE\n14.2 GB free\nholds one", "TWO\n14.2 GB free\nholds two"]


def test_a_file_is_saved_under_its_name_and_over_another_only_after_a_second_press(
    above: QWidget, sticks: list[Path]
) -> None:
    (sticks[0] / "letter.pdf").touch()

    def act(asked: PlaceChoice) -> None:
        asked.name.clear()
        enter(asked)
        assert "type a name" in asked.problem.text()
        asked.name.setText("letter.pdf")
        enter(asked)
        assert asked.isVisible()
        assert "there already" in asked.problem.text()
        enter(asked)

    then(act)
    assert ask_to_save(above, "Where to", "x.pdf", "PDF (*.pdf)") == sticks[0] / "letter.pdf"


@pytest.mark.usefixtures("sticks")
def test_esc_is_not_now(above: QWidget) -> None:
    then(lambda asked: QTest.keyClick(asked, Qt.Key.Key_Escape))
    assert ask_folder(above, "Where to") is None


@pytest.mark.usefixtures("sticks")
def test_any_other_folder_stands_behind_a_button(
    above: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))

    def act(asked: PlaceChoice) -> None:
        other = asked.findChild(QPushButton, "place_other")
        assert other is not None
        other.click()

    then(act)
    assert ask_folder(above, "Where to") == tmp_path


def test_without_a_stick_the_folders_are_shown_at_once(
    above: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    assert ask_folder(above, "Where to") == tmp_path


def test_a_stick_that_is_not_in_yet_is_waited_for_and_then_taken(
    above: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[Drive] = []
    told: list[bool] = []
    monkeypatch.setattr(place_choice, "drives", lambda: found)

    def act(asked: PlaceChoice) -> None:
        told.extend((asked.waits.isVisible(), asked.go.isEnabled(), asked.list.isVisible()))
        found.append(Drive(tmp_path, "STICK", 10**9))
        asked._looking.timeout.emit()

    then(act)
    assert ask_folder(above, "The stick", waits=True) == tmp_path
    assert told == [True, False, False]


def test_a_second_stick_joins_the_list_and_the_chosen_one_stays(
    above: QWidget, sticks: list[Path], tmp_path: Path
) -> None:
    seen: list[int] = []

    def act(asked: PlaceChoice) -> None:
        asked.list.setCurrentRow(1)
        place_choice.drives().append(Drive(tmp_path, "THIRD", 10**9))
        asked._looking.timeout.emit()
        seen.append(asked.list.count())
        enter(asked)

    then(act)
    assert ask_folder(above, "The stick", waits=True) == sticks[1]
    assert seen == [3]


def test_a_stick_that_comes_is_not_taken_where_a_file_has_no_name_yet(
    above: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [Drive(tmp_path, "STICK", 10**9)]
    monkeypatch.setattr(place_choice, "drives", lambda: found)

    def act(asked: PlaceChoice) -> None:
        asked.go.click() if asked.go.isEnabled() else asked.reject()

    then(act)
    assert ask_to_save(above, "Where to", "letter.pdf", "PDF (*.pdf)") == tmp_path / "letter.pdf"


def test_the_computers_own_disk_is_no_stick(qapp: QApplication) -> None:
    assert qapp is not None
    assert all(drive.root != Path(QStorageInfo.root().rootPath()) for drive in drives())


def test_windows_drives_are_asked_only_where_they_hold_a_disk(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert qapp is not None
    asked: list[str] = []

    class Asked(QStorageInfo):
        def __init__(self, root: str) -> None:
            super().__init__(root)
            asked.append(root)

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(place_choice, "QStorageInfo", Asked)
    monkeypatch.setattr(place_choice, "lettered_drives", lambda: iter([tmp_path]))
    drives()
    assert asked == [str(tmp_path)]


def test_a_paper_is_looked_for_on_the_stick_that_was_chosen(
    above: QWidget, sticks: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []

    def look(_above: QWidget, _title: str, folder: str, *_more: object, **_how: object) -> object:
        begun.append(folder)
        return str(Path(folder) / "scan.pdf"), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", look)
    then(enter)
    assert ask_to_open(above, "Which paper", "PDF (*.pdf)") == sticks[0] / "scan.pdf"
    assert begun == [str(sticks[0])]
