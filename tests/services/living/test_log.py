"""The day log: a line as it is typed, whom it speaks of, done, corrected beside, drills, search."""

from datetime import date, datetime, time, timedelta

import pytest

from shelterdesk.core.calendar.clock import at_house, days_after
from shelterdesk.core.errors import ChangedElsewhere, InvalidFields, NotAllowed
from shelterdesk.core.permissions import Area, Right, Role, reach
from shelterdesk.records.case.case import Case
from shelterdesk.records.house.log import LoggedLine, LogMention
from shelterdesk.services.desk import Desk
from shelterdesk.services.house.corrections import WhyCorrected
from shelterdesk.services.logbook import found
from shelterdesk.services.logbook.mentions import WhoIsMeant
from tests.factories import Shelter
from tests.services.asked import selects, statements
from tests.services.conftest import Sit
from tests.services.living.staying import ADULT, lives_here

DAY = date(2026, 11, 3)
WHY = "It was Bua and not Dok who said so"


@pytest.fixture
def dok(desk: Desk) -> Case:
    return lives_here(desk, "Dok", ADULT)


@pytest.fixture
def bua(desk: Desk) -> Case:
    return lives_here(desk, "Bua", ADULT)


def mentions(desk: Desk, line: LoggedLine) -> set[str]:
    return {one.case_id for one in desk.records.of(LogMention, line_id=line.id)}


def texts(desk: Desk, day: date = DAY) -> list[str]:
    return [row.text for row in desk.day_log.of_day(day)]


def told(desk: Desk) -> list[str]:
    return [line.in_words() for line in desk.day_log.day_lines(desk.today())]


def test_a_line_is_its_text_and_whoever_is_named_is_meant(desk: Desk, dok: Case, bua: Case) -> None:
    line = desk.day_log.write("@Dok and @bua quarrelled; noy@example.org was told")
    assert mentions(desk, line) == {dok.id, bua.id}
    assert line.kind == "general"
    assert line.at.replace(second=0) == desk.now().replace(second=0)
    [row] = desk.day_log.of_day(DAY)
    assert row.text == f"{dok.code} Dok and {bua.code} Bua quarrelled; noy@example.org was told"
    assert set(row.who) == {f"{dok.code} Dok", f"{bua.code} Bua"}
    assert row.by == "Noy"


def test_lao_is_written_without_blanks_and_the_longest_name_wins(desk: Desk) -> None:
    short, longer = lives_here(desk, "ດອກ", ADULT), lives_here(desk, "ດອກຈຳປາ", ADULT)
    line = desk.day_log.write("@ດອກຈຳປາໄປຕະຫຼາດກັບ @ດອກ")
    assert mentions(desk, line) == {short.id, longer.id}
    assert line.text == f"@{longer.code} ໄປຕະຫຼາດກັບ @{short.code}"


def test_a_name_that_two_have_means_nobody_until_one_is_chosen(desk: Desk, dok: Case) -> None:
    twin = lives_here(desk, "Dok", ADULT)
    with pytest.raises(WhoIsMeant, match="Two who live here are called Dok"):
        desk.day_log.write("@Dok has a cold")
    assert {one.is_alike for one in desk.day_log.present()} == {True}
    assert mentions(desk, desk.day_log.write(f"@{twin.code} has a cold")) == {twin.id}
    assert dok.id not in mentions(desk, desk.day_log.write(f"@{twin.code} is well"))


def test_it_stands_in_her_timeline_and_others_are_another_resident(
    desk: Desk, dok: Case, bua: Case
) -> None:
    desk.day_log.write("@Dok and @Bua cooked for all")
    desk.day_log.write("the gate was repaired")
    hers = [one.text for one in desk.cases.timeline(dok) if one.kind == "log_mention"]
    assert hers == [f"In the day log: {dok.code} and another resident cooked for all"]
    [other] = [one.text for one in desk.cases.timeline(bua) if one.kind == "log_mention"]
    assert "Dok" not in other
    assert dok.code not in other


def test_what_waits_is_done_once_and_told_until_then(desk: Desk) -> None:
    line = desk.day_log.write("the lamp at the gate is broken", {"stays_open": "yes"})
    assert told(desk) == ["Lines of the day log that wait until they are done: 1"]
    assert [row.line.id for row in desk.day_log.still_open()] == [line.id]
    done = desk.day_log.done(line.id)
    assert done.done_at is not None
    assert (done.is_open, told(desk)) == (False, [])
    with pytest.raises(ChangedElsewhere):
        desk.day_log.done(line.id)


