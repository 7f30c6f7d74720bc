"""Digests of rows as they are stored, keyed by the person they are about.

They are taken over payloads, not over the plain text of sealed fields, which could be guessed; and
under a key for each person, which purging destroys. Who changed a row last and when stands in the
log already; those columns and the count of savings are left out, and so is what is empty: a new
column of a later version moves no digest.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from shelterdesk.core.fields import SealedValue
from shelterdesk.core.plain_values import plain
from shelterdesk.records.base import Record
from shelterdesk.records.keeping.ledger import DigestKey
from shelterdesk.store.disk.checked_json import canonical
from shelterdesk.store.keyring.seals import mac, new_private_key

LEFT_OUT: Final = frozenset({"version", "changed_at", "changed_by"})
"""Columns that are in no digest."""
EMPTY: Final = frozenset({None, b'""', b"[]", b"{}"})
"""Forms of a value that is not there, which are in no digest either."""


def kept_form(value: object) -> bytes | None:
    """Return a value as the history keeps it: JSON, or the payload of a sealed value.

    What was written before its field was sealed has none yet, and the digest of what it is.
    """
    if isinstance(value, SealedValue):
        value = value.value if value.payload is None else value.payload
    return value if value is None or isinstance(value, bytes) else canonical(plain(value))


def digest_key(session: Session, about: str) -> bytes:
    """Return the key for one person's digests, made at her first record.

    Written at once, not with the flush: several records of hers may be new in the same save.
    """
    connection = session.connection()
    known = connection.scalar(select(DigestKey.key).where(DigestKey.about == about))
    if known is not None:
        return known
    key = new_private_key()
    connection.execute(insert(DigestKey).values(about=about, key=key))
    return key


def stored_row(session: Session, kind: type[Record], record_id: str) -> Mapping[str, Any]:
    """Return a row of a kind as it lies in the table, past everything the session has in hand."""
    table: Any = kind.__table__
    wanted = select(table).where(table.c.id == record_id)
    return dict(session.connection().execute(wanted).mappings().one())


def digest_of_row(key: bytes, row: Mapping[str, Any]) -> str:
    """Return the digest of a row, whatever order its columns come in."""
    return digest_of_forms(key, {n: kept_form(row[n]) for n in row if n not in LEFT_OUT})


def digest_of_forms(key: bytes, forms: Mapping[str, bytes | None]) -> str:
    """Return the digest of a row whose values are in the form that the history keeps."""
    return _digest(key, {name: form for name, form in forms.items() if form not in EMPTY})


def digest_of_earlier(key: bytes, values: Mapping[str, bytes | None]) -> str:
    """Return the digest of the earlier values that one change has kept; "" for none."""
    return _digest(key, values) if values else ""


def _digest(key: bytes, forms: Mapping[str, bytes | None]) -> str:
    return mac(key, canonical({n: v.hex() if v is not None else None for n, v in forms.items()}))


def keys_of(session: Session, about: Iterable[str]) -> dict[str, bytes]:
    """Return the keys of these people's digests, as far as they are there."""
    wanted = select(DigestKey.about, DigestKey.key).where(DigestKey.about.in_(set(about)))
    return {row.about: row.key for row in session.connection().execute(wanted)}
