"""Whether the recipient of a consent is still the one she was asked about.

A line of the directory can be written over: another name, another kind of recipient. What she
agreed to was for the place that stood there then, so the earlier values of the line decide, which
every save leaves in the history.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shelterdesk.core.names.keys import SAME_PERSON, likeness, name_keys
from shelterdesk.records.consent import Consent
from shelterdesk.records.ledger import AuditEvent, FieldHistory
from shelterdesk.records.organisation import Organisation
from shelterdesk.store.unit_of_work import history_text

_NAMES: Final = ("name", "name_latin")
_ASKED_ABOUT: Final = (*_NAMES, "target")

_Change = tuple[int, str, object]
"""Place in the log, field, and what stood there before."""


def other_places(session: Session, consents: Sequence[Consent], today: date) -> frozenset[str]:
    """Return the consents whose recipient has ended or is no longer who she was asked about."""
    asked = {consent.id: consent.organisation_id for consent in consents if consent.organisation_id}
    wanted = select(Organisation).where(Organisation.id.in_(set(asked.values())))
    places = {place.id: place for place in session.scalars(wanted)} if asked else {}
    changes = _changes(session, places)
    begun = _begun(session, asked) if changes else {}
    return frozenset(
        consent_id
        for consent_id, place_id in asked.items()
        if place_id not in places
        or is_ended(places[place_id], today)
        or _is_other(places[place_id], changes.get(place_id, ()), begun.get(consent_id, 0))
    )


def is_ended(place: Organisation, today: date) -> bool:
    """Tell whether the directory says that a place is no longer used."""
    return place.ended_on is not None and place.ended_on <= today


def _changes(session: Session, places: Iterable[str]) -> dict[str, list[_Change]]:
    """Return what was changed of places, oldest first."""
    wanted = select(FieldHistory).where(
        FieldHistory.record_id.in_(set(places)), FieldHistory.field.in_(_ASKED_ABOUT)
    )
    found: dict[str, list[_Change]] = {}
    for line in session.scalars(wanted.order_by(FieldHistory.seq)):
        change = (line.seq, line.field, history_text(line.old))
        found.setdefault(line.record_id, []).append(change)
    return found


def _begun(session: Session, consent_ids: Iterable[str]) -> dict[str, int]:
    """Return where in the log each consent was written down."""
    first = func.min(AuditEvent.seq)
    lines = select(AuditEvent.record_id, first).where(AuditEvent.record_id.in_(set(consent_ids)))
    return {row[0]: row[1] for row in session.execute(lines.group_by(AuditEvent.record_id))}


def _is_other(place: Organisation, changes: Iterable[_Change], begun: int) -> bool:
    now = {field: getattr(place, field) for field in _ASKED_ABOUT}
    then: dict[str, object] = {}
    for seq, field, before in changes:
        if seq > begun:
            then.setdefault(field, before)
    stood = now | then
    return (stood["target"] or None) != (now["target"] or None) or _is_renamed(stood, now)


def _is_renamed(stood: dict[str, object], now: dict[str, object]) -> bool:
    """Tell whether a name was written over by one that is like none of those before.

    A name that is added in the other script changes nothing; one that stays saves no other.
    """
    before = [str(stood[name]) for name in _NAMES if stood[name]]
    after = [str(now[name]) for name in _NAMES if now[name]]
    written_over = [
        str(now[name]) for name in _NAMES if stood[name] and now[name] and stood[name] != now[name]
    ]
    if any(not _is_like(name, before) for name in written_over):
        return True
    return not any(_is_like(name, before) for name in after)


def _is_like(name: str, before: Iterable[str]) -> bool:
    return any(
        likeness(name_keys(name), name_keys(old)) >= SAME_PERSON or _goes_on(old, name)
        for old in before
    )


def _goes_on(old: str, new: str) -> bool:
    """Tell whether a name was only made longer: Mahosot, Mahosot hospital."""
    words = set(old.casefold().split())
    return bool(words) and words <= set(new.casefold().split())
