"""Finding words in the day log: all lines in memory as one long text, looked through at a go.

An index on the disk would be a second copy of what was written, and one of words at that; read
page by page while nobody waits, ten years of lines are some 30 MB and are looked through in a few
hundredths of a second.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from shelterdesk.core.lao.letters import normalised
from shelterdesk.core.names.mentioned import named_in
from shelterdesk.core.permissions import Area
from shelterdesk.core.shown import minute
from shelterdesk.records.house.log import LoggedLine
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.day_lines import LOGBOOK
from shelterdesk.services.search import Hit
from shelterdesk.store.vault.vault import Vault

if TYPE_CHECKING:
    from datetime import datetime

_PAGE: Final = 200
"""Lines that are read while somebody may be typing elsewhere."""

_BLOCK: Final = 4_000
"""Lines that are looked through as one text."""

_SHORTEST: Final = 2
_ID: Final = 16


class _Block:
    """Some thousand lines as one text, the newest first, with their ids."""

    __slots__ = ("_ids", "_text")

    def __init__(self, ids: bytes, text: str) -> None:
        self._ids, self._text = ids, text

    def holding(self, words: list[str]) -> Iterator[str]:
        """Yield the ids of the lines in which all words occur, the newest first."""
        text, rarest = self._text, max(words, key=len)
        at, number, counted = text.find(rarest), 0, 0
        while at >= 0:
            begins, ends = text.rfind("\n", 0, at) + 1, text.find("\n", at)
            if all(text.find(word, begins, ends) >= 0 for word in words):
                number += text.count("\n", counted, begins)
                counted = begins
                yield self._ids[number * _ID : (number + 1) * _ID].hex()
            at = text.find(rarest, ends)


class LogFinder(Service):
    """Finds lines of the day log for whoever may read it."""

    def __init__(self, vault: Vault, seat: Seat) -> None:
        super().__init__(vault, seat)
        self._blocks: list[_Block] = []
        self._ids, self._texts = bytearray(), list[str]()
        self._last: tuple[datetime, str] | None = None
        self._is_read = False
        self._fresh: dict[str, str | None] = {}

    @rule(Area.LOGBOOK)
    def find(self, typed: str, most: int) -> list[Hit]:
        """Return the newest lines in which every word that was typed occurs."""
        words = normalised(typed).split()
        if sum(map(len, words)) < _SHORTEST:
            return []
        while not self._is_read:
            self._read_on(_BLOCK)
        with self._vault.database.reading() as session:
            self._renew(session)
            found = [id_ for id_, _number in zip(self._holding(words), range(most), strict=False)]
            return _hits(session, found)

    def _holding(self, words: list[str]) -> Iterator[str]:
        """Yield what was saved at this desk first: it is the newest."""
        for line_id, text in reversed(self._fresh.items()):
            if text is not None and all(word in text for word in words):
                yield line_id
        for block in self._blocks:
            yield from (one for one in block.holding(words) if one not in self._fresh)

    @rule(Area.LOGBOOK)
    def read_ahead(self) -> bool:
        """Read a page of lines, some milliseconds of work; True when all is read."""
        if not self._is_read:
            self._read_on(_PAGE)
        return self._is_read

    @rule(Area.LOGBOOK)
    def changed(self, kind_name: str, record_id: str) -> None:
        """Take note that a line was saved; it is read again before the next search."""
        if kind_name == LoggedLine.kind_name():
            self._fresh.pop(record_id, None)
            self._fresh[record_id] = None

    def _renew(self, session: Session) -> None:
        ids = [line_id for line_id, text in self._fresh.items() if text is None]
        if ids:
            wanted = select(LoggedLine.id, LoggedLine.text).where(LoggedLine.id.in_(ids))
            for row in session.execute(wanted):
                self._fresh[row.id] = _compared(row.text)

    def _read_on(self, most: int) -> None:
        """Read so many lines further back."""
        columns = (LoggedLine.created_at, LoggedLine.id)
        wanted = select(*columns, LoggedLine.text).order_by(columns[0].desc(), columns[1].desc())
        if self._last is not None:
            wanted = wanted.where(tuple_(*columns) < tuple_(*self._last))
        with self._vault.database.reading() as session:
            rows = session.execute(wanted.limit(most)).all()
        for row in rows:
            self._ids += bytes.fromhex(row.id)
            self._texts.append(_compared(row.text))
        self._is_read = len(rows) < most
        if rows:
            self._last = (rows[-1].created_at, rows[-1].id)
        if len(self._texts) >= _BLOCK or self._is_read:
            self._blocks.append(_Block(bytes(self._ids), "\n".join(self._texts) + "\n"))
            self._ids, self._texts = bytearray(), []


def _compared(text: str) -> str:
    return normalised(text).replace("\n", " ")


def _hits(session: Session, ids: list[str]) -> list[Hit]:
    """Return the lines of these ids to be shown, in their order, as they stand now."""
    rows = {
        one.id: one for one in session.scalars(select(LoggedLine).where(LoggedLine.id.in_(ids)))
    }
    return [_hit(rows[one]) for one in ids if one in rows]


def _hit(line: LoggedLine) -> Hit:
    kind, code = LoggedLine.fields()["kind"].codes, line.kind
    words = named_in(line.text, {})
    return Hit(LoggedLine.kind_name(), line.id, words, minute(line.at), LOGBOOK, (kind, code))
