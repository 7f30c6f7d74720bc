"""The keys of backups, as the records keep them: sealed to the directors and the recovery pages.

Under the vault key, which everybody in the house holds, they would open every stick's past to
whoever finds one: what was purged since, and the log key of those days. So the records keep each
key only in the way a stick does, sealed to somebody's public key; who may open it is asked of her
private key. The stick itself carries the seals for pages and travel passphrase alone: it shows a
stranger no number of directors.
"""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.errors import NotAllowed
from shelterdesk.core.i18n import N_
from shelterdesk.records.keeping.vault_room import BackupGeneration
from shelterdesk.store.database.database import Database
from shelterdesk.store.disk.checked_json import from_text, to_text
from shelterdesk.store.keyring.keyring import HolderKind, Keyholder, Keyring
from shelterdesk.store.keyring.keys import Keys, is_director
from shelterdesk.store.keyring.seals import context, open_sealed, public_key_of, seal_to

_NAME: Final = N_("The key of a backup")


class NotYoursToOpen(NotAllowed):
    """A backup's key is not sealed to whoever asks for it."""

    sentence = N_(
        "An earlier backup is opened by a director or by two recovery pages. A backup that you "
        "make now is read back and opened while it is made."
    )


def backup_key_context(backup_id: str, holder: str) -> bytes:
    """Return what a backup's key is bound to when it is sealed to the keyholder with this id."""
    return context("backup key", backup_id, holder)


def sealed_for(holders: Iterable[Keyholder], backup_id: str, key: bytes) -> dict[str, bytes]:
    """Seal a backup's key to each of `holders`: keyholder id -> sealed key."""
    return {
        holder.id: seal_to(holder.public_key, key, backup_key_context(backup_id, holder.id))
        for holder in holders
    }


def entitled(keyring: Keyring) -> list[Keyholder]:
    """Return who may open earlier backups: the directors of today, and the present pages."""
    paper = keyring.find(HolderKind.RECOVERY)
    directors = [holder for holder in keyring.persons() if is_director(holder)]
    return directors if paper is None else [*directors, paper]


def kept_for(keyring: Keyring, backup_id: str, key: bytes) -> dict[str, str]:
    """Seal a backup's key to everybody entitled, in the form of `BackupGeneration.sealed_keys`.

    The seals stand under public keys, not under people: whoever gets a new pair gets a new seal.
    """
    holders = entitled(keyring)
    sealed = sealed_for(holders, backup_id, key)
    return {_name(holder.public_key): to_text(sealed[holder.id]) for holder in holders}


def _name(public_key: bytes) -> str:
    return public_key.hex()


def _mine(row: BackupGeneration, keys: Keys) -> str | None:
    """Return the seal that this person's private key opens, if there is one."""
    name = _name(public_key_of(keys.private_key)) if keys.private_key else ""
    return (row.sealed_keys or {}).get(name)


def opened(generation: BackupGeneration, keys: Keys) -> bytes:
    """Return the key of one backup; raises NotYoursToOpen, DamagedFile."""
    sealed = _mine(generation, keys)
    if sealed is None:
        raise NotYoursToOpen
    where = backup_key_context(generation.id, keys.holder)
    return open_sealed(keys.private_key, from_text(sealed), where, _NAME)


def hand_on(session: Session, keyring: Keyring, keys: Keys) -> None:
    """Seal every backup's key to exactly those who may open it by `keyring`.

    A key that the one at work cannot open stays sealed to those who have it, without the ones who
    may no longer. A key that an earlier program has kept under the vault key is sealed here too,
    by whoever opens the records first.
    """
    allowed = _allowed(keyring)
    for row in session.scalars(select(BackupGeneration)):
        key = row.backup_key or (opened(row, keys) if _mine(row, keys) else b"")
        if key:
            row.sealed_keys, row.backup_key = kept_for(keyring, row.id, key), b""
        else:
            row.sealed_keys = {n: s for n, s in (row.sealed_keys or {}).items() if n in allowed}


def follow(database: Database, keyring: Keyring, keys: Keys) -> None:
    """Do what `hand_on` does, where there is anything to do."""
    with database.reading() as session:
        if not is_out_of_date(session, keyring, keys):
            return
    with database.writing() as session:
        hand_on(session, keyring, keys)


def is_out_of_date(session: Session, keyring: Keyring, keys: Keys) -> bool:
    """Tell whether `hand_on` by this person would change who opens which backup."""
    allowed = _allowed(keyring)
    return any(
        row.backup_key or (_mine(row, keys) and set(row.sealed_keys or {}) != allowed)
        for row in session.scalars(select(BackupGeneration))
    )


def _allowed(keyring: Keyring) -> set[str]:
    return {_name(holder.public_key) for holder in entitled(keyring)}
