"""One act at the door, as a colleague signs for it; and why one is not agreed to."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from shelterdesk.core.disclosed import Recipient
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.services.access.act import DISCLOSE, Act
from shelterdesk.services.consent_law.consent_rules import Picture
from shelterdesk.services.consent_law.grounds import NoConsent, item_labels
from shelterdesk.services.consent_law.same_place import ASKED_ABOUT
from shelterdesk.services.consent_law.verdicts import verdict
from shelterdesk.services.disclosure.digests import checksum
from shelterdesk.services.disclosure.leaving import Leaving


def act_of(session: Session, leaving: Leaving, said: Mapping[str, str]) -> Act:
    """Return what a signature is for: a checksum of exactly what leaves, and how.

    `said` are the words of the items. With the key of her case: the log keeps it, and words that
    can be guessed stay unknown.
    """
    words = [[item, said.get(item, "")] for item in sorted(leaving.items)]
    act = [words, _named(session, leaving), _way(leaving)]
    return Act(DISCLOSE, digest=checksum(session, leaving.case, act))


def _named(session: Session, leaving: Leaving) -> list[object]:
    """Return who is written to, as the directory has it now, and what a letter says of the case."""
    to, about = leaving.recipient, leaving.referral
    place = session.get(Organisation, to.organisation_id) if to.organisation_id else None
    listed = [getattr(place, name) for name in (*ASKED_ABOUT, "contact_person")] if place else []
    asked = [about.id, about.service, about.priority, _iso(about.answer_by)] if about else []
    return [to.organisation_id, to.organisation, to.person, listed, asked]


def _way(leaving: Leaving) -> list[object]:
    """Return on which ground, in which language and by whom something leaves."""
    basis, how = leaving.basis, leaving.how
    ground = [basis.code, basis.law, basis.reason, _iso(basis.told_on)]
    carried = [how.get("delivered_by", ""), how.get("looked", False)]
    return [leaving.case.id, ground, leaving.medium, how.get("language", "lo"), carried]


def _iso(when: date | None) -> str:
    return when.isoformat() if when else ""


def not_agreed(known: Picture, to: Recipient, missing: list[str]) -> NoConsent:
    """Return what says why nothing may leave, or which items she has not agreed to."""
    said = verdict(known, to.organisation_id, to.person)
    return said.refusal or NoConsent(items=item_labels(missing))
