"""What was typed and not yet saved: kept every few seconds, sealed to whoever typed it.

A draft survives lock, crash and power cut and can be opened by its writer alone, because what is
typed may belong to a compartment that others in the house cannot open. Nobody else can make one
either: it lies under a key from her own private key. Earlier programs sealed drafts *to* her, as
everybody can who knows her public key; those are taken over once, and never again opened.
"""

import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import stamp
from shelterdesk.core.errors import DamagedFile
from shelterdesk.core.i18n import N_
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.records.keeping.vault_room import Draft
from shelterdesk.store.disk.checked_json import canonical, parsed_object
from shelterdesk.store.keyring.keys import Keys
from shelterdesk.store.keyring.seals import (
    context,
    derived_key,
    open_sealed,
    open_value,
    seal_value,
)
from shelterdesk.store.log import audit

_NAME = N_("An unfinished text")
_TAKEN_OVER: Final = ("her own texts",)
"""What stands in the line of an unlocking since drafts can be made by their writer alone."""


@dataclass(frozen=True)
class Unfinished:
    """An unfinished text, as it is offered again: the page it was typed on and its fields."""

    page: str
    saved_at: datetime
    values: dict[str, str]

    def __repr__(self) -> str:
        return "<Unfinished>"


def keep(session: Session, page: str, values: Mapping[str, str]) -> None:
    """Keep what stands in a page's fields now, in the place of what was kept before."""
    writer = audit.writer_of(session)
    keys = _keys(session)
    drop(session, page)
    at = writer.clock()
    where = _where(keys, page, at)
    sealed = seal_value(_own(keys.private_key), canonical(dict(values)), where)
    session.add(Draft(owner=keys.holder, page=page, saved_at=at, sealed=sealed))


def drop(session: Session, page: str) -> None:
    """Forget a page's draft: it was saved or given up."""
    owner = _keys(session).holder
    session.execute(delete(Draft).where(Draft.owner == owner, Draft.page == page))


def mine(session: Session) -> list[Unfinished]:
    """Return this person's unfinished texts, newest first; one that does not open is left out."""
    keys = _keys(session)
    newest = select(Draft).where(Draft.owner == keys.holder).order_by(Draft.saved_at.desc())
    opened = (_opened(keys, draft) for draft in session.scalars(newest))
    return [unfinished for unfinished in opened if unfinished is not None]


def _opened(keys: Keys, draft: Draft) -> Unfinished | None:
    try:
        where = _where(keys, draft.page, draft.saved_at)
        values = parsed_object(open_value(_own(keys.private_key), draft.sealed, where, _NAME))
    except (DamagedFile, TypeError, ValueError):
        return None
    texts = {name: text for name, text in values.items() if isinstance(text, str)}
    return Unfinished(draft.page, draft.saved_at, texts)


def reseal(session: Session, keys: Keys, old_key: bytes, new_key: bytes) -> None:
    """Seal this person's unfinished texts to a new pair of hers; one that does not open stays."""
    for draft in session.scalars(select(Draft).where(Draft.owner == keys.holder)):
        where = _where(keys, draft.page, draft.saved_at)
        with contextlib.suppress(DamagedFile):
            plain = open_value(_own(old_key), draft.sealed, where, _NAME)
            draft.sealed = seal_value(_own(new_key), plain, where)


def take_over(session: Session) -> tuple[str, ...]:
    """Take over what an earlier program has sealed to her; returns what her unlocking line says.

    Once: when her own lines say so already, whatever is sealed to her comes from somebody else.
    """
    keys = _keys(session)
    said = select(AuditEvent.seq).where(
        AuditEvent.actor == keys.holder,
        AuditEvent.action == "unlocked",
        AuditEvent.fields == json.dumps(_TAKEN_OVER),
    )
    if session.scalar(said.order_by(AuditEvent.seq.desc()).limit(1)) is None:
        for draft in session.scalars(select(Draft).where(Draft.owner == keys.holder)):
            _take_over(keys, draft)
    return _TAKEN_OVER


def _take_over(keys: Keys, draft: Draft) -> None:
    before = context("draft", keys.store_id, keys.holder, draft.page)
    with contextlib.suppress(DamagedFile):
        plain = open_sealed(keys.private_key, draft.sealed, before, _NAME)
        where = _where(keys, draft.page, draft.saved_at)
        draft.sealed = seal_value(_own(keys.private_key), plain, where)


def _own(private_key: bytes) -> bytes:
    return derived_key(private_key, "unfinished texts")


def _where(keys: Keys, page: str, at: datetime) -> bytes:
    return context("unfinished text", keys.store_id, keys.holder, page, stamp(at))


def _keys(session: Session) -> Keys:
    keys = audit.writer_of(session).keys
    if keys is None:
        raise RuntimeError("a session of an unlocked vault has its person's keys")
    return keys