def test_within_the_shift_it_is_changed_and_later_corrected_beside(
    desk: Desk, dok: Case, bua: Case, shelter: Shelter
) -> None:
    line = desk.day_log.write("@Dok wants to speak to the doctor", {"must_read": "yes"})
    line = desk.day_log.correct(line, {"text": "@Dok wants to see the doctor"})
    assert texts(desk) == [f"{dok.code} Dok wants to see the doctor"]
    shelter.clock.pass_days(2)
    line = desk.records.get(LoggedLine, line.id)
    with pytest.raises(WhyCorrected):
        desk.day_log.correct(line, {"text": "@Bua wants to see the doctor"})
    later = desk.day_log.correct(line, {"text": "@Bua wants to see the doctor"}, WHY)
    assert (later.corrects_id, later.why_corrected, later.at) == (line.id, WHY, line.at)
    newer, older = desk.day_log.of_day(DAY)
    assert (newer.text, newer.is_corrected) == (f"{bua.code} Bua wants to see the doctor", False)
    assert (older.text, older.is_corrected) == (f"{dok.code} Dok wants to see the doctor", True)
    assert [e.text for e in desk.cases.timeline(dok) if e.kind == "log_mention"] != []
    with pytest.raises(ChangedElsewhere):  # it is corrected already
        desk.day_log.correct(line, {"text": "somebody else"}, WHY)


def test_a_line_that_was_corrected_counts_in_nobodys_timeline(
    desk: Desk, dok: Case, shelter: Shelter
) -> None:
    line = desk.day_log.write("@Dok broke a plate")
    shelter.clock.pass_days(1)
    line = desk.records.get(LoggedLine, line.id)
    desk.day_log.correct(line, {"text": "@Dok mended a plate"}, WHY)
    [hers] = [one.text for one in desk.cases.timeline(dok) if one.kind == "log_mention"]
    assert hers == f"In the day log: {dok.code} mended a plate"


def test_of_two_who_correct_one_line_the_second_is_told(desk: Desk) -> None:
    line = desk.day_log.write("the water is off")
    first, second = (desk.records.get(LoggedLine, line.id) for _one in range(2))
    desk.day_log.correct(first, {"text": "the water is off until noon"})
    with pytest.raises(ChangedElsewhere):
        desk.day_log.correct(second, {"text": "the water is off all day"})
    assert texts(desk) == ["the water is off until noon"]


def test_whoever_has_left_since_stays_meant_in_a_line_that_is_corrected(
    desk: Desk, dok: Case
) -> None:
    line = desk.day_log.write("@Dok called her aunt")
    [stay] = desk.residence.stays_of(dok)
    desk.residence.leave(stay, "independent_living")
    line = desk.day_log.correct(desk.records.get(LoggedLine, line.id), {"kind": "phone_call"})
    assert mentions(desk, line) == {dok.id}


def test_nothing_is_written_of_the_future(desk: Desk) -> None:
    with pytest.raises(InvalidFields):
        desk.day_log.write("soon", {"at": desk.now() + timedelta(minutes=6)})
    assert texts(desk) == []


def test_a_moment_that_is_named_stands_on_its_day(desk: Desk) -> None:
    before = at_house(days_after(DAY, -1), time(19, 30))
    line = desk.day_log.write("the power is off", {"at": before, "kind": "maintenance"})
    assert texts(desk) == []
    assert texts(desk, days_after(DAY, -1)) == ["the power is off"]
    assert desk.day_log.place_of(line.id) == (days_after(DAY, -1), line.id)
    with pytest.raises(ChangedElsewhere):
        desk.day_log.place_of("0" * 32)


# -- drills ---------------------------------------------------------------------------------------

NO_DRILL = "There was no drill for six months: what is done when there is a fire?"
NO_NIGHT = "There was no drill at night for twelve months."


def drill(desk: Desk, at: datetime) -> None:
    desk.day_log.write("all out in four minutes", {"kind": "drill_fire", "at": at})


