"""Paper for a night without power: printed, typed in once, void; figures as if typed directly."""

from datetime import date, datetime, time, timedelta

import pytest

from shelterdesk.core.calendar.clock import at_house, days_after, house_day, wall_time
from shelterdesk.core.errors import NotAllowed
from shelterdesk.core.house_settings import NIGHT_SET
from shelterdesk.core.permissions import Role
from shelterdesk.records.case.case import Case
from shelterdesk.records.house.roll import Roll, RollLine
from shelterdesk.records.house.sheet import PaperSheet, SheetState
from shelterdesk.services.access.guard import seat_all
from shelterdesk.services.desk import Desk
from shelterdesk.services.paper_day.kinds import AlreadyWritten, Cell, CellsWrong
from shelterdesk.services.paper_day.sheets import NothingTyped, SheetIsVoid, WhoWrote, WhyVoid
from tests.factories import Shelter, add_person
from tests.services.conftest import Sit
from tests.services.living.staying import ADULT, lives_here, room_with

DAY = date(2026, 11, 3)
NEXT = days_after(DAY, 1)


def hour(of: int, minute: int = 0, day: date = DAY) -> datetime:
    return at_house(day, time(of, minute))


def clock_at(shelter: Shelter, moment: datetime) -> None:
    shelter.clock.now = moment


def pass_time(shelter: Shelter, by: timedelta) -> None:
    shelter.clock.now += by


@pytest.fixture
def people(shelter: Shelter, desk: Desk) -> list[Case]:
    """Dok in bed 1, Bua in bed 2, Mali without one; it is six in the evening."""
    made = [lives_here(desk, name, ADULT) for name in ("Dok", "Bua", "Mali")]
    for case, bed in zip(made, room_with(desk, "1", "2"), strict=False):
        desk.beds.move(case.id, bed.id)
    clock_at(shelter, hour(18))
    return made


def printed(desk: Desk, *kinds: str) -> list[PaperSheet]:
    before = {one.sheet.id for one in desk.paper_sheets.lately()}
    assert desk.paper_sheets.draw(kinds).startswith(b"%PDF")
    new = [one.sheet for one in desk.paper_sheets.lately() if one.sheet.id not in before]
    return sorted(new, key=lambda sheet: kinds.index(sheet.kind))


def line_of(desk: Desk, sheet: PaperSheet, case: Case) -> int:
    rows = desk.paper_sheets.rows_of(sheet)
    return next(at for at, row in enumerate(rows) if row.case_id == case.id)


def roll_cells(desk: Desk, sheet: PaperSheet, **seen: str) -> dict[Cell, str]:
    """Return what stands on a roll by the chosen names: `in_bed 22:10`, the hour where written."""
    cells: dict[Cell, str] = {}
    for at, row in enumerate(desk.paper_sheets.rows_of(sheet)):
        said = seen.get(row.cells[2] if row.cells else "", "")
        code, _blank, when = said.partition(" ")
        cells |= {(at, "seen"): code, (at, "hour"): when}
    return cells


def by(desk: Desk) -> str:
    return desk.seat.taken()


def test_power_goes_at_seven_and_figures_are_those_of_what_is_typed_directly(
    shelter: Shelter, desk: Desk, people: list[Case]
) -> None:
    roll, log = printed(desk, "roll", "log")
    assert (roll.for_day, log.for_day) == (DAY, DAY)
    desk.leave.go_out([people[1].id], {"reason": "family", "out_at": hour(17)})
    clock_at(shelter, hour(7, 0, NEXT))
    cells = roll_cells(desk, roll, Dok="in_bed 00:30", Mali="in_house")
    desk.paper_sheets.type_in(roll.id, cells, by(desk))
    written = {(0, "hour"): "22:10", (0, "text"): "the lamp is out", (1, "hour"): "00:30"}
    written |= {(1, "kind"): "safety_check", (1, "text"): "all doors are locked"}
    written |= {(1, "must_read"): "yes"}
    desk.paper_sheets.type_in(log.id, written, by(desk))
    [night] = desk.census.nights(DAY, 1)
    assert night.roll is not None
    assert (night.living, night.in_house, night.roll.in_house, night.differs) == (3, 2, 2, False)
    assert (night.roll.at, night.roll.away, night.roll.missing) == (hour(0, 30, NEXT), 1, 0)
    lines = {row.text: row.line for day in (DAY, NEXT) for row in desk.day_log.of_day(day)}
    lamp, doors = lines["the lamp is out"], lines["all doors are locked"]
    assert (lamp.at, doors.at) == (hour(22, 10), hour(0, 30, NEXT))
    assert (lamp.kind, doors.kind) == ("general", "safety_check")
    assert lamp.created_at is not None
    assert house_day(lamp.created_at) == NEXT
    told = [line.words for line in desk.shifts.now().lines if line.is_written]
    assert told == ["all doors are locked"]


