"""The clock at the unlocking: compared with the log, put right by whoever opens, written down.

A computer whose battery is empty, or that counts Buddhist years, must not decide what has expired.
Beside the last line of the log it is seen to be wrong; then one question is asked, and the answer
holds for this session.
"""

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import Clock, SessionClock, WhenDoubted, doubt, stamp
from shelterdesk.core.errors import ClockDoubted
from shelterdesk.core.shown import minute
from shelterdesk.records.keeping.vault_room import StoreFact
from shelterdesk.store.database import drafts
from shelterdesk.store.database.database import Database
from shelterdesk.store.log import witness
from shelterdesk.store.log.audit import CLOCK, CLOCK_SET, LogEntry, log_state
from shelterdesk.store.log.log_order import unmarked

_TURNS_READ: Final = "clock turns read"
"""The fact that an older log was looked through for places where the clock was put back."""


def settle(database: Database, clock: Clock) -> list[LogEntry]:
    """Make sure of the time before anything is written; returns the lines that tell of it.

    A clock that cannot be right raises ClockDoubted; where nobody can be asked, the time of the log
    goes on.
    """
    if not isinstance(clock, SessionClock):
        return []
    with database.reading() as session:
        shown, last = clock.computer(), log_state(session).at
    if clock.is_said:
        return [LogEntry(CLOCK_SET, CLOCK, CLOCK, (stamp(shown),))]
    why = doubt(shown, last)
    if why is None or clock.when_doubted is WhenDoubted.TRUST:
        return []
    if clock.when_doubted is WhenDoubted.ASK:
        fault = ClockDoubted(computer=minute(shown), last=minute(last or shown))
        fault.last = last
        raise fault
    if last is not None:
        clock.set(last)
    return []


def unlocked(session: Session, doubted: witness.Doubted | None) -> list[LogEntry]:
    """Return the line of an unlocking, and those of what is doubted about these records.

    Before it come, once a store, lines for where the clock was put back before the log told of it.
    """
    lines = [
        LogEntry("unlocked", fields=drafts.take_over(session)),
        *witness.news(session, doubted),
    ]
    if session.get(StoreFact, _TURNS_READ) is not None:
        return lines
    session.add(StoreFact(name=_TURNS_READ, value="yes"))
    return [*unmarked(session), *lines]


def not_doubted(shown: datetime, last: datetime | None) -> datetime:
    """Return the moment for a line where nobody can be asked: the computer's, if it may be right.

    Otherwise that of the last line, so that the next unlocking asks.
    """
    return last if last is not None and doubt(shown, last) else shown
