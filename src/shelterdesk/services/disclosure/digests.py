"""Keyed checksums of what left: they prove a copy, and tell nothing without her key."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.disclosed import Disclosed
from shelterdesk.records.case.case import Case
from shelterdesk.records.keeping.ledger import DigestKey
from shelterdesk.store.disk.checked_json import canonical
from shelterdesk.store.keyring.seals import mac


def digest_of(session: Session, case: Case, left: Disclosed) -> str:
    """Return the checksum of what leaves, to whom and how, with the key of her case.

    The same words to the same recipient by the same way give the same checksum on any day.
    """
    to = left.recipient
    content = [
        [[item.code, item.text] for item in left.items],
        [to.organisation_id, to.organisation, to.person, left.medium, left.basis, left.reference],
    ]
    return checksum(session, case, content)


def checksum(session: Session, case: Case, content: object) -> str:
    """Return the checksum of anything that goes into JSON, with the key of her case."""
    key = session.scalar(select(DigestKey.key).where(DigestKey.about == case.id)) or b""
    return mac(key, canonical(content))
