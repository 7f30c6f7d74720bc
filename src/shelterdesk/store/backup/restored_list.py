"""Who may open the records that a backup brings back: by the longest list that holds.

Whoever was ended since the backup was made stays ended, and whoever came since can open it: the
list of today goes along, not that of the day of the backup. Where the computer's own list goes on
from the stick's, the compartments keep today's keys, and what comes from the stick is sealed anew
under them. On a new computer there is only the stick's list, and the pages say who stays.

Where somebody is left out, or keys come back that the list does not name, it needs one entry more,
signed before anything is changed. A travel passphrase signs nothing: see `ListDoubt.AWAITS_TWO` in
`vouching`.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from shelterdesk.core.errors import BackupDamaged, DeskError
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Compartment
from shelterdesk.store.backup.opened_backup import OpenedBackup
from shelterdesk.store.keyholders.next_list import NotSignedEnough
from shelterdesk.store.keyring.keyholder import HolderKind, Keyholder
from shelterdesk.store.keyring.keyring import VAULT, Keyring, Seal, read_keyring
from shelterdesk.store.keyring.keyring_chain import Chain, ListEntry, longest, voucher_of
from shelterdesk.store.keyring.keys import Keys, held_by, new_secrets, resealed, secrets_of
from shelterdesk.store.keyring.passphrase_lock import PassphraseLock
from shelterdesk.store.keyring.pins import chain_in, is_hers, pin_of
from shelterdesk.store.keyring.seals import public_key_of
from shelterdesk.store.keyring.vouching import logged, opened_list
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry as Line
from shelterdesk.store.log.audit import LogState
from shelterdesk.store.vault.founding import halves_of

LIST_ACTION: Final = "list of a restore"


class TwoWays(DeskError):
    """The lists of stick and computer have gone on in two ways since they parted."""

    sentence = N_(
        "Nothing was changed. The list of keyholders on this stick and the one on this computer "
        "have gone different ways. Bring the backup back into an empty data folder, with two "
        "recovery pages, and compare both with the director."
    )


class OtherPages(DeskError):
    """The pages of the stick are older than those of the computer."""

    sentence = N_(
        "Nothing was changed. These pages open the stick, but the records on this computer have "
        "newer ones. Let a director bring the backup back from the open records, or use an empty "
        "data folder."
    )


@dataclass(frozen=True)
class Origin:
    """Where the records come from: their keyring of that day, what of it is open, and their log."""

    keyring: Keyring
    keys: Keys
    log: LogState

    def __repr__(self) -> str:
        return "<Origin>"


@dataclass(frozen=True)
class Present:
    """The list and the keys of the records on this computer, as the one at work has them open."""

    keyring: Keyring
    keys: Keys

    def __repr__(self) -> str:
        return "<Present>"


@dataclass(frozen=True)
class Owners:
    """Who may open the restored records, and the entry that says so, until it is signed."""

    keyring: Keyring
    """With the list in force; the entry is not yet part of its chain."""
    keys: Keys
    """The compartments' keys that are at hand: those of the stick, and today's."""
    entry: ListEntry | None = None
    """None where the list stays as it is."""

    def __repr__(self) -> str:
        return "<Owners>"

    def signed_by(self, holder_id: str, private_key: bytes) -> "Owners":
        """Return the owners with one keyholder's signature more below the entry."""
        if self.entry is None:
            return self
        return replace(self, entry=self.entry.signed_by(holder_id, private_key))


def owners_of_backup(
    opened: OpenedBackup,
    present: Present | None,
    at: str,
    kept: Collection[str] | None = None,
) -> Owners:
    """Return who may open what a backup brings back; see `owners_of`.

    Raises BackupDamaged too, when the list on the stick does not begin where the pages say.
    """
    body = opened.body()
    stick, keys = Keyring.from_content(body.keyring), opened.keys()
    if opened.kind is HolderKind.RECOVERY:
        _demand_begun_as_pinned(stick, keys)
    origin = Origin(stick, keys, LogState(body.seq, body.head))
    owners = owners_of(origin, present, at, kept)
    for holder_id, private_key in signing_hand(opened).items():
        owners = owners.signed_by(holder_id, private_key)
    return owners


def owners_of(
    origin: Origin, present: Present | None, at: str, kept: Collection[str] | None = None
) -> Owners:
    """Return who may open records of an earlier day; `kept` are the ids of those who stay.

    Everybody of the list in force stays unless told. `at` is the moment, as `stamp` writes it.
    Raises TwoWays.
    """
    present = present if present is not None and present.keyring.chain is not None else None
    chain = _chain_of(origin.keyring, present)
    if chain is None:
        return Owners(origin.keyring, origin.keys)
    keys = _together(origin.keys, present.keys) if present is not None else origin.keys
    keyring = _with_locks(origin.keyring, present, chain)
    entry = _entry(keyring, keys, origin.log, at, kept)
    if entry is not None:
        keyring = _left_out(keyring, {h.id for h in entry.holders if not h.active})
    return Owners(keyring, keys, entry)


