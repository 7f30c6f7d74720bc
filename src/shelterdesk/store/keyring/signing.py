"""Who vouches: signatures by a keyholder's own key, which nobody else in the house holds.

One secret gives a keyholder two pairs: X25519 to seal to, and Ed25519 (RFC 8032) to sign. Every
signature is bound to its place as every seal is, so that what was signed as one thing cannot be
shown as another.
"""

from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from shelterdesk.store.disk.checked_json import canonical
from shelterdesk.store.keyring.seals import derived_key

_PURPOSE = "signing key"


@lru_cache(maxsize=4)
def _signing_key(private_key: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(derived_key(private_key, _PURPOSE))


def verifying_key_of(private_key: bytes) -> bytes:
    """Return the public half, 32 bytes, by which everybody checks what this keyholder signed."""
    return _signing_key(private_key).public_key().public_bytes_raw()


def signed(private_key: bytes, message: bytes, where: bytes) -> bytes:
    """Sign `message` as standing in the place `where`: 64 bytes."""
    return _signing_key(private_key).sign(_bound(message, where))


def is_signed(verifying_key: bytes, signature: bytes, message: bytes, where: bytes) -> bool:
    """Tell whether the holder of the other half signed this message in this place."""
    try:
        key = Ed25519PublicKey.from_public_bytes(verifying_key)
        key.verify(signature, _bound(message, where))
    except (InvalidSignature, ValueError):
        return False
    return True


def _bound(message: bytes, where: bytes) -> bytes:
    return canonical([where.hex(), message.hex()])
