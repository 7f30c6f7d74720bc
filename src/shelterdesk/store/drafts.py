"""What was typed and not yet saved: kept every few seconds, sealed to whoever typed it.

A draft survives lock, crash and power cut and can be opened by its writer alone, because what is
typed may belong to a compartment that others in the house cannot open.
"""

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from shelterdesk.core.errors import DamagedFile
from shelterdesk.core.i18n import N_
from shelterdesk.records.vault_room import Draft
from shelterdesk.store import audit
from shelterdesk.store.checked_json import canonical, parsed_object
from shelterdesk.store.keys import Keys
from shelterdesk.store.seals import context, open_sealed, public_key_of, seal_to

_NAME = N_("An unfinished text")


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
    where = context("draft", keys.store_id, keys.holder, page)
    sealed = seal_to(public_key_of(keys.private_key), canonical(dict(values)), where)
    session.add(Draft(owner=keys.holder, page=page, saved_at=writer.clock(), sealed=sealed))


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
    where = context("draft", keys.store_id, keys.holder, draft.page)
    try:
        plain = open_sealed(keys.private_key, draft.sealed, where, _NAME)
        values = parsed_object(plain)
    except (DamagedFile, TypeError, ValueError):
        return None
    texts = {name: text for name, text in values.items() if isinstance(text, str)}
    return Unfinished(draft.page, draft.saved_at, texts)


def reseal(session: Session, keys: Keys, old_key: bytes, new_key: bytes) -> None:
    """Seal this person's unfinished texts to a new pair of hers; one that does not open stays."""
    for draft in session.scalars(select(Draft).where(Draft.owner == keys.holder)):
        where = context("draft", keys.store_id, keys.holder, draft.page)
        with contextlib.suppress(DamagedFile):
            plain = open_sealed(old_key, draft.sealed, where, _NAME)
            draft.sealed = seal_to(public_key_of(new_key), plain, where)


def _keys(session: Session) -> Keys:
    keys = audit.writer_of(session).keys
    if keys is None:
        raise RuntimeError("a session of an unlocked vault has its person's keys")
    return keys
