"""What lies sealed in lines of the log: it cannot be sealed anew, because the chain is over it.

So whoever renews the keys lets those stay that a line was sealed under. They open nothing else any
more: all rows are under the newest.
"""

import base64
import binascii
from collections.abc import Iterator
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.errors import DamagedFile
from shelterdesk.core.i18n import N_
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.store.keyring.envelopes import slots_of

SEALED: Final = "sealed:"
"""Before what is sealed, among the fields of a line; the envelope follows in base 64."""

_IN_LINE: Final = N_("A sealed reason")


def as_written(payload: bytes) -> str:
    """Return an envelope as it is put among the fields of a line."""
    return SEALED + base64.b64encode(payload).decode()


def payload_in(written: str) -> bytes:
    """Return the envelope that one of the fields of a line is; raises DamagedFile."""
    try:
        return base64.b64decode(written.removeprefix(SEALED), validate=True)
    except binascii.Error as fault:
        raise DamagedFile(what=_IN_LINE) from fault


def sealed_under(session: Session) -> frozenset[tuple[str, int]]:
    """Return name and generation of every key that something in the log is sealed under."""
    asked = select(AuditEvent.fields).where(AuditEvent.fields.contains(f'"{SEALED}'))
    return frozenset(place for fields in session.scalars(asked) for place in _places(fields))


def _places(fields: str) -> Iterator[tuple[str, int]]:
    """Yield the keys of the envelopes in one line; of what somebody else put there, none."""
    for part in fields.split('"'):
        if not part.startswith(SEALED):
            continue
        try:
            slots = slots_of(payload_in(part), _IN_LINE)
        except DamagedFile:
            continue
        yield from ((slot.name, slot.generation) for slot in slots if slot.generation)
