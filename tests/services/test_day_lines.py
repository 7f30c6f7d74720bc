"""Where a line of My day stands: the borders between days, what waits, and in which order."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from shelterdesk.core.i18n import use_language
from shelterdesk.services.day_lines import DayLine, DayPart, in_order
from shelterdesk.services.desk import Desk
from tests.factories import Shelter

TODAY = date(2026, 11, 3)
NOW, THE_DAY, AHEAD, WAITING = DayPart


def line(**facts: Any) -> DayLine:
    """Return a line that says as little as possible."""
    return DayLine(**{"words": "something", **facts})


@pytest.mark.parametrize(
    ("when", "plain", "waiting"),
    [
        (None, THE_DAY, WAITING),
        (date(2026, 11, 2), NOW, NOW),
        (TODAY, THE_DAY, THE_DAY),
        (date(2026, 11, 4), AHEAD, WAITING),
        (date(2026, 11, 10), AHEAD, WAITING),
        (date(2026, 11, 11), None, WAITING),
        (date.max, None, WAITING),
        (date.min, NOW, NOW),
    ],
)
def test_where_a_line_stands(
    when: date | None, plain: DayPart | None, waiting: DayPart | None
) -> None:
    assert line(when=when).part(TODAY) is plain
    assert line(when=when, waits=True).part(TODAY) is waiting
    assert line(when=when, is_danger=True).part(TODAY) is NOW


def test_on_the_last_days_of_the_calendar_nothing_fails() -> None:
    assert line(when=date.max).part(date.max) is THE_DAY
    assert line(when=date.max).part(date(9999, 12, 30)) is AHEAD


def test_danger_comes_first_then_the_day_then_the_hour() -> None:
    lines = [
        line(when=date(2026, 11, 4), hour="14:00"),
        line(),
        line(when=date(2026, 11, 4), hour="08:30"),
        line(when=date(2026, 11, 4)),
        line(when=date(2026, 11, 9), is_danger=True),
        line(when=date(2026, 11, 2)),
    ]
    assert in_order(lines) == [lines[place] for place in (4, 5, 3, 2, 0, 1)]


def test_the_sentence_is_in_the_language_of_the_screen_and_facts_are_never_a_pattern() -> None:
    told = line(words="{to} has not answered yet.", facts={"to": "{clinic}"})
    assert told.in_words() == "{clinic} has not answered yet."
    use_language("lo")
    try:
        assert told.in_words() == "{clinic} ຍັງບໍ່ທັນຕອບ."
    finally:
        use_language("en")


@pytest.mark.parametrize(
    ("moment", "part"),
    [
        (datetime(2026, 11, 3, 16, 59, tzinfo=UTC), AHEAD),
        (datetime(2026, 11, 3, 17, 0, tzinfo=UTC), THE_DAY),
        (datetime(2026, 11, 4, 16, 59, tzinfo=UTC), THE_DAY),
        (datetime(2026, 11, 4, 17, 0, tzinfo=UTC), NOW),
    ],
)
def test_a_day_turns_at_midnight_in_the_house(
    desk: Desk, shelter: Shelter, moment: datetime, part: DayPart
) -> None:
    desk.tasks.add("call", date(2026, 11, 4))
    shelter.clock.now = moment.replace(microsecond=0)
    today = desk.today()
    found = [one.part(today) for one in desk.home.my_day() if one.record is not None]
    assert found == [part]
