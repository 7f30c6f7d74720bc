"""What a new vault begins with: its keys, its empty database, its first facts."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from shelterdesk.core.calendar.clock import Clock, stamp
from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_
from shelterdesk.core.passphrases import canonical as canonical_passphrase
from shelterdesk.core.permissions import Role
from shelterdesk.core.signs import HiddenSigns, has_signs
from shelterdesk.records.base import new_id
from shelterdesk.records.keeping.vault_room import StoreFact
from shelterdesk.store.database.database import Database, create_file
from shelterdesk.store.database.schema import bring_to
from shelterdesk.store.disk.durable import private_folder, sync_file, sync_folder
from shelterdesk.store.keyring.envelopes import public_half
from shelterdesk.store.keyring.keyholder import HolderKind, Keyholder
from shelterdesk.store.keyring.keyring import VAULT, Keyring
from shelterdesk.store.keyring.keyring_chain import Chain, ListEntry, PublicHalf, beginning
from shelterdesk.store.keyring.keys import Keys, new_holder, new_secrets, recovery_holder, seals_for
from shelterdesk.store.keyring.passphrase_lock import KdfCost
from shelterdesk.store.keyring.pins import pin_of
from shelterdesk.store.keyring.recovery import RecoverySecret
from shelterdesk.store.keyring.seals import new_private_key
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry as Line
from shelterdesk.store.log.audit import LogState, Writer
from shelterdesk.store.vault.opening import STORE

FILES: Final = "files"
LOG_KEY: Final = "log_key"
WITNESS_KEY: Final = "witness_key"
SEALED_SINCE: Final = "old texts sealed"
"""Fact: since when nothing about her lies under the key of the records alone."""

STORE_ID: Final = "store_id"
LINE: Final = "line"
BACKUP_WITNESS: Final = "backup_witness:"
"""Names of the facts that a store keeps about itself; the last is followed by a keyholder's id."""


_NO_LOG: Final = LogState()


class NoName(DeskError):
    """A keyholder needs a name that can be chosen from the list."""

    sentence = N_("Please type a name.")


@dataclass(frozen=True)
class NewPerson:
    """Somebody who is to become a keyholder."""

    name: str
    passphrase: str
    roles: tuple[Role, ...]

    def __repr__(self) -> str:
        return "<NewPerson>"


def spoken_name(name: str) -> str:
    """Return a name as it is kept: NFC, single blanks; raises NoName, HiddenSigns."""
    if has_signs(name):
        raise HiddenSigns
    kept = " ".join(unicodedata.normalize("NFC", name).split())
    if not kept:
        raise NoName
    return kept


def first_keyring(
    founder: NewPerson, secret: RecoverySecret, cost: KdfCost, clock: Clock
) -> tuple[Keyring, Keys]:
    """Return the keyring of a new store, with its founder and its paper, and all its secrets."""
    now, store_id = stamp(clock()), new_id()
    person = Keyholder(
        new_id(), HolderKind.PERSON, spoken_name(founder.name), b"", now, founder.roles,
        own_pair=True,
    )  # fmt: skip
    given = canonical_passphrase(founder.passphrase)
    person, private_key = new_holder(store_id, person, given, cost)
    keys = new_secrets(Keys(store_id, person.id, private_key))
    paper = recovery_holder(new_id(), now, secret)
    keyring = Keyring(store_id, now, 1, (), ())
    for holder in (person, paper):
        keyring = keyring.with_holder(holder, seals_for(keys, holder))
    signing = {person.id: private_key, paper.id: secret.private_key}
    return vouched_first(keyring, keys, signing, "created", now), keys


def vouched_first(
    keyring: Keyring,
    keys: Keys,
    signing: Mapping[str, bytes],
    action: str,
    at: str,
    log: LogState = _NO_LOG,
) -> Keyring:
    """Return the keyring with the first entry of its chain, signed and pinned by those at hand.

    `signing` are the private keys of the pages, a director, and whoever else is there.
    """
    entry = ListEntry(
        serial=1,
        before=beginning(keyring.store_id),
        at=at,
        action=action,
        holders=tuple(holder.listed() for holder in keyring.keyholders),
        halves=halves_of(keys),
        log_seq=log.seq,
        log_head=log.head,
    )
    for holder_id, private_key in signing.items():
        entry = entry.signed_by(holder_id, private_key)
    chain = Chain(keyring.store_id, (entry,))
    for holder in keyring.keyholders:
        if holder.id in signing:
            pin = pin_of(chain, signing[holder.id])
            keyring = keyring.with_holder(replace(holder, pin=pin))
    generation = keys.newest(VAULT)
    return replace(keyring, chain=chain).signed(keys.vault_key(), generation)


def halves_of(keys: Keys) -> tuple[PublicHalf, ...]:
    """Return the public halves of all compartment keys that are held."""
    return tuple(
        PublicHalf(name, generation, public_half(key))
        for (name, generation), key in sorted(keys.secrets.items())
        if name != VAULT
    )


def make_database(folder: Path, keys: Keys) -> None:
    """Make an empty database of the present schema, and the folder for attachments."""
    path = folder / STORE
    create_file(path, keys.vault_key())
    bring_to(path, keys.vault_key())
    sync_file(path)
    private_folder(folder / FILES)
    sync_folder(folder)


def write_first_facts(
    folder: Path, keyring: Keyring, keys: Keys, secret: RecoverySecret, clock: Clock
) -> None:
    """Write what the store knows of itself, and the first line of its log."""
    log_key = new_private_key()
    writer = Writer(keys.holder, clock, keys, log_key)
    database = Database(folder / STORE, keys.vault_key(), writer)
    paper = keyring.find(HolderKind.RECOVERY)
    facts = {
        STORE_ID: keyring.store_id,
        LINE: new_id(),
        LOG_KEY: log_key.hex(),
        WITNESS_KEY: new_private_key().hex(),
        SEALED_SINCE: stamp(clock()),
        f"{BACKUP_WITNESS}{paper.id if paper else ''}": secret.witness_key.hex(),
    }
    try:
        with database.writing() as session:
            session.add_all(StoreFact(name=name, value=value) for name, value in facts.items())
            audit.note(session, [_first_line(keyring)])
    finally:
        database.close()


def _first_line(keyring: Keyring) -> Line:
    digest = keyring.chain.first.digest if keyring.chain else ""
    return Line("created", "keyring", keyring.store_id, ("store",), digest)
