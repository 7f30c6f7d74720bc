"""An evening with the beds, through the window: two for one bed, a broken one, a baby."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.core.i18n import use_language
from shelterdesk.core.permissions import Role
from shelterdesk.gui.pages.house.bed_list import BedList
from shelterdesk.gui.parts.style import dress
from shelterdesk.services.desk import Desk
from tests.drivers.form import press, type_keys
from tests.drivers.tables import choose_row, rows_of
from tests.factories import add_person, new_shelter
from tests.services.living.staying import CHILD, lives_here, room_with
from tests.stories.seat import Seat

Key = Qt.Key


@pytest.fixture(autouse=True)
def in_english(qapp: QApplication) -> Iterator[None]:
    dress(qapp)
    use_language("en")
    yield
    use_language("en")


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path) -> Seat:
    """The house mother before the window: Dok in bed 1, Champa and her baby without one."""
    shelter = new_shelter(tmp_path / "data")
    passphrase = add_person(shelter.vault, "Pa", Role.HOUSE_MOTHER)
    desk = Desk(shelter.vault)
    first, *_others = room_with(desk, "1", "2", "3")
    desk.beds.move(lives_here(desk, "Dok").id, first.id)
    lives_here(desk, "Champa", CHILD)
    lives_here(desk, "Baby")
    desk.lock()
    shelter.place.close()
    sitting = Seat(qtbot, tmp_path / "data")
    sitting.sit_down("Pa", passphrase)
    return sitting


def lines(seat: Seat) -> list[str]:
    return rows_of(seat.one(BedList, "beds"))


def line_of(seat: Seat, name: str) -> str:
    """Return the line of tonight on which somebody stands."""
    [line] = [line for line in lines(seat) if name in line]
    return line


def to_bed(seat: Seat, name: str, number: str) -> None:
    """Press M on her line, choose the bed by its number, press Enter."""
    table = seat.one(BedList, "beds")
    choose_row(table, line_of(seat, name))
    press(table, Key.Key_M)
    type_keys(keyboard(), number)
    press(keyboard(), Key.Key_Return)


def keyboard() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


@pytest.mark.slow
def test_an_evening_with_the_beds(seat: Seat) -> None:
    assert "Where does she sleep?" in seat.text()
    seat.press(Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert "without a bed: 2" in seat.text()

    to_bed(seat, "Champa", "1")
    assert "Dok’s. Move her first, or choose another." in seat.text()
    seat.choose("bed_id", _bed(seat, "2"))
    seat.click("main")
    assert line_of(seat, "Champa").startswith("2 |")

    to_bed(seat, "Champa", "3")  # the second move of this evening
    assert line_of(seat, "Champa").startswith("3 |")

    choose_row(seat.one(BedList, "beds"), line_of(seat, "Champa"))
    seat.click("bed-out")
    seat.choose("reason", "broken")
    seat.click("main")
    assert "Somebody sleeps here. Say first where she sleeps." in seat.text()
    seat.click("leave")
    to_bed(seat, "Champa", "2")
    choose_row(seat.one(BedList, "beds"), "3 |")
    seat.click("bed-out")
    seat.choose("reason", "broken")
    seat.click("main")
    assert "out of use: Broken" in "".join(lines(seat))

    choose_row(seat.one(BedList, "beds"), line_of(seat, "Baby"))
    seat.click("move-bed")
    seat.choose("bed_id", _bed(seat, "2"))
    seat.click("shares")
    seat.click("main")
    assert line_of(seat, "Baby").startswith("2 |")
    assert line_of(seat, "Champa").startswith("2 |")
    assert "beds: 2  ·  free tonight: 0" in seat.text()
    seat.get_up()


def _bed(seat: Seat, number: str) -> str:
    box = seat.one(QComboBox, "bed_id")
    return str(box.itemData(box.findText(number, Qt.MatchFlag.MatchStartsWith)))
