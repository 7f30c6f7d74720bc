"""Dates as counsellors know and write them: whole, in part, estimated, or told as an age.

`short` and `spoken` show them, `stored` and `from_stored` keep them; what is typed is understood by
`typed_dates`. Years are kept in the Common Era.
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import total_ordering
from typing import Final, Self

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_

LAO_MONTHS: Final = (
    "ມັງກອນ", "ກຸມພາ", "ມີນາ", "ເມສາ", "ພຶດສະພາ", "ມິຖຸນາ",
    "ກໍລະກົດ", "ສິງຫາ", "ກັນຍາ", "ຕຸລາ", "ພະຈິກ", "ທັນວາ",
)  # fmt: skip
ENGLISH_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

BUDDHIST_OFFSET: Final = 543
"""Years between the Buddhist era as Thailand and Laos count it and the Common Era."""

YEARS: Final = range(2400 - BUDDHIST_OFFSET, 2651 - BUDDHIST_OFFSET)
"""Years that a record may hold, 1857 to 2107: none of them can be taken for a Buddhist year."""

ADULT: Final = 18
"""A child is under 18: Palermo Protocol (2000) article 3 (d), Rights of the Child article 1."""


class Precision(StrEnum):
    """How much is known of a date; the values are the codes that records keep."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    ESTIMATED = "estimated"
    """Somebody's estimate of the year."""
    TOLD = "told"
    """The year worked out from an age that was told, without a paper."""


_PARTS: Final = {Precision.DAY: 3, Precision.MONTH: 2}
_ORDER: Final = tuple(Precision)
_LETTERS: Final = {precision.value[0]: precision for precision in Precision}

_YEARS_AROUND: Final = {Precision.ESTIMATED: (2, 2), Precision.TOLD: (1, 0)}
"""Years by which the true year may lie (before, after).

Two years either way for an estimate are our own choice; that a margin counts in favour of the child
is UNICEF, Age Assessment: A Technical Note, 2013, standard 7. A told age reaches back one year:
sixteen in 2026 is born in 2010, or in 2009 if this year's birthday has not come yet.
"""


