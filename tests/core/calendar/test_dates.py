"""Dates as people write them are understood, shown, kept and compared; nonsense is refused."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shelterdesk.core.calendar.dates import (
    BUDDHIST_OFFSET,
    YEARS,
    PartialDate,
    Precision,
    UnreadableDate,
    age_on,
    from_stored,
    is_minor,
    short,
    spoken,
    stored,
)
from shelterdesk.core.calendar.typed_dates import TwoReadings, read

TODAY = date(2026, 11, 24)

DAYS = st.dates(date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31))
FULL = DAYS.map(PartialDate.of)
MONTHS = DAYS.map(lambda day: PartialDate(day.year, day.month, precision=Precision.MONTH))
YEAR_ONLY = [Precision.YEAR, Precision.ESTIMATED, Precision.TOLD]
IN_YEARS = st.builds(
    lambda year, precision: PartialDate(year, precision=precision),
    st.sampled_from(YEARS),
    st.sampled_from(YEAR_ONLY),
)
DATES = FULL | MONTHS | IN_YEARS

NEAR = st.dates(date(2008, 12, 1), date(2009, 1, 31)).flatmap(
    lambda day: st.sampled_from(
        [
            PartialDate.of(day),
            PartialDate(day.year, day.month, precision=Precision.MONTH),
            *(PartialDate(day.year, precision=precision) for precision in YEAR_ONLY),
        ]
    )
)
"""Dates so close to each other that equal parts are common."""

UNDERSTOOD = {
    "3/11/2026": "2026-11-03d",
    "03/11/2026": "2026-11-03d",
    "3-11-2026": "2026-11-03d",
    "3–11–2026": "2026-11-03d",
    " 3 / 11 / 2026 ": "2026-11-03d",
    "3 11 2026": "2026-11-03d",
    "3/11/2026.": "2026-11-03d",
    "2026-11-03": "2026-11-03d",
    "29/2/2024": "2024-02-29d",
    "2009": "2009y",
    "3/2009": "2009-03m",
    "2009-03": "2009-03m",
    "00/00/2005": "2005y",
    "00/03/2005": "2005-03m",
    "~2009": "2009e",
    "~ 2009": "2009e",
    "ປະມານ ປີ 2009": "2009e",
    "about 2009": "2009e",
    "16 ປີ": "2010t",
    "16ປີ": "2010t",
    "ອາຍຸ 16 ປີ": "2010t",
    "16 years": "2010t",
    "16 years old": "2010t",
    "Age 16": "2010t",
    "๑๖ ปี": "2010t",
    "2010?": "2010t",
    "~16": "2010e",
    "~16 ປີ": "2010e",
    "15-16 ປີ": "2011e",
    "~15-16": "2011e",
    "໓/໑໑/໒໐໒໖": "2026-11-03d",
    "๓/๑๑/๒๐๒๖": "2026-11-03d",
    "ວັນທີ 3 ພະຈິກ 2026": "2026-11-03d",
    "ວັນທີ3ເດືອນ11ປີ2026": "2026-11-03d",
    "ວັນທີ 3 ເດືອນພະຈິກ ປີ 2026": "2026-11-03d",
    "3 ພ.ຈ. 2026": "2026-11-03d",
    "3 ພ.ຈ 2026": "2026-11-03d",
    "3.ພ.ຈ.2026": "2026-11-03d",
    "3 ພະ\u200bຈິກ\u00a02026": "2026-11-03d",
    "ມ.ນ 2009": "2009-03m",
    "ເດືອນ 3 ປີ 2009": "2009-03m",
    "ປີ 2009": "2009y",
    "ຄ.ສ. 2009": "2009y",
    "3 November 2026": "2026-11-03d",
    "3rd of nov. 2026": "2026-11-03d",
    "November 3, 2026": "2026-11-03d",
    "Sept 2009": "2009-09m",
    "3 พฤศจิกายน 2026": "2026-11-03d",
    "3 พ.ย. 2026": "2026-11-03d",
}


@pytest.mark.parametrize("typed", UNDERSTOOD)
def test_what_counsellors_write_is_understood(typed: str) -> None:
    found = read(typed, TODAY)
    assert (stored(found), found.buddhist) == (UNDERSTOOD[typed], False)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("3/11/2569", "2026-11-03d"),
        ("๓/๑๑/๒๕๖๙", "2026-11-03d"),
        ("3 พฤศจิกายน พ.ศ. 2569", "2026-11-03d"),
        ("ວັນທີ 3 ພະຈິກ ພ.ສ. 2569", "2026-11-03d"),
        ("3 November 2569 BE", "2026-11-03d"),
        ("29/2/2567", "2024-02-29d"),
        ("3/2552", "2009-03m"),
        ("~2552", "2009e"),
        ("2400", "1857y"),
        ("2650", "2107y"),
    ],
)
def test_a_buddhist_year_is_converted_and_marked(typed: str, kept: str) -> None:
    found = read(typed, TODAY)
    assert (stored(found), found.buddhist) == (kept, True)


@pytest.mark.parametrize("typed", ["31/02/2026", "29/2/2026", "29/2/2568", "13/2009", "1/13/2009"])
def test_a_day_that_is_not_in_the_calendar_is_said_to_be_so(typed: str) -> None:
    with pytest.raises(UnreadableDate, match=r"not in the calendar.*3/2009"):
        read(typed, TODAY)


NONSENSE = [
    *(
        "",
        " ",
        "-",
        "~",
        "?",
        "0",
        "09",
        "016",
        "130",
        *("-99", "-2009", "N/A"),
        "<Null>",
        "1,122",
        "2.05E+09",
    ),
    *("11/26", "5/0/2005", "0/0/0", "3//11/2026", "3/11/2026/1", "3112026", "3/11/226"),
    *("1856", "2108", "2399", "2651", "9999", "130 years", "16 17 ປີ", "~3/2009", "3/2009?"),
    *("ພ.ສ. 2009", "ຄ.ສ. 2552", "mayhem 2009", "ບໍ່ຮູ້", "3 ພະຈິ 2026", "tomorrow", "²"),
]


@pytest.mark.parametrize("typed", NONSENSE)
def test_what_is_no_date_is_refused_with_what_can_be_typed(typed: str) -> None:
    with pytest.raises(UnreadableDate, match=r"3/11/2026.*~2009.*16 years"):
        read(typed, TODAY)


def test_a_day_without_its_year_is_asked_for_the_year_alone() -> None:
    with pytest.raises(UnreadableDate, match=r"year.*3/11/2009"):
        read("3/11", TODAY)


@given(st.text(st.sampled_from("0123 ໓๓/.-~?,ປີມນພະຈິກmayn²٣")) | st.text())
def test_anything_typed_is_a_date_or_refused(typed: str) -> None:
    try:
        found = read(typed, TODAY)
    except UnreadableDate:
        return
    assert read(short(found), TODAY) == found


@pytest.mark.parametrize(
    ("typed", "common", "converted"),
    [("1/1/52", 1952, 2009), ("1/1/10", 2010, 1967), ("໓/໑໑/໕໒", 1952, 2009),
     ("3 ພະຈິກ 98", 1998, 1955), ("1/1/26", 2026, 1983), ("1/1/27", 1927, 1984)],
)  # fmt: skip
def test_a_year_of_two_digits_is_asked_with_both_readings(
    typed: str, common: int, converted: int
) -> None:
    with pytest.raises(TwoReadings) as asked:
        read(typed, TODAY)
    told = str(asked.value)
    assert all(str(year) in told for year in (common, converted, converted + BUDDHIST_OFFSET))


@pytest.mark.parametrize(
    "typed",
    ["๓/๑๑/๕๒", "3 พ.ย. 52", "3 พฤศจิกายน 52", "วันที่ 3/11/52", "3/11/ພ.ສ. 52", "3/11/พ.ศ. 52"],
)
def test_thai_words_and_digits_mean_the_buddhist_year_and_say_so(typed: str) -> None:
    found = read(typed, TODAY)
    assert (stored(found), found.buddhist) == ("2009-11-03d", True)
    assert "2552" in spoken(found, "en", buddhist=found.buddhist)


def test_a_mark_of_the_common_era_is_believed() -> None:
    assert stored(read("3/11/ຄ.ສ. 52", TODAY)) == "1952-11-03d"
    assert stored(read("๓/๑๑/2009", TODAY)) == "2009-11-03d"


LAO_SHORT = (
    "ມ.ກ.", "ກ.ພ.", "ມ.ນ.", "ມ.ສ.", "ພ.ພ.", "ມິ.ຖ.",
    "ກ.ລ.", "ສ.ຫ.", "ກ.ຍ.", "ຕ.ລ.", "ພ.ຈ.", "ທ.ວ.",
)  # fmt: skip
THAI_SHORT = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
    "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip


@pytest.mark.parametrize("number", range(1, 13))
def test_every_month_is_known_by_its_names(number: int) -> None:
    lao, thai = LAO_SHORT[number - 1], THAI_SHORT[number - 1]
    english = f"{date(2009, number, 1):%B}"
    whole = spoken(PartialDate(2009, number, precision=Precision.MONTH), "lo")
    for name in (lao, lao[:-1], lao.replace(".", ""), thai, english, english[:3].upper()):
        assert read(f"{name} 2009", TODAY).month == number
    assert read(whole, TODAY).month == number


@given(DATES, DAYS)
@example(PartialDate(2010, precision=Precision.TOLD), date(2000, 1, 1))
def test_what_is_shown_is_read_back_whatever_day_it_is(when: PartialDate, today: date) -> None:
    assert read(short(when), today) == when


@given(DATES, st.sampled_from(["lo", "en"]), st.booleans())
def test_what_is_spoken_is_read_back(when: PartialDate, language: str, buddhist: bool) -> None:
    said = spoken(when, language, buddhist=buddhist)
    if when.precision is not Precision.TOLD:
        found = read(said, TODAY)
        assert (found, found.buddhist) == (when, buddhist)
    assert str(when.year + BUDDHIST_OFFSET * buddhist) in said


@given(DATES)
def test_what_is_kept_is_read_back(when: PartialDate) -> None:
    kept = stored(when)
    assert from_stored(kept) == when
    assert kept.isascii()


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "2009",
        "2009d",
        "2009-03y",
        "2009-03-01m",
        "2009-02-30d",
        "2009x",
        "1856y",
        "໒໑໑໙y",
        "໑໙໙໙y",
    ],
)
def test_only_the_kept_form_is_taken_from_records(kept: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of ours or of datetime, the caller sees one
        from_stored(kept)


@pytest.mark.parametrize(
    "parts",
    [
        (2009, 3, None, Precision.DAY),
        (2009, None, 3, Precision.DAY),
        (2009, None, None, Precision.MONTH),
        (2009, 3, 1, Precision.MONTH),
        (2009, 3, None, Precision.YEAR),
        (2009, 3, None, Precision.ESTIMATED),
        (2009, None, 1, Precision.TOLD),
        (2009, 13, None, Precision.MONTH),
        (2009, 0, None, Precision.MONTH),
        (2009, 2, 29, Precision.DAY),
        (2009, 2, 0, Precision.DAY),
        (2552, None, None, Precision.YEAR),
    ],
)
def test_parts_that_do_not_fit_make_no_date(
    parts: tuple[int, int | None, int | None, Precision],
) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of ours or of datetime, the caller sees one
        PartialDate(*parts)


@given(NEAR, NEAR, NEAR)
def test_the_order_is_total(one: PartialDate, two: PartialDate, three: PartialDate) -> None:
    assert [one < two, one == two, one > two].count(True) == 1
    assert (one <= two) == (not two < one)
    assert sorted([one, two, three]) == sorted([three, one, two])
    if one == two:
        assert hash(one) == hash(two)


def test_an_unknown_part_comes_before_every_known_one() -> None:
    typed = ["2008", "2009", "~2009", "2009?", "1/2009", "1/1/2009", "2/1/2009", "2/2009"]
    dates = [read(text, TODAY) for text in typed]
    assert sorted(set(dates)) == dates


def test_a_date_is_not_compared_with_other_things() -> None:
    with pytest.raises(TypeError):
        _ = PartialDate(2009) < date(2009, 1, 1)


def test_the_mark_of_a_buddhist_year_is_no_part_of_the_value() -> None:
    assert read("2552", TODAY) == read("2009", TODAY)


@pytest.mark.parametrize(
    ("typed", "earliest", "latest"),
    [
        ("3/11/2026", date(2026, 11, 3), date(2026, 11, 3)),
        ("2/2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("12/2026", date(2026, 12, 1), date(2026, 12, 31)),
        ("2009", date(2009, 1, 1), date(2009, 12, 31)),
        ("~2009", date(2007, 1, 1), date(2011, 12, 31)),
        ("2009?", date(2008, 1, 1), date(2009, 12, 31)),
    ],
)
def test_what_a_date_can_mean(typed: str, earliest: date, latest: date) -> None:
    found = read(typed, TODAY)
    assert (found.earliest(), found.latest()) == (earliest, latest)


@pytest.mark.parametrize(
    ("typed", "lao", "english", "buddhist"),
    [
        ("3/11/2026", "ວັນທີ 3 ພະຈິກ 2026", "3 November 2026", "ວັນທີ 3 ພະຈິກ ພ.ສ. 2569"),
        ("3/2009", "ເດືອນ ມີນາ 2009", "March 2009", "ເດືອນ ມີນາ ພ.ສ. 2552"),
        ("2009", "ປີ 2009", "2009", "ປີ ພ.ສ. 2552"),
        ("~2009", "ປະມານ ປີ 2009", "about 2009", "ປະມານ ປີ ພ.ສ. 2552"),
        ("2010?", "ປີ 2010 (ຕາມຄຳບອກ)", "2010 (as told)", "ປີ ພ.ສ. 2553 (ຕາມຄຳບອກ)"),
    ],
)
def test_a_date_in_words(typed: str, lao: str, english: str, buddhist: str) -> None:
    found = read(typed, TODAY)
    said = spoken(found, "lo"), spoken(found, "en"), spoken(found, "lo", buddhist=True)
    assert said == (lao, english, buddhist)


def test_a_language_that_we_do_not_speak_is_not_guessed() -> None:
    with pytest.raises(KeyError):
        spoken(PartialDate(2009), "fr")


@pytest.mark.parametrize(
    ("typed", "day", "ages", "minor"),
    [
        ("24/11/2008", date(2026, 11, 23), (17, 17), True),
        ("24/11/2008", date(2026, 11, 24), (18, 18), False),
        ("29/2/2008", date(2026, 2, 28), (17, 17), True),
        ("29/2/2008", date(2026, 3, 1), (18, 18), False),
        ("11/2008", date(2026, 11, 24), (17, 18), None),
        ("2008", date(2026, 11, 24), (17, 18), None),
        ("2008", date(2026, 12, 31), (18, 18), False),
        ("2010", date(2026, 11, 24), (15, 16), True),
        ("~2009", date(2026, 11, 24), (14, 19), None),
        ("~2005", date(2026, 11, 24), (18, 23), False),
        ("2009?", date(2026, 11, 24), (16, 18), None),
        ("2010?", date(2026, 11, 24), (15, 17), True),
        ("2030", date(2026, 11, 24), (0, 0), True),
    ],
)
def test_age_and_the_presumption(
    typed: str, day: date, ages: tuple[int, int], minor: bool | None
) -> None:
    born = read(typed, TODAY)
    assert age_on(born, day) == ages
    assert is_minor(born, day) is minor


@given(st.integers(0, 120), st.dates(date(2020, 1, 1), date(2100, 12, 31)))
def test_a_told_age_is_among_the_ages_of_the_same_day(age: int, today: date) -> None:
    youngest, oldest = age_on(read(f"{age} ປີ", today), today)
    assert youngest <= age <= oldest


@given(DATES, DAYS, st.integers(0, 400))
def test_nobody_grows_younger(born: PartialDate, day: date, later: int) -> None:
    before = age_on(born, day)
    after = age_on(born, day + timedelta(days=later))
    assert before[0] <= before[1]
    assert before[0] <= after[0]
    assert before[1] <= after[1]


@pytest.mark.parametrize("typed", ["16", "໑໖", " 16 "])
def test_a_number_alone_is_the_age_that_was_told(typed: str) -> None:
    assert read(typed, TODAY) == read("16 years", TODAY)
    with pytest.raises(UnreadableDate):
        read(typed, TODAY, near=True)


def test_two_numbers_alone_are_an_estimate() -> None:
    assert read("15-16", TODAY) == read("15-16 ປີ", TODAY)
