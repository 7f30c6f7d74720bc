"""An evening at the door, through the window, in Lao and English: who is out, who is late, why.

A girl who is overdue is red at the minute and back at 01:10; leave becomes hospital; the uncle who
is barred; a clock that is put back; four at school of whom one is not back.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.core.calendar.clock import SessionClock, at_house
from shelterdesk.core.i18n import _, use_language
from shelterdesk.core.permissions import Role
from shelterdesk.gui.frame.workplace import Workplace
from shelterdesk.gui.pages.house.leave_list import LeaveList
from shelterdesk.gui.parts.style import dress
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation
from shelterdesk.services.desk import Desk
from tests.drivers.form import press, type_keys
from tests.drivers.tables import rows_of
from tests.factories import add_person, new_shelter
from tests.services.living.staying import ADULT, CHILD, lives_here
from tests.stories.seat import Seat

Key = Qt.Key
NAMES = ("Dok", "Bua", "Mali", "Noi")


@pytest.fixture(autouse=True, params=["lo", "en"])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    dress(qapp)
    use_language(request.param)
    yield request.param
    use_language("en")


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path) -> Seat:
    """The house mother before the window: four girls at school, and Keo, who has a barred uncle."""
    shelter = new_shelter(tmp_path / "data")
    passphrase = add_person(shelter.vault, "Pa", Role.HOUSE_MOTHER)
    desk = Desk(shelter.vault)
    for name in NAMES:
        girl = lives_here(desk, name, CHILD)
        hours = {"out_hour": "07:00", "back_hour": "16:00", "since": date(2026, 11, 2)}
        days = {"days": ("mon", "tue", "wed", "thu", "fri"), "reason": "school"}
        desk.standing_leave.add(girl.id, hours | days | {"agreed_by_id": desk.seat.taken()})
    keo = lives_here(desk, "Keo", ADULT)
    uncle = desk.records.save(Person(kind="family", given_name="ບຸນມີ", given_name_latin="Bounmy"))
    hers = Relation(person_id=keo.person_id, other_id=uncle.id, safe_to_contact="never")
    desk.records.save(hers)
    desk.lock()
    shelter.place.close()
    sitting = Seat(qtbot, tmp_path / "data")
    sitting.sit_down("Pa", passphrase)
    return sitting


def clock(seat: Seat) -> SessionClock:
    found = workplace(seat).room.desk.seat.vault.clock
    assert isinstance(found, SessionClock)
    return found


def workplace(seat: Seat) -> Workplace:
    found = seat.window.workplace
    assert isinstance(found, Workplace)
    return found


def it_is(seat: Seat, hour: int, minute: int = 0, day: int = 3) -> None:
    """Let it be an hour of the third of November, a Tuesday; the window looks at its clock."""
    clock(seat).set(at_house(date(2026, 11, day), time(hour, minute)))
    seat.window.clock.timeout.emit()
    seat.wait()


def table(seat: Seat) -> LeaveList:
    return seat.one(LeaveList, "leave")


def line_of(seat: Seat, name: str) -> str:
    [line] = [line for line in rows_of(table(seat)) if name in line]
    return line


def on(seat: Seat, name: str) -> LeaveList:
    found = table(seat)
    found.choose(next(k for k, one in found.lines.items() if one.resident.alias == name))
    found.setFocus()
    return found


def keyboard() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def said(words: str, **facts: object) -> str:
    return _(words).format(**facts)


def school() -> str:
    return {"lo": "ໄປໂຮງຮຽນ", "en": "School"}[_lang()]


def _lang() -> str:
    return "en" if _("Save") == "Save" else "lo"


@pytest.mark.slow
def test_an_evening_at_the_door(seat: Seat) -> None:
    it_is(seat, 8)
    seat.press(Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert all(said("out: {reason}", reason=school()) in line_of(seat, name) for name in NAMES)

    it_is(seat, 16)  # three of the four are back: all are marked by one key, one is taken out
    press(on(seat, "Noi"), Key.Key_A)
    press(table(seat), Key.Key_Space)
    press(table(seat), Key.Key_I)
    home = _("in the house")
    assert [home in line_of(seat, name) for name in NAMES] == [True, True, True, False]
    it_is(seat, 16, 29)
    assert said("due: {reason}", reason=school()) in line_of(seat, "Noi")
    it_is(seat, 16, 30)
    assert said("not back: {reason}", reason=school()) in line_of(seat, "Noi")
    on(seat, "Noi")
    assert _("Who to call") in seat.text()

    seat.press(Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    red = said("Not back: {reason}. Whom to call stands there.", reason=school())
    assert red in seat.text()

    it_is(seat, 1, 5, day=4)  # after midnight it is the same alarm
    assert red in seat.text()
    seat.press(Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    it_is(seat, 1, 10, day=4)
    press(on(seat, "Noi"), Key.Key_I)
    assert home in line_of(seat, "Noi")

    press(on(seat, "Keo"), Key.Key_O)  # the uncle at the gate
    type_keys(keyboard(), {"lo": "ຢ້ຽມ", "en": "Family"}[_lang()])
    seat.choose("reason", "family")
    seat.write("goes_with", "Mr. Bunmi")
    press(keyboard(), Key.Key_Return)
    barred = (
        "{name} is marked as involved, or never to be contacted. She does not go out with this "
        "person. Call the director."
    )
    assert said(barred, name="Mr. Bunmi") in seat.text()
    seat.write("goes_with", "")
    press(keyboard(), Key.Key_Return)
    family = {"lo": "ຢ້ຽມຄອບຄົວ", "en": "Family"}[_lang()]
    assert said("out: {reason}", reason=family) in line_of(seat, "Keo")

    out_since = clock(seat)()
    clock(seat).set(out_since - timedelta(minutes=30))  # a clock that is put back loses nobody
    seat.window.clock.timeout.emit()
    seat.wait()
    assert family in line_of(seat, "Keo")
    it_is(seat, 2, 0, day=4)

    press(on(seat, "Keo"), Key.Key_H)
    hospital = {"lo": "ນອນໂຮງໝໍ", "en": "Stays in hospital"}[_lang()]
    assert said("out: {reason}", reason=hospital) in line_of(seat, "Keo")
    assert isinstance(clock(seat)(), datetime)
    seat.get_up()
