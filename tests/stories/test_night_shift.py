"""A night shift from six in the evening to six in the morning with a power cut in it.

Nothing that the window called kept is lost, what was being typed comes back, and the handover that
is read at six tells of the whole night.
"""

import sys
import time
from datetime import date
from datetime import time as time_of_day
from pathlib import Path

import pytest

from shelterdesk.core.calendar.clock import SessionClock, at_house
from shelterdesk.core.permissions import Role
from shelterdesk.core.work import Progress
from shelterdesk.records.house.roll import RollLine
from shelterdesk.records.house.visitors import Visitor
from shelterdesk.services.access.guard import seat_all
from shelterdesk.services.desk import DataFolder, Desk, unlock
from tests.factories import DIRECTOR, PASSPHRASE, add_person, new_shelter
from tests.services.living.staying import ADULT, lives_here, room_with
from tests.stories.test_power_cut import DRAFT_SECONDS, Hand

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is asked of the system")
DAY = date(2026, 11, 3)


@pytest.fixture
def house(tmp_path: Path) -> tuple[Path, str]:
    """Return the folder of a house with three who live there, and a house mother's passphrase."""
    shelter = new_shelter(tmp_path / "data")
    passphrase = add_person(shelter.vault, "Pa", Role.HOUSE_MOTHER)
    seat_all(shelter.vault)
    desk = Desk(shelter.vault)
    made = [lives_here(desk, name, ADULT) for name in ("Dok", "Bua", "Mali")]
    for case, bed in zip(made, room_with(desk, "1", "2"), strict=False):
        desk.beds.move(case.id, bed.id)
    desk.lock()
    shelter.place.close()
    return tmp_path / "data", passphrase


def open_at(hour: time_of_day, data: Path, name: str, passphrase: str) -> tuple[DataFolder, Desk]:
    place = DataFolder(data).open()
    hands = SessionClock()
    hands.set(at_house(date(2026, 11, 4), hour))
    return place, unlock(place, name, passphrase, clock=hands)


@pytest.mark.slow
def test_a_night_shift_with_a_power_cut_in_it(house: tuple[Path, str]) -> None:
    data, passphrase = house
    hand, kept, typed = Hand(data, "night_shift"), [], []
    for words in hand.lines():
        if words[0] == "typed":
            typed.append((int(words[1]), float(words[2])))
            if typed[-1][1] - typed[0][1] > DRAFT_SECONDS + 2:
                break
        else:
            kept.append(" ".join(words))
    hand.kill()
    cut = time.time()
    lines = [f"line {number}" for number in range(5)]
    assert kept == ["shift", *lines[:3], "visitor", "roll", *lines[3:]]

    place, desk = open_at(time_of_day(5, 50), data, DIRECTOR, PASSPHRASE)
    written = [row.text for day in (4, 3) for row in desk.day_log.of_day(date(2026, 11, day))]
    assert sorted(written) == [f"{line} of the night" for line in lines]
    [visitor] = desk.records.of(Visitor)
    assert (visitor.who, visitor.went_at) == ("Vanna", None)
    [night] = desk.census.nights(DAY, 1)
    assert night.roll is not None
    assert (night.in_house, night.roll.in_house, night.differs) == (3, 3, False)
    assert len(desk.records.of(RollLine, roll_id=night.roll.id)) == 3
    [unfinished] = desk.drafts.mine()
    assert unfinished.page == "logbook"
    text = " ".join(unfinished.values.values())
    surely = [number for number, at in typed if at < cut - DRAFT_SECONDS]
    assert surely
    assert [number for number in surely if f"w{number} " not in f"{text} "] == []
    assert [finding.problem for finding in desk.checks.run(Progress())] == [""] * 6
    open_line = desk.day_log.write("the lamp is out", {"must_read": "yes"})
    present = desk.shifts.present()
    assert present is not None
    desk.shifts.end(present.shift.id, "all is well")
    desk.lock()
    place.close()

    place, desk = open_at(time_of_day(6), data, "Pa", passphrase)
    desk.shifts.begin()
    [handover_id] = desk.shifts.unread()
    told = desk.shifts.given(handover_id)
    assert told.words == "all is well"
    said = [line.words if line.is_written else line.in_words() for line in told.lines]
    assert "the lamp is out" in said
    assert any("Vanna" in one for one in said)
    desk.shifts.read(handover_id, [open_line.id])
    assert desk.shifts.unread() == []
    desk.lock()
    place.close()
