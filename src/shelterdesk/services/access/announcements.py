"""Acts that were announced because nobody else can sign them: kept in the records, for all to see.

Where one person alone can open the records, nobody can give a second signature. What would need
one is then announced, waits for a day under everybody's eyes, and may be done after it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import later, lived_moment, stamp
from shelterdesk.records.keeping.vault_room import StoreFact
from shelterdesk.services.access.act import Act
from shelterdesk.store.log.log_order import spans, waited_since

WAITS: Final = timedelta(hours=24)
"""How long an announced act waits (design: security, dual control)."""

STANDS: Final = timedelta(days=7)
"""How long it may be done from then on; after that it was forgotten."""

_PREFIX: Final = "announced "


@dataclass(frozen=True)
class Announced:
    """One act that waits: what, by whom it was announced, and since when."""

    written: str
    """The act as it was written down."""
    holder_id: str
    at: datetime
    seq: int = 0
    """The line of the log that tells of it; 0 where it was not noted yet."""
    since: datetime | None = None
    """From when on the wait is counted: anew, if the clock was put back."""
    seen: datetime | None = None
    """The latest moment that the house has seen since."""

    @property
    def due(self) -> datetime:
        """The moment from which it may be done."""
        return later(self.since or self.at, WAITS)

    def is_over(self, now: datetime) -> bool:
        """Tell whether it was not done in time; a clock put back does not make it younger."""
        return max(now, self.seen or now) > later(self.at, WAITS + STANDS)

    def may_be_done(self, now: datetime) -> bool:
        """Tell whether it has waited long enough."""
        return self.due <= now and not self.is_over(now)


def announced(session: Session) -> list[Announced]:
    """Return every act that was announced."""
    lines = select(StoreFact).where(StoreFact.name.startswith(_PREFIX))
    acts = (_read(session, line) for line in session.scalars(lines))
    return [waits for waits in acts if waits is not None]


def announced_act(session: Session, act: Act) -> Announced | None:
    """Return what was announced of exactly this act, or None."""
    return next((waits for waits in announced(session) if act.is_written(waits.written)), None)


def _read(session: Session, line: StoreFact) -> Announced | None:
    """Read a line; one that says nothing was never announced."""
    written_act = line.name.removeprefix(_PREFIX)
    try:
        holder_id, written, *noted = line.value.split(" ")
        at, seq = lived_moment(written), int(noted[0]) if noted else 0
    except ValueError:
        return None
    if not seq:
        return Announced(written_act, holder_id, at)
    seen = spans(session, {written_act: seq}, at)[written_act].last
    return Announced(written_act, holder_id, at, seq, waited_since(session, seq, at), seen)


def keep(session: Session, waits: Announced) -> None:
    """Keep an announced act, in the place of the same one of before."""
    value = f"{waits.holder_id} {stamp(waits.at)} {waits.seq}"
    session.merge(StoreFact(name=_PREFIX + waits.written, value=value))


def forget(session: Session, written_act: str) -> bool:
    """Take back an act as it was written down, and tell whether it was there."""
    line = session.get(StoreFact, _PREFIX + written_act)
    if line is not None:
        session.delete(line)
    return line is not None
