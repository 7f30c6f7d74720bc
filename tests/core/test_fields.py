"""A field knows what it cannot hold, and a sealed text does not show itself."""

from dataclasses import FrozenInstanceError
from datetime import UTC, date, datetime

import pytest

from shelterdesk.core.fields import NOTE_LIMIT, TEXT_LIMIT, Field, Kind, SealedValue
from shelterdesk.core.permissions import Compartment


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (Kind.TEXT, "x" * TEXT_LIMIT, "x" * (TEXT_LIMIT + 1)),
        (Kind.NOTE, "ນ" * NOTE_LIMIT, "ນ" * (NOTE_LIMIT + 1)),
        (Kind.TEXT, "ນາງ", 5),
        (Kind.DATE, date(2026, 1, 1), "2026-01-01"),
        (Kind.MOMENT, datetime(2026, 1, 1, tzinfo=UTC), date(2026, 1, 1)),
        (Kind.NUMBER, 0, "0"),
        (Kind.LINK, "0" * 32, b"0"),
    ],
)
def test_a_value_of_the_wrong_kind_or_length_has_a_problem(
    kind: Kind, good: object, bad: object
) -> None:
    field = Field(kind, "It")
    assert field.problem(good) == ""
    assert field.problem(bad).endswith(".")


@pytest.mark.parametrize("nothing", [None, "", SealedValue(), SealedValue("")])
def test_nothing_is_a_problem_only_where_something_is_required(nothing: object) -> None:
    assert Field(Kind.NOTE, "It").problem(nothing) == ""
    assert Field(Kind.NOTE, "It", required=True).problem(nothing) == "Please fill this in."


def test_a_sealed_text_is_measured_like_any_other() -> None:
    field = Field(Kind.NOTE, "It", compartment=Compartment.LEGAL)
    assert field.problem(SealedValue("x" * NOTE_LIMIT)) == ""
    assert field.problem(SealedValue("x" * (NOTE_LIMIT + 1))) == "This text is too long."


def test_a_sealed_text_never_shows_what_it_holds() -> None:
    value = SealedValue("the orchard road", b"payload")
    for shown in (repr(value), str(value), f"{value}", f"{[value]}"):
        assert "orchard" not in shown
        assert "payload" not in shown


def test_facts_about_a_field_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Field(Kind.TEXT, "It").label = "Other"  # type: ignore[misc]