class UnreadableDate(DeskError):
    """What was typed is not a date that is understood; the sentence shows ways to write one."""

    sentence = N_(
        "This date was not understood. Write it as 3/11/2026 or 3 November 2026; if only a part is "
        "known, as 3/2009 or 2009; if it is an estimate, as ~2009; an age as 16 years or ~16."
    )


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which the month or the day may be unknown, and how well it is known.

    Exactly the parts that `precision` promises are there: all three for DAY, year and month for
    MONTH, otherwise the year. `buddhist` says that the year was typed in the Buddhist era, so that
    the screen can show the conversion; it is no part of the value and is not kept. Sorted by what
    is known, an unknown part before every known one. Raises ValueError for parts that do not fit.
    """

    year: int
    month: int | None = None
    day: int | None = None
    precision: Precision = Precision.YEAR
    buddhist: bool = field(default=False, compare=False)

    def __post_init__(self) -> None:
        known = (self.year, self.month, self.day)
        count = _PARTS.get(self.precision, 1)
        if None in known[:count] or any(part is not None for part in known[count:]):
            raise ValueError(self.precision)
        if self.year not in YEARS:
            raise ValueError(self.precision)
        self._first_day()

    @classmethod
    def of(cls, day: date) -> Self:
        """Return a day of the calendar as a date known in full."""
        return cls(day.year, day.month, day.day, Precision.DAY)

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return self._place() < other._place()

    def _place(self) -> tuple[int, int, int, int]:
        return self.year, self.month or 0, self.day or 0, _ORDER.index(self.precision)

    def _first_day(self) -> date:
        month, day = (1 if part is None else part for part in (self.month, self.day))
        return date(self.year, month, day)

    def earliest(self) -> date:
        """Return the first day that this can mean; for an estimate two years before its year."""
        before, _after = _YEARS_AROUND.get(self.precision, (0, 0))
        first = self._first_day()
        return first.replace(year=first.year - before) if before else first

    def latest(self) -> date:
        """Return the last day that this can mean; for an estimate two years after its year."""
        if self.precision is Precision.DAY:
            return self._first_day()
        if self.month is not None:
            after = (self.year + self.month // 12, self.month % 12 + 1)
            return date(*after, 1) - timedelta(days=1)
        return date(self.year + _YEARS_AROUND.get(self.precision, (0, 0))[1], 12, 31)


def stored(when: PartialDate) -> str:
    """Write a date as it is kept: the known start of ISO 8601 and the first letter of precision.

    Like 2026-11-03d, 2009-03m, 2009y, 2009e or 2010t.
    """
    parts = [f"{part:02d}" for part in (when.year, when.month, when.day) if part is not None]
    return "-".join(parts) + when.precision.value[0]


_STORED: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?([dmyet])")


def from_stored(text: str) -> PartialDate:
    """Read what `stored` wrote; raises ValueError for anything else."""
    found = _STORED.fullmatch(text)
    if not found:
        raise ValueError(text)
    year, month, day = (int(part) if part else None for part in found.groups()[:3])
    return PartialDate(year or 0, month, day, _LETTERS[found[4]])


def short(when: PartialDate) -> str:
    """Return a date for lists and fields, as `read` takes it: 3/11/2026, 3/2009, ~2009, 2010?."""
    known = "/".join(str(part) for part in (when.day, when.month, when.year) if part is not None)
    before, after = {Precision.ESTIMATED: ("~", ""), Precision.TOLD: ("", "?")}.get(
        when.precision, ("", "")
    )
    return before + known + after


@dataclass(frozen=True)
class _Speech:
    """How one language says a date: a form for each precision, its months, its Buddhist year."""

    forms: dict[Precision, str]
    months: tuple[str, ...]
    buddhist: str


_SPEECH: Final = {
    "lo": _Speech(
        {
            Precision.DAY: "ວັນທີ {day} {month} {year}",
            Precision.MONTH: "ເດືອນ {month} {year}",
            Precision.YEAR: "ປີ {year}",
            Precision.ESTIMATED: "ປະມານ ປີ {year}",
            Precision.TOLD: "ປີ {year} (ຕາມຄຳບອກ)",
        },
        LAO_MONTHS,
        "ພ.ສ. {year}",
    ),
    "en": _Speech(
        {
            Precision.DAY: "{day} {month} {year}",
            Precision.MONTH: "{month} {year}",
            Precision.YEAR: "{year}",
            Precision.ESTIMATED: "about {year}",
            Precision.TOLD: "{year} (as told)",
        },
        ENGLISH_MONTHS,
        "{year} BE",
    ),
}


def spoken(when: PartialDate, language: str, *, buddhist: bool = False) -> str:
    """Return a date in words, in the language of a page ("lo" or "en"; KeyError for others).

    `buddhist` writes the year in the Buddhist era, and says so, for letters to Thailand.
    """
    speech = _SPEECH[language]
    year = speech.buddhist.format(year=when.year + BUDDHIST_OFFSET) if buddhist else str(when.year)
    month = speech.months[when.month - 1] if when.month else ""
    return speech.forms[when.precision].format(day=when.day, month=month, year=year)


def spoken_day(day: date, language: str) -> str:
    """Return a whole day in words, also one of a year that no record may hold."""
    speech = _SPEECH[language]
    form, month = speech.forms[Precision.DAY], speech.months[day.month - 1]
    return form.format(day=day.day, month=month, year=day.year)


def _years_between(born: date, day: date) -> int:
    before_birthday = (day.month, day.day) < (born.month, born.day)
    return max(0, day.year - born.year - before_birthday)


def age_on(born: PartialDate, day: date) -> tuple[int, int]:
    """Return the youngest and the oldest age in whole years that `born` can mean on `day`.

    Never below 0. Who was born on 29 February is a year older on 1 March of a common year: the
    later of the two customs, since a child loses no day of protection by it.
    """
    return _years_between(born.latest(), day), _years_between(born.earliest(), day)


def is_minor(born: PartialDate, day: date) -> bool | None:
    """Return whether she is under 18 on `day`; None when what is known does not decide it.

    Take None as True wherever protection hangs on it: whose age is uncertain is treated as a child
    until shown to be an adult (UNICEF, Guidelines for Protection of the Rights of Children Victims
    of Trafficking in Southeastern Europe, 2003, section 3.1.2, presumption of age). So write
    `is_minor(…) is not False`.
    """
    youngest, oldest = age_on(born, day)
    if youngest >= ADULT:
        return False
    return True if oldest < ADULT else None
