r"""The container: a file in chunks, each encrypted and authenticated, padded, found out when cut.

Layout (`.sdb` for a backup's database, `.sdf` for attachments):

    "SDESK1\\0" | u16 header length | header (canonical JSON) | 7-byte nonce prefix | chunks

The plaintext is u64 length | content | zeros up to a padded size, cut into chunks of 64 KiB, each
AES-256-GCM with nonce = prefix | u32 counter | last flag and additional data = SHA-256 of all
before the chunks. Every file has a key of its own, so no nonce is ever used twice under a key.
"""

import hashlib
import os
import struct
from collections.abc import Callable, Iterator
from typing import Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shelterdesk.core.errors import DamagedFile, NewerFile
from shelterdesk.core.i18n import N_
from shelterdesk.store.disk.checked_json import Content, canonical, parsed_object

MAGIC: Final = b"SDESK1\x00"
CHUNK: Final = 65536
TAG: Final = 16
_PREFIX: Final = 7
_LENGTH: Final = struct.Struct(">Q")
_HEADER_LENGTH: Final = struct.Struct(">H")
_MOST_CHUNKS: Final = 1 << 32

CONTAINER_NAME: Final = N_("An encrypted file")
Step = Callable[[int], None]
"""Told how many bytes of content have passed since the last call."""


class Source(Protocol):
    """Anything that bytes can be read from."""

    def read(self, size: int, /) -> bytes:
        """Return `size` bytes, or fewer at the end."""


class Sink(Protocol):
    """Anything that bytes can be written to."""

    def write(self, data: bytes | memoryview, /) -> object:
        """Take the bytes."""


def padded_size(size: int) -> int:
    """Return the size to pad to: at most 12 % more, and at least one chunk.

    Padmé (Nikitin and others, Reducing Metadata Leakage, PETS 2019, section 4): sizes keep so few
    leading bits that only the logarithm of a logarithm is told.
    """
    size = max(size, CHUNK)
    exponent = size.bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1
    return (size + mask) & ~mask


def container_size(size: int, header: Content) -> int:
    """Return how many bytes a container with `size` bytes of content takes."""
    padded = padded_size(_LENGTH.size + size)
    chunks = -(-padded // CHUNK)
    front = len(MAGIC) + _HEADER_LENGTH.size + len(canonical(header)) + _PREFIX
    return front + padded + chunks * TAG


def no_step(_: int) -> None:
    """Report to nobody."""


def write_container(
    source: Source, size: int, target: Sink, key: bytes, header: Content, step: Step = no_step
) -> None:
    """Encrypt `size` bytes of `source` into `target` under `key`, which is used for this only.

    Raises DamagedFile when `source` ends early.
    """
    front, prefix = _front(header)
    target.write(front)
    cipher, bound = AESGCM(key), hashlib.sha256(front).digest()
    sealed = bytearray(CHUNK + TAG)
    for number, last, plain in _numbered(_padded(source, size)):
        nonce = _nonce(prefix, number, last=last)
        taken = cipher.encrypt_into(nonce, plain, bound, memoryview(sealed)[: len(plain) + TAG])
        target.write(memoryview(sealed)[:taken])
        step(len(plain))


def _front(header: Content) -> tuple[bytes, bytes]:
    text, prefix = canonical(header), os.urandom(_PREFIX)
    return MAGIC + _HEADER_LENGTH.pack(len(text)) + text + prefix, prefix


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    if number >= _MOST_CHUNKS:
        raise OverflowError("a container holds at most 2**32 chunks")
    return prefix + number.to_bytes(4, "big") + bytes([last])


def _padded(source: Source, size: int) -> Iterator[bytes]:
    """Yield length, content and padding as whole chunks and a shorter last one."""
    first = _LENGTH.pack(size) + _exactly(source, min(size, CHUNK - _LENGTH.size))
    left = size - (len(first) - _LENGTH.size)
    total = padded_size(_LENGTH.size + size)
    sent = 0
    chunk = first
    while True:
        wanted = min(CHUNK, total - sent)
        chunk += bytes(wanted - len(chunk))
        yield chunk
        sent += len(chunk)
        if sent >= total:
            return
        chunk = _exactly(source, min(left, CHUNK, total - sent))
        left -= len(chunk)


def _exactly(source: Source, size: int) -> bytes:
    data = source.read(size)
    if len(data) != size:
        raise DamagedFile(what=CONTAINER_NAME)
    return data


def _numbered(chunks: Iterator[bytes]) -> Iterator[tuple[int, bool, bytes]]:
    """Yield each chunk with its number and whether it is the last one."""
    number, waiting = 0, next(chunks)
    for chunk in chunks:
        yield number, False, waiting
        number, waiting = number + 1, chunk
    yield number, True, waiting


def read_header(source: Source) -> tuple[Content, bytes]:
    """Read the header; returns it and the bytes that the chunks are bound to.

    Raises DamagedFile, or NewerFile for a container of a later format.
    """
    start = _exactly(source, len(MAGIC) + _HEADER_LENGTH.size)
    if start[:5] == MAGIC[:5] and start[: len(MAGIC)] != MAGIC and start[5:6].isdigit():
        raise NewerFile
    if start[: len(MAGIC)] != MAGIC:
        raise DamagedFile(what=CONTAINER_NAME)
    rest = _exactly(source, _HEADER_LENGTH.unpack(start[len(MAGIC) :])[0] + _PREFIX)
    try:
        return parsed_object(rest[:-_PREFIX]), start + rest
    except (TypeError, ValueError) as fault:
        raise DamagedFile(what=CONTAINER_NAME) from fault


def read_chunks(source: Source, key: bytes, front: bytes, step: Step = no_step) -> Iterator[bytes]:
    """Yield the content chunk by chunk, each already authenticated.

    The end is authenticated with the last chunk only: keep nothing before the iterator is
    exhausted. Raises DamagedFile for any change, cut or addition.
    """
    content = _unpadded(_opened(source, key, front))
    for plain in content:
        step(len(plain))
        yield plain


def _opened(source: Source, key: bytes, front: bytes) -> Iterator[bytes]:
    cipher, bound, prefix = AESGCM(key), hashlib.sha256(front).digest(), front[-_PREFIX:]
    plain = bytearray(CHUNK)
    for number, last, sealed in _numbered(_blocks(source)):
        if len(sealed) < TAG:
            raise DamagedFile(what=CONTAINER_NAME)
        room = memoryview(plain)[: len(sealed) - TAG]
        try:
            cipher.decrypt_into(_nonce(prefix, number, last=last), sealed, bound, room)
        except InvalidTag as fault:
            raise DamagedFile(what=CONTAINER_NAME) from fault
        yield bytes(room)


def _blocks(source: Source) -> Iterator[bytes]:
    block = source.read(CHUNK + TAG)
    if not block:
        raise DamagedFile(what=CONTAINER_NAME)
    while block:
        yield block
        block = source.read(CHUNK + TAG)


def _unpadded(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Drop length and padding; a length that does not fit is damage."""
    first = next(chunks)
    left = _LENGTH.unpack_from(first)[0] if len(first) >= _LENGTH.size else -1
    chunk = first[_LENGTH.size :]
    while True:
        if left > 0:
            yield chunk[:left]
        left -= min(left, len(chunk))
        following = next(chunks, None)
        if following is None:
            break
        chunk = following
    if left != 0:
        raise DamagedFile(what=CONTAINER_NAME)
