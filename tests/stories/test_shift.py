"""Shifts through the window, in Lao and English: who was off two days, and the night without power.

A line of 17:50 is seen at 06:00 by who was off two days; what stood on paper at night is typed in;
a line is corrected two days later; of two who lead, the second is told what the first wrote.
"""

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.core.calendar.clock import at_house
from shelterdesk.core.i18n import _, use_language
from shelterdesk.core.permissions import Role
from shelterdesk.gui.frame.workplace import Workplace
from shelterdesk.gui.pages.logbook.handover import HandoverLines
from shelterdesk.gui.pages.logbook.log_list import LogList
from shelterdesk.gui.parts.style import dress
from shelterdesk.services.access.guard import seat_all
from shelterdesk.services.desk import Desk
from tests.drivers.form import press, type_keys
from tests.drivers.tables import rows_of
from tests.factories import add_person, new_shelter
from tests.services.living.staying import ADULT, lives_here
from tests.stories.seat import Seat

W = TypeVar("W", bound=QWidget)
Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
NAMES = ("Pa", "Mi")


@pytest.fixture(autouse=True, params=["lo", "en"])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    dress(qapp)
    use_language(request.param)
    yield request.param
    use_language("en")


@pytest.fixture
def keys() -> dict[str, str]:
    """Return the passphrases of both house mothers, by name, once the house is made."""
    return {}


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path, keys: dict[str, str]) -> Seat:
    """Two house mothers, and Dok, who lives here; nobody sits before the window yet."""
    shelter = new_shelter(tmp_path / "data")
    keys |= {name: add_person(shelter.vault, name, Role.HOUSE_MOTHER) for name in NAMES}
    seat_all(shelter.vault)
    desk = Desk(shelter.vault)
    lives_here(desk, "Dok", ADULT)
    desk.lock()
    shelter.place.close()
    return Seat(qtbot, tmp_path / "data")


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


def seen(seat: Seat, kind: type[W], name: str) -> list[W]:
    return [one for one in seat.window.findChildren(kind, name) if one.isVisible()]


def write(seat: Seat, text: str) -> None:
    """Three actions, from wherever she is: Ctrl+E, the text, Enter."""
    seat.press(Key.Key_E, CONTROL)
    type_keys(keyboard(), text)
    press(keyboard(), Key.Key_Return)
    seat.wait()


def begin(seat: Seat) -> None:
    seat.press(Key.Key_H, CONTROL)
    seat.click("shift-begin")


def end(seat: Seat, words: str) -> None:
    seat.press(Key.Key_H, CONTROL)
    seat.click("shift-end")
    seat.write("words", words)
    seat.click("main")


@pytest.mark.slow
def test_from_one_to_the_other(seat: Seat, keys: dict[str, str]) -> None:
    seat.sit_down("Pa", keys["Pa"])
    it_is(seat, 3, 6, 5)
    begin(seat)
    end(seat, "all is well")
    seat.get_up()

    seat.sit_down("Mi", keys["Mi"])
    it_is(seat, 4, 14, 5)
    begin(seat)
    it_is(seat, 4, 17, 50)
    write(seat, "the key is with La")
    line = desk_of(seat).day_log.of_day(date(2026, 11, 4))[0].line
    desk_of(seat).day_log.correct(line, {"must_read": "yes"})
    end(seat, "the lamp is mended")
    seat.get_up()

    seat.sit_down("Pa", keys["Pa"])
    it_is(seat, 6, 6, 0)
    begin(seat)
    assert "the lamp is mended" in seat.text()
    table = seat.one(HandoverLines, "handover")
    assert any("the key is with La" in row for row in rows_of(table))
    seat.press(Key.Key_1, CONTROL)
    assert _("Handovers to read and to sign: {count}").format(count=1) in seat.text()
    seat.press(Key.Key_H, CONTROL)
    seat.one(HandoverLines, "handover").setFocus()
    seat.click("sign-handover")
    assert desk_of(seat).shifts.unread() == []

    seat.press(Key.Key_E, CONTROL)  # two days later it turns out to be another key
    log = seat.one(LogList, "log-lines")
    for _day in range(2):
        press(log, Key.Key_P)
    press(log, Key.Key_C)
    field = seen(seat, QLineEdit, "text")[1]
    field.setText("the key is with Li")
    field.textEdited.emit("the key is with Li")
    seen(seat, QPushButton, "main")[1].click()
    seat.write("why", "It is Li who has it and not La")
    seat.click("why_do")
    newer, older = rows_of(log)
    assert "the key is with Li" in newer
    assert _("was corrected") in older
    seat.get_up()


@pytest.mark.slow
def test_the_power_was_cut_at_night_and_two_lead_the_morning(
    seat: Seat, keys: dict[str, str]
) -> None:
    seat.sit_down("Pa", keys["Pa"])
    it_is(seat, 3, 18)
    begin(seat)  # nobody ends this shift: the power is cut at 19:00
    seat.get_up()

    seat.sit_down("Mi", keys["Mi"])
    it_is(seat, 4, 7)
    begin(seat)
    desk = desk_of(seat)
    assert len(desk.shifts.unread()) == 1  # what nobody ended is read all the same
    before = at_house(date(2026, 11, 3), time(20))
    desk.day_log.write("@Dok had a fever", {"at": before, "must_read": "yes"})
    told = [line.in_words() for line in desk.shifts.now().lines]
    assert any("had a fever" in words for words in told)

    seat.press(Key.Key_H, CONTROL)
    seat.click("shift-end")
    seat.write("words", "the second")
    present = desk.shifts.present()
    assert present is not None
    desk.shifts.end(present.shift.id, "the first", "yes")
    seat.click("main")
    assert "“the first”" in seat.text()
    seat.press(Key.Key_1, CONTROL)
    seat.press(Key.Key_H, CONTROL)
    assert _("No shift has begun.") in seat.one(QLabel, "shift-told").text()
    seat.get_up()
