"""Editors for dates and moments, typed as counsellors write them."""

import re
from datetime import date, datetime
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from shelterdesk.core.calendar import clock
from shelterdesk.core.calendar.dates import (
    YEARS,
    PartialDate,
    Precision,
    UnreadableDate,
    age_on,
    spoken,
    spoken_day,
)
from shelterdesk.core.calendar.typed_dates import OLDEST, TwoReadings, YearMissing, read
from shelterdesk.core.days import NotADay, read_day, read_time
from shelterdesk.core.fields import Field
from shelterdesk.core.i18n import N_, _, screen_language
from shelterdesk.core.shown import day
from shelterdesk.gui.forms.editors.base import Editor
from shelterdesk.gui.forms.editors.written import private_line
from shelterdesk.gui.parts.elided import GrowingLine
from shelterdesk.gui.parts.fields import A_DAY, as_wide_as_a_day
from shelterdesk.gui.parts.plain import button, named, plain_label, show_if
from shelterdesk.gui.parts.style.measures import AROUND_WORD
from shelterdesk.records.when import day_problem

_A_BIRTH: Final = N_("16 or 3/2009")

_WITH_COLON: Final = re.compile(r"[0-9]{1,2}[:.][0-9]{2}")
_ONLY_AN_HOUR: Final = re.compile(r"[0-9]{1,2}:[0-9]{2}")

_TIME_MISSING = N_("Please add the time, as 14:30.")
_TIME_UNREADABLE = N_("This time was not understood. Write it as 14:30.")


def today() -> date:
    """Return the day it is in the house."""
    return clock.today()


def understood(typed: str) -> PartialDate | None:
    """Return the date that was typed, None when it is no date."""
    try:
        return read(typed, today())
    except UnreadableDate:
        return None


def why_not(typed: str, *, partial: bool) -> str:
    """Return why a date cannot be taken, as a sentence; "" when it can."""
    try:
        if partial:
            read(typed, today())
        else:
            read_day(typed, today())
    except UnreadableDate as wrong:
        return str(wrong)
    return ""


def as_day(typed: str, *, past: bool = False) -> date | None:
    """Return the whole day that was typed, None when it is none."""
    try:
        return read_day(typed, today(), past=past)
    except NotADay:
        return None


def in_words(typed: str, field: Field) -> str:
    """Return how a typed date was understood, a Buddhist year with its conversion; "" for none.

    Beside a birth stands the age.
    """
    if not typed.strip():
        return ""
    if not field.partial and (near := as_day(typed, past=field.past)):
        whole = understood(typed) or PartialDate.of(near)
        return _said(whole) if near.year in YEARS else spoken_day(near, screen_language())
    found = understood(typed)
    if not found:
        return _asked_back(typed)
    return f"{_said(found)}  ·  {age_text(found)}" if field.partial else _said(found)


def age_text(born: PartialDate) -> str:
    """Return the age of somebody in whole years, from the youngest to the oldest that is meant."""
    youngest, oldest = age_on(born, today())
    years = str(youngest) if youngest == oldest else f"{youngest}–{oldest}"
    return _("{years} years").format(years=years)


def _said(found: PartialDate) -> str:
    words = spoken(found, screen_language())
    if found.buddhist:
        words += f" ({spoken(found, screen_language(), buddhist=True)})"
    return words


def _asked_back(typed: str) -> str:
    """Return what is asked back while somebody types: which year is meant; "" for anything else."""
    try:
        read(typed, today())
    except (TwoReadings, YearMissing) as asked:
        return str(asked)
    except UnreadableDate:
        pass
    return ""


def date_line(hint: str) -> QLineEdit:
    """Return a line as long as a date, with a hint of what can be typed."""
    line = private_line()
    _show_hint(line, hint)
    return line


def _show_hint(line: QLineEdit, hint: str) -> None:
    """Show a hint in the screen's language, in a line that has room for it."""
    line.setPlaceholderText(_(hint))
    as_wide_as_a_day(line)


class DayEditor(Editor):
    """What editors of days have in common: what cannot have come yet is said while it is typed."""

    def _tell_at_once(self, value: object) -> None:
        self.set_problem(_(day_problem(self.field, value, clock.now())))


def _typed_as(when: date | PartialDate) -> str:
    """Return a date as somebody types it: an age that was told stays an age."""
    if isinstance(when, PartialDate) and when.precision is Precision.TOLD:
        age = today().year - when.year
        if 0 < age <= OLDEST:
            return _("{years} years").format(years=age)
    return day(when)


