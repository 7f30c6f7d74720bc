"""The rows of My day: a plain one for whatever a room says, and one to look at what has left."""

from datetime import date
from typing import Final

from PySide6.QtCore import Signal

from shelterdesk.core import codes
from shelterdesk.core.i18n import N_, _, screen_language
from shelterdesk.gui.parts.case_line import case_line, numbered
from shelterdesk.gui.parts.icons import drawn
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.moments import day_text, due_text
from shelterdesk.gui.parts.plain import plain_label
from shelterdesk.gui.parts.rows import Row, small
from shelterdesk.gui.parts.style.measures import TIGHT
from shelterdesk.records.disclosure.disclosure import Disclosure
from shelterdesk.services.day_lines import DayLine

_HOW: Final = N_(
    "Look at what was told and whether it was right; speak with whoever told it, and with her. "
    "That you have looked stays in the log."
)


def when_text(line: DayLine, today: date) -> str:
    """Return the day of a line in words: when it is over, until when, or on which day and hour."""
    if line.when is None:
        return ""
    near = (line.when - today).days <= 1
    told = due_text(line.when, today) if near or _is_deadline(line) else day_text(line.when)
    return f"{told} {line.hour}".strip()


def _is_deadline(line: DayLine) -> bool:
    return (line.waits or line.is_danger) and not line.hour


class LineRow(Row):
    """What one room says: the sentence, and below it the day, whom it is about, its number.

    One that opens a page as a whole is named for it, as everything is that leads there.
    """

    def __init__(self, line: DayLine, today: date, name: str = "line") -> None:
        words, due = line.in_words(), when_text(line, today)
        told = (words, due, line.who, line.number)
        leads = f"to_{line.page}" if line.page and not line.record_id else name
        super().__init__(", ".join(part for part in told if part), leads)
        self.about = line
        self.line.setContentsMargins(TIGHT, TIGHT, TIGHT, TIGHT)
        if line.is_danger:
            self.add(drawn("triangle-alert", "problem", self.fontMetrics().height()))
        facts = []
        if due:
            style = "late" if line.is_late(today) else "quiet"
            facts.append(label_as(due, style, f"{name}-due", wraps=False))
        if line.who:
            facts.append(case_line(line.who, f"{name}-case"))
        if line.number:
            facts.append(numbered(line.number, "quiet", f"{name}-number"))
        self.words = self.say(plain_label(words, f"{name}-words"), *facts)
        if not line.page:
            self.unsetCursor()


class ReviewRow(LineRow):
    """What was told without her consent: what it was and why, and that a director has looked."""

    looked = Signal()

    def __init__(self, line: DayLine, today: date, left: Disclosure, *, is_asked: bool) -> None:
        super().__init__(line, today, "review")
        items = codes.labels("disclosure_item", screen_language())
        told = ", ".join(items.get(code, code) for code in left.items or ())
        self.words.addWidget(plain_label(told, "review-items"))
        self.words.addWidget(label_as(left.reason or "", "quiet", "review-reason", wraps=True))
        if is_asked:
            self.words.addWidget(label_as(_(_HOW), "quiet", "review-how", wraps=True))
            done = small(_("Looked at"), "looked-at", ": ".join((_("Looked at"), line.who)))
            done.clicked.connect(self.looked)
            self.line.addWidget(done)
