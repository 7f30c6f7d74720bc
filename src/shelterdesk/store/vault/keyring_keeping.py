"""Keyring and log change together: one transaction, then the files, then the note of it goes.

The log lies in the database and the keyring in two files beside it, so a power cut can fall between
them. The whole next keyring therefore stands in the database (`PendingKeyring`) from the moment its
line is written until both files hold it; unlocking finishes what was cut.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import inspect

from shelterdesk.core.errors import DeskError, WrongPassphrase
from shelterdesk.records.keeping.vault_room import PendingKeyring
from shelterdesk.store.disk.faults import warned
from shelterdesk.store.keyring.keyring import Keyring, both_copies_hold, write_keyring
from shelterdesk.store.keyring.keyring_chain import Chain
from shelterdesk.store.keyring.pins import chain_in, pin_of
from shelterdesk.store.keyring.seals import public_key_of
from shelterdesk.store.keyring.signing import verifying_key_of
from shelterdesk.store.keyring.vouching import demand_listed
from shelterdesk.store.log import audit
from shelterdesk.store.vault import backup_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sqlalchemy.orm import Session

    from shelterdesk.store.database.database import Database
    from shelterdesk.store.keyring.keyholder import Keyholder
    from shelterdesk.store.keyring.keys import Keys
    from shelterdesk.store.keyring.passphrase_lock import PassphraseLock
    from shelterdesk.store.keyring.vouching import Standing
    from shelterdesk.store.log.audit import LogEntry


class OpenVault(Protocol):
    """What of an unlocked vault is needed here: its keyring, and where it is kept."""

    folder: Path
    keyring: Keyring
    keys: Keys
    generation: int
    database: Database
    standing: Standing

    @property
    def me(self) -> Keyholder:
        """Return the keyholder who has unlocked it."""

    def save_keyring(self, keyring: Keyring) -> None:
        """Put a changed keyring in place."""

    def drop_other_vault_keys(self) -> None:
        """Forget every vault key but the one that opens the database."""


_ONLY = 1
"""Key of the one row: only one keyring can wait."""


def put(
    vault: OpenVault,
    keyring: Keyring,
    lines: Sequence[LogEntry],
    also: Callable[[Session], None] = lambda _session: None,
) -> None:
    """Put a keyring in place together with the lines of the log that tell of it.

    Once the transaction is done the change is made: files that cannot be written just now are a
    warning, and are written at the next unlocking. Raises NoSpace, DiskFailing before that.
    """
    following = replace(keyring, epoch=vault.keyring.epoch + 1)
    following = following.signed(vault.keys.vault_key(vault.generation), vault.generation)
    with vault.database.writing() as session:
        also(session)
        backup_keys.hand_on(session, following, vault.keys)
        audit.note(session, lines)
        session.merge(PendingKeyring(id=_ONLY, content=following.to_bytes()))
    vault.keyring = following
    with warned(vault.database.warnings):
        write_keyring(vault.folder, following)
        _forget(vault)


def finish(vault: OpenVault) -> None:
    """Finish what was cut off between the log and the files of the keyring.

    The waiting keyring must go on from the one in the files, and hold; another one is dropped.
    Raises UnknownKeyholder when it has ended whoever unlocks, WrongPassphrase when it has given her
    another pair: her new passphrase opens.
    """
    waits = _waiting(vault)
    if waits is None:
        return
    following = _read(vault, waits)
    if following is not None:
        with warned(vault.database.warnings):
            write_keyring(vault.folder, following)
        vault.keyring = following
    _forget(vault)
    demand_listed(vault.keyring, vault.keys.holder)
    if vault.me.public_key != public_key_of(vault.keys.private_key):
        raise WrongPassphrase


def _waiting(vault: OpenVault) -> bytes | None:
    """Return the keyring that waits; records of an earlier revision have no room for one."""
    with vault.database.reading() as session:
        known = inspect(session.connection()).has_table(PendingKeyring.__tablename__)
        waits = session.get(PendingKeyring, _ONLY) if known else None
    return waits.content if waits is not None else None


def _forget(vault: OpenVault) -> None:
    with vault.database.writing() as session:
        waits = session.get(PendingKeyring, _ONLY)
        if waits is not None:
            session.delete(waits)


def _read(vault: OpenVault, content: bytes) -> Keyring | None:
    """Return the waiting keyring if it is the next one, or None."""
    key = vault.keys.vault_key(vault.generation)
    try:
        waiting = Keyring.from_bytes(content)
        if not waiting.is_whole(key) or waiting.epoch <= vault.keyring.epoch:
            return None
        if not waiting.is_signed_list:
            return waiting if vault.keyring.chain is None else None
        opened = waiting.opened(key)
    except DeskError:
        return None
    chain = opened.chain or Chain(vault.keyring.store_id)
    present = vault.keyring.chain or Chain(vault.keyring.store_id)
    goes_on = chain.continues(present) and len(chain.holding().entries) == len(chain.entries)
    return opened.in_force(chain) if goes_on and chain.entries else None


# -- at unlocking ---------------------------------------------------------------------------------


def tidy(vault: OpenVault, used: PassphraseLock | None) -> None:
    """Finish what a power cut interrupted, and pin what was seen; a full disk can wait.

    Kept are the lock and the vault key that worked. What nobody vouches for goes from the files.
    """
    warnings = vault.database.warnings
    with warned(warnings):
        _keep_lock(vault, used)
        if len(vault.keys.vault_generations()) > 1:
            vault.drop_other_vault_keys()
        if vault.standing.is_vouched:
            _pin_what_was_seen(vault)
    if not both_copies_hold(vault.folder, vault.keyring):
        with warned(warnings):
            write_keyring(vault.folder, vault.keyring)


def _keep_lock(vault: OpenVault, used: PassphraseLock | None) -> None:
    """Keep the lock that opened; a keyring of format 1 learns by which key she signs."""
    holder = vault.me
    if used is not None and len(holder.locks) > 1:
        holder = replace(holder, locks=(used,))
    if not vault.keyring.is_signed_list and not holder.signing_key:
        holder = replace(holder, signing_key=verifying_key_of(vault.keys.private_key))
    if holder != vault.me:
        vault.save_keyring(vault.keyring.with_holder(holder))


def _pin_what_was_seen(vault: OpenVault) -> None:
    pin = pin_of(chain_in(vault.keyring), vault.keys.private_key)
    if vault.me.pin == pin and not vault.standing.odd:
        return
    kept = replace(vault.keyring, sealed_chain=b"")
    vault.save_keyring(kept.with_holder(replace(vault.me, pin=pin)))
