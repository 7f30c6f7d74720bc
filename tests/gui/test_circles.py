"""What is left goes at once: no page, dialogue or window leaves a circle that holds a Qt object.

The collector is kept away, and what it would have broken is counted instead.
"""

import gc
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelterdesk.core.i18n import use_language
from shelterdesk.core.permissions import Role
from shelterdesk.gui.collecting import Collecting, collect
from shelterdesk.gui.frame.keys_sheet import KeysSheet
from shelterdesk.gui.frame.window import DeskWindow
from shelterdesk.gui.parts.second_person import second_signature
from shelterdesk.gui.parts.style import dress
from tests.drivers.window import WindowDriver
from tests.factories import OTHER_PASSPHRASE
from tests.gui.every_page import Ids, full_house, parts_of, visits
from tests.services.settling import AN_ACT


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ids]:
    number, root = count(), tmp_path_factory.mktemp("house")
    texts = [lambda: f"word {next(number)}"]
    return root / "data", full_house(root / "data", texts, roles=tuple(Role))


@pytest.fixture(autouse=True)
def no_collector(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for look in ("look", "look_behind"):
        monkeypatch.setattr(Collecting, look, lambda _self: None)
    dress(qapp)
    use_language("en")
    collect()
    gc.freeze()
    gc.disable()
    yield
    gc.unfreeze()


@pytest.fixture
def driver(qtbot: QtBot, house: tuple[Path, Ids]) -> WindowDriver:
    made = WindowDriver(qtbot, house[0])
    names: Any = made.window.door.page
    names.name.setCurrentText("Dao")
    made.unlock(f"{OTHER_PASSPHRASE} dao")
    return made


def settle() -> None:
    """Let everything go that was to go."""
    for _turn in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()


def in_circles() -> list[str]:
    """Return the kinds of Qt objects that only the collector can break, and break them."""
    settle()
    gc.disable()
    gc.set_debug(gc.DEBUG_SAVEALL)
    collect()
    gc.set_debug(0)
    found = sorted({type(one).__name__ for one in gc.garbage if isinstance(one, QObject)})
    gc.garbage.clear()
    return found


def test_a_circle_would_be_found() -> None:
    timer = QTimer()
    timer.itself = timer  # type: ignore[attr-defined]
    del timer
    assert in_circles() == ["QTimer"]


def test_no_page_leaves_one(driver: WindowDriver, house: tuple[Path, Ids]) -> None:
    place: Any = driver.window.workplace
    left: dict[str, list[str]] = {}
    place.go("deputy")
    in_circles()
    for page, record_id in visits(house[1]):
        place.go(page, record_id)
        assert place.where[0] == page
        for _part in parts_of(place):
            QCoreApplication.processEvents()
        place.go("deputy")
        if found := in_circles():
            left[page] = found
    assert left == {}


def test_what_was_done_on_a_page_leaves_none(driver: WindowDriver) -> None:
    """A task is finished, and could be taken back; a backup fails; another language is spoken."""
    place: Any = driver.window.workplace
    place.go("home")
    driver.type_into("new-task", "ring the school")
    driver.press_enter("new-task")
    driver.click("finish-task")
    assert driver.can_see("undo")
    place.go("backup")
    place.page._back_up(Path("/nowhere"))
    driver.speak("lo")
    driver.speak("en")
    driver.window.workplace.go("deputy")  # type: ignore[union-attr]
    del place
    assert in_circles() == []


def test_no_dialogue_leaves_one(driver: WindowDriver) -> None:
    desk = driver.window.room.desk  # type: ignore[union-attr]
    QTimer.singleShot(0, driver.window, lambda: driver.click("second_leave"))
    second_signature(desk, AN_ACT, driver.window)
    sheet = KeysSheet(driver.window)
    QTimer.singleShot(0, sheet, sheet.reject)
    sheet.exec()
    sheet.deleteLater()
    del sheet, desk
    assert in_circles() == []


def test_no_window_leaves_one(driver: WindowDriver) -> None:
    driver.click("lock")
    left = driver.left
    assert isinstance(left, DeskWindow)
    driver.left = None
    left.close()
    left.deleteLater()
    del left
    assert in_circles() == []


def test_no_card_of_the_door_leaves_one(qtbot: QtBot, house: tuple[Path, Ids]) -> None:
    driver = WindowDriver(qtbot, house[0])
    in_circles()
    door = driver.window.door
    for show in (door.show_new_director, door.show_bring_back, door.show_door, door.show_first):
        show()
        settle()
    assert in_circles() == []
