"""What is counted of the box: how many letters came, a day later, and an empty one a week.

A line at the moment of a letter would tell who sat at the desk. So the first unlocking of a day
tells how many there were since the day before; and once a week a letter goes in that is for nobody,
so that one which stays shut proves nothing. Letters are never taken out: where there are fewer than
the log has counted, somebody has deleted some past the program, and whoever reads the box is told.
"""

import json
import secrets
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import house_day
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.records.keeping.vault_room import StoreFact
from shelterdesk.store.database import box
from shelterdesk.store.keyring.keyring_chain import readers_of_box
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry
from shelterdesk.store.vault.vault import Vault

CAME: Final = "letters in the box"
GONE: Final = "letters gone from the box"
COUNTED: Final = "box counted"
_EMPTY: Final = "box emptily written"
_WEEK: Final = timedelta(days=7)
_MOST_LETTERS: Final = 900
"""Letters of the text of an empty one: a letter like others, for whoever counts its steps."""


def count_box(vault: Vault) -> None:
    """Count what came since the day before, and put the empty letter of the week in."""
    today, readers = house_day(vault.clock()), len(readers_of_box(vault.keyring.chain))
    if vault.writer.only_reads or not readers or not _is_due(vault, today):
        return
    with vault.database.writing() as session:
        there = box.count(session)
        more = there - _known(session)
        if more:
            line = LogEntry(CAME if more > 0 else GONE, "", "", (str(abs(more)),))
            audit.note(session, [line])
        last = _kept(session, _EMPTY)
        if last is None or today - date.fromisoformat(last[0]) >= _WEEK:
            words = secrets.token_hex(secrets.randbelow(_MOST_LETTERS))
            box.put_in(session, [None] * (readers + 1), {"words": words})
            _keep(session, _EMPTY, today, 0)
        _keep(session, COUNTED, today, there)


def gone_since(session: Session, since: datetime) -> int:
    """Return how many letters were found to be gone since a moment."""
    return sum(_told(session, GONE, since))


def _known(session: Session) -> int:
    """Return how many letters there were at the last count: by the fact, and by the signed log.

    Whoever writes past the program can change the fact beside the letters, and not the log.
    """
    kept = _kept(session, COUNTED)
    return max(int(kept[1]) if kept else 0, sum(_told(session, CAME)) - sum(_told(session, GONE)))


def _told(session: Session, action: str, since: datetime | None = None) -> list[int]:
    """Return the numbers that lines of the log tell of the box."""
    wanted = select(AuditEvent.fields).where(
        AuditEvent.record_id == "", AuditEvent.action == action
    )
    if since is not None:
        wanted = wanted.where(AuditEvent.at >= since)
    return [int(number) for line in session.scalars(wanted) for number in json.loads(line)]


def _is_due(vault: Vault, today: date) -> bool:
    with vault.database.reading() as session:
        last = _kept(session, COUNTED)
    return last is None or date.fromisoformat(last[0]) < today


def _kept(session: Session, name: str) -> tuple[str, str] | None:
    """Return the day and the number of a fact."""
    fact = session.get(StoreFact, name)
    if fact is None:
        return None
    day, _blank, number = fact.value.partition(" ")
    return day, number


def _keep(session: Session, name: str, day: date, number: int) -> None:
    session.merge(StoreFact(name=name, value=f"{day.isoformat()} {number}"))