def narrowed(owners: Owners, at_door: Collection[str]) -> Owners:
    """Return the owners without those who do not stand at this computer's door any more.

    For the travel passphrase, which cannot open the computer's own list: nothing is signed, but
    whoever has left gets neither lock nor keys.
    """
    persons = [h for h in owners.keyring.keyholders if h.kind is HolderKind.PERSON]
    gone = {h.id for h in persons if h.id not in at_door}
    return replace(owners, keyring=_shut_out(owners.keyring, gone))


def _demand_begun_as_pinned(stick: Keyring, keys: Keys) -> None:
    """Raise BackupDamaged unless the pages have pinned the chain's beginning when they were made.

    Whoever finds the stick's key could otherwise put a list of her own in its place.
    """
    if stick.chain is None:
        return
    paper, chain = stick.holder(keys.holder), stick.chain
    pin = paper.pin if paper is not None else None
    if pin is None or not is_hers(pin, chain.store_id, keys.private_key):
        raise BackupDamaged(what=N_("The list of keyholders"))
    if pin.first != chain.first.digest or not chain.contains(pin.newest):
        raise BackupDamaged(what=N_("The list of keyholders"))


def _chain_of(stick: Keyring, present: Present | None) -> Chain | None:
    chains = [stick.chain] if stick.chain is not None else []
    if present is not None and present.keyring.chain is not None:
        chains.append(present.keyring.chain)
    if not chains:
        return None
    chain = longest(chains)
    if chain is None:
        raise TwoWays
    return chain


def _together(theirs: Keys, todays: Keys) -> Keys:
    """Return all compartment keys of stick and computer; raises TwoWays where two do not fit."""
    both = _compartments(theirs), _compartments(todays)
    if any(both[0][place] != key for place, key in both[1].items() if place in both[0]):
        raise TwoWays
    return replace(todays, secrets=both[0] | both[1])


def _compartments(keys: Keys) -> dict[tuple[str, int], bytes]:
    return {place: key for place, key in keys.secrets.items() if place[0] != VAULT}


def _with_locks(stick: Keyring, present: Present | None, chain: Chain) -> Keyring:
    """Return the keyring of the newest list: locks of this computer's door, else the stick's."""
    base = present.keyring if present is not None else stick
    at_door = {h.public_key: h for h in (*stick.keyholders, *base.keyholders) if h.locks}
    pins = {h.public_key: h.pin for h in (*stick.keyholders, *base.keyholders) if h.pin}
    holders = tuple(
        replace(h, locks=_locks(at_door.get(h.public_key)), pin=pins.get(h.public_key))
        if h.active
        else h
        for h in chain.newest.holders
    )
    seals = _still_theirs((*stick.seals, *base.seals), stick, holders)
    return replace(stick, epoch=max(stick.epoch, base.epoch), keyholders=holders, seals=seals,
                   chain=chain, sealed_chain=b"")  # fmt: skip


def _locks(holder: Keyholder | None) -> tuple[PassphraseLock, ...]:
    return holder.locks if holder is not None else ()


def _still_theirs(
    seals: tuple[Seal, ...], stick: Keyring, holders: tuple[Keyholder, ...]
) -> tuple[Seal, ...]:
    """Return the seals that those who made them are still entitled to, under the same pair."""
    now = {h.id: h for h in holders if h.active}
    then = {h.id: h.public_key for h in stick.keyholders}
    kept = {
        (s.secret, s.generation, s.holder): s
        for s in seals
        if s.holder in now
        and s.secret in secrets_of(now[s.holder])
        and then.get(s.holder, now[s.holder].public_key) == now[s.holder].public_key
    }
    return tuple(kept.values())


def _entry(
    keyring: Keyring, keys: Keys, log: LogState, at: str, kept: Collection[str] | None
) -> ListEntry | None:
    """Return the entry that the list needs to go on with, or None where it stays as it is."""
    newest = chain_in(keyring).newest
    stay = tuple(
        replace(h, active=False)
        if kept is not None and h.kind is HolderKind.PERSON and h.id not in kept
        else h
        for h in newest.holders
    )
    holds_all = all(keys.holds(compartment.value) for compartment in Compartment)
    halves = halves_of(keys) if holds_all else newest.halves
    if stay == newest.holders and set(halves) <= set(newest.halves):
        return None
    return replace(newest, serial=newest.serial + 1, before=newest.digest, at=at,
                   action=LIST_ACTION, holders=stay, halves=halves, log_seq=log.seq,
                   log_head=log.head, instead_of=(), signatures=())  # fmt: skip


def _left_out(keyring: Keyring, gone: Collection[str]) -> Keyring:
    """Return the keyring in which these ids are of people who have left."""
    holders = tuple(replace(h, active=h.active and h.id not in gone) for h in keyring.keyholders)
    return _shut_out(replace(keyring, keyholders=holders), gone)


