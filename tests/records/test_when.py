"""No kind of record holds a day to come where something has happened, or one before its time."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from shelterdesk.core.calendar.dates import PartialDate, Precision
from shelterdesk.core.fields import Field, Kind
from shelterdesk.records import when
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.people.person import Person

NOW = datetime(2026, 11, 29, 3, tzinfo=UTC)
TODAY = date(2026, 11, 29)

PLANS = {
    *("absence.out_at", "absence.due_at", "absence.ended_at"),
    *("standing_leave.since", "standing_leave.until"),
    *("bed_state.since", "case.next_review", "case_note.next_on", "consent.valid_until"),
    "contact_point.expires",
    *("disclosure.review_by", "legal_matter.next_date", "organisation.ended_on"),
    *("referral.answer_by", "referral.appointment", "referral.waiting_until"),
    *("referral.service_from", "referral.service_until", "release.until", "return_plan.planned_on"),
    *("stay.expected_until", "task.due_on"),
}
"""Every day and moment that may lie ahead; whoever adds a field says which of the two it is."""


def dated() -> Iterator[tuple[type[Record], str]]:
    for kind in Record.kinds:
        for name, declared in kind.fields().items():
            if declared.kind in (Kind.DATE, Kind.MOMENT):
                yield kind, name


DATED = {f"{kind.kind_name()}.{name}": (kind, name) for kind, name in dated()}


def value(kind: type[Record], name: str, at: datetime) -> Any:
    declared = kind.fields()[name]
    if declared.partial:
        return PartialDate.of(at.date())
    return at if declared.kind is Kind.MOMENT else at.date()


def problem(kind: type[Record], name: str, at: datetime) -> str:
    record = kind()
    setattr(record, name, value(kind, name, at))
    return when.problems(record, [name], NOW).get(name, "")


@pytest.mark.parametrize("place", DATED)
def test_every_day_is_of_the_past_or_a_plan(place: str) -> None:
    kind, name = DATED[place]
    assert kind.fields()[name].past != (place in PLANS)
    later = problem(kind, name, NOW + timedelta(days=2))
    assert later == ("" if place in PLANS else when.NOT_YET)
    assert problem(kind, name, NOW - timedelta(days=2)) == ""
    assert problem(kind, name, NOW) == ""
    if not kind.fields()[name].partial:
        assert problem(kind, name, NOW.replace(year=2569)) == when.NO_YEAR
        assert problem(kind, name, NOW.replace(year=26)) == when.NO_YEAR


def test_no_plan_is_named_that_is_none() -> None:
    assert DATED.keys() >= PLANS


def test_a_moment_may_lie_on_the_day_that_it_is_in_the_house() -> None:
    assert problem(Stay, "admitted_at", NOW.replace(hour=16)) == ""
    assert problem(Stay, "admitted_at", NOW.replace(hour=17)) == when.NOT_YET


@pytest.mark.parametrize(
    ("born", "why"),
    [
        (PartialDate(2031, 1, 1, Precision.DAY), when.NOT_YET),
        (PartialDate(2031), when.NOT_YET),
        (PartialDate(2027, precision=Precision.ESTIMATED), when.NOT_YET),
        (PartialDate(2026, 12, precision=Precision.MONTH), when.NOT_YET),
        (PartialDate(2026), ""),
        (PartialDate(2026, precision=Precision.TOLD), ""),
        (PartialDate(2010, precision=Precision.ESTIMATED), ""),
    ],
)
def test_nobody_is_born_in_the_future(born: PartialDate, why: str) -> None:
    assert when.problems(Person(birth_date=born), ["birth_date"], NOW).get("birth_date", "") == why


PAIRS = [(kind, first, last) for kind in Record.kinds for first, last in kind.order]


@pytest.mark.parametrize(("kind", "first", "last"), PAIRS)
@pytest.mark.parametrize("changed", [0, 1])
def test_what_ends_does_not_lie_before_what_begins(
    kind: type[Record], first: str, last: str, changed: int
) -> None:
    record = kind()
    setattr(record, first, value(kind, first, NOW - timedelta(days=3)))
    setattr(record, last, value(kind, last, NOW - timedelta(days=4)))
    name = (first, last)[changed]
    assert when.problems(record, [name], NOW) == {name: when.WRONG_ORDER}
    assert when.problems(record, [], NOW) == {}, "an old mistake stands in nobody's way"
    setattr(record, last, value(kind, last, NOW - timedelta(days=3)))
    assert when.problems(record, [first, last], NOW) == {}


def test_the_pairs_of_the_house_are_looked_at() -> None:
    known = {(kind, first, last) for kind, first, last in PAIRS}
    assert (Case, "opened_on", "closed_on") in known
    assert (Stay, "admitted_at", "left_at") in known


@pytest.mark.parametrize(
    ("day", "far"),
    [
        (PartialDate(1912), 1912),
        (PartialDate(1936), 1936),
        (PartialDate(1937), None),
        (date(2062, 1, 1), 2062),
        (date(2016, 1, 1), 2016),
        (date(2030, 1, 1), None),
        (NOW.replace(year=1999), 1999),
        (None, None),
    ],
)
def test_far_years_are_asked_once_more(day: Any, far: int | None) -> None:
    assert when.far_year(Field(Kind.DATE, "Day"), day, TODAY) == far
