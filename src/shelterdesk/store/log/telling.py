"""What is told to everybody about the list of keyholders: in the log, and on the first pages.

Whoever unlocks first and finds that something does not fit writes it down once; from then on it is
shown to everybody for a week, also when the one who did it has put everything back meanwhile.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import moment
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.store.keyring.keyring_chain import Chain, ListEntry, Voucher
from shelterdesk.store.keyring.vouching import LIST_KIND, ListDoubt, Oddity, Standing
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry as Line

TOLD_FOR: Final = timedelta(days=7)
"""How long first pages tell of it (design: keys, who vouches)."""

_ACTION: Final = "list does not fit"
_HER_OWN_TO_DO: Final = frozenset(
    {ListDoubt.OLD_FORMAT, ListDoubt.NOT_COMPARED, ListDoubt.AWAITS_TWO}
)
"""Doubts that are no attack but something that is still to be done."""


@dataclass(frozen=True)
class Told:
    """Something that did not fit: what, when it was found, and by whom (keyholder id)."""

    what: ListDoubt | Oddity
    at: datetime
    found_by: str
    found_at: str = ""
    """The digest of an entry or a keyholder's id, where it was found at one."""


def tell(session: Session, standing: Standing, store_id: str) -> None:
    """Write down what does not fit, in the session's own transaction; each thing once a week."""
    writer = audit.writer_of(session)
    known = {(one.what, one.found_at) for one in _told_of(session, store_id, writer.clock())}
    for code, at in _to_tell(standing):
        if (code, at) in known:
            continue
        digest = at if code == Oddity.NOT_LOGGED else ""
        audit.note(session, [Line(_ACTION, LIST_KIND, store_id, (code, at), digest)])


def _to_tell(standing: Standing) -> Iterator[tuple[str, str]]:
    for doubt in standing.doubts:
        if doubt not in _HER_OWN_TO_DO:
            yield doubt.value, ""
    for odd in standing.odd:
        yield odd.oddity.value, odd.at


def told_lately(session: Session, now: datetime) -> list[Told]:
    """Return what was found in the last week, or what a clock says is still to come."""
    keys = audit.writer_of(session).keys
    return sorted(_told_of(session, keys.store_id if keys else "", now), key=lambda one: one.at)


def _told_of(session: Session, store_id: str, now: datetime) -> list[Told]:
    """Read it out of the log: everybody who opens the records can delete a fact, but no line."""
    lines = select(AuditEvent).where(
        AuditEvent.record_id == store_id, AuditEvent.kind == LIST_KIND, AuditEvent.action == _ACTION
    )
    told = map(_read, session.scalars(lines))
    return [one for one in told if one is not None and now - one.at <= TOLD_FOR]


def _read(line: AuditEvent) -> Told | None:
    """Read what was told; a line in another form, which somebody else has written, is left out."""
    try:
        code, at = json.loads(line.fields)
        known = next((one for one in (*ListDoubt, *Oddity) if one == code), None)
    except (RecursionError, TypeError, ValueError):
        return None
    return Told(known, line.at, line.actor, str(at)) if known is not None else None


def vouched_alone(chain: Chain, news: tuple[ListEntry, ...], now: datetime) -> list[ListEntry]:
    """Return what the only director did alone: of the last week, or not seen yet by who asks."""
    unseen = {entry.digest for entry in news}
    pairs = zip(chain.entries, chain.vouchers(), strict=False)
    return [
        entry
        for entry, voucher in pairs
        if voucher is Voucher.ALONE and (entry.digest in unseen or _is_recent(entry, now))
    ]


def _is_recent(entry: ListEntry, now: datetime) -> bool:
    try:
        return now - moment(entry.at) <= TOLD_FOR
    except ValueError:
        return True
