"""A night without power through the window, in Lao and English: printed at six, typed in at seven.

The sheet is found by its code as it is typed or scanned; a wrong figure is told; what is half typed
comes back after the lock; a sheet is typed in once, and nothing from one that is void.
"""

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.core.calendar.clock import at_house
from shelterdesk.core.i18n import _, use_language
from shelterdesk.core.permissions import Role
from shelterdesk.gui.frame.workplace import Workplace
from shelterdesk.gui.parts.style import dress
from shelterdesk.records.house.sheet import PaperSheet, SheetState
from shelterdesk.services.access.guard import seat_all
from shelterdesk.services.desk import Desk
from tests.drivers.form import press, type_keys
from tests.factories import add_person, new_shelter
from tests.services.living.staying import ADULT, lives_here, room_with
from tests.stories.seat import Seat

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
DAY = date(2026, 11, 3)
PASSPHRASES: dict[str, str] = {}


@pytest.fixture(autouse=True, params=["lo", "en"])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    dress(qapp)
    use_language(request.param)
    yield request.param
    use_language("en")


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path) -> Seat:
    """The house mother before the window: Dok and Bua have a bed, Mali has none."""
    shelter = new_shelter(tmp_path / "data")
    PASSPHRASES["Pa"] = add_person(shelter.vault, "Pa", Role.HOUSE_MOTHER)
    seat_all(shelter.vault)
    desk = Desk(shelter.vault)
    made = [lives_here(desk, name, ADULT) for name in ("Dok", "Bua", "Mali")]
    for case, bed in zip(made, room_with(desk, "1", "2"), strict=False):
        desk.beds.move(case.id, bed.id)
    desk.lock()
    shelter.place.close()
    sitting = Seat(qtbot, tmp_path / "data")
    sitting.sit_down("Pa", PASSPHRASES["Pa"])
    return sitting


def desk_of(seat: Seat) -> Desk:
    found = seat.window.workplace
    assert isinstance(found, Workplace)
    return found.room.desk


def it_is(seat: Seat, day: int, hour: int, minute: int = 0) -> None:
    clock = desk_of(seat).seat.vault.clock
    clock.set(at_house(date(2026, 11, day), time(hour, minute)))  # type: ignore[attr-defined]
    seat.window.clock.timeout.emit()
    seat.wait()


def keyboard() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def printed(seat: Seat) -> tuple[PaperSheet, PaperSheet]:
    desk_of(seat).paper_sheets.draw(("roll", "log"))
    by_kind = {row.sheet.kind: row.sheet for row in desk_of(seat).paper_sheets.lately()}
    return by_kind["roll"], by_kind["log"]


def open_by_code(seat: Seat, typed: str) -> None:
    """From wherever she is: Ctrl+K, the code, Enter."""
    seat.press(Key.Key_K, CONTROL)
    type_keys(keyboard(), typed)
    press(keyboard(), Key.Key_Return)
    seat.wait()


def writer(seat: Seat) -> None:
    box = keyboard()
    assert isinstance(box, QComboBox)
    assert box.objectName() == "sheet-writer"
    press(box, Key.Key_Home)
    while box.currentText() != "Pa":
        press(box, Key.Key_Down)
    seat.wait()


def type_lines(*cells: str) -> None:
    """Type cell after cell, each with Enter; a figure chooses where there is a list."""
    for text in cells:
        if text:
            type_keys(keyboard(), text)
        press(keyboard(), Key.Key_Return)


def told(seat: Seat) -> str:
    return " ".join(one.text() for one in seat.window.findChildren(QLabel) if one.isVisible())


@pytest.mark.slow
def test_a_night_without_power(seat: Seat) -> None:
    it_is(seat, 3, 18)
    roll, log = printed(seat)
    it_is(seat, 4, 7)

    seat.press(Key.Key_K, CONTROL)
    type_keys(keyboard(), roll.code[:-1] + str((int(roll.code[-1]) + 1) % 10))
    assert seat.hits() == [_("This code cannot be right: look at the last figure.")]
    press(keyboard(), Key.Key_Return)
    assert not seat.can_see("cell-0-seen")
    press(keyboard(), Key.Key_Escape)

    open_by_code(seat, roll.code.lower().replace("-", ""))
    writer(seat)
    press(keyboard(), Key.Key_Tab)
    type_lines("2", "22:10", "1", "", "3", "00:30")
    seat.get_up()  # half typed, and locked
    seat.sit_down("Pa", PASSPHRASES["Pa"])
    it_is(seat, 4, 7)
    assert seat.one(QLineEdit, "cell-2-hour").text() == "00:30"
    assert seat.one(QComboBox, "cell-1-seen").currentData() == "in_bed"
    seat.one(QLineEdit, "cell-2-hour").setFocus()
    press(keyboard(), Key.Key_Return, CONTROL)
    seat.wait()
    [night] = desk_of(seat).census.nights(DAY, 1)
    assert night.roll is not None
    assert night.roll.at == at_house(date(2026, 11, 4), time(0, 30))
    assert (night.living, night.in_house, night.roll.in_house, night.roll.missing) == (3, 3, 2, 1)
    assert seat.can_see("sheet-refused")
    seat.press(Key.Key_1, CONTROL)
    assert desk_of(seat).drafts.mine() == []

    open_by_code(seat, log.code)
    writer(seat)
    press(keyboard(), Key.Key_Tab)
    type_lines("22:10", "1", "the lamp is out", "", "00:40", "14", "doors are locked", "1")
    press(keyboard(), Key.Key_Return, CONTROL)
    seat.wait()
    lines = [row for day in (4, 3) for row in desk_of(seat).day_log.of_day(date(2026, 11, day))]
    assert [(row.text, row.line.kind) for row in lines] == [
        ("doors are locked", "safety_check"),
        ("the lamp is out", "general"),
    ]
    assert [line.words for line in desk_of(seat).shifts.now().lines if line.is_written] == [
        "doors are locked"
    ]

    open_by_code(seat, log.code)  # typed twice
    sentence = _(
        "Already written at {at} by {who}. If the paper says otherwise, correct that entry."
    )
    assert sentence.format(at="4/11/2026 07:00", who="Pa") in told(seat)
    assert not seat.can_see("cell-0-hour")


@pytest.mark.slow
def test_what_was_not_used_is_void_by_one_key(seat: Seat) -> None:
    it_is(seat, 3, 18)
    _roll, log = printed(seat)
    seat.press(Key.Key_F9)
    for _sheet in range(2):
        press(keyboard(), Key.Key_U)
        seat.wait()
    states = {row.sheet.state for row in desk_of(seat).paper_sheets.lately()}
    assert states == {SheetState.VOID}
    open_by_code(seat, log.code)
    assert _("Nothing was written on this paper.") in told(seat)
    assert not seat.can_see("cell-0-hour")


@pytest.mark.slow
def test_what_is_wrong_is_told_and_the_keyboard_is_there(seat: Seat) -> None:
    it_is(seat, 3, 18)
    roll, _log = printed(seat)
    it_is(seat, 4, 7)
    open_by_code(seat, roll.code)
    press(keyboard(), Key.Key_Tab)
    type_lines("2", "22:10", "1")
    press(keyboard(), Key.Key_Return, CONTROL)
    seat.wait()
    assert _("Choose whose initials stand on the paper.") in told(seat)
    seat.one(QComboBox, "sheet-writer").setFocus()
    writer(seat)
    press(keyboard(), Key.Key_Return, CONTROL)
    seat.wait()
    assert keyboard().objectName() == "cell-2-seen"
    assert "Bua" in told(seat)
    assert desk_of(seat).roll.made() is None
