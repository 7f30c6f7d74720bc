"""Whether two answers come from one decider, or are about one recipient, however it is written.

A no holds for the person it was about, not for the spelling: whoever is known at the door as the
same is the same here. And each who may answer for a child has a word of her own: what one office
has refused, another office does not allow.
"""

import re
from collections.abc import Iterable
from itertools import combinations
from typing import Final

from shelterdesk.core.lao.letters import normalised
from shelterdesk.core.names.alike import are_same_words, known, may_mean
from shelterdesk.core.places import named
from shelterdesk.records.consent.consent import Consent

AUTHORITY: Final = "authority_in_loco_parentis"
_APART: Final = re.compile("[,;]")
_SHORTEST: Final = 2

Pair = frozenset[str]
"""Two names of recipients, each as `told` gives it."""


def told(consent: Consent) -> str:
    """Return the person who is to be told, in one form for any keys; "" for an organisation."""
    return "" if consent.organisation_id else normalised(consent.recipient_person or "")


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
    named = normalised(consent.recipient_person or "")
    return named != "" and named == normalised(person)


def alike_names(consents: Iterable[Consent]) -> frozenset[Pair]:
    """Return the names of recipients that may be one person in two spellings, in pairs."""
    names = sorted({told(consent) for consent in consents} - {""})
    pairs = combinations(names, 2)
    return frozenset(frozenset(pair) for pair in pairs if may_be_one(*pair))


def may_be_one(name: str, other: str) -> bool:
    """Tell whether two lines may name one person, as the guard at the door would find them."""
    return may_mean(name, known((other,), ())) or may_mean(other, known((name,), ()))


def is_same_decider(one: Consent, other: Consent) -> bool:
    """Tell whether two answers are of one decider: the same person, panel or office.

    An office is known by any part of how it was named but the place; one that was not named, or
    that cannot be read at this desk, may be any.
    """
    if one.actor_person_id or other.actor_person_id:
        return one.actor_person_id == other.actor_person_id
    if one.actor != other.actor or one.actor != AUTHORITY:
        return one.actor == other.actor
    ours, theirs = _offices(one), _offices(other)
    if not (ours and theirs):
        return True
    return any(are_same_words(part, its) for part in ours for its in theirs)


def _offices(consent: Consent) -> list[str]:
    panel: object = consent.panel  # a sealed value where it cannot be read
    first = panel.strip().partition("\n")[0] if isinstance(panel, str) else ""
    parts = (part.strip() for part in _APART.split(first))
    return [part for part in parts if len(part) >= _SHORTEST and not named(part)]
