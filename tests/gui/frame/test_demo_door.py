"""The door: who is chosen there, what it says of invented records, and the training shelter."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from shelterdesk.core.permissions import Role
from shelterdesk.core.work import Progress
from shelterdesk.gui.frame.door import Door
from shelterdesk.gui.frame.seat import forget_seat
from shelterdesk.gui.frame.window import DeskWindow
from shelterdesk.gui.pages.keeping.card import CardPage
from shelterdesk.gui.pages.keeping.demo_people import DemoPeople
from shelterdesk.services.demo.invented_folder import looks_invented, put_sign, training_of
from shelterdesk.services.demo.training import begin_anew, make_training
from tests.drivers.places import places_of
from tests.drivers.window import WindowDriver
from tests.factories import OTHER_PASSPHRASE, PASSPHRASE, add_person, new_shelter

DAY = date(2026, 11, 29)

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture(autouse=True)
def nobody_sat_here() -> Iterator[None]:
    forget_seat()
    yield
    forget_seat()


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """A house with a director, Noy, and a counsellor, Dao."""
    shelter = new_shelter(tmp_path / "data")
    add_person(shelter.vault, "Dao", Role.COUNSELLOR)
    shelter.vault.lock()
    shelter.place.close()
    return tmp_path / "data"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A training shelter, made once and copied where a test needs one."""
    folder = tmp_path_factory.mktemp("made") / "training"
    make_training(folder, DAY, Progress())
    return folder


def names(driver: WindowDriver) -> QComboBox:
    box = driver.part(QComboBox, "name")
    assert isinstance(box, QComboBox)
    return box


def test_nobody_is_chosen_so_that_no_try_falls_on_the_director(qtbot: QtBot, two: Path) -> None:
    driver = WindowDriver(qtbot, two)
    assert [names(driver).itemText(n) for n in range(names(driver).count())] == ["Noy", "Dao"]
    assert names(driver).currentText() == ""
    driver.type_into("passphrase", PASSPHRASE)
    driver.press_enter("passphrase")
    assert "Please choose your name" in driver.text()
    assert driver.window.room is None
    assert not (two / "tries.json").exists()


def test_every_name_is_reached_by_the_arrows_and_chosen_by_enter(qtbot: QtBot, two: Path) -> None:
    driver = WindowDriver(qtbot, two)
    driver.type_into("passphrase", PASSPHRASE)
    driver.press_enter("passphrase")
    assert names(driver).hasFocus()
    for _press in range(2):
        driver.press(Qt.Key.Key_Down)
    assert names(driver).currentText() == "Dao"
    assert names(driver).hasFocus()
    driver.press(Qt.Key.Key_Return)
    assert driver.part(QLineEdit, "passphrase").hasFocus()


def test_a_passphrase_typed_for_another_name_is_typed_over(qtbot: QtBot, two: Path) -> None:
    driver = WindowDriver(qtbot, two)
    driver.type_into("passphrase", PASSPHRASE)
    names(driver).setCurrentText("Dao")
    names(driver).activated.emit(1)
    QTest.keyClicks(driver.part(QLineEdit, "passphrase"), f"{OTHER_PASSPHRASE} dao")
    driver.press_enter("passphrase")
    assert "At the desk: Dao" in driver.text()


def test_the_door_says_that_the_records_open_and_offers_it_again_when_they_do_not(
    qtbot: QtBot, two: Path
) -> None:
    driver = WindowDriver(qtbot, two)
    names(driver).setCurrentText("Dao")
    go: Any = driver.part(QAbstractButton, "main")
    QTest.keyClicks(driver.part(QLineEdit, "passphrase"), "another one")
    QTest.keyClick(driver.part(QLineEdit, "passphrase"), Qt.Key.Key_Return)
    assert go.text() == "The records open …"
    qtbot.waitUntil(go.isEnabled)
    assert go.text() == "Open"


def test_nothing_typed_is_asked_for_and_is_no_try(qtbot: QtBot, two: Path) -> None:
    driver = WindowDriver(qtbot, two)
    names(driver).setCurrentText("Dao")
    driver.press_enter("passphrase")
    assert "Please type your passphrase." in driver.text()
    assert not (two / "tries.json").exists()


