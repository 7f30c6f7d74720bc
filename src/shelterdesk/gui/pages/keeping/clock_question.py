"""What is asked at the door when the clock cannot be right: the day and the hour."""

from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk.core.calendar.clock import doubt, house_day, wall_time
from shelterdesk.core.calendar.dates import BUDDHIST_OFFSET, spoken_day
from shelterdesk.core.days import NotAMoment, read_moment
from shelterdesk.core.i18n import N_, _, screen_language
from shelterdesk.core.shown import minute
from shelterdesk.gui.parts.lines import rows
from shelterdesk.gui.parts.look import label_as, look
from shelterdesk.gui.parts.plain import named, plain_label, show_if
from shelterdesk.gui.parts.style.measures import NEAR, NO_MARGINS
from shelterdesk.gui.parts.written_line import WrittenLine

_QUESTION: Final = N_("What day and hour is it?")
_SURE: Final = N_(
    "The records were last written on {last}. If it really is {said}, open once more; otherwise "
    "correct it."
)
_BUDDHIST: Final = N_("{year} of the Buddhist era")
_FAR: Final = timedelta(days=366)


class ClockQuestion(QWidget):
    """A line for the day and the hour; what was understood stands below it in words."""

    answered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._last: datetime | None = None
        self._sure_of: datetime | None = None
        self.why = label_as("", "quiet")
        self.line = named(WrittenLine(), "day_and_hour", _(_QUESTION))
        self.line.setPlaceholderText("29/11/2026 10:30")
        self.words = plain_label("", "understood")
        around = QVBoxLayout(self)
        around.setContentsMargins(*NO_MARGINS)
        around.setSpacing(NEAR)
        around.addWidget(self.why)
        around.addLayout(rows((_(_QUESTION), self.line)))
        around.addWidget(self.words)
        self.line.textChanged.connect(self._typed)
        self.line.returnPressed.connect(self.answered)
        self.setFocusProxy(self.line)
        self.hide()

    def ask(self, why: str, last: datetime | None) -> None:
        """Show the question, with why it is asked; `last` is the last moment of the log."""
        self._explain(why, "quiet")
        self._last, self._sure_of = last, None
        show_if(self, True)
        self.line.setFocus()

    def _explain(self, why: str, style: str) -> None:
        """Say why it is asked; asked once more, it must not look like the line of before."""
        self.why.setText(why)
        look(self.why, style)

    def said(self) -> datetime | None:
        """Return the answer; raises NotAMoment. None before it was asked, and to ask once more.

        What lies before the last line of the log, or more than a year after it, is asked twice.
        """
        if self.isHidden():
            return None
        said = read_moment(self.line.text())
        if self._is_strange(said) and said != self._sure_of:
            self._sure_of = said
            last = minute(self._last) if self._last else ""
            self._explain(_(_SURE).format(last=last, said=minute(said)), "warning")
            return None
        return said

    def _is_strange(self, said: datetime) -> bool:
        if self._last is None:
            return False
        return doubt(said, self._last) == "behind" or said - self._last > _FAR

    def _typed(self, text: str) -> None:
        try:
            said = read_moment(text)
        except NotAMoment:
            self.words.setText("")
            return
        on = house_day(said)
        words = f"{spoken_day(on, screen_language())}, {wall_time(said)}"
        if str(on.year + BUDDHIST_OFFSET) in text:
            words += f" ({_(_BUDDHIST).format(year=on.year + BUDDHIST_OFFSET)})"
        self.words.setText(words)
