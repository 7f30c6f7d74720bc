"""On which day a case was opened is written down by itself: when she came, else today."""

from datetime import timedelta

from shelterdesk.core.calendar.clock import house_day
from shelterdesk.services.desk import Desk


def test_a_case_is_opened_on_the_day_she_came(desk: Desk) -> None:
    came = desk.now() - timedelta(days=3)
    case = desk.cases.admit({"case": {}, "stay": {"admitted_at": came, "state": "resident"}})
    assert case.opened_on == house_day(came)


def test_a_case_without_an_arrival_is_opened_today(desk: Desk) -> None:
    assert desk.cases.admit({"case": {"alias": "Mali"}}).opened_on == desk.today()


def test_what_somebody_says_of_it_stands(desk: Desk) -> None:
    day = desk.today() - timedelta(days=9)
    assert desk.cases.admit({"case": {"opened_on": day}}).opened_on == day
