"""Giving a secret to somebody by her public key, and values under a compartment's key.

HPKE of RFC 9180 (X25519, HKDF-SHA-256, AES-256-GCM) for secrets; AES-256-GCM for values. Every
seal is bound to its context, so that nothing sealed can be moved to another place and still open.
"""

import hmac
import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shelterdesk.core.errors import DamagedFile
from shelterdesk.store.disk.checked_json import canonical

_SUITE: Final = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_NONCE: Final = 12
KEY_SIZE: Final = 32


def new_private_key() -> bytes:
    """Return a fresh X25519 private key: 32 bytes."""
    return X25519PrivateKey.generate().private_bytes_raw()


def public_key_of(private_key: bytes) -> bytes:
    """Return the public half of an X25519 private key."""
    return X25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw()


def context(*parts: object) -> bytes:
    """Write the place that a seal is bound to, so that no two places can look alike."""
    return canonical(["shelterdesk/1", *parts])


def seal_to(public_key: bytes, secret: bytes, where: bytes) -> bytes:
    """Seal `secret` so that only the holder of `public_key`'s other half opens it."""
    return _SUITE.encrypt(secret, X25519PublicKey.from_public_bytes(public_key), info=where)


def open_sealed(private_key: bytes, sealed: bytes, where: bytes, what: str) -> bytes:
    """Open what `seal_to` sealed; raises DamagedFile naming `what` when it does not open."""
    try:
        return _SUITE.decrypt(sealed, X25519PrivateKey.from_private_bytes(private_key), info=where)
    except (InvalidTag, ValueError) as fault:
        raise DamagedFile(what=what) from fault


def derived_key(secret: bytes, purpose: str, size: int = KEY_SIZE) -> bytes:
    """Derive a key for one purpose from a secret (HKDF-SHA-256)."""
    return HKDF(hashes.SHA256(), size, None, context("key", purpose)).derive(secret)


def mac(key: bytes, message: bytes) -> str:
    """Return HMAC-SHA-256 as 64 hexadecimal digits."""
    return hmac.digest(key, message, "sha256").hex()


def same(left: str, right: str) -> bool:
    """Compare two macs without telling by time where they differ."""
    return hmac.compare_digest(left.encode(errors="replace"), right.encode(errors="replace"))


def seal_value(key: bytes, value: bytes, where: bytes) -> bytes:
    """Seal a value: nonce (12 bytes) and AES-256-GCM with `where` as additional data."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, value, where)


def open_value(key: bytes, sealed: bytes, where: bytes, what: str) -> bytes:
    """Open what `seal_value` sealed; raises DamagedFile naming `what` when it does not open."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], where)
    except (InvalidTag, ValueError) as fault:
        raise DamagedFile(what=what) from fault
