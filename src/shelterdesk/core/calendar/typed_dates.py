"""Dates as they are typed: in any of three scripts, whole, in part, estimated, or as an age.

Buddhist years are converted and marked, never guessed. A year of two digits is guessed nowhere
where it decides how old somebody is: there both readings are shown, and a whole year is asked for.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from shelterdesk.core.calendar.dates import (
    BUDDHIST_OFFSET,
    ENGLISH_MONTHS,
    LAO_MONTHS,
    YEARS,
    PartialDate,
    Precision,
    UnreadableDate,
)
from shelterdesk.core.i18n import N_
from shelterdesk.core.lao.letters import normalised

_BUDDHIST_YEARS: Final = range(2400, 2651)

OLDEST: Final = 120
"""Years of life beyond which a typed age is taken for a mistake."""

_YEARS_AHEAD: Final = 10
"""A two-digit year of a day of the work, a hearing or a plan, lies within ten years of today."""

_ABBREVIATIONS: Final = (
    "ມ.ກ. ກ.ພ. ມ.ນ. ມ.ສ. ພ.ພ. ມິ.ຖ. ກ.ລ. ສ.ຫ. ກ.ຍ. ຕ.ລ. ພ.ຈ. ທ.ວ.",
    "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.",
    "jan feb mar apr may jun jul aug sep oct nov dec",
)
_THAI_MONTHS: Final = (
    "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม"
)

_NO_SUCH_DAY: Final = N_(
    "This day is not in the calendar. Write day, month and year as 3/11/2026; if the day is not "
    "known, only month and year as 3/2009, or the year as 2009."
)


def _bare(word: str) -> str:
    return normalised(word).replace(".", "")


def _month_words() -> dict[str, int]:
    lists = [LAO_MONTHS, ENGLISH_MONTHS, _THAI_MONTHS.split()]
    lists += [abbreviations.split() for abbreviations in _ABBREVIATIONS]
    words = {_bare(word): number for names in lists for number, word in enumerate(names, 1)}
    others = {"ມີນ": 3, "ມຖ": 6, "ກກ": 7, "sept": 9}
    return words | {_bare(word): number for word, number in others.items()}


_MONTHS: Final = _month_words()
_SILENT: Final = re.compile(r"^(?:ວັນທີ່?|ວັນ|ທີ່?|ເດືອນ|ປີ|วันที่|วัน|ที่|เดือน|ปี)+")
"""Words around the numbers of a date: day, month, year."""
_ENGLISH_SILENT: Final = {"st", "nd", "rd", "th", "of"}
_ERAS: Final = (
    re.compile(r"(?:ພ\.? ?ສ\.?|พ\.? ?ศ\.?) ?(?=2[456]\d\d\b)|(?<=\b2[456]\d\d) ?b\.?e\.?$"),
    re.compile(r"(?:ຄ\.? ?ສ\.?|ค\.? ?ศ\.?) ?(?=(?:1[89]|2[01])\d\d\b)"),
)
"""Marks of the Buddhist and the Common Era, where a year of four digits agrees with them."""
_SHORT_ERAS: Final = re.compile(r"(?:[ພพ]\.? ?[ສศ]\.?|[ຄค]\.? ?[ສศ]\.?) ?(?=\d\d$)")
"""The same before a year of two digits."""
_THAI: Final = re.compile("[\u0e00-\u0e7f]")
_BUDDHIST_MARK: Final = re.compile(r"ພ\.? ?ສ|\bb\.?e\b", re.IGNORECASE)
_COMMON_MARK: Final = re.compile(r"[ຄค]\.? ?[ສศ]|\bc\.?e\b|\ba\.?d\b", re.IGNORECASE)
_ABOUT: Final = re.compile(r"^(?:~|ປະມານ|ประมาณ|about|ca\.?) ?")
_AGE: Final = re.compile(
    r"(?:ອາຍຸ|อายุ|age) ?(\d{1,3})(?: ?- ?(\d{1,3}))?(?: ?(?:ປີ|ปี|years?))?"
    r"|(\d{1,3})(?: ?- ?(\d{1,3}))? ?(?:ປີ|ปี|years?)(?: old)?"
)
_BARE_AGE: Final = re.compile(r"(\d{1,3})(?: ?- ?(\d{1,3}))?")
_WORD: Final = re.compile(r"[^\d\s/,-]+")

_GAP: Final = r"(?: ?[./,-] ?| )"
_MONTH: Final = r"(?P<month>\d{1,2}|m\d+)"
_SHAPES: Final = tuple(
    re.compile(shape)
    for shape in (
        rf"(?P<day>\d{{1,2}}){_GAP}{_MONTH}{_GAP}(?P<year>\d{{4}}|\d\d)",
        rf"(?P<month>m\d+){_GAP}(?P<day>\d{{1,2}}){_GAP}(?P<year>\d{{4}})",
        rf"(?P<year>\d{{4}}){_GAP}{_MONTH}{_GAP}(?P<day>\d{{1,2}})",
        rf"{_MONTH}{_GAP}(?P<year>\d{{4}})",
        rf"(?P<year>\d{{4}}){_GAP}{_MONTH}",
        r"(?P<year>\d{4})",
    )
)
_NO_YEAR: Final = re.compile(rf"([1-9]|0[1-9]|[12]\d|3[01]){_GAP}m?([1-9]|0[1-9]|1[0-2])")


class TwoReadings(UnreadableDate):
    """A year of two digits, which can be meant in two ways: both are shown, and a whole one asked.

    Whether somebody is a child may hang on it, so nobody guesses.
    """

    sentence = N_(
        "This year has two readings: {common}, or {buddhist} of the Buddhist era, which is "
        "{converted}. Write the year with four digits."
    )


class YearMissing(UnreadableDate):
    """A day and a month without a year, where nobody can say which year is meant."""

    sentence = N_("And the year? Write it as {typed}/2009.")


@dataclass(frozen=True)
class _Reading:
    """How years of two digits are taken: on which day, and by what stands around them."""

    today: date
    is_day: bool
    """Whether a day of the work is read, near today, and not how old somebody is."""
    era: str = ""
    """Of which era the words and digits around say that it is: buddhist, common, or nothing."""


def read(typed: str, today: date, *, near: bool = False) -> PartialDate:
    """Return the date that a person has typed; raises UnreadableDate with what can be typed.

    Day, month and year in this order or as ISO 8601, divided by / . - or blanks; names of months in
    Lao, Thai and English, short ones with or without dots; Lao and Thai digits. Also 3/2009, 2009,
    ~2009 (estimated), 2010? and "16 ປີ" (told), ~16 and "15-16 ປີ" (estimated). Unknown parts may
    be zeros (00/00/2005). Ages count back from `today`. Four-digit years 2400 to 2650 are Buddhist.
    A number alone such as 16 is an age; with `near` it is refused, and 09 is always.

    A year of two digits is Buddhist beside Thai words or digits; otherwise TwoReadings asks, but
    with `near`, for a day of the work, one within ten years of today is taken.
    """
    reading = _Reading(today, near, _era(typed))
    text = normalised(typed).replace("–", "-").rstrip(". ")
    about = _ABOUT.match(text)
    if about:
        return _estimated(text[about.end() :], today)
    if found := _AGE.fullmatch(text) or (None if near else _bare_age(typed, text)):
        return _from_age(found, today, Precision.TOLD)
    if text.endswith("?"):
        return _year_only(text[:-1], today, Precision.TOLD)
    return _from_calendar(text, reading)


def _bare_age(typed: str, text: str) -> re.Match[str] | None:
    """Return the age that a number alone is: not 09, which may be a year, nor a figure above."""
    plain = all(sign.isdecimal() or sign.isspace() or sign in "-–" for sign in typed)
    return _BARE_AGE.fullmatch(text) if plain and not text.startswith("0") else None


def _era(typed: str) -> str:
    """Return the era that the words and digits of a date speak of, "" for none."""
    if _COMMON_MARK.search(typed):
        return "common"
    return "buddhist" if _THAI.search(typed) or _BUDDHIST_MARK.search(typed) else ""


def _estimated(text: str, today: date) -> PartialDate:
    found = _AGE.fullmatch(text) or _BARE_AGE.fullmatch(text)
    if found:
        return _from_age(found, today, Precision.ESTIMATED)
    return _year_only(text, today, Precision.ESTIMATED)


def _from_age(found: re.Match[str], today: date, precision: Precision) -> PartialDate:
    """Return the year of birth for an age; of two ages the younger counts, as an estimate."""
    ages = [int(age) for age in found.groups() if age]
    if max(ages) > OLDEST:
        raise UnreadableDate
    if len(ages) > 1:
        precision = Precision.ESTIMATED
    return _checked(lambda: PartialDate(today.year - min(ages), precision=precision))


def _year_only(text: str, today: date, precision: Precision) -> PartialDate:
    read_date = _from_calendar(text, _Reading(today, is_day=False))
    if read_date.precision is not Precision.YEAR:
        raise UnreadableDate
    return replace(read_date, precision=precision)


def _from_calendar(text: str, reading: _Reading) -> PartialDate:
    for era in _ERAS:
        text = era.sub("", text)
    text = _SHORT_ERAS.sub("", text)
    plain = " ".join(_WORD.sub(_plain_word, text).split())
    for shape in _SHAPES:
        if found := shape.fullmatch(plain):
            return _from_parts(found.groupdict(), reading)
    if not reading.is_day and (found := _NO_YEAR.fullmatch(plain)):
        raise YearMissing(typed="/".join(part for part in found.groups() if part))
    raise UnreadableDate


def _plain_word(found: re.Match[str]) -> str:
    """Return a month's name as m and its number, dots between numbers as they are, else a blank."""
    word = found[0].replace(".", "")
    if not word:
        return found[0]
    rest = _SILENT.sub("", word)
    if rest in _MONTHS:
        return f" m{_MONTHS[rest]} "
    if rest and rest not in _ENGLISH_SILENT:
        raise UnreadableDate
    return " "


