"""The box: letters that everybody can put in, and the people of its route read.

No row says who wrote it, when, or about whom; there is no line of the log, no history and no draft
of it. What can be counted is how many there are (design: life in the house, the box).
"""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shelterdesk.core.errors import DamagedFile
from shelterdesk.records.base import new_id
from shelterdesk.records.keeping.vault_room import SealedLetter
from shelterdesk.store.disk.checked_json import canonical, parsed_object
from shelterdesk.store.keyring.keys import Keys
from shelterdesk.store.keyring.letters import (
    PublicKey,
    open_letter,
    place_of,
    resealed,
    seal_letter,
)
from shelterdesk.store.keyring.seals import public_key_of
from shelterdesk.store.log import audit

Content = Mapping[str, Any]


def put_in(session: Session, to: Sequence[PublicKey], content: Content) -> None:
    """Put a letter in, sealed to each of `to`; None stands for a slot that nobody opens."""
    letter_id = new_id()
    where = place_of(_keys(session).store_id, letter_id)
    sealed = seal_letter(to, canonical(dict(content)), where)
    session.add(SealedLetter(id=letter_id, sealed=sealed))


def opened(session: Session) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the letters that open to whoever is at the desk, each with its id.

    One that is damaged, or is for others, is passed over: both look alike.
    """
    keys = _keys(session)
    for row in session.scalars(select(SealedLetter)):
        with contextlib.suppress(DamagedFile, TypeError, ValueError):
            content = open_letter(keys.private_key, row.sealed, place_of(keys.store_id, row.id))
            if content is not None:
                yield row.id, parsed_object(content)


def count(session: Session) -> int:
    """Return how many letters there are, the empty ones among them."""
    return session.scalar(select(func.count()).select_from(SealedLetter)) or 0


def reseal(session: Session, keys: Keys, old_key: bytes, new_key: bytes) -> None:
    """Let a new pair of hers open what the old one opened."""
    for row in session.scalars(select(SealedLetter)):
        where = place_of(keys.store_id, row.id)
        with contextlib.suppress(DamagedFile):
            row.sealed = resealed(old_key, public_key_of(new_key), row.sealed, where)


def _keys(session: Session) -> Keys:
    keys = audit.writer_of(session).keys
    if keys is None:
        raise RuntimeError("a session of an unlocked vault has its person's keys")
    return keys
