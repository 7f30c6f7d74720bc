"""What is told to everybody about the list of keyholders: in the log, and on the first pages.

Whoever unlocks first and finds that something does not fit writes it down once; from then on it is
shown to everybody for a week, also when the one who did it has put everything back meanwhile.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.clock import moment, stamp
from shelterdesk.records.vault_room import StoreFact
from shelterdesk.store import audit
from shelterdesk.store.audit import Entry as Line
from shelterdesk.store.keyring_chain import Chain, Entry, Voucher
from shelterdesk.store.vouching import LIST_KIND, Doubt, Oddity, Standing

TOLD_FOR: Final = timedelta(days=7)
"""How long first pages tell of it (design: keys, who vouches)."""

_PREFIX: Final = "told "
_HER_OWN_TO_DO: Final = frozenset({Doubt.OLD_FORMAT, Doubt.NOT_COMPARED, Doubt.AWAITS_TWO})
"""Doubts that are no attack but something that is still to be done."""


@dataclass(frozen=True)
class Told:
    """Something that did not fit: what, when it was found, and by whom (keyholder id)."""

    what: Doubt | Oddity
    at: datetime
    found_by: str


def tell(session: Session, standing: Standing, store_id: str) -> None:
    """Write down what does not fit, in the session's own transaction; each thing once."""
    writer = audit.writer_of(session)
    for code, at in _to_tell(standing):
        name = f"{_PREFIX}{code} {at[:16]}".rstrip()
        if session.get(StoreFact, name) is not None:
            continue
        value = f"{stamp(writer.clock())} {writer.actor}"
        session.add(StoreFact(name=name, value=value))
        digest = at if code == Oddity.NOT_LOGGED else ""
        audit.note(session, [Line("list does not fit", LIST_KIND, store_id, (code, at), digest)])


def _to_tell(standing: Standing) -> Iterator[tuple[str, str]]:
    for doubt in standing.doubts:
        if doubt not in _HER_OWN_TO_DO:
            yield doubt.value, ""
    for odd in standing.odd:
        yield odd.oddity.value, odd.at


def told_lately(session: Session, now: datetime) -> list[Told]:
    """Return what was found in the last week, or what a clock says is still to come."""
    facts = select(StoreFact).where(StoreFact.name.startswith(_PREFIX))
    told = (_read(fact) for fact in session.scalars(facts))
    recent = [one for one in told if one is not None and now - one.at <= TOLD_FOR]
    return sorted(recent, key=lambda one: one.at)


def _read(fact: StoreFact) -> Told | None:
    """Read what was told; a fact in another form, which somebody else has written, is left out."""
    named = fact.name.removeprefix(_PREFIX)
    known = next((c for c in (*Doubt, *Oddity) if named == c or named.startswith(f"{c} ")), None)
    at, _, holder = fact.value.partition(" ")
    try:
        return Told(known, moment(at), holder) if known is not None else None
    except ValueError:
        return None


def vouched_alone(chain: Chain, news: tuple[Entry, ...], now: datetime) -> list[Entry]:
    """Return what the only director did alone: of the last week, or not seen yet by who asks."""
    unseen = {entry.digest for entry in news}
    pairs = zip(chain.entries, chain.vouchers(), strict=False)
    return [
        entry
        for entry, voucher in pairs
        if voucher is Voucher.ALONE and (entry.digest in unseen or _is_recent(entry, now))
    ]


def _is_recent(entry: Entry, now: datetime) -> bool:
    try:
        return now - moment(entry.at) <= TOLD_FOR
    except ValueError:
        return True
