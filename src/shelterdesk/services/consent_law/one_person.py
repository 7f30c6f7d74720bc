"""Whether two answers come from one decider, or are about one recipient, however it is written.

A no holds for the person it was about, not for the spelling: whoever is known at the door as the
same is the same here. And each who may answer for a child has a word of her own: what one office
has refused, another office does not allow.
"""

import re
from collections.abc import Sequence
from itertools import combinations
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.lao.letters import normalised
from shelterdesk.core.names.alike import are_same_words, known, may_mean
from shelterdesk.core.names.called import plain
from shelterdesk.core.places import named
from shelterdesk.records.consent.consent import Consent
from shelterdesk.records.disclosure.organisation import Organisation

AUTHORITY: Final = "authority_in_loco_parentis"
_APART: Final = re.compile("[,;]")
_SHORTEST: Final = 2
_PAIR: Final = 2
_NAMED: Final = 2
"""Parts by which an office is named: who decided for it, and which it is."""

_WHERE: Final = ("province", "district", "unit")
"""What tells two places of one name apart."""


Pair = frozenset[str]
"""Two recipients, each as `told` gives it."""


def told(consent: Consent) -> str:
    """Return who is to be told: an organisation by its id, a person's name in one form."""
    return consent.organisation_id or normalised(consent.recipient_person or "")


def question_of(consent: Consent) -> tuple[str, str, str]:
    """Return what was asked about: the purpose and, for a referral, the recipient."""
    return (
        consent.purpose,
        consent.organisation_id or "",
        normalised(consent.recipient_person or ""),
    )


def names_recipient(consent: Consent, organisation_id: str | None, person: str) -> bool:
    """Tell whether a consent names this recipient and no other."""
    if organisation_id or consent.organisation_id:
        return consent.organisation_id == organisation_id and not consent.recipient_person
    asked_of = normalised(consent.recipient_person or "")
    return asked_of != "" and asked_of == normalised(person)


def alike_recipients(session: Session, consents: Sequence[Consent]) -> frozenset[Pair]:
    """Return the recipients that may be one, in pairs: a person in two spellings, a place twice.

    A place may stand in the directory twice, or be written down as if it were a person.
    """
    asked = {told(consent): bool(consent.organisation_id) for consent in consents if told(consent)}
    if len(asked) < _PAIR:
        return frozenset()
    wanted = select(Organisation).where(Organisation.id.in_([id_ for id_ in asked if asked[id_]]))
    places = {place.id: place for place in session.scalars(wanted)} if any(asked.values()) else {}
    named_by = [(key, places.get(key, key)) for key in asked if key in places or not asked[key]]
    pairs = combinations(named_by, _PAIR)
    return frozenset(frozenset((a, b)) for (a, one), (b, other) in pairs if _may_be(one, other))


def _may_be(one: Organisation | str, other: Organisation | str) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return may_be_one(one, other)
    if isinstance(one, Organisation) and isinstance(other, Organisation):
        stands = [(getattr(one, name), getattr(other, name)) for name in _WHERE]
        if any(a and b and plain(a) != plain(b) for a, b in stands):
            return False
    return any(are_same_words(a, b) for a in _names(one) for b in _names(other))


def _names(recipient: Organisation | str) -> list[str]:
    if isinstance(recipient, str):
        return [recipient]
    return [name for name in (recipient.name, recipient.name_latin) if name]


def may_be_one(name: str, other: str) -> bool:
    """Tell whether two lines may name one person, as the guard at the door would find them."""
    return may_mean(name, known((other,), ())) or may_mean(other, known((name,), ()))


def is_same_decider(one: Consent, other: Consent) -> bool:
    """Tell whether two answers are of one decider: the same person, panel or office.

    An office is known by any part of how it was named but the place, and not by who decided for it
    alone, who stands first: two offices may have a Ms Dao each. One that was not named, or that
    cannot be read at this desk, is no other one: its no stands until it is taken back, and its yes
    ends nobody's no.
    """
    if one.actor_person_id or other.actor_person_id:
        return one.actor_person_id == other.actor_person_id
    if one.actor != other.actor or one.actor != AUTHORITY:
        return one.actor == other.actor
    ours, theirs = _offices(one.panel), _offices(other.panel)
    has_deciders = len(ours) >= _NAMED and len(theirs) >= _NAMED
    return any(
        are_same_words(part, its)
        for place, part in enumerate(ours)
        for its_place, its in enumerate(theirs)
        if place or its_place or not has_deciders
    )


def is_office_named(panel: str) -> bool:
    """Tell whether it is written down who decided for an office and which it is."""
    return len(_offices(panel)) >= _NAMED


def _offices(panel: object) -> list[str]:
    """Return the parts that name an office; none where it is sealed to the person at the desk."""
    first = panel.strip().partition("\n")[0] if isinstance(panel, str) else ""
    parts = (part.strip() for part in _APART.split(first))
    return [part for part in parts if len(part) >= _SHORTEST and not named(part)]
