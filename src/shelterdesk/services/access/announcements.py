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
from shelterdesk.store.log.log_order import spans, waited_since

END_ACCESS: Final = "end access"
CHANGE_ROLES: Final = "change roles"
BRING_BACK: Final = "bring back"
GO_BACK: Final = "go back to the records before"
CHANGE_SETTING: Final = "change setting"
LET_IN: Final = "let in"
RESET: Final = "reset"
TRAVEL: Final = "travel"
NEW_PAGES: Final = "new pages"
NEW_KEYS: Final = "new keys"

WAITS: Final = timedelta(hours=24)
"""How long an announced act waits (design: security, dual control)."""

STANDS: Final = timedelta(days=7)
"""How long it may be done from then on; after that it was forgotten."""

_PREFIX: Final = "announced "


def act(kind: str, subject: str) -> str:
    """Return the name of exactly one act, for which a signature is given: a kind and an id."""
    return f"{kind}: {subject}"


def parts(for_what: str) -> tuple[str, str]:
    """Return the kind of an act, and what it is done to."""
    kind, _, subject = for_what.partition(": ")
    return kind, subject


@dataclass(frozen=True)
class Announced:
    """One act that waits: what, by whom it was announced, and since when."""

    for_what: str
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


def announced(session: Session) -> dict[str, Announced]:
    """Return every act that was announced, by its name."""
    lines = select(StoreFact).where(StoreFact.name.startswith(_PREFIX))
    acts = [_read(session, line) for line in session.scalars(lines)]
    return {waits.for_what: waits for waits in acts if waits is not None}


def _read(session: Session, line: StoreFact) -> Announced | None:
    """Read a line; one that says nothing was never announced."""
    for_what = line.name.removeprefix(_PREFIX)
    try:
        holder_id, written, *noted = line.value.split(" ")
        at, seq = lived_moment(written), int(noted[0]) if noted else 0
    except ValueError:
        return None
    if not seq:
        return Announced(for_what, holder_id, at)
    seen = spans(session, {for_what: seq}, at)[for_what].last
    return Announced(for_what, holder_id, at, seq, waited_since(session, seq, at), seen)


def keep(session: Session, waits: Announced) -> None:
    """Keep an announced act, in the place of the same one of before."""
    value = f"{waits.holder_id} {stamp(waits.at)} {waits.seq}"
    session.merge(StoreFact(name=_PREFIX + waits.for_what, value=value))


def forget(session: Session, for_what: str) -> bool:
    """Take back an announced act, and tell whether it was there."""
    line = session.get(StoreFact, _PREFIX + for_what)
    if line is not None:
        session.delete(line)
    return line is not None
