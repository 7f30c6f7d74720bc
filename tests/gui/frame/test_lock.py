"""The lock: cover, idle, what was being typed, and the new process that begins at the door."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from shelterdesk.core.i18n import use_language
from shelterdesk.core.permissions import Role
from shelterdesk.core.work import Progress
from shelterdesk.gui.frame import page_table
from shelterdesk.gui.frame.idle import IdleWatch
from shelterdesk.gui.frame.keys_sheet import KeysSheet
from shelterdesk.gui.parts.plain import named
from shelterdesk.gui.parts.second_person import SecondPerson
from shelterdesk.gui.parts.style import dress
from shelterdesk.gui.room import Room
from tests.drivers.window import WindowDriver, at_the_desk
from tests.factories import OTHER_PASSPHRASE, PASSPHRASE
from tests.patience import PATIENCE
from tests.services.settling import AN_ACT

LAO = "ນາງນອນຫຼັບດີ"


class TypingPage(QWidget):
    """A page with one line on which something is typed."""

    def __init__(self) -> None:
        super().__init__()
        self.line = named(QLineEdit(), "line", "line")
        column = QVBoxLayout(self)
        column.addWidget(self.line)
        column.addWidget(named(QLineEdit(), "second", "second"))

    def draft(self) -> dict[str, str]:
        return {"line": self.line.text()}

    def restore(self, values: dict[str, str]) -> None:
        self.line.setText(values["line"])


@pytest.fixture(autouse=True)
def in_english(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    dress(qapp)
    use_language("en")

    def made(_room: Room, _id: str) -> QWidget:
        return TypingPage()

    monkeypatch.setitem(page_table.PAGES, "case", made)
    yield
    use_language("en")


@pytest.fixture
def driver(qtbot: QtBot, tmp_path: Path) -> WindowDriver:
    return at_the_desk(qtbot, tmp_path / "data")


def write(driver: WindowDriver, text: str) -> None:
    """Type `text` on a page, Lao as an input method would put it in."""
    assert driver.window.workplace is not None
    driver.window.workplace.go("case", "K7Q")
    line = driver.part(QLineEdit, "line")
    assert isinstance(line, QLineEdit)
    line.insert(text)


def colours(picture: QImage) -> set[int]:
    steps = range(0, picture.width(), 3), range(0, picture.height(), 3)
    return {picture.pixel(x, y) for x in steps[0] for y in steps[1]}


def test_f12_leaves_one_empty_colour_and_the_records_are_closed(driver: WindowDriver) -> None:
    assert len(colours(driver.window.grab().toImage())) > 5
    data = driver.window._data
    driver.press(Qt.Key.Key_F12)
    left = driver.left
    assert left is not None
    assert left.room is None
    assert len(colours(left.grab().toImage())) == 1
    assert driver.anew == 1
    assert driver.title() == "Open the records"
    assert not list(data.glob("vault-*/store.db-wal"))


def test_ctrl_l_locks_and_what_was_typed_is_offered_again(driver: WindowDriver) -> None:
    write(driver, LAO)
    driver.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert driver.title() == "Open the records"
    driver.unlock(PASSPHRASE)
    line = driver.part(QLineEdit, "line")
    assert isinstance(line, QLineEdit)
    assert line.text() == LAO
    driver.click("nav_settings")
    assert "An unfinished text from" in driver.text()
    driver.click("open_text")
    driver.click("nav_settings")
    driver.click("drop_text")
    driver.click("undo_text")
    assert "An unfinished text from" in driver.text()
    driver.click("drop_text")
    assert not driver.can_see("drop_text")
    driver.click("lock")
    driver.unlock(PASSPHRASE)
    assert not driver.can_see("unfinished")


def here(driver: WindowDriver) -> tuple[str, str]:
    assert driver.window.workplace is not None
    return driver.window.workplace.where


def opened_by(driver: WindowDriver, name: str, passphrase: str) -> None:
    box = driver.part(QComboBox, "name")
    assert isinstance(box, QComboBox)
    box.setCurrentText(name)
    driver.unlock(passphrase)


def test_who_locked_in_the_middle_of_a_text_comes_back_to_it_and_nobody_else_does(
    driver: WindowDriver,
) -> None:
    assert driver.window.room is not None
    driver.window.room.desk.staff.add("Dao", OTHER_PASSPHRASE, [Role.COUNSELLOR])
    write(driver, LAO)
    driver.part(QLineEdit, "second").setFocus()
    driver.press(Qt.Key.Key_F12)
    driver.unlock(PASSPHRASE)
    assert here(driver) == ("case", "K7Q")
    assert driver.window.focusWidget() is driver.part(QLineEdit, "second")
    driver.press(Qt.Key.Key_F12)
    opened_by(driver, "Dao", OTHER_PASSPHRASE)
    assert here(driver)[0] == "home"
    driver.press(Qt.Key.Key_F12)
    opened_by(driver, "Noy", PASSPHRASE)
    assert here(driver)[0] == "home"  # meanwhile the desk was somebody else's
    assert "An unfinished text from" in driver.text()


def test_who_was_typing_nothing_begins_with_her_day(driver: WindowDriver) -> None:
    driver.click("nav_people")
    driver.press(Qt.Key.Key_F12)
    driver.unlock(PASSPHRASE)
    assert here(driver)[0] == "home"
    assert not driver.can_see("unfinished")


def test_a_window_that_fills_the_screen_fills_it_again_after_the_lock(
    driver: WindowDriver,
) -> None:
    driver.window.showMaximized()
    driver.wait()
    usual = driver.window.normalGeometry()
    driver.press(Qt.Key.Key_F12)
    assert driver.anew == 1
    kept = driver.window.remembered.now
    assert (kept.maximized, kept.geometry) == (True, usual.getRect())
    assert driver.window.isMaximized()
    driver.window.showNormal()
    driver.unlock(PASSPHRASE)
    driver.press(Qt.Key.Key_F12)
    assert not driver.window.isMaximized()


def test_the_language_changes_under_the_typing_hand(driver: WindowDriver) -> None:
    write(driver, LAO)
    driver.speak("lo")
    line = driver.part(QLineEdit, "line")
    assert isinstance(line, QLineEdit)
    assert line.text() == LAO


def test_what_is_typed_is_kept_every_few_seconds_and_dropped_when_saved(
    driver: WindowDriver, qtbot: QtBot
) -> None:
    write(driver, LAO)
    workplace, room = driver.window.workplace, driver.window.room
    assert workplace is not None
    assert room is not None
    qtbot.waitUntil(lambda: len(room.desk.drafts.mine()) == 1)
    [kept] = room.desk.drafts.mine()
    assert kept.values == {"line": LAO}
    workplace._saved()
    assert room.desk.drafts.mine() == []


def test_a_lock_lets_a_backup_finish_first(driver: WindowDriver) -> None:
    window = driver.window
    done: list[str] = []

    def work(progress: Progress) -> str:
        for step in range(2_000):
            progress.step(step, 2_000)
        return "made"

    window.worker.do(work, done.append, lambda _fault: None)
    window.lock()
    assert window.cover.isVisible()
    assert window.room is not None
    driver.wait()
    assert done == ["made"]
    assert driver.anew == 1


def test_idle_minutes_are_counted_from_the_last_key(qtbot: QtBot) -> None:
    hands = [1_000.0, 5_000.0]
    watch = IdleWatch(5, (lambda: hands[0], lambda: hands[1]))
    heard: list[bool] = []
    watch.idle.connect(lambda: heard.append(True))
    watch.begin()

    def pass_seconds(seconds: int) -> None:
        for _step in range(seconds // 50):
            hands[0] += 50
            hands[1] += 50
            watch.look()

    place = QLineEdit()
    qtbot.addWidget(place)
    pass_seconds(250)
    QTest.keyClick(place, Qt.Key.Key_A)
    pass_seconds(250)
    assert heard == []
    pass_seconds(50)
    assert heard == [True]
    watch.end()


def test_a_computer_that_slept_is_locked_when_it_wakes(qtbot: QtBot) -> None:
    hands = [0.0, 0.0]
    watch = IdleWatch(5, (lambda: hands[0], lambda: hands[1]))
    with qtbot.waitSignal(watch.idle):
        hands[1] += 90
        watch.look()


def test_an_idle_window_locks_itself(driver: WindowDriver) -> None:
    driver.window.idle.idle.emit()
    driver.wait()
    assert driver.anew == 1


def test_a_second_window_on_the_same_records_says_so(driver: WindowDriver, qtbot: QtBot) -> None:
    second = WindowDriver(qtbot, driver.window._data)
    assert second.title() == "ShelterDesk is open already"
    second.click("leave")
    assert not second.window.isVisible()
    assert second.window.refusal is not None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows starts another process instead")
def test_the_program_replaces_itself_by_the_same_one(tmp_path: Path) -> None:
    """The process keeps its number and shows the door of the same records."""
    script = f"""