def test_it_stands_as_printed_whoever_moves_or_changes_her_name(
    desk: Desk, people: list[Case]
) -> None:
    [roll] = printed(desk, "roll")
    before = [row.cells for row in desk.paper_sheets.rows_of(roll)]
    dok, bua, _mali = people
    free = room_with(desk, "9", name="Hall")[0]
    desk.beds.move(dok.id, free.id)
    desk.records.change(desk.records.get(Case, bua.id), {"alias": "Noi"})
    again = desk.paper_sheets.sheet(roll.id).sheet
    assert [row.cells for row in desk.paper_sheets.rows_of(again)] == before
    assert [row[:1] for row in before] == [("",), ("1",), ("2",), (), (), (), ()]


def test_the_hour_stands_beside_who_was_seen_at_another_one(
    shelter: Shelter, desk: Desk, people: list[Case]
) -> None:
    [roll] = printed(desk, "roll")
    clock_at(shelter, hour(7, 0, NEXT))
    cells = roll_cells(desk, roll, Mali="in_house 22:00", Dok="in_bed 22:20", Bua="not_found")
    desk.paper_sheets.type_in(roll.id, cells, by(desk))
    [kept] = desk.records.of(Roll)
    assert (kept.night, kept.at, kept.missing) == (DAY, hour(22, 20), 1)
    lines = {line.case_id: line for line in desk.records.of(RollLine, roll_id=kept.id)}
    dok, bua, mali = (lines[case.id] for case in people)
    assert [one.remark for one in (mali, dok, bua)] == ["22:00", None, None]
    assert [bool(one.bed_id) for one in (dok, bua, mali)] == [True, True, False]


@pytest.mark.usefixtures("people")
def test_who_comes_after_it_was_printed_is_written_on_an_empty_line(
    shelter: Shelter, desk: Desk
) -> None:
    [roll] = printed(desk, "roll")
    clock_at(shelter, hour(20))
    late = lives_here(desk, "Keo", ADULT)
    clock_at(shelter, hour(7, 0, NEXT))
    cells = roll_cells(desk, roll, Mali="in_house 22:00", Dok="in_bed", Bua="in_bed")
    with pytest.raises(CellsWrong) as stopped:
        desk.paper_sheets.type_in(roll.id, cells, by(desk))
    [(cell, why)] = stopped.value.problems.items()
    assert (cell, str(why)) == ((3, "who"), f"{late.code} Keo lived here at that hour and stands "
        "on no line. Write her code into an empty one.")  # fmt: skip
    hand = {(3, "who"): late.code.lower().replace("-", " "), (3, "seen"): "in_house"}
    desk.paper_sheets.type_in(roll.id, cells | hand, by(desk))
    [kept] = desk.records.of(Roll)
    assert kept.in_house == 4
    assert late.id in {line.case_id for line in desk.records.of(RollLine, roll_id=kept.id)}


def test_what_does_not_agree_is_told_line_by_line_and_nothing_is_kept(
    shelter: Shelter, desk: Desk, people: list[Case]
) -> None:
    dok, bua, mali = people
    [roll] = printed(desk, "roll")
    desk.leave.go_out([bua.id], {"reason": "family", "out_at": hour(17)})
    clock_at(shelter, hour(7, 0, NEXT))
    cells = roll_cells(desk, roll, Bua="in_bed 22:00", Dok="in_bed")
    cells |= {(4, "who"): "Nobody", (4, "seen"): "in_bed", (5, "who"): dok.code}
    with pytest.raises(CellsWrong) as stopped:
        desk.paper_sheets.type_in(roll.id, cells, by(desk))
    told = {cell: str(why) for cell, why in stopped.value.problems.items()}
    assert told == {
        (line_of(desk, roll, mali), "seen"): f"{mali.code} Mali was in the house, as the records "
        "say. Was she seen? If she had gone out, sign her out with her hour.",
        (line_of(desk, roll, bua), "seen"): f"{bua.code} Bua was out from 3/11/2026 17:00, as the "
        "records say. Sign her in with her hour, or take what was seen away here.",
        (4, "who"): "Nobody who lived here then is called “Nobody”. Write her case code.",
        (5, "who"): f"{dok.code} stands on this paper twice.",
    }
    assert desk.records.of(Roll) == []
    assert desk.paper_sheets.sheet(roll.id).sheet.state is SheetState.OUT