def _shut_out(keyring: Keyring, gone: Collection[str]) -> Keyring:
    """Return the keyring in which these ids have neither lock nor key."""
    holders = tuple(
        replace(h, locks=(), pin=None) if h.id in gone else h for h in keyring.keyholders
    )
    seals = tuple(seal for seal in keyring.seals if seal.holder not in gone)
    return replace(keyring, keyholders=holders, seals=seals)


def given_out(owners: Owners, signing: dict[str, bytes]) -> tuple[Keyring, Keys]:
    """Return the keyring of the restored records, and its keys with a vault key of their own.

    `signing` are the private keys at hand, which pin the list: holder id -> key. Raises
    NotSignedEnough when those who have signed cannot vouch for the entry.
    """
    keyring = _vouched(owners)
    keys = _fresh_vault_key(owners.keys, keyring)
    signed = keyring.chain is not None
    names = {name for name, _ in keys.secrets} if signed else {VAULT}
    keyring = resealed(replace(keyring, epoch=keyring.epoch + 1), keys, names)
    for holder_id, private_key in signing.items():
        holder = keyring.holder(holder_id)
        if holder is not None and holder.active and keyring.chain is not None:
            pinned = replace(holder, pin=pin_of(keyring.chain, private_key))
            keyring = keyring.with_holder(pinned)
    return keyring.signed(keys.vault_key(), keys.newest(VAULT)), keys


def _vouched(owners: Owners) -> Keyring:
    if owners.entry is None:
        return owners.keyring
    before = chain_in(owners.keyring)
    if voucher_of(owners.entry, before.newest) is None:
        raise NotSignedEnough
    return replace(owners.keyring, chain=before.followed_by(owners.entry), sealed_chain=b"")


def _fresh_vault_key(keys: Keys, keyring: Keyring) -> Keys:
    """Return the compartments' keys with a vault key that no other file has been under."""
    known = max((seal.generation for seal in keyring.seals), default=0)
    held = _compartments(keys)
    fresh = new_secrets(replace(keys, secrets={("", known): b"", **held}))
    new = {place: key for place, key in fresh.secrets.items() if place[0] == VAULT}
    return replace(keys, secrets=held | new)


def signing_hand(opened: OpenedBackup) -> dict[str, bytes]:
    """Return the private key that is at hand while a backup is open: holder id -> key, or none."""
    return {opened.opened_by: opened.private_key} if opened.private_key else {}


def has_old(keys: Keys) -> bool:
    """Tell whether keys of more than one generation are held of any compartment."""
    names = [name for name, _ in keys.secrets if name != VAULT]
    return len(names) > len(set(names))


def without_old(keyring: Keyring, keys: Keys, in_log: Collection[tuple[str, int]]) -> Keyring:
    """Return the keyring of records in which nothing is sealed under older keys any more.

    But `in_log`: what lines are sealed under cannot be sealed anew.
    """
    if not has_old(keys):
        return keyring
    newest = {name: keys.newest(name) for name, _ in keys.secrets}
    kept = tuple(
        s
        for s in keyring.seals
        if newest.get(s.secret, s.generation) == s.generation or (s.secret, s.generation) in in_log
    )
    keyring = replace(keyring, seals=kept)
    return keyring.signed(keys.vault_key(), keys.newest(VAULT))


def tell_of_list(session: Session, keyring: Keyring) -> None:
    """Write a line for every entry of the list that the restored log knows nothing of."""
    if keyring.chain is None:
        return
    known = logged(session, keyring)
    audit.note(
        session,
        [
            Line("list taken over", "keyring", keyring.store_id, (), entry.digest)
            for entry in keyring.chain.entries
            if entry.digest not in known
        ],
    )


def present_in(folder: Path, opened: OpenedBackup) -> Present | None:
    """Return the computer's list, opened by the private key that has opened the stick.

    None where there is no keyring that can be read, or where it is of the older kind. Raises
    OtherPages when the records on this computer have other pages than the stick.
    """
    try:
        closed = read_keyring(folder)
    except DeskError:
        return None
    if not closed.is_signed_list or closed.store_id != opened.body().keyring.get("store_id"):
        return None
    mine = public_key_of(opened.private_key)
    holder = next((h for h in closed.keyholders if h.active and h.public_key == mine), None)
    if holder is None:
        raise OtherPages
    keys = held_by(closed, holder, opened.private_key)
    keyring, _odd = opened_list(closed, keys)
    return Present(keyring, keys)


def at_door_of(folder: Path, opened: OpenedBackup) -> set[str]:
    """Return the ids of those who stand at the door of the records on this computer.

    Where these are other records, or their keyring cannot be read, it is everybody of the stick.
    """
    stick = Keyring.from_content(opened.body().keyring)
    try:
        closed = read_keyring(folder)
    except DeskError:
        return {h.id for h in stick.persons()}
    here = closed if closed.store_id == stick.store_id else stick
    return {h.id for h in here.persons()}
