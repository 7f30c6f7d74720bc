"""A value of every kind goes under a seal and comes out as it was, and its length tells nothing."""

import os
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from shelterdesk.core import codes
from shelterdesk.core.calendar.dates import PartialDate, Precision
from shelterdesk.core.fields import Field, Kind, Money, SealedValue
from shelterdesk.core.permissions import Compartment
from shelterdesk.records.base import field
from shelterdesk.records.columns import Sealed, from_column
from shelterdesk.store.database.sealed_fields import open_field, packed, seal, seal_json
from shelterdesk.store.keyring.keys import Keys
from shelterdesk.store.keyring.seals import new_private_key

PLACE = ("release", "1", "it")
T, M = Compartment.TESTIMONY, Compartment.MEDICAL
TOLD = PartialDate(2009, precision=Precision.TOLD)
MOMENT = datetime(2026, 11, 3, 8, 30, tzinfo=UTC)
VALUES: list[tuple[Kind, dict[str, Any], list[Any]]] = [
    (Kind.TEXT, {}, ["ນາງ", "x" * 500]),
    (Kind.NOTE, {}, ["ນາງເລົ່າ\nmore"]),
    (Kind.DATE, {}, [date(1999, 1, 2), date(2026, 11, 30)]),
    (Kind.DATE, {"partial": True}, [PartialDate(2009, precision=Precision.TOLD)]),
    (Kind.MOMENT, {}, [MOMENT]),
    (Kind.CHOICE, {"codes": "disclosure_item"}, list(codes.labels("disclosure_item", "en"))),
    (
        Kind.CHOICES,
        {"codes": "disclosure_item"},
        [("alias",), ("hiv_sti", "alias"), tuple(codes.labels("disclosure_item", "en"))],
    ),
    (Kind.YES_NO, {"codes": "yes_no"}, ["yes", "no", "unknown"]),
    (Kind.NUMBER, {}, [0, 7, 1_000_000]),
    (Kind.MONEY, {}, [Money("LAK", Decimal("150000.00")), Money("USD", Decimal("5"))]),
    (Kind.LINK, {"links_to": "case"}, ["0" * 32]),
    (Kind.FILE, {"links_to": "attachment"}, ["f" * 32]),
]
CASES = [
    pytest.param(
        Field(kind, "It", envelope=to, **facts), values, id=f"{kind.value}-{len(facts)}-{len(to)}"
    )
    for kind, facts, values in VALUES
    for to in ((T,), (T, M))
]


def _keys() -> Keys:
    secrets = {("testimony", 1): os.urandom(32), ("medical", 1): os.urandom(32)}
    return Keys("s", "h", new_private_key(), secrets)


def test_the_cases_are_all_kinds_there_are() -> None:
    assert {kind for kind, _, _ in VALUES} == set(Kind)


@pytest.mark.parametrize(("declared", "values"), CASES)
def test_a_value_of_any_kind_comes_out_as_it_was(declared: Field, values: list[Any]) -> None:
    keys = _keys()
    for value in values:
        payload = seal_json(keys, declared.envelope, PLACE, packed(declared, value))
        opened = open_field(keys, declared, PLACE, SealedValue(payload=payload))
        assert opened.value == value
        assert type(opened.value) is type(value)
        closed = open_field(Keys("s", "n", b""), declared, PLACE, SealedValue(payload=payload))
        assert closed.is_closed
        assert declared.problem(closed) == ""


@pytest.mark.parametrize(("declared", "values"), CASES)
def test_short_answers_all_have_one_length(declared: Field, values: list[Any]) -> None:
    if declared.kind not in (Kind.TEXT, Kind.NOTE):
        assert len({len(packed(declared, value)) for value in values}) == 1


def test_a_required_answer_that_is_sealed_counts_as_given() -> None:
    for kind, facts, _values in VALUES:
        declared = Field(kind, "It", required=True, envelope=(T,), **facts)
        assert declared.problem(SealedValue(payload=b"\3 some")) == ""
        assert declared.problem(None) == "Please fill this in."
        assert declared.problem(SealedValue()) == "Please fill this in."


def test_text_that_was_sealed_in_the_first_format_stays_readable() -> None:
    keys = _keys()
    declared = Field(Kind.NOTE, "It", compartment=T)
    payload = seal(keys, T, PLACE, '"ນາງ"'.encode())
    assert payload[:1] == b"\1"
    assert open_field(keys, declared, PLACE, SealedValue(payload=payload)).value == '"ນາງ"'


def test_a_sealed_link_has_no_index_and_is_not_checked_by_the_database() -> None:
    column = field(Kind.LINK, "To", links_to="case", envelope=(T,)).column
    assert isinstance(column.type, Sealed)
    assert not column.foreign_keys
    assert not column.index
    plain = field(Kind.LINK, "To", links_to="case").column
    assert plain.foreign_keys
    assert plain.index


@pytest.mark.parametrize(
    ("declared", "stored", "value"),
    [
        (Field(Kind.NOTE, "It"), "ນາງ", "ນາງ"),
        (Field(Kind.CHOICES, "It"), '["a", "b"]', ("a", "b")),
        (Field(Kind.MONEY, "It"), "LAK 150.00", Money("LAK", Decimal("150.00"))),
        (Field(Kind.DATE, "It"), "2026-11-03", date(2026, 11, 3)),
        (
            Field(Kind.DATE, "It", partial=True),
            "2009t",
            PartialDate(2009, precision=Precision.TOLD),
        ),
        (Field(Kind.MOMENT, "It"), "2026-11-03T08:30:00.000000Z", MOMENT),
    ],
)
def test_what_lay_in_a_column_before_it_was_sealed_is_read_as_it_was(
    declared: Field, stored: str, value: object
) -> None:
    assert from_column(declared, stored) == value
    found = Sealed(declared).process_result_value(stored, None)  # type: ignore[arg-type]
    assert found is not None
    assert (found.value, found.payload) == (value, None)


def test_no_value_reaches_a_sealed_column_or_is_looked_for_there_without_its_seal() -> None:
    sealed = Sealed(Field(Kind.NOTE, "It", envelope=(T,)))
    for value in ("ນາງ", SealedValue("ນາງ"), ("a",), 7):
        with pytest.raises(ValueError, match="without being sealed"):
            sealed.process_bind_param(value, None)  # type: ignore[arg-type]
