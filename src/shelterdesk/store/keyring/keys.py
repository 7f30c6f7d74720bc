"""The secrets that one unlocked person holds, and how keyholders come, change and go.

A compartment's key is given to those whose roles hold it; giving needs somebody who has it, so a
person can never grant what she cannot open herself.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from shelterdesk.core.errors import DamagedFile, NotAllowed, WrongPassphrase
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Compartment, Role, compartments_of
from shelterdesk.store.keyring.envelopes import Slot, private_half, public_half
from shelterdesk.store.keyring.keyring import VAULT, HolderKind, Keyholder, Keyring, Seal
from shelterdesk.store.keyring.passphrase_lock import (
    KEYRING_NAME,
    KdfCost,
    PassphraseLock,
    close_lock,
    open_lock,
)
from shelterdesk.store.keyring.recovery import RecoverySecret
from shelterdesk.store.keyring.seals import (
    context,
    new_private_key,
    open_sealed,
    public_key_of,
    seal_to,
)
from shelterdesk.store.keyring.signing import verifying_key_of

DATABASE_KEY_SIZE: Final = 48
"""32 bytes of key and 16 of salt: the 96 hexadecimal digits that SQLCipher takes as raw key."""


@dataclass
class Keys:
    """What a keyholder holds once her private key is open: secrets by name and generation."""

    store_id: str
    holder: str
    private_key: bytes
    secrets: dict[tuple[str, int], bytes] = field(default_factory=dict)
    public_halves: dict[Slot, bytes] = field(default_factory=dict)
    """Of the compartments' pairs, as they are told: to seal to what is not held."""
    content_keys: dict[bytes, bytes] = field(default_factory=dict)
    """Of envelopes that were opened before, by how they were given: opened once, not each time."""
    _own_halves: dict[Slot, bytes] = field(default_factory=dict)
    _private_halves: dict[Slot, bytes] = field(default_factory=dict)

    def __repr__(self) -> str:
        return "<Keys>"

    def newest(self, secret: str) -> int:
        """Return the newest generation held of a secret; raises NotAllowed when none is."""
        generations = [generation for name, generation in self.secrets if name == secret]
        if not generations:
            raise NotAllowed
        return max(generations)

    def holds(self, secret: str) -> bool:
        """Tell whether any generation of this secret is held."""
        return any(name == secret for name, _ in self.secrets)

    def own(self) -> tuple[Compartment, ...]:
        """Return what a writer holds who has no part in counselling: her own compartments."""
        held = tuple(c for c in Compartment if self.holds(c.value))
        return () if Compartment.TESTIMONY in held else held

    def slot_of(self, compartment: Compartment) -> tuple[Slot, bytes]:
        """Return the newest generation of a compartment's pair, and its public half.

        Of what is held it is worked out from the key itself, and only otherwise taken as it was
        told. Raises NotAllowed where neither is known.
        """
        if self.holds(compartment.value):
            slot = Slot(compartment.value, self.newest(compartment.value))
            if slot not in self._own_halves:
                self._own_halves[slot] = public_half(self.secrets[slot])
            return slot, self._own_halves[slot]
        told = [slot for slot in self.public_halves if slot.name == compartment.value]
        if not told:
            raise NotAllowed
        return max(told), self.public_halves[max(told)]

    def knows_all(self) -> bool:
        """Tell whether something can be sealed to every compartment."""
        told = {slot.name for slot in self.public_halves}
        return all(self.holds(c.value) or c.value in told for c in Compartment)

    def private_half(self, slot: Slot) -> bytes | None:
        """Return the private key that opens what was sealed to a slot; None when it is not held."""
        if not slot.generation:
            return self.private_key if slot.name == self.holder else None
        if slot not in self._private_halves:
            key = self.secrets.get(slot)
            if key is None:
                return None
            self._private_halves[slot] = private_half(key)
        return self._private_halves[slot]

    def vault_key(self, generation: int | None = None) -> bytes:
        """Return key and salt of the database, 48 bytes; the newest unless told."""
        wanted = self.newest(VAULT) if generation is None else generation
        return self.secrets[VAULT, wanted]

    def vault_generations(self) -> list[int]:
        """Return the generations of the vault key that are held, newest first."""
        return sorted((g for name, g in self.secrets if name == VAULT), reverse=True)


def lock_context(store_id: str, holder: Keyholder) -> bytes:
    """Return what a passphrase lock is bound to."""
    return context("lock", store_id, holder.id, holder.kind.value, holder.public_key.hex())


def seal_context(store_id: str, secret: str, generation: int, holder: str) -> bytes:
    """Return what a sealed secret is bound to."""
    return context("seal", store_id, secret, generation, holder)


def new_holder(
    store_id: str,
    holder: Keyholder,
    passphrase: bytes,
    cost: KdfCost,
) -> tuple[Keyholder, bytes]:
    """Give `holder` a key pair locked by `passphrase`; returns her and the private key."""
    private_key = new_private_key()
    signs = b"" if holder.kind is HolderKind.TRAVEL else verifying_key_of(private_key)
    holder = replace(holder, public_key=public_key_of(private_key), signing_key=signs)
    return with_lock(store_id, holder, private_key, passphrase, cost), private_key


def with_lock(
    store_id: str,
    holder: Keyholder,
    private_key: bytes,
    passphrase: bytes,
    cost: KdfCost,
    *,
    of_signed_list: bool = True,
) -> Keyholder:
    """Return `holder` with a lock for `passphrase` in front of those she has."""
    where = lock_context(store_id, holder)
    lock = close_lock(private_key, passphrase, where, cost, of_signed_list=of_signed_list)
    return replace(holder, locks=(lock, *holder.locks))