@pytest.mark.usefixtures("people")
def test_a_log_with_one_wrong_line_keeps_none(shelter: Shelter, desk: Desk) -> None:
    [log] = printed(desk, "log")
    desk.day_log.write("the dog barks", {"at": hour(18)})
    clock_at(shelter, hour(7, 0, NEXT))
    cells = {
        (0, "hour"): "19:00",
        (0, "text"): "this line is right",
        (1, "hour"): "25:00",
        (1, "text"): "no such hour",
        (2, "hour"): "19:30",
        (3, "hour"): "18:00",
        (3, "text"): "The dog barks",
        (4, "hour"): "4/11 23:00",
        (4, "text"): "this is tonight",
    }
    with pytest.raises(CellsWrong) as stopped:
        desk.paper_sheets.type_in(log.id, cells, by(desk))
    told = {cell: str(why) for cell, why in stopped.value.problems.items()}
    assert told.keys() == {(1, "hour"), (2, "text"), (3, "text"), (4, "hour")}
    assert told[3, "text"] == (
        f"Already written at 3/11/2026 18:00 by {desk.name}. If the paper says otherwise, correct "
        "that entry."
    )
    assert "has not come yet" in told[4, "hour"]
    assert [row.text for row in desk.day_log.of_day(DAY)] == ["the dog barks"]


@pytest.mark.usefixtures("people")
def test_what_was_before_the_paper_is_written_with_its_day(shelter: Shelter, desk: Desk) -> None:
    [log] = printed(desk, "log")
    clock_at(shelter, hour(7, 0, NEXT))
    cells: dict[Cell, str] = {(0, "hour"): "3/11 17:50", (0, "text"): "she came back from school"}
    desk.paper_sheets.type_in(log.id, cells, by(desk))
    [row] = desk.day_log.of_day(DAY)
    assert wall_time(row.line.at) == "17:50"


@pytest.mark.usefixtures("people")
def test_a_sheet_is_typed_in_once_and_says_who_wrote_it(shelter: Shelter, desk: Desk) -> None:
    add_person(shelter.vault, "Keo", Role.HOUSE_MOTHER)
    seat_all(shelter.vault)
    [log] = printed(desk, "log")
    clock_at(shelter, hour(19))
    cells: dict[Cell, str] = {(0, "hour"): "18:30", (0, "text"): "the lamp is out"}
    with pytest.raises(NothingTyped):
        desk.paper_sheets.type_in(log.id, {(0, "hour"): " "}, by(desk))
    with pytest.raises(WhoWrote):
        desk.paper_sheets.type_in(log.id, cells, "")
    keo = next(key for key, name in desk.staff.choices() if name == "Keo")
    desk.paper_sheets.type_in(log.id, cells, keo)
    listed = desk.paper_sheets.sheet(log.id)
    assert (listed.typed_by, listed.written_by, listed.state) == (desk.name, "Keo", "typed in")
    again = f"Already written at 3/11/2026 19:00 by {desk.name}\\. If the paper says otherwise"
    for refused in (
        lambda: desk.paper_sheets.type_in(log.id, cells, keo),
        lambda: desk.paper_sheets.make_void(log.id, "it was typed in before"),
        lambda: desk.paper_sheets.demand_out(log.id),
    ):
        with pytest.raises(AlreadyWritten, match=again):
            refused()
    assert len(desk.day_log.of_day(DAY)) == 1


