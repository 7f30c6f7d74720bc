"""Keyed checksums of what left: they prove a copy, and tell nothing without her key."""

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.disclosed import Disclosed
from shelterdesk.records.case.case import Case
from shelterdesk.records.keeping.ledger import DigestKey
from shelterdesk.services.disclosure.letters_rules import enclosed_with
from shelterdesk.store.disk.checked_json import canonical
from shelterdesk.store.keyring.seals import mac

PAPERS: Final = "attachment_named"
"""The item by which a letter names the papers that go along with it."""


def digest_of(session: Session, case: Case, left: Disclosed, referral_id: str = "") -> str:
    """Return the checksum of what leaves, to whom and how, with the key of her case.

    The same words to the same recipient by the same way give the same checksum on any day. Papers
    that are named beside a letter count as themselves: another one of the same title and number of
    pages is not what was told.
    """
    to = left.recipient
    content: list[object] = [
        [[item.code, item.text] for item in left.items],
        [to.organisation_id, to.organisation, to.person, left.medium, left.basis, left.reference],
    ]
    if any(item.code == PAPERS for item in left.items):
        content.append(sorted(paper.id for paper in enclosed_with(session, referral_id)))
    return checksum(session, case, content)


def checksum(session: Session, case: Case, content: object) -> str:
    """Return the checksum of anything that goes into JSON, with the key of her case."""
    key = session.scalar(select(DigestKey.key).where(DigestKey.about == case.id)) or b""
    return mac(key, canonical(content))
