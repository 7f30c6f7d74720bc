"""A private key under a passphrase: Argon2id, then AES-256-GCM.

Costs come from the keyring, which an attacker may have written, so they are checked before a
single round is computed (design: 19 MiB to 1 GiB, at most 20 passes).
"""

import os
import time
from dataclasses import dataclass, replace
from typing import Final

import psutil
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from shelterdesk.core.errors import DamagedFile, WrongPassphrase
from shelterdesk.core.i18n import N_
from shelterdesk.store.disk.checked_json import Content, from_text, to_text, whole_number

KEYRING_NAME: Final = N_("The keyring")

LEAST_MEMORY_KIB: Final = 19 * 1024
MOST_MEMORY_KIB: Final = 1024 * 1024
MOST_PASSES: Final = 20
MOST_LANES: Final = 16
LOWEST_KIB: Final = 64 * 1024
HIGHEST_KIB: Final = 256 * 1024
_FLOOR_KIB: Final = 128 * 1024
_FOUR_GB: Final = 3_500_000_000
"""What the system reports of 4 GB once the graphics chip has taken its part."""

_TRIALS: Final = 3
_SALT: Final = 16
_NONCE: Final = 12
_PRIVATE_KEY: Final = 32
_TAG: Final = 16
_SIGNED_LIST: Final = b"\2"
"""Stands behind the private key in a lock that belongs to a list of format 2."""


@dataclass(frozen=True)
class KdfCost:
    """What one guess costs: Argon2id memory in KiB, passes over it, and lanes."""

    memory_kib: int = 128 * 1024
    passes: int = 3
    lanes: int = 4

    def acceptable(self) -> bool:
        """Tell whether these numbers may be computed at all, and are not a weakened lock."""
        return (
            LEAST_MEMORY_KIB <= self.memory_kib <= MOST_MEMORY_KIB
            and 1 <= self.passes <= MOST_PASSES
            and 1 <= self.lanes <= MOST_LANES
        )


def calibrated(seconds: float = 0.75) -> KdfCost:
    """Choose the memory so that one derivation takes about `seconds` on this computer.

    By the processor time that the trial really took, spread over the lanes that are at hand, and
    the best of three: a busy moment makes no guess cheaper. Three passes, four lanes, up to 256 MiB
    and never above a quarter of the memory; from `least_memory` on.
    """
    trial = KdfCost(memory_kib=LOWEST_KIB)
    taken = max(min(_taken(trial) for _ in range(_TRIALS)), 1e-3)
    wanted = int(trial.memory_kib * seconds / taken)
    least = least_memory()
    ceiling = max(least, min(HIGHEST_KIB, psutil.virtual_memory().total // 4096))
    return replace(trial, memory_kib=max(least, min(wanted, ceiling)) // 1024 * 1024)


def _taken(trial: KdfCost) -> float:
    """Return how many seconds a derivation would take on an idle computer."""
    started = time.process_time()
    stretched(b"calibration", bytes(_SALT), trial)
    return (time.process_time() - started) / min(trial.lanes, _processors())


def _processors() -> int:
    """Return how many processors this program may use."""
    try:
        return len(psutil.Process().cpu_affinity() or []) or 1
    except (AttributeError, psutil.Error):  # macOS has no such notion
        return os.cpu_count() or 1


def least_memory() -> int:
    """Return the KiB that a derivation takes at least here: 128 MiB on a computer with 4 GB."""
    return _FLOOR_KIB if psutil.virtual_memory().total >= _FOUR_GB else LOWEST_KIB


def raised(cost: KdfCost) -> KdfCost:
    """Return a cost that came out low, in a busy moment or on a lesser computer, as it should be.

    What lies below anything that is ever measured was set on purpose, and stays.
    """
    return calibrated() if LOWEST_KIB <= cost.memory_kib < least_memory() else cost


@dataclass(frozen=True)
class PassphraseLock:
    """One private key, wrapped; everything in it may be public."""

    cost: KdfCost
    salt: bytes
    nonce: bytes
    wrapped: bytes

    @property
    def is_of_signed_list(self) -> bool:
        """Whether it was closed where people vouch for the list; true to trust once it opened.

        What is wrapped is then longer, which nobody changes without the passphrase.
        """
        return len(self.wrapped) > _PRIVATE_KEY + _TAG

    def to_content(self) -> Content:
        """Return this lock as JSON values."""
        return {
            "kdf": "argon2id",
            "memory_kib": self.cost.memory_kib,
            "passes": self.cost.passes,
            "lanes": self.cost.lanes,
            "salt": to_text(self.salt),
            "nonce": to_text(self.nonce),
            "wrapped": to_text(self.wrapped),
        }

    @classmethod
    def from_content(cls, content: Content) -> "PassphraseLock":
        """Read a lock; raises DamagedFile when its numbers are out of bounds."""
        numbers = [whole_number(content[name]) for name in ("memory_kib", "passes", "lanes")]
        cost = KdfCost(*numbers)
        salt, nonce = from_text(content["salt"]), from_text(content["nonce"])
        well_formed = content["kdf"] == "argon2id" and len(salt) == _SALT and len(nonce) == _NONCE
        if not well_formed or not cost.acceptable():
            raise DamagedFile(what=KEYRING_NAME)
        return cls(cost, salt, nonce, from_text(content["wrapped"]))


def close_lock(
    private_key: bytes,
    passphrase: bytes,
    context: bytes,
    cost: KdfCost,
    *,
    of_signed_list: bool = True,
) -> PassphraseLock:
    """Wrap `private_key` under `passphrase` (canonical bytes), bound to `context`.

    The lock itself remembers whether people vouch for the list of keyholders it belongs to, so that
    nobody passes a list of the older kind off on its owner (`keys.opened_by`).
    """
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    inside = private_key + (_SIGNED_LIST if of_signed_list else b"")
    wrapped = AESGCM(stretched(passphrase, salt, cost)).encrypt(nonce, inside, context)
    return PassphraseLock(cost, salt, nonce, wrapped)


def open_lock(lock: PassphraseLock, passphrase: bytes, context: bytes) -> bytes:
    """Return the private key; raises WrongPassphrase when the passphrase does not fit."""
    if not lock.cost.acceptable():
        raise DamagedFile(what=KEYRING_NAME)
    try:
        inside = AESGCM(stretched(passphrase, lock.salt, lock.cost)).decrypt(
            lock.nonce, lock.wrapped, context
        )
    except InvalidTag:
        raise WrongPassphrase from None
    return inside[:_PRIVATE_KEY]


def stretched(material: bytes, salt: bytes, cost: KdfCost) -> bytes:
    """Derive 32 bytes by Argon2id at this cost."""
    derivation = Argon2id(
        salt=salt,
        length=32,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )
    return derivation.derive(material)