@pytest.mark.usefixtures("people")
def test_one_walk_through_the_house_is_kept_once_and_another_one_too(
    shelter: Shelter, desk: Desk
) -> None:
    clock_at(shelter, hour(21, 40))
    first, second = *printed(desk, "roll"), *printed(desk, "roll")
    clock_at(shelter, hour(22))
    desk.roll.keep({row.case_id: row.expected for row in desk.roll.rows() if row.expected})
    clock_at(shelter, hour(7, 0, NEXT))
    same = roll_cells(desk, first, Mali="in_house 22:10", Dok="in_bed", Bua="in_bed")
    with pytest.raises(AlreadyWritten, match="Already written at 3/11/2026 22:00 by"):
        desk.paper_sheets.type_in(first.id, same, by(desk))
    later = roll_cells(desk, second, Mali="in_house 02:00", Dok="in_bed", Bua="in_bed")
    desk.paper_sheets.type_in(second.id, later, by(desk))
    [night] = desk.census.nights(DAY, 1)
    assert night.roll is not None
    assert night.roll.at == hour(2, 0, NEXT)


@pytest.mark.usefixtures("people")
def test_a_void_sheet_takes_nothing_and_says_why(desk: Desk) -> None:
    [log] = printed(desk, "log")
    with pytest.raises(WhyVoid):
        desk.paper_sheets.make_void(log.id, "no")
    desk.paper_sheets.make_void(log.id, "the printer ate the paper")
    words = "This sheet is void since 3/11/2026 18:00: “the printer ate the paper”. Nothing is"
    with pytest.raises(SheetIsVoid, match=words):
        desk.paper_sheets.type_in(log.id, {(0, "hour"): "18:30", (0, "text"): "hm"}, by(desk))


@pytest.mark.usefixtures("people")
def test_its_code_finds_it_and_nothing_else(desk: Desk) -> None:
    [log] = printed(desk, "log")
    for typed in (log.code, log.code.lower().replace("-", ""), log.code.replace("-", " – ")):
        [hit] = desk.search.everywhere(typed)
        assert (hit.id, hit.page) == (log.id, "paper_day")
    desk.paper_sheets.make_void(log.id, "the printer ate the paper")
    [hit] = desk.search.everywhere(log.code)
    assert hit.detail.endswith("void")


@pytest.mark.usefixtures("people")
def test_what_is_looked_at_before_is_not_printed(desk: Desk) -> None:
    desk.paper_sheets.draw(("roll", "log"), preview=True)
    assert desk.paper_sheets.lately() == []


@pytest.mark.usefixtures("people")
def test_what_is_out_for_three_days_is_told(shelter: Shelter, desk: Desk) -> None:
    printed(desk, "roll", "log")
    pass_time(shelter, timedelta(days=3) - timedelta(minutes=1))
    assert desk.paper_sheets.day_lines(desk.today()) == []
    pass_time(shelter, timedelta(minutes=1))
    [line] = desk.paper_sheets.day_lines(desk.today())
    assert line.in_words() == (
        "Paper sheets out for three days or longer: 2. Type them in, or make void."
    )


@pytest.mark.parametrize(
    ("role", "count"), [(Role.HOUSE_MOTHER, 1), (Role.NURSE, 0), (Role.DIRECTOR, 1)]
)
def test_who_is_told_of_sheets_that_are_out(sit: Sit, role: Role, count: int) -> None:
    at = sit(role)
    printed(at.desk, "log")
    at.clock.pass_days(3)
    assert len(at.desk.paper_sheets.day_lines(at.desk.today())) == count


def test_a_nurse_types_in_a_log_and_no_roll(sit: Sit) -> None:
    at = sit(Role.NURSE)
    roll, log = printed(at.desk, "roll", "log")
    sheets, me = at.desk.paper_sheets, by(at.desk)
    assert sheets.may_type(log)
    assert not sheets.may_type(roll)
    now = wall_time(at.clock())
    with pytest.raises(NotAllowed):
        sheets.type_in(roll.id, {(0, "seen"): "in_bed", (0, "hour"): now}, me)
    sheets.type_in(log.id, {(0, "hour"): now, (0, "text"): "tea"}, me)


@pytest.mark.usefixtures("people")
def test_a_set_for_the_night_is_due_from_noon_where_it_is_settled(
    shelter: Shelter, desk: Desk
) -> None:
    assert not desk.paper_sheets.night_set_is_due()
    desk.settings.change(NIGHT_SET, {"value": "yes"})
    assert desk.paper_sheets.night_set_is_due()
    clock_at(shelter, hour(6, 0, NEXT))
    assert not desk.paper_sheets.night_set_is_due()
