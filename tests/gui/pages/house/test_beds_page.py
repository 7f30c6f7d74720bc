"""The page of the beds: three keys for a move, what stops it, rooms and beds, the list in print."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.core.permissions import Role
from shelterdesk.gui.pages.house.beds import BedsPage
from shelterdesk.gui.parts.keys import letter
from shelterdesk.records.house.beds import Bed
from shelterdesk.services.desk import Desk
from tests.drivers.form import type_keys
from tests.drivers.pages import PageDriver, as_somebody
from tests.drivers.tables import choose_row, rows_of
from tests.factories import Shelter, add_person
from tests.services.living.staying import ADULT, CHILD, lives_here, room_with, where

pytestmark = pytest.mark.usefixtures("in_english")
Key = Qt.Key


@pytest.fixture
def beds(desk: Desk) -> list[Bed]:
    """Three beds, Dok in the first of them; Bua has none."""
    dok = lives_here(desk, "Dok")
    lives_here(desk, "Bua")
    made = room_with(desk, "1", "2", "3")
    desk.beds.move(dok.id, made[0].id)
    return made


def opened(qtbot: QtBot, desk: Desk, case_id: str = "") -> PageDriver:
    return PageDriver(qtbot, BedsPage(desk, case_id))


def keyboard() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def lines(driver: PageDriver) -> list[str]:
    return rows_of(driver.page.list)  # type: ignore[attr-defined]


def asked(driver: PageDriver) -> str:
    return driver.part(QLabel, "asking-title").text()


@pytest.mark.usefixtures("beds")
def test_tonight_is_a_line_a_bed_after_those_without_one(qtbot: QtBot, desk: Desk) -> None:
    driver = opened(qtbot, desk)
    first, *others = lines(driver)
    assert "Bua" in first
    assert "No bed yet" in first
    assert ["Dok" in line for line in others] == [True, False, False]
    told = driver.part(QLabel, "beds-told").text()
    assert told == "beds: 3  ·  free tonight: 2  ·  without a bed: 1"


@pytest.mark.usefixtures("beds")
def test_a_move_is_m_the_number_and_enter(qtbot: QtBot, desk: Desk) -> None:
    driver = opened(qtbot, desk)
    table = driver.page.list  # type: ignore[attr-defined]
    choose_row(table, "1 |")
    table.setFocus()
    driver.press(table, Key.Key_M)
    assert asked(driver).endswith("Dok sleep now?")
    type_keys(keyboard(), "3")
    driver.press(keyboard(), Key.Key_Return)
    assert where(desk) == {"Dok": "3", "Bua": ""}
    assert not driver.can_see("asking-title")
    assert keyboard() is table
    assert driver.page.list.line().who.endswith("Dok")  # type: ignore[attr-defined]


def test_a_number_that_is_typed_chooses_its_bed_among_many(qtbot: QtBot, desk: Desk) -> None:
    room_with(desk, *(f"{number:02}" for number in range(1, 21)))
    bua = lives_here(desk, "Bua")
    driver = opened(qtbot, desk, bua.id)
    type_keys(keyboard(), "7")
    driver.press(keyboard(), Key.Key_Return)
    assert where(desk) == {"Bua": "07"}


def test_a_bed_of_somebody_else_is_said_and_what_was_chosen_stays(
    qtbot: QtBot, desk: Desk, beds: list[Bed]
) -> None:
    driver = opened(qtbot, desk)
    choose_row(driver.page.list, "–")  # type: ignore[attr-defined]
    driver.click("move-bed")
    driver.choose("bed_id", beds[0].id)
    driver.click("main")
    assert "Dok’s. Move her first, or choose another." in driver.text()
    assert where(desk)["Bua"] == ""
    driver.choose("bed_id", beds[1].id)
    driver.click("main")
    assert where(desk)["Bua"] == "2"


def test_a_director_signs_for_a_room_of_children(qtbot: QtBot, desk: Desk) -> None:
    girl, woman = lives_here(desk, "Dok", CHILD), lives_here(desk, "Bua", ADULT)
    one, two = room_with(desk, "1", "2", for_whom="children")
    desk.beds.move(girl.id, one.id)
    driver = opened(qtbot, desk, woman.id)
    driver.choose("bed_id", two.id)
    driver.click("main")
    assert "sign as a director" in driver.text()
    driver.type_into("why", "she is the aunt of the girl")
    driver.click("why_do")
    assert where(desk) == {"Dok": "1", "Bua": "2"}
    assert not driver.can_see("asking-title")


def test_the_house_mother_is_told_to_let_a_director_sign(
    qtbot: QtBot, desk: Desk, shelter: Shelter
) -> None:
    woman = lives_here(desk, "Bua", ADULT)
    [bed] = room_with(desk, "1", for_whom="children")
    passphrase = add_person(shelter.vault, "Mae", Role.HOUSE_MOTHER)
    mother = as_somebody(shelter, "Mae", passphrase)
    driver = opened(qtbot, mother, woman.id)
    driver.choose("bed_id", bed.id)
    driver.click("main")
    assert "or let a director sign" in driver.text()
    assert not driver.can_see("why")


def test_a_room_and_its_bed_are_added_and_the_bed_breaks(qtbot: QtBot, desk: Desk) -> None:
    driver = opened(qtbot, desk)
    driver.click("add-room")
    driver.type_into("name", "Garden")
    driver.click("main")
    driver.click("add-bed")
    driver.type_into("code", "9")
    driver.click("main")
    assert len(lines(driver)) == 1
    driver.click("bed-out")
    driver.choose("reason", "broken")
    driver.click("main")
    [line] = lines(driver)
    assert "out of use: Broken" in line
    driver.click("bed-back")
    driver.click("main")
    [line] = lines(driver)
    assert "free" in line


@pytest.mark.usefixtures("beds")
def test_who_may_only_read_is_offered_nothing_to_change(qtbot: QtBot, shelter: Shelter) -> None:
    passphrase = add_person(shelter.vault, "Mala", Role.NURSE)
    driver = opened(qtbot, as_somebody(shelter, "Mala", passphrase))
    choose_row(driver.page.list, "1 |")  # type: ignore[attr-defined]
    driver.press(driver.page.list, Key.Key_M)  # type: ignore[attr-defined]
    for name in ("move-bed", "bed-out", "bed-change", "add-room", "add-bed", "asking-title"):
        assert not driver.can_see(name)


def test_what_was_chosen_and_not_saved_comes_back(
    qtbot: QtBot, desk: Desk, beds: list[Bed]
) -> None:
    driver = opened(qtbot, desk)
    choose_row(driver.page.list, "1 |")  # type: ignore[attr-defined]
    driver.click("move-bed")
    driver.choose("bed_id", beds[2].id)
    kept = driver.page.draft()  # type: ignore[attr-defined]
    again = opened(qtbot, desk)
    again.page.restore(kept)  # type: ignore[attr-defined]
    assert asked(again).endswith("Dok sleep now?")
    assert again.part(QComboBox, "bed_id").currentData() == beds[2].id


@pytest.mark.usefixtures("beds")
def test_the_list_for_the_doors_has_codes_and_chosen_names(desk: Desk) -> None:
    assert desk.sheets.doors("en").startswith(b"%PDF")


@pytest.mark.usefixtures("beds")
def test_the_picture_can_be_turned_and_drawn(qtbot: QtBot, desk: Desk) -> None:
    driver = opened(qtbot, desk)
    before = driver.part(QLabel, "span").text()
    driver.click("nights-earlier")
    assert driver.part(QLabel, "span").text() != before
    assert not driver.part(QWidget, "nights").grab().isNull()


@pytest.mark.parametrize(
    ("place", "key", "expected"),
    [(50 + 8, Key.Key_unknown, "M"), (0, Key.Key_M, "M"), (0, Key.Key_F6, ""), (9, 0x0EA1, "")],
)
def test_a_letter_is_known_by_its_place(place: int, key: int, expected: str) -> None:
    none = Qt.KeyboardModifier.NoModifier
    event = QKeyEvent(QKeyEvent.Type.KeyPress, int(key), none, place, 0, 0, "ມ")
    assert letter(event) == expected