class DateEditor(DayEditor):
    """A line for a date; beside it stands, in words, how it was understood."""

    def __init__(self, name: str, field: Field) -> None:
        self.line = date_line(_A_BIRTH if field.partial else A_DAY)
        super().__init__(name, field, self.line)
        self.words = plain_label("", "understood")
        self.row.addWidget(self.line)
        self.row.addWidget(self.words, 1)
        self.line.textChanged.connect(self._typed)

    @override
    def raw(self) -> str:
        return self.line.text()

    @override
    def kept(self) -> str:
        raw = self.line.text()
        meant = self._read(raw)
        return day(meant) if isinstance(meant, date | PartialDate) and raw.strip() else raw

    @override
    def set_raw(self, text: str) -> None:
        self.line.setText(text)

    @override
    def set_read_only(self, on: bool) -> None:
        self.read_only = on
        self.line.setReadOnly(on)

    def _typed(self, typed: str) -> None:
        self.words.setText(in_words(typed, self.field))
        self._touched()
        self._tell_at_once(self.value() if self.dirty() else None)

    @override
    def _read(self, raw: str) -> object:
        if not raw.strip():
            return None
        return understood(raw) if self.field.partial else as_day(raw, past=self.field.past)

    @override
    def _write(self, value: object) -> None:
        self.line.setText(_typed_as(value) if isinstance(value, date | PartialDate) else "")

    @override
    def _unreadable(self, raw: str) -> str:
        if not raw.strip():
            return ""
        wrong = why_not(raw, partial=self.field.partial)
        return wrong or _(day_problem(self.field, self._read(raw), clock.now()))


class MomentEditor(DayEditor):
    """A date, a time of day, and a button that fills in the present moment."""

    def __init__(self, name: str, field: Field) -> None:
        self.line, self.clock = date_line(A_DAY), private_line()
        super().__init__(name, field, self.line)
        self.now = button("", f"{name}_now")
        self.words = named(GrowingLine("", ""), "understood")  # moves nothing below it
        named(self.clock, f"{name}_time")
        self.clock.setFixedWidth(self.clock.fontMetrics().horizontalAdvance("00:00") + AROUND_WORD)
        self.now.setProperty("small", True)
        self.now.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for part in (self.line, self.clock, self.now):
            self.row.addWidget(part)
        show_if(self.now, field.past)
        self.row.addStretch()
        self.below.addWidget(self.words)
        self.line.textChanged.connect(self._typed)
        self.clock.textChanged.connect(self._timed)
        self.now.clicked.connect(self._take_now)
        self._say()

    @override
    def raw(self) -> str:
        return f"{self.line.text()} | {self.clock.text()}" if self._something() else ""

    @override
    def kept(self) -> str:
        on = as_day(self.line.text(), past=self.field.past) if self.line.text().strip() else None
        return f"{day(on)} | {self.clock.text()}" if on else self.raw()

    @override
    def set_raw(self, text: str) -> None:
        typed_day, _bar, typed_time = text.rpartition(" | ") if " | " in text else (text, "", "")
        self.line.setText(typed_day)
        self.clock.setText(typed_time)

    @override
    def set_read_only(self, on: bool) -> None:
        self.read_only = on
        self.line.setReadOnly(on)
        self.clock.setReadOnly(on)
        show_if(self.now, self.field.past and not on)

    def _take_now(self) -> None:
        """Put the present moment in; by a key only where nothing stands.

        Whoever types on behind a moment stands here, and a blank would be the press of the button.
        """
        if not (self.now.hasFocus() and self._something()):
            self._write(clock.now())

    def _say(self) -> None:
        label = _(self.field.label)
        self.clock.setAccessibleName(": ".join((label, _("Time"))))
        self.clock.setPlaceholderText("--:--")
        self.now.setText(_("Now"))
        self.now.setAccessibleName(": ".join((label, _("Now"))))
        _show_hint(self.line, A_DAY)
        self.words.setText(in_words(self.line.text(), self.field))

    def _something(self) -> bool:
        return bool(self.line.text().strip() or self.clock.text().strip())

    def _typed(self, typed: str) -> None:
        before, _blank, last = typed.strip().rpartition(" ")
        if _WITH_COLON.fullmatch(last) and as_day(before, past=self.field.past):
            self.clock.setText(last)  # the hour was typed behind the day
            self.line.setText(before)
            return
        if _ONLY_AN_HOUR.fullmatch(typed.strip()) and read_time(typed.strip()):
            self.clock.setText(typed.strip())  # an hour alone is one of today
            self.line.setText(day(today()))
            return
        self.words.setText(in_words(typed, self.field))
        self._timed()

    def _timed(self) -> None:
        self._touched()
        self._tell_at_once(self.value() if self.dirty() else None)

    @override
    def _read(self, raw: str) -> object:
        on, at = as_day(self.line.text(), past=self.field.past), read_time(self.clock.text())
        return None if on is None or at is None else clock.at_house(on, at)

    @override
    def _write(self, value: object) -> None:
        known = value if isinstance(value, datetime) else None
        self.line.setText(day(clock.house_day(known)) if known else "")
        self.clock.setText(clock.wall_time(known) if known else "")

    @override
    def _unreadable(self, raw: str) -> str:
        if not raw:
            return ""
        wrong_day = why_not(self.line.text(), partial=False)
        if wrong_day or not self.clock.text().strip():
            return wrong_day or _(_TIME_MISSING)
        if read_time(self.clock.text()) is None:
            return _(_TIME_UNREADABLE)
        return _(day_problem(self.field, self._read(raw), clock.now()))
