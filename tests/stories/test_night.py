"""A night through the window, in Lao and English: one in hospital, one late, the roll at 00:30.

And whoever stands at the door, with a name spelt otherwise, learns nothing of who lives there.
"""

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from shelterdesk.core.calendar.clock import at_house
from shelterdesk.core.i18n import _, use_language
from shelterdesk.core.permissions import Role
from shelterdesk.gui.frame.workplace import Workplace
from shelterdesk.gui.pages.house.roll_list import RollList
from shelterdesk.gui.pages.house.visitors import VisitorList
from shelterdesk.gui.parts.style import dress
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation
from shelterdesk.services.desk import Desk
from tests.drivers.form import press
from tests.drivers.tables import rows_of
from tests.factories import add_person, new_shelter
from tests.services.living.staying import ADULT, lives_here
from tests.stories.seat import Seat

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True, params=["lo", "en"])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    dress(qapp)
    use_language(request.param)
    yield request.param
    use_language("en")


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path) -> Seat:
    """The house mother before the window: Dok is in hospital, Bua and Mali are in the house."""
    shelter = new_shelter(tmp_path / "data")
    passphrase = add_person(shelter.vault, "Pa", Role.HOUSE_MOTHER)
    desk = Desk(shelter.vault)
    dok, *_others = [lives_here(desk, name, ADULT) for name in ("Dok", "Bua", "Mali")]
    desk.leave.to_hospital(dok.id)
    uncle = desk.records.save(Person(kind="family", given_name="ບຸນມີ", given_name_latin="Bounmy"))
    hers = Relation(person_id=dok.person_id, other_id=uncle.id, safe_to_contact="never")
    desk.records.save(hers)
    desk.lock()
    shelter.place.close()
    sitting = Seat(qtbot, tmp_path / "data")
    sitting.sit_down("Pa", passphrase)
    return sitting


def desk_of(seat: Seat) -> Desk:
    found = seat.window.workplace
    assert isinstance(found, Workplace)
    return found.room.desk


def on(seat: Seat, name: str) -> RollList:
    found = seat.one(RollList, "roll")
    found.choose(next(k for k, row in found.rows.items() if row.resident.alias == name))
    found.setFocus()
    return found


@pytest.mark.slow
def test_a_night_and_its_door(seat: Seat) -> None:
    clock = desk_of(seat).seat.vault.clock
    clock.set(at_house(date(2026, 11, 4), time(0, 30)))  # type: ignore[attr-defined]
    seat.window.clock.timeout.emit()
    seat.wait()
    assert _("The roll of tonight is not made yet.") in seat.text()
    seat.press(Key.Key_R, CONTROL)
    assert "3/11/2026" in seat.text()  # the night before
    press(on(seat, "Bua"), Key.Key_Space)  # she is late: where is she?
    seat.press(Key.Key_Return, CONTROL)
    stop = _("{n} lines do not agree with the records. Say what happened to each.")
    assert stop.format(n=1) in seat.text()
    press(on(seat, "Bua"), Key.Key_N)
    seat.press(Key.Key_Return, CONTROL)
    told = seat.one(QLabel, "roll-told").text()
    assert _("not made yet") not in told
    seat.press(Key.Key_1, CONTROL)
    assert _("Not found at the roll. Whom to call stands there.") in seat.text()
    assert _("The roll of tonight is not made yet.") not in seat.text()
    seat.press(Key.Key_R, CONTROL)
    seat.click("was-found")
    seat.press(Key.Key_1, CONTROL)
    assert _("Not found at the roll. Whom to call stands there.") not in seat.text()

    seat.press(Key.Key_D, CONTROL)
    table = seat.one(VisitorList, "visitors")
    table.setFocus()
    press(table, Key.Key_V)
    seat.write("who", "Mr. Bunmi")
    seat.choose("kind", "family")
    seat.click("main")
    out = _("Do not let this person in, and do not say who lives here. Call the director.")
    assert out in seat.text()
    assert "Dok" not in seat.text()
    seat.write("who", "ນາງ ວັນນາ")
    seat.click("main")
    assert len(rows_of(table)) == 1
    press(table, Key.Key_X)
    seat.press(Key.Key_1, CONTROL)
    assert "ວັນນາ" not in seat.text()
    seat.get_up()