def _from_parts(parts: dict[str, str], reading: _Reading) -> PartialDate:
    typed_year = int(parts["year"])
    year = typed_year if len(parts["year"]) > 2 else _with_century(typed_year, reading)
    month = int(parts.get("month", "0").removeprefix("m")) or None
    day = int(parts.get("day", "0")) or None
    if day and not month:
        raise UnreadableDate
    precision = Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
    buddhist = year in _BUDDHIST_YEARS
    if buddhist:
        year -= BUDDHIST_OFFSET
    if year not in YEARS:
        raise UnreadableDate
    return _checked(lambda: PartialDate(year, month, day, precision, buddhist))


def _with_century(year: int, reading: _Reading) -> int:
    """Return the whole year, of its own era; raises TwoReadings where it could be either."""
    last = reading.today.year + (_YEARS_AHEAD if reading.is_day else 0)
    common = last - (last - year) % 100
    last_buddhist = last + BUDDHIST_OFFSET
    buddhist = last_buddhist - (last_buddhist - year) % 100
    if reading.era:
        return buddhist if reading.era == "buddhist" else common
    if reading.is_day and reading.today.year - common <= _YEARS_AHEAD:
        return common
    converted = buddhist - BUDDHIST_OFFSET
    raise TwoReadings(common=common, buddhist=buddhist, converted=converted)


def _checked(made: Callable[[], PartialDate]) -> PartialDate:
    try:
        return made()
    except ValueError:
        raise UnreadableDate(_NO_SUCH_DAY) from None
