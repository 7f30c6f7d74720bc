"""Shifts and what is handed over: assembled, read line by line, signed by each for herself."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

import pytest

from shelterdesk.core.calendar.clock import at_house, days_after
from shelterdesk.core.errors import ChangedElsewhere, InvalidFields
from shelterdesk.core.permissions import Role
from shelterdesk.records.house.log import LoggedLine
from shelterdesk.records.house.shifts import Shift, ShiftHandover
from shelterdesk.services.access.guard import seat_all
from shelterdesk.services.desk import Desk
from shelterdesk.services.house.corrections import WhyCorrected
from shelterdesk.services.logbook.handover import ShiftLine
from shelterdesk.services.logbook.shifts import (
    AsYourself,
    HandedOver,
    HasBegun,
    NoShift,
    ReadFirst,
    Shifts,
)
from tests.factories import Shelter, add_person
from tests.services.asked import selects, statements
from tests.services.living.staying import ADULT, lives_here, room_with

DAY = date(2026, 11, 3)
NEXT = days_after(DAY, 1)


def hour(of: int, minute: int = 0, day: date = DAY) -> datetime:
    return at_house(day, time(of, minute))


@pytest.fixture
def keys(shelter: Shelter) -> dict[str, str]:
    """Give three of the house access; their passphrases by name."""
    names = ("Pa", "Mi", "La")
    made = {name: add_person(shelter.vault, name, Role.HOUSE_MOTHER) for name in names}
    seat_all(shelter.vault)
    return made


@contextmanager
def at_desk(shelter: Shelter, keys: dict[str, str], name: str, now: datetime) -> Iterator[Desk]:
    """Let somebody sit down at a moment, and lock when she gets up."""
    shelter.vault.lock()
    shelter.clock.now = now
    sitting = Desk(shelter.unlock(name, keys[name]) if name in keys else shelter.unlock())
    yield sitting
    sitting.lock()
    shelter.unlock()


def told(desk: Desk) -> list[str]:
    return [line.in_words() for line in desk.shifts.day_lines(desk.today())]


def words(lines: tuple[ShiftLine, ...]) -> list[str]:
    return [line.in_words() for line in lines]


def test_a_shift_begins_by_the_clock_and_bears_the_day_on_which_it_begins(
    desk: Desk, shelter: Shelter
) -> None:
    for now, kind, day in (
        (hour(6, 1), "morning", DAY),
        (hour(14, 1), "afternoon", DAY),
        (hour(22, 1), "night", DAY),
        (hour(6, 1, NEXT), "morning", NEXT),
    ):
        shelter.clock.now = now
        shift = desk.shifts.begin()
        assert (shift.kind, shift.day) == (kind, day)
    shelter.clock.now = hour(0, 30, days_after(DAY, 2))
    assert desk.shifts.by_the_hour() == "night"
    assert desk.shifts.begin().day == NEXT
    present = desk.shifts.present()
    assert present is not None
    assert (present.lead, [name for _id, name in present.on_duty]) == ("Noy", ["Noy"])


def test_who_begins_is_on_duty_and_names_who_else_is(desk: Desk, keys: dict[str, str]) -> None:
    staff = {name: id_ for id_, name in desk.staff.choices()}
    assert keys
    desk.shifts.begin("morning", others=[staff["Mi"]], lead=staff["Pa"])
    present = desk.shifts.present()
    assert present is not None
    assert (present.lead, [n for _i, n in present.on_duty]) == ("Pa", ["Mi", "Noy", "Pa"])
    with pytest.raises(HasBegun, match=r"Pa has begun this shift at 08:\d\d\. You can join it\."):
        desk.shifts.begin("morning")


def test_whoever_comes_later_joins(desk: Desk, shelter: Shelter, keys: dict[str, str]) -> None:
    with pytest.raises(NoShift):
        desk.shifts.join()
    desk.shifts.begin("morning")
    with at_desk(shelter, keys, "Pa", hour(9)) as pa:
        pa.shifts.join()
        pa.shifts.join()
        present = pa.shifts.present()
        assert present is not None
        assert [name for _id, name in present.on_duty] == ["Noy", "Pa"]


def test_it_is_assembled_from_what_the_house_has_written(desk: Desk, shelter: Shelter) -> None:
    bed, other = room_with(desk, "1", "2")
    here = lives_here(desk, "Mali", ADULT)
    shelter.clock.now = hour(14)
    desk.shifts.begin("morning")
    desk.shifts.end(_present(desk).id)
    desk.shifts.begin("afternoon")
    shelter.clock.now = hour(15)
    dok = lives_here(desk, "Dok", ADULT)
    desk.beds.move(dok.id, bed.id)
    desk.beds.move(dok.id, other.id)
    desk.leave.go_out([here.id], {"reason": "family", "due_at": hour(18)})
    visitor = desk.visitors.let_in({"who": "Somphone", "kind": "repairs"})
    desk.day_log.write("the tank is full", {})
    desk.day_log.write("@Dok eats no pork", {"must_read": "yes"})
    desk.day_log.write("the lamp is broken", {"stays_open": "yes"})
    shelter.clock.now = hour(17, 30)
    desk.leave.come_back([here.id])
    desk.visitors.has_gone(visitor.id)
    found = desk.shifts.now()
    assert words(found.lines) == [
        f"{dok.code} Dok eats no pork",
        "the lamp is broken",
        "Has come to the house",
        "Sleeps in bed 1",
        "Sleeps in bed 2",
        "Has gone out; expected back 3/11/2026 18:00",
        "Is back",
        "Somphone was here until 3/11/2026 17:30",
    ]
    assert {line.who for line in found.lines[2:5]} == {f"{dok.code} Dok · 2"}
    assert [(line.must_read, line.is_open) for line in found.lines[:2]] == [
        (True, False),
        (False, True),
    ]
    desk.shifts.end(_present(desk).id)
    assert words(desk.shifts.now().lines) == ["the lamp is broken"]


def _present(desk: Desk) -> Shift:
    present = desk.shifts.present()
    assert present is not None
    return present.shift


def test_what_is_planned_for_the_next_day_is_told_without_its_reason(
    desk: Desk, shelter: Shelter
) -> None:
    dok = lives_here(desk, "Dok", ADULT)
    desk.shifts.begin()
    for ahead in (20, 50):
        goes = hour(9) + timedelta(hours=ahead)
        desk.leave.go_out([dok.id], {"reason": "court", "out_at": goes, "due_at": None})
    shelter.clock.now = hour(14)
    desk.shifts.end(_present(desk).id)
    [line] = [one for one in desk.shifts.now().lines if one.words == "Goes out"]
    assert line.at == hour(9) + timedelta(hours=20)


def test_open_lines_travel_on_until_they_are_done(desk: Desk, shelter: Shelter) -> None:
    line = desk.day_log.write("the lamp is broken", {"stays_open": "yes"})
    given: list[str] = []
    for _shift in range(3):
        desk.shifts.begin(("morning", "afternoon", "night")[len(given)])
        shelter.clock.now += timedelta(hours=8)
        given.append(desk.shifts.end(_present(desk).id).id)
    desk.day_log.done(line.id)
    assert words(desk.shifts.now().lines) == []
    told_then = desk.shifts.given(given[1])
    assert [(one.words, one.is_open) for one in told_then.lines] == [("the lamp is broken", False)]


def test_what_is_typed_in_late_is_handed_over_by_whoever_types_it(
    desk: Desk, shelter: Shelter
) -> None:
    """The power was off from 19:00; what stood on paper is typed in at 07:00."""
    dok = lives_here(desk, "Dok", ADULT)
    shelter.clock.now = hour(18)
    desk.shifts.begin("afternoon")
    shelter.clock.now = hour(22)
    desk.shifts.end(_present(desk).id)
    shelter.clock.now = hour(7, day=NEXT)
    desk.day_log.write("@Dok was ill", {"at": hour(20), "must_read": "yes"})
    desk.leave.go_out([dok.id], {"reason": "hospital", "out_at": hour(21)})
    assert words(desk.shifts.now().lines) == [f"{dok.code} Dok was ill", "Has gone out"]


def test_a_correction_two_days_later_is_read_by_who_comes_then(
    desk: Desk, shelter: Shelter, keys: dict[str, str]
) -> None:
    line = desk.day_log.write("the doctor comes on Monday", {"must_read": "yes"})
    desk.shifts.begin()
    desk.shifts.end(_present(desk).id)
    with at_desk(shelter, keys, "Pa", hour(10, day=days_after(DAY, 2))) as pa:
        row = pa.records.get(LoggedLine, line.id)
        pa.day_log.correct(row, {"text": "the doctor comes on Tuesday"}, "It was read wrongly")
        assert words(pa.shifts.now().lines) == ["the doctor comes on Tuesday"]


def test_who_was_off_two_days_reads_all_since_her_own_last_shift(
    desk: Desk, shelter: Shelter, keys: dict[str, str]
) -> None:
    desk.day_log.write("nothing to tell")
    with at_desk(shelter, keys, "Pa", hour(6)) as pa:
        pa.shifts.begin()
        pa.shifts.end(_present(pa).id)
    shown = []
    for day in (DAY, NEXT):
        with at_desk(shelter, keys, "Mi", hour(14, day=day)) as mi:
            mi.shifts.begin()
            if day == NEXT:
                shelter.clock.now = hour(17, 50, day)
                mi.day_log.write("the gate key is with La", {"must_read": "yes"})
            shown.append(mi.shifts.end(_present(mi).id).id)
    with at_desk(shelter, keys, "Pa", hour(6, day=days_after(DAY, 2))) as pa:
        assert (pa.shifts.unread(), told(pa)) == ([], [])
        pa.shifts.begin()
        assert pa.shifts.unread() == shown
        assert told(pa) == ["Handovers to read and to sign: 2"]
        [line] = pa.shifts.given(shown[1]).lines
        assert (line.words, line.must_read) == ("the gate key is with La", True)
        with pytest.raises(ReadFirst, match="Go through the lines that must be read first: 1"):
            pa.shifts.read(shown[1], [])
        pa.shifts.read(shown[1], [line.record_id])
        pa.shifts.read(shown[0], [])
        with pytest.raises(ChangedElsewhere):
            pa.shifts.read(shown[0], [])
        assert (pa.shifts.unread(), told(pa)) == ([], [])
        assert pa.shifts.given(shown[1]).signed == ("Pa",)


def test_nobody_signs_for_another(desk: Desk, shelter: Shelter, keys: dict[str, str]) -> None:
    desk.shifts.begin("morning")
    given = desk.shifts.end(_present(desk).id)
    with at_desk(shelter, keys, "Pa", hour(15)) as pa:
        staff = {name: id_ for id_, name in pa.staff.choices()}
        pa.shifts.begin("afternoon", others=[staff["Mi"]])
        [past] = pa.shifts.lately()
        assert [name for _id, name in past.missing] == ["Mi", "Pa"]
        with pytest.raises(AsYourself) as stopped:
            pa.shifts.read(given.id, [], staff["Mi"])
        sentence = "Sign as yourself: lock, and open with your own passphrase."
        assert str(stopped.value) == sentence
        pa.shifts.read(given.id, [], staff["Pa"])
        [past] = pa.shifts.lately()
        assert (past.signed, [name for _id, name in past.missing]) == (("Pa",), ["Mi"])


def test_what_nobody_signed_two_shifts_later_is_told_to_the_director(
    desk: Desk, shelter: Shelter, keys: dict[str, str]
) -> None:
    late = "Handovers that were not signed two shifts later: 1"
    desk.shifts.begin("morning")
    desk.shifts.end(_present(desk).id)
    with at_desk(shelter, keys, "Pa", hour(15)) as pa:
        pa.shifts.begin("afternoon")
    for number, name in enumerate(("Mi", "La")):
        with at_desk(shelter, keys, "Noy", hour(23, number)) as noy:
            assert late not in told(noy)
        with at_desk(shelter, keys, name, hour(23, 10 + number)) as other:
            other.shifts.begin(("night", "morning")[number])
            for unread in other.shifts.unread():
                other.shifts.read(unread, [])
            assert told(other) == []
    with at_desk(shelter, keys, "Noy", hour(23, 30)) as noy:
        assert late in told(noy)


def test_a_shift_that_nobody_ended_ends_with_the_next_one(
    desk: Desk, shelter: Shelter, keys: dict[str, str]
) -> None:
    desk.day_log.write("the key is with Noy", {"must_read": "yes"})
    first = desk.shifts.begin("morning")
    with at_desk(shelter, keys, "Pa", hour(15)) as pa:
        pa.shifts.begin()
        ended = pa.records.get(Shift, first.id)
        assert ended.ended_at is not None
        [unread] = pa.shifts.unread()  # she wrote its row, and still has to read it
        assert (pa.shifts.given(unread).words, pa.shifts.given(unread).by) == ("", "Pa")


def test_of_two_who_hand_over_the_second_is_told_what_the_first_wrote(
    desk: Desk, shelter: Shelter, keys: dict[str, str]
) -> None:
    shift = desk.shifts.begin("morning")
    desk.shifts.end(shift.id, "Dok has a fever", "yes")
    with at_desk(shelter, keys, "Pa", hour(15)) as pa:
        with pytest.raises(HandedOver, match=r"Noy has ended this shift at .* “Dok has a fever”"):
            pa.shifts.end(shift.id, "all is well")
        assert len(pa.records.of(ShiftHandover)) == 1


def test_there_is_room_for_600_letters(desk: Desk) -> None:
    shift = desk.shifts.begin("morning")
    with pytest.raises(InvalidFields):
        desk.shifts.end(shift.id, "x" * 601)
    assert desk.shifts.present() is not None
    given = desk.shifts.end(shift.id, "x" * 600, "yes")
    read = desk.shifts.given(given.id)
    assert (len(read.words), read.cash_agrees, read.shift) == (600, "yes", "morning")


class Told:
    """A room that comes later and hands over a line of its own."""

    def shift_lines(self, since: datetime, until: datetime) -> list[ShiftLine]:
        count = {"count": 2 if since < until else 0}
        return [ShiftLine(part="Doses", at=until, words="{count} doses open", facts=count)]


def test_a_room_that_comes_later_adds_its_lines_below_a_heading_of_its_own(desk: Desk) -> None:
    shifts = Shifts(desk.seat.vault, desk.seat, desk.records, (Told(), desk.house_tells))
    lives_here(desk, "Dok", ADULT)
    *_others, last = shifts.now().lines
    assert (last.part, last.in_words()) == ("Doses", "2 doses open")


def test_however_many_live_here_it_takes_six_statements(desk: Desk) -> None:
    desk.shifts.begin("morning")
    for number in range(12):
        case = lives_here(desk, f"N{number}", ADULT)
        desk.leave.go_out([case.id], {"reason": "family"})
        desk.day_log.write(f"@{case.code} was seen", {"must_read": "yes"})
    given = desk.shifts.end(_present(desk).id)
    with statements() as asked:
        read = desk.shifts.given(given.id)
    assert len(read.lines) == 36
    assert len(selects(asked)) <= 6
    with statements() as asked:
        desk.shifts.day_lines(desk.today())
    assert len(selects(asked)) <= 2


def test_both_sheets_are_printed_and_each_is_a_page(desk: Desk) -> None:
    lives_here(desk, "Dok", ADULT)
    desk.day_log.write("@Dok eats no pork", {"must_read": "yes"})
    desk.shifts.begin("morning")
    given = desk.shifts.end(_present(desk).id, "all is well", "yes")
    for language in ("lo", "en"):
        for pdf in (
            desk.log_sheets.handover("", language, preview=True),
            desk.log_sheets.handover(given.id, language),
            desk.log_sheets.day(desk.today(), language),
        ):
            assert pdf.startswith(b"%PDF")
            assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") <= 1


def test_what_was_handed_over_is_corrected_beside_and_not_where_others_have_read_it(
    desk: Desk, shelter: Shelter
) -> None:
    shelter.clock.now = hour(14, 1)
    shift = desk.shifts.begin()
    line = desk.day_log.write("Dok is to sleep at her aunt's", {"must_read": "yes"})
    line = desk.day_log.correct(line, {"text": "Dok is to sleep at her sister's"})
    shelter.clock.now = hour(17, 50)
    handover = desk.shifts.end(shift.id)
    shelter.clock.now = hour(17, 58)
    with pytest.raises(WhyCorrected):
        desk.day_log.correct(line, {"text": "Nobody goes out"})
    desk.day_log.correct(line, {"text": "Nobody goes out"}, "her sister has called since")
    assert "Dok is to sleep at her sister's" in words(desk.shifts.given(handover.id).lines)
    fresh = desk.day_log.write("The gate does not lock")
    assert desk.day_log.correct(fresh, {"text": "The gate locks"}).corrects_id is None