def test_drills_are_asked_for_once_the_log_is_old_enough(desk: Desk, shelter: Shelter) -> None:
    assert told(desk) == []
    desk.day_log.write("the first line")
    shelter.clock.pass_days(181)
    assert told(desk) == []
    shelter.clock.pass_days(2)
    assert told(desk) == [NO_DRILL]
    drill(desk, desk.now())
    assert told(desk) == []
    shelter.clock.pass_days(181)
    assert told(desk) == []
    shelter.clock.pass_days(5)
    assert told(desk) == [NO_DRILL, NO_NIGHT]
    drill(desk, desk.now())
    assert told(desk) == [NO_NIGHT]
    shelter.clock.now = at_house(days_after(desk.today(), 1), time(2))
    drill(desk, desk.now())
    assert told(desk) == []
    shelter.clock.pass_days(183)
    assert told(desk) == [NO_DRILL]


# -- who may, what is found -----------------------------------------------------------------------


def test_the_log_is_of_house_and_care_and_the_legal_officer_reads_it() -> None:
    reads = {role for role in Role if reach([role], Area.LOGBOOK, Right.READ)}
    writes = {role for role in Role if reach([role], Area.LOGBOOK, Right.WRITE)}
    house = {Role.DIRECTOR, Role.COUNSELLOR, Role.NURSE, Role.HOUSE_MOTHER}
    assert (reads, writes) == (house | {Role.LEGAL_OFFICER}, house)


def test_whoever_may_not_read_the_log_finds_nothing_of_it(sit: Sit) -> None:
    at = sit(Role.DIRECTOR)
    at.desk.day_log.write("the water is off")
    assert [hit.title for hit in at.desk.search.everywhere("water")] == ["the water is off"]
    other = sit(Role.AUDITOR)
    with other.vault.database.writing() as session:
        session.add(LoggedLine(at=other.clock(), kind="general", text="the water is off"))
    assert other.desk.search.everywhere("water") == []
    with pytest.raises(NotAllowed):
        other.desk.day_log.of_day(DAY)


def test_lines_are_found_by_any_words_the_newest_first(
    desk: Desk, shelter: Shelter, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module_name, size in (("_PAGE", 2), ("_BLOCK", 3)):
        monkeypatch.setattr(found, module_name, size)
    for number in range(8):
        desk.day_log.write(f"ຕູ້ເຢັນ {number} ອົງສາ", {"kind": "fridge"})
        shelter.clock.now += timedelta(hours=1)
    while not desk.search.read_ahead():
        pass
    line = desk.day_log.write("the fridge is warm: ຕູ້ເຢັນ 12 ອົງສາ")
    hits = desk.log_finder.find("ອົງສາ ຕູ້ເຢັນ", 50)
    assert hits[0].id == line.id
    assert [hit.title[8] for hit in hits[1:]] == list("76543210")
    assert [hit.page for hit in hits[:1]] == ["logbook"]
    assert [hit.title[8] for hit in desk.log_finder.find("ຕູ້ເຢັນ 3", 50)] == ["3"]
    desk.day_log.correct(desk.records.get(LoggedLine, line.id), {"text": "the fridge is cold"})
    assert [hit.title for hit in desk.log_finder.find("fridge warm", 50)] == []
    assert [hit.title for hit in desk.log_finder.find("FRIDGE cold", 50)] == ["the fridge is cold"]
    assert desk.log_finder.find("x", 50) == []
    assert len(desk.log_finder.find("ອົງສາ", 4)) == 4


def test_names_stand_before_the_lines_of_the_log(desk: Desk, dok: Case) -> None:
    for _one in range(6):
        desk.day_log.write("Dok and the others cooked")
    hits = desk.search.everywhere("Dok", 5)
    assert [hit.kind for hit in hits] == ["case", *["log_line"] * 4]
    assert hits[0].id == dok.id
    assert [hit.kind for hit in desk.search.find("Dok", 5)] == ["case"]


def test_however_many_lines_a_day_has_it_is_read_by_a_few_statements(desk: Desk, dok: Case) -> None:
    for number in range(20):
        desk.day_log.write(f"@{dok.code} {number}", {"stays_open": "yes"})
    with statements() as asked:
        desk.day_log.of_day(DAY)
    assert len(selects(asked)) <= 4
    with statements() as asked:
        desk.day_log.day_lines(DAY)
    assert len(selects(asked)) <= 4


def test_a_nurse_writes_and_a_legal_officer_only_reads(sit: Sit) -> None:
    at = sit(Role.NURSE)
    at.desk.day_log.write("she slept well")
    assert texts(at.desk, at.desk.today()) == ["she slept well"]
    other = sit(Role.LEGAL_OFFICER)
    assert texts(other.desk, other.desk.today()) == []
    with pytest.raises(NotAllowed):
        other.desk.day_log.write("she slept well")