def open_holder(
    store_id: str, holder: Keyholder, passphrase: bytes
) -> tuple[bytes, PassphraseLock]:
    """Return the private key and the lock that opened; raises WrongPassphrase."""
    for lock in holder.locks:
        try:
            private_key = open_lock(lock, passphrase, lock_context(store_id, holder))
        except WrongPassphrase:
            continue
        if public_key_of(private_key) != holder.public_key:
            raise DamagedFile(what=KEYRING_NAME)
        return private_key, lock
    raise WrongPassphrase


class ListExchanged(DamagedFile):
    """A keyring of the first format stands where her lock knows of a signed list."""

    sentence = N_(
        "Nothing was changed. The list of keyholders has been exchanged for one of the older kind, "
        "for which nobody vouches. Tell the director, keep the files, and restore the latest good "
        "backup from the stick."
    )


def demand_as_locked(is_signed_list: bool, used: PassphraseLock) -> None:
    """Raise ListExchanged where a lock that opened belongs to a list of format 2, and this is not.

    Everybody who opens the vault could write a list of format 1, and take what tells of the other
    out of the log; her lock nobody makes anew without her passphrase or her private key.
    """
    if used.is_of_signed_list and not is_signed_list:
        raise ListExchanged


def opened_by(
    keyring: Keyring, holder: Keyholder, passphrase: bytes
) -> tuple[Keys, PassphraseLock]:
    """Return what her passphrase opens, and the lock; raises WrongPassphrase, ListExchanged."""
    private_key, used = open_holder(keyring.store_id, holder, passphrase)
    demand_as_locked(keyring.is_signed_list, used)
    return held_by(keyring, holder, private_key), used


def held_by(keyring: Keyring, holder: Keyholder, private_key: bytes) -> Keys:
    """Open everything sealed to `holder`; raises DamagedFile when a seal does not open."""
    keys = Keys(keyring.store_id, holder.id, private_key)
    for seal in keyring.seals_of(holder.id):
        where = seal_context(keyring.store_id, seal.secret, seal.generation, holder.id)
        keys.secrets[seal.secret, seal.generation] = open_sealed(
            private_key, seal.sealed, where, KEYRING_NAME
        )
    return keys


def seals_for(keys: Keys, holder: Keyholder) -> list[Seal]:
    """Seal to `holder` every generation of what her kind and roles hold; raises NotAllowed."""
    wanted = secrets_of(holder)
    for secret in wanted:
        keys.newest(secret)
    return [
        seal_one(keys, secret, generation, holder)
        for secret, generation in sorted(keys.secrets)
        if secret in wanted
    ]


def sealed_anew(keys: Keys, holder: Keyholder) -> list[Seal]:
    """Seal to `holder` everything that is held, whatever it is: for a new pair of her own."""
    return [
        seal_one(keys, secret, generation, holder) for secret, generation in sorted(keys.secrets)
    ]


def seal_one(keys: Keys, secret: str, generation: int, holder: Keyholder) -> Seal:
    """Seal one generation of one secret to one keyholder."""
    where = seal_context(keys.store_id, secret, generation, holder.id)
    value = keys.secrets[secret, generation]
    return Seal(secret, generation, holder.id, seal_to(holder.public_key, value, where))


def secrets_of(holder: Keyholder) -> frozenset[str]:
    """Return the names of the secrets that this keyholder is given."""
    if holder.kind is HolderKind.TRAVEL or not holder.active:
        return frozenset()
    if holder.kind is HolderKind.RECOVERY:
        return frozenset({VAULT, *(c.value for c in Compartment)})
    return frozenset({VAULT, *(c.value for c in compartments_of(holder.roles))})


def new_secrets(keys: Keys) -> Keys:
    """Return `keys` with a fresh generation of the vault key and of every compartment key."""
    generation = max((g for _, g in keys.secrets), default=0) + 1
    fresh = {(c.value, generation): os.urandom(32) for c in Compartment}
    fresh[VAULT, generation] = os.urandom(DATABASE_KEY_SIZE)
    return replace(keys, secrets=keys.secrets | fresh, public_halves={}, content_keys={})


def resealed(keyring: Keyring, keys: Keys, secrets: Iterable[str] | None = None) -> Keyring:
    """Return the keyring with every held generation sealed anew to everybody entitled.

    With `secrets`, only seals of those names are replaced and the others are left as they are.
    """
    names = set(secrets) if secrets is not None else {name for name, _ in keys.secrets}
    kept = tuple(seal for seal in keyring.seals if seal.secret not in names)
    made = tuple(
        seal_one(keys, secret, generation, holder)
        for holder in keyring.keyholders
        for secret, generation in sorted(keys.secrets)
        if secret in names and secret in secrets_of(holder)
    )
    return replace(keyring, seals=kept + made)


def ended(keyring: Keyring, holder: Keyholder) -> Keyring:
    """Return the keyring in which `holder` is disabled and holds nothing any more."""
    gone = replace(holder, active=False, locks=())
    kept = tuple(seal for seal in keyring.seals if seal.holder != holder.id)
    return replace(keyring.with_holder(gone), seals=kept)


def recovery_holder(holder_id: str, since: str, secret: RecoverySecret) -> Keyholder:
    """Return the keyholder that stands for a set of recovery pages, not yet typed back."""
    return Keyholder(
        id=holder_id,
        kind=HolderKind.RECOVERY,
        name="",
        public_key=secret.public_key,
        since=since,
        set_number=secret.set_number,
        signing_key=secret.signing_key,
    )


def is_director(holder: Keyholder) -> bool:
    """Tell whether this keyholder can direct the shelter: grant, end, renew."""
    return holder.kind is HolderKind.PERSON and holder.active and Role.DIRECTOR in holder.roles
