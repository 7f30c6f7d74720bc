"""Every byte of a database as SQLite sees it: pages of the file and of its journal, decrypted.

Written from SQLCipher's published design, with nothing of the product: a page of 4096 bytes is
AES-256-CBC text, then 16 bytes of initialisation vector and 64 of HMAC; the first page begins with
16 bytes of salt in clear. Free pages and the slack inside pages are decrypted too.
"""

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

PAGE = 4096
RESERVE = 80
_VECTOR = 16
_SALT = 16
_WAL_HEADER = 32
_FRAME_HEADER = 24


def decrypted(path: Path, key: bytes) -> bytes:
    """Return all pages of the database at `path` and of its journal; `key` is key and salt."""
    return b"".join([*_file_pages(path, key), *_journal_pages(path, key)])


def _file_pages(path: Path, key: bytes) -> Iterator[bytes]:
    data = path.read_bytes()
    for start in range(0, len(data), PAGE):
        yield _opened(data[start : start + PAGE], key, first=start == 0)


def _journal_pages(path: Path, key: bytes) -> Iterator[bytes]:
    journal = path.with_name(path.name + "-wal")
    data = journal.read_bytes() if journal.exists() else b""
    for start in range(_WAL_HEADER, len(data), _FRAME_HEADER + PAGE):
        number = int.from_bytes(data[start : start + 4], "big")
        page = data[start + _FRAME_HEADER : start + _FRAME_HEADER + PAGE]
        yield _opened(page, key, first=number == 1)


def _opened(page: bytes, key: bytes, *, first: bool) -> bytes:
    end = PAGE - RESERVE
    vector = page[end : end + _VECTOR]
    opener = Cipher(AES(key[:32]), CBC(vector)).decryptor()
    return opener.update(page[_SALT if first else 0 : end])