def test_after_the_lock_who_sat_there_is_chosen_and_nobody_after_the_end(
    qtbot: QtBot, two: Path
) -> None:
    driver = WindowDriver(qtbot, two)
    names(driver).setCurrentText("Dao")
    driver.unlock(f"{OTHER_PASSPHRASE} dao")
    driver.press(Qt.Key.Key_F12)
    assert driver.anew == 1
    assert names(driver).currentText() == "Dao"
    driver.unlock(f"{OTHER_PASSPHRASE} dao")
    assert "At the desk: Dao" in driver.text()
    driver.window.close()
    assert names(WindowDriver(qtbot, two)).currentText() == ""


def test_the_only_one_there_is_is_chosen(qtbot: QtBot, tmp_path: Path) -> None:
    shelter = new_shelter(tmp_path / "data")
    shelter.vault.lock()
    shelter.place.close()
    assert names(WindowDriver(qtbot, tmp_path / "data")).currentText() == "Noy"


def test_the_door_of_a_real_house_says_nothing_of_a_demo(qtbot: QtBot, two: Path) -> None:
    driver = WindowDriver(qtbot, two)
    assert "DEMO" not in driver.text()
    assert "DEMO" not in driver.window.windowTitle()
    assert not driver.can_see("demo_people")
    assert not driver.can_see("begin_anew")


def test_nothing_moves_at_the_door_of_the_demo_once_its_people_are_known(
    qtbot: QtBot, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Door, "load", lambda _door: None)
    shutil.copytree(made, tmp_path / "training")
    window = DeskWindow(tmp_path / "training", lambda: None)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitExposed(window):
        window.show()
    before = places_of(window.door)
    assert len(window.door.findChildren(DemoPeople)) == 1
    assert window.door.place is None
    window.door._take_hold(None)
    QCoreApplication.processEvents()
    assert places_of(window.door) == before
    window.close()


def test_a_sign_that_somebody_laid_beside_real_records_says_demo_at_the_door_alone(
    qtbot: QtBot, two: Path
) -> None:
    put_sign(two)
    driver = WindowDriver(qtbot, two)
    assert "DEMO" in driver.text()
    driver.unlock(PASSPHRASE)
    assert "DEMO" not in driver.text()
    assert "DEMO" not in driver.window.windowTitle()


def opened(qtbot: QtBot, data: Path, went: list[Path]) -> WindowDriver:
    """Return a window that notes where it would rather go."""

    class Going(WindowDriver):
        def _open(self) -> None:
            super()._open()
            self.window._elsewhere = went.append

    return Going(qtbot, data)


def test_from_a_house_one_goes_to_its_training_shelter_and_back(
    qtbot: QtBot, two: Path, made: Path
) -> None:
    house, went = two, list[Path]()
    shutil.copytree(made, training_of(house))
    driver = opened(qtbot, house, went)
    driver.click("to_training")
    assert went == [training_of(house)]
    assert not driver.window.door.is_ready
    there = opened(qtbot, went[0], went)
    assert "DEMO" in there.text()
    assert there.window.windowTitle() == "ShelterDesk – DEMO"
    there.click("take-1")
    assert "At the desk: Demo Counsellor" in there.text()
    there.press(Qt.Key.Key_F12)
    there.click("to_training")
    assert went[-1] == house


def test_the_training_shelter_is_begun_anew_by_one_button(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    went: list[Path] = []
    so_far: list[int] = []
    shown = CardPage.show_so_far

    def note(page: CardPage, thousandths: int) -> None:
        so_far.append(thousandths)
        shown(page, thousandths)

    monkeypatch.setattr(CardPage, "show_so_far", note)
    house = tmp_path / "data"
    opened(qtbot, house, went).click("to_training")  # from an empty folder
    assert went == [training_of(house)]
    assert (so_far[0], so_far[-1]) == (0, 1000)
    before = (went[0] / "vault-0001" / "keyring.json").read_bytes()
    driver = opened(qtbot, went[0], went)
    driver.click("begin_anew")
    assert went[-1] == went[0]
    assert (went[0] / "vault-0001" / "keyring.json").read_bytes() != before
    assert looks_invented(went[0])


def test_nothing_but_a_training_shelter_is_ever_thrown_away(two: Path, tmp_path: Path) -> None:
    put_sign(two)
    link = tmp_path / "training"
    link.mkdir()
    for folder in (two, link):
        with pytest.raises(ValueError, match=folder.name):
            begin_anew(folder, DAY, Progress())
    assert list(two.glob("vault-*"))


def test_a_training_shelter_that_is_there_stays(tmp_path: Path, made: Path) -> None:
    folder = tmp_path / "training"
    shutil.copytree(made, folder)
    make_training(folder, DAY, Progress())
    assert [one.name for one in folder.glob("vault-*")] == ["vault-0001"]