import os, sys
from pathlib import Path
from shelterdesk import app
app._begin_anew(Path({str(tmp_path)!r}), "lo")
"""
    started = subprocess.Popen([sys.executable, "-c", script], env=dict(os.environ))
    line = Path(f"/proc/{started.pid}/cmdline")
    words: list[bytes] = []
    try:
        end = time.monotonic() + PATIENCE
        while b"shelterdesk" not in words and time.monotonic() < end:
            time.sleep(0.002)
            words = line.read_bytes().split(b"\0")
        assert words[1:-1] == [b"-P", b"-m", b"shelterdesk", b"--data",
                               str(tmp_path).encode(), b"--language", b"lo"]  # fmt: skip
    finally:
        started.send_signal(signal.SIGKILL)
        started.wait()


@pytest.mark.parametrize("above", ["menu", "choice"])
def test_the_covering_key_works_in_a_menu_and_in_the_list_of_a_choice(
    driver: WindowDriver, above: str
) -> None:
    window = driver.window
    if above == "menu":
        menu = window.workplace.search.createStandardContextMenu() if window.workplace else None
        assert menu is not None
        menu.popup(window.mapToGlobal(window.rect().center()))
    else:
        window.language.showPopup()
    popup = QApplication.activePopupWidget()
    assert popup is not None
    QTest.keyClick(popup, Qt.Key.Key_F12)
    assert not popup.isVisible()
    driver.wait()
    assert driver.anew == 1
    assert driver.can_see("passphrase")


@pytest.mark.parametrize("made", [SecondPerson, KeysSheet, QFileDialog])
@pytest.mark.parametrize(
    ("key", "with_key"),
    [
        (Qt.Key.Key_F12, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier),
    ],
)
def test_the_covering_keys_work_in_every_dialogue_and_take_it_away(
    driver: WindowDriver, made: type[QDialog], key: Qt.Key, with_key: Qt.KeyboardModifier
) -> None:
    window, room = driver.window, driver.window.room
    assert room is not None
    asked: QDialog = SecondPerson(room.desk, AN_ACT, "Act", window)
    dialog = asked if made is SecondPerson else made(window)
    seen: list[bool] = []

    def cover() -> None:
        within: QWidget | None = dialog.focusWidget()
        QTest.keyClick(within if within is not None else dialog, key, with_key)
        seen.append(dialog.isVisible())

    QTimer.singleShot(0, dialog, cover)
    dialog.exec()
    driver.wait()
    assert seen == [False]
    assert driver.anew == 1
    assert driver.can_see("passphrase")
