"""Moments are kept in UTC, so that the order of their texts is the order of time."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelterdesk.core.calendar.clock import (
    folder_stamp,
    from_folder_stamp,
    moment,
    stamp,
    system_clock,
)

MOMENTS = st.datetimes(
    datetime(1900, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
    datetime(2199, 12, 31),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=7)), timezone(timedelta(hours=-11))]),
)


@given(MOMENTS)
def test_a_moment_is_read_as_it_was_written(value: datetime) -> None:
    assert moment(stamp(value)) == value
    assert len(stamp(value)) == 27
    assert from_folder_stamp(folder_stamp(value)) == value.astimezone(UTC).replace(microsecond=0)


@given(MOMENTS, MOMENTS)
def test_the_order_of_texts_is_the_order_of_time(one: datetime, two: datetime) -> None:
    assert (stamp(one) < stamp(two)) == (one < two)
    assert (folder_stamp(one) <= folder_stamp(two)) or one > two


def test_a_folder_name_has_nothing_that_a_file_system_refuses() -> None:
    name = folder_stamp(datetime(2026, 11, 23, 19, 2, 7, tzinfo=UTC))
    assert name == "2026-11-23T19-02-07Z"


@pytest.mark.parametrize(
    "text",
    ["", "2026-11-23", "2026-11-23T19:02:07Z", "2026-11-23T19:02:07.000000", "2026-1-3T1:2:3.5Z",
     "2026-02-30T00:00:00.000000Z", "2026-11-23T19:02:07.000000Z ", "files"],
)  # fmt: skip
def test_what_is_no_stamp_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        moment(text)
    with pytest.raises(ValueError, match=r".*"):
        from_folder_stamp(text)


def test_the_system_clock_carries_its_zone() -> None:
    assert system_clock().utcoffset() == timedelta(0)
