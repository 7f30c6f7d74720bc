"""What cases and stays say on My day: the next time, a review, an expected end, a set date."""

from datetime import UTC, date, datetime, timedelta

import pytest

from shelterdesk.core.i18n import use_language
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.legal_matter import LegalMatter
from shelterdesk.records.case.return_plan import ReturnPlan
from shelterdesk.services.day_lines import DayPart
from shelterdesk.services.desk import Desk
from tests.factories import Shelter

NOW, TODAY, AHEAD, _WAITING = DayPart
WEEK = timedelta(days=7)


@pytest.fixture
def case(desk: Desk) -> Case:
    """A resident of the director's own."""
    return desk.cases.admit({"case": {"alias": "Mali"}, "stay": {"bed": "1"}})


def lines(desk: Desk) -> list[tuple[str, date | None, DayPart | None]]:
    """Return what is said about cases, without the words of tasks and backups."""
    today = desk.today()
    rooms = (desk.cases, desk.residence, desk.appointments)
    found = [line for room in rooms for line in room.day_lines(today)]
    assert {(line.page, line.who) for line in found} <= {("case", who(desk))}
    return [(line.in_words(), line.when, line.part(today)) for line in found]


def who(desk: Desk) -> str:
    [row] = desk.cases.rows()
    return f"{row.code} {row.alias}"


def test_the_next_time_is_told_from_a_week_before_until_she_was_met(
    desk: Desk, shelter: Shelter, case: Case
) -> None:
    agreed = desk.today() + timedelta(days=9)
    desk.cases.write_note(case, "she wants to learn sewing", next_on=agreed)
    assert lines(desk) == []
    shelter.clock.pass_days(2)
    words = "Next time with her, as her notes say"
    assert lines(desk) == [(words, agreed, AHEAD)]
    desk.cases.write_note(case, "her aunt called")
    assert lines(desk) == [(words, agreed, AHEAD)]
    shelter.clock.pass_days(7)
    assert lines(desk) == [(words, agreed, TODAY)]
    shelter.clock.pass_days(1)
    assert lines(desk) == [(words, agreed, NOW)]
    desk.cases.write_note(case, "we met")
    assert lines(desk) == []


def test_what_was_agreed_last_counts(desk: Desk, shelter: Shelter, case: Case) -> None:
    desk.cases.write_note(case, "first", next_on=desk.today() + timedelta(days=2))
    shelter.clock.pass_days(1)
    later = desk.today() + timedelta(days=5)
    desk.cases.write_note(case, "put off", next_on=later)
    assert [when for _words, when, _part in lines(desk)] == [later]


def test_a_correction_of_a_note_does_not_forget_the_next_time(
    desk: Desk, shelter: Shelter, case: Case
) -> None:
    agreed = desk.today() + timedelta(days=3)
    note = desk.cases.write_note(case, "frist", next_on=agreed)
    shelter.clock.pass_days(3)
    desk.cases.correct_note(note, "first", "a letter was wrong")
    assert [when for _words, when, _part in lines(desk)] == [agreed]


def test_a_note_of_the_agreed_day_counts_from_midnight_in_the_house(
    desk: Desk, shelter: Shelter, case: Case
) -> None:
    agreed = desk.today() + timedelta(days=3)
    desk.cases.write_note(case, "first", next_on=agreed)
    shelter.clock.pass_days(5)
    night = datetime(agreed.year, agreed.month, agreed.day, tzinfo=UTC) - timedelta(hours=7)
    desk.cases.write_note(case, "the evening before", at=night - timedelta(minutes=1))
    assert [when for _words, when, _part in lines(desk)] == [agreed]
    desk.cases.write_note(case, "just after midnight", at=night)
    assert lines(desk) == []


@pytest.mark.parametrize(("days", "part"), [(-1, NOW), (0, TODAY), (7, AHEAD), (8, None)])
def test_a_review_of_a_case_is_told_in_time(
    desk: Desk, case: Case, days: int, part: DayPart | None
) -> None:
    on = desk.today() + timedelta(days=days)
    desk.records.change(desk.cases.get(case.id), {"next_review": on})
    assert lines(desk) == ([("Look at the case again", on, part)] if part else [])


@pytest.mark.parametrize(("days", "part"), [(0, TODAY), (7, AHEAD), (8, None)])
def test_the_expected_end_of_a_stay_is_told_in_time(
    desk: Desk, shelter: Shelter, case: Case, days: int, part: DayPart | None
) -> None:
    on = desk.today() + timedelta(days=days)
    (stay,) = desk.residence.stays_of(case)
    stay = desk.records.change(stay, {"expected_until": on})
    assert lines(desk) == ([("The stay is expected to end", on, part)] if part else [])
    shelter.clock.pass_days(days + 1)
    assert lines(desk) == [("The stay is expected to end", on, NOW)]
    desk.residence.leave(stay, "returned_home")
    assert lines(desk) == []


def test_a_date_in_a_legal_matter_is_told_with_its_hour_in_the_house(
    desk: Desk, shelter: Shelter, case: Case
) -> None:
    at = datetime(2026, 11, 9, 17, 30, tzinfo=UTC)
    with shelter.vault.database.writing() as session:
        session.add(LegalMatter(case_id=case.id, next_date=at))
    (line,) = desk.appointments.day_lines(desk.today())
    assert (line.when, line.hour) == (date(2026, 11, 10), "00:30")
    assert line.part(desk.today()) is AHEAD
    shelter.clock.pass_days(8)
    assert lines(desk) == [
        (
            "What came of the date in the legal matter? Write down the next one.",
            date(2026, 11, 10),
            NOW,
        )
    ]


@pytest.mark.parametrize(("hour", "told"), [(16, 1), (17, 0)])
def test_the_eighth_day_is_not_shown_any_more(
    desk: Desk, shelter: Shelter, case: Case, hour: int, told: int
) -> None:
    at = datetime(2026, 11, 10, hour, tzinfo=UTC)
    with shelter.vault.database.writing() as session:
        session.add(LegalMatter(case_id=case.id, next_date=at))
    assert len(desk.appointments.day_lines(desk.today())) == told


def test_the_planned_day_of_a_return_is_told_and_never_the_place(
    desk: Desk, shelter: Shelter, case: Case
) -> None:
    on = desk.today() + WEEK
    with shelter.vault.database.writing() as session:
        session.add(ReturnPlan(case_id=case.id, planned_on=on))
    use_language("lo")
    try:
        assert lines(desk) == [("ວັນທີ່ວາງແຜນໄວ້ສຳລັບການກັບຄືນ", on, AHEAD)]
    finally:
        use_language("en")
    shelter.clock.pass_days(8)
    assert [part for _words, _when, part in lines(desk)] == [NOW]


def test_a_closed_case_reminds_nobody(desk: Desk, shelter: Shelter, case: Case) -> None:
    today = desk.today()
    desk.cases.write_note(case, "first", next_on=today)
    desk.records.change(desk.cases.get(case.id), {"next_review": today})
    with shelter.vault.database.writing() as session:
        session.add(ReturnPlan(case_id=case.id, planned_on=today))
        session.add(LegalMatter(case_id=case.id, next_date=shelter.clock.now))
    assert len(lines(desk)) == 4
    desk.cases.close(desk.cases.get(case.id), "other", left={"exit_type": "other"})
    assert lines(desk) == []
