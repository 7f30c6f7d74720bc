"""Consents that end within the week are told once for each recipient, as long as they count."""

from datetime import timedelta
from typing import Any

import pytest

from shelterdesk.records.case.case import Case
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.services.day_lines import DayLine, DayPart
from tests.factories import Shelter
from tests.services.house import CHILD, House


@pytest.fixture
def house(shelter: Shelter) -> House:
    return House(shelter)


@pytest.fixture
def case(house: House) -> Case:
    return house.woman()


@pytest.fixture
def place(house: House) -> Organisation:
    return house.place()


def ends(house: House, days: int) -> dict[str, Any]:
    """Return the terms of a consent that ends so many days from now."""
    return {"valid_until": house.today + timedelta(days=days)}


def told(house: House) -> list[DayLine]:
    return house.consents.day_lines(house.today)


@pytest.mark.parametrize(
    ("days", "part"), [(0, DayPart.TODAY), (7, DayPart.AHEAD), (8, None), (60, None)]
)
def test_the_last_day_is_told_a_week_before(
    house: House, case: Case, place: Organisation, days: int, part: DayPart | None
) -> None:
    house.ask(case, place, "case_code", **ends(house, days))
    found = [(line.in_words(), line.part(house.today)) for line in told(house)]
    words = "Her consent for Legal aid ends. Ask her whether it goes on."
    assert found == ([(words, part)] if part else [])
    house.shelter.clock.pass_days(days + 1)
    assert told(house) == []


def test_what_was_taken_back_refused_or_asked_anew_needs_no_reminder(
    house: House, case: Case, place: Organisation
) -> None:
    old = house.ask(case, place, "case_code", **ends(house, 3))
    assert len(told(house)) == 1
    house.ask(case, place, "case_code", **ends(house, 80))
    assert told(house) == []
    house.ask(case, place, "case_code", decision="refused", **ends(house, 2))
    assert told(house) == []
    other = house.place("Clinic", "hospital_central")
    taken = house.ask(case, other, "case_code", **ends(house, 3))
    assert len(told(house)) == 1
    house.consents.withdraw(taken)
    assert told(house) == []
    assert old.id != taken.id


def test_her_part_and_her_guardians_are_one_line(house: House, place: Organisation) -> None:
    girl = house.woman(CHILD)
    mother = house.relative(girl, "Kham", relation="mother", is_guardian="yes")
    hers = {"actor": "self_assent_under_18", **ends(house, 5)}
    house.ask(girl, place, "case_code", **hers)
    theirs = {"actor": "parent", "actor_person_id": mother.id, **ends(house, 4)}
    house.ask(girl, place, "case_code", **theirs)
    (line,) = told(house)
    assert line.when == house.today + timedelta(days=4)


def test_somebody_without_an_office_is_named_herself(house: House, case: Case) -> None:
    house.ask(case, None, "case_code", recipient_person="teacher Bee", **ends(house, 1))
    (line,) = told(house)
    assert line.in_words().startswith("Her consent for teacher Bee ends.")
