"""Whole days as people type them, and what is said when it is none."""

from datetime import date

import pytest

from shelterdesk.core.days import NotADay, read_day

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("today", TODAY),
        ("Tomorrow", date(2026, 11, 25)),
        ("ມື້ນີ້", TODAY),
        ("ມື້ອື່ນ", date(2026, 11, 25)),
        ("ມື້ວານ", date(2026, 11, 23)),
        ("3/12/2026", date(2026, 12, 3)),
        ("3 ພະຈິກ 2569", date(2026, 11, 3)),
        ("3.11.26", date(2026, 11, 3)),
        ("3/11/35", date(2035, 11, 3)),
        ("๓/๑๒/๖๙", date(2026, 12, 3)),
        ("10/12", date(2026, 12, 10)),
        ("10.12", date(2026, 12, 10)),
        ("3 ພະຈິກ", date(2026, 11, 3)),
        ("3 January", date(2027, 1, 3)),
        ("໓/໑", date(2027, 1, 3)),
        ("29/2", date(2028, 2, 29)),
    ],
)
def test_a_day_is_read_by_its_number_or_by_how_near_it_is(typed: str, meant: date) -> None:
    assert read_day(typed, TODAY) == meant


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("some day", "not understood"),
        ("3/2009", "A whole day is needed"),
        ("~2009", "A whole day is needed"),
        ("16 years", "A whole day is needed"),
        ("31/2/2027", "not in the calendar"),
        ("3/11/69", "two readings: 1969, or 2569 of the Buddhist era, which is 2026"),
    ],
)
def test_a_refusal_speaks_of_days_only(typed: str, said: str) -> None:
    with pytest.raises(NotADay, match=said) as refused:
        read_day(typed, TODAY)
    assert "2009" not in str(refused.value)
    assert "16" not in str(refused.value)


@pytest.mark.parametrize(
    ("typed", "meant"), [("10/12", date(2025, 12, 10)), ("3/11", date(2026, 11, 3))]
)
def test_what_has_happened_happened_on_the_last_such_day(typed: str, meant: date) -> None:
    assert read_day(typed, TODAY, past=True) == meant


@pytest.mark.parametrize("typed", ["31/2", "12", "16", "13/13", "2027/", "3/", "/3"])
def test_half_a_day_is_none(typed: str) -> None:
    with pytest.raises(NotADay):
        read_day(typed, TODAY)
