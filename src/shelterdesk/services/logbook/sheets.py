"""House paper of the log: one page of a handover, and the lines of a day with room to write more.

Codes and chosen names only: the names that somebody has typed all the same are masked.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from shelterdesk.core import codes
from shelterdesk.core.calendar.clock import wall_time
from shelterdesk.core.i18n import N_, in_language
from shelterdesk.core.permissions import Area
from shelterdesk.core.shown import day, minute
from shelterdesk.records.base import Record
from shelterdesk.records.house.log import LoggedLine
from shelterdesk.records.house.shifts import ShiftHandover
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.disclosure.letters_paper import mark
from shelterdesk.services.disclosure.masks import Hide, everybody_hidden
from shelterdesk.services.keeping.log_words import LIST_PRINTED
from shelterdesk.services.logbook.handover import ShiftLine
from shelterdesk.services.logbook.log import DayLog, LogRow
from shelterdesk.services.logbook.shifts import Handover, Shifts
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry
from shelterdesk.store.vault.vault import Vault

_HANDOVER, _LOG = N_("Handover"), N_("Day log")
_HEADS: Final = (N_("Hour"), N_("What about"), N_("Who"), N_("What was there"), N_("Initials"))
_LOG_HEADS: Final = (N_("Hour"), N_("What about"), N_("What was there"), N_("Written by"))
_MUST, _OPEN = N_("Must be read"), N_("Open until done")
_WORDS, _CASH = N_("Words for those who come"), N_("Keys and cash agree")
_SIGNED: Final = N_("Read and signed by")
_EMPTY: Final = 12
"""Empty lines below those of a day: what is written there by hand is typed in later."""


class LogSheets(Service):
    """Draws the sheets of the log."""

    def __init__(self, vault: Vault, seat: Seat, day_log: DayLog, shifts: Shifts) -> None:
        super().__init__(vault, seat)
        self._day_log, self._shifts = day_log, shifts

    @rule(Area.LOGBOOK)
    def handover(
        self, handover_id: str = "", language: str = "lo", *, preview: bool = False
    ) -> bytes:
        """Return what was handed over, or would be now, on a page."""
        told = self._shifts.given(handover_id) if handover_id else self._shifts.now()
        with self._drawing(ShiftHandover, preview=preview) as session:
            hide = everybody_hidden(session, language)
            rows = [_handed(line, hide, language) for line in told.lines]
        rows += _beside(told, hide, language)
        about = f"{minute(told.since)} – {minute(told.until)}"
        return self._list(_HANDOVER, about, _HEADS, rows, language)

    @rule(Area.LOGBOOK)
    def day(self, on: date, language: str = "lo", *, preview: bool = False) -> bytes:
        """Return the lines of a day, the first one first, and room to write more by hand."""
        found = self._day_log.of_day(on)
        with self._drawing(LoggedLine, preview=preview) as session:
            hide = everybody_hidden(session, language)
            rows = [_logged(row, hide, language) for row in reversed(found)]
        rows += [("",) * len(_LOG_HEADS)] * _EMPTY
        return self._list(_LOG, day(on), _LOG_HEADS, rows, language)

    @contextmanager
    def _drawing(self, kind: type[Record], *, preview: bool) -> Iterator[Session]:
        """Read for a sheet; what is printed is a line in the log, what is looked at is none."""
        database = self._vault.database
        with database.reading() if preview else database.writing() as session:
            yield session
            if not preview:
                audit.note(session, [LogEntry(LIST_PRINTED, "", "", (kind.kind_name(),))])

    def _list(
        self,
        title: str,
        about: str,
        heads: Sequence[str],
        rows: Sequence[tuple[str, ...]],
        language: str,
    ) -> bytes:
        from shelterdesk.documents.house_paper import HouseHead, house_list

        head = HouseHead(
            title=in_language(title, language),
            about=about,
            by=self._vault.me.name,
            made_on=self.seat.today(),
            language=language,
            mark=mark(self.seat),
        )
        return house_list(head, tuple(in_language(one, language) for one in heads), tuple(rows))


def _handed(line: ShiftLine, hide: Hide, language: str) -> tuple[str, ...]:
    words = line.words if line.is_written else in_language(line.words, language)
    told = hide(words if line.is_written else words.format(**line.facts))
    marks = [_MUST] * line.must_read + [_OPEN] * line.is_open
    noted = ", ".join(in_language(one, language) for one in marks)
    said = f"{told} ({noted})" if noted else told
    return (minute(line.at), in_language(line.part, language), line.who, said, "")


def _beside(told: Handover, hide: Hide, language: str) -> Iterator[tuple[str, ...]]:
    """Yield the rows below the lines: the words, keys and cash, who has signed."""
    agree = codes.label("yes_no", told.cash_agrees, language) if told.cash_agrees else ""
    signed = ", ".join(told.signed)
    for label, value in ((_WORDS, hide(told.words)), (_CASH, agree), (_SIGNED, signed)):
        yield ("", in_language(label, language), "", value, "")


def _logged(row: LogRow, hide: Hide, language: str) -> tuple[str, ...]:
    kind = codes.label("log_entry_type", row.line.kind, language)
    return (wall_time(row.line.at), kind, hide(row.text), row.by)
