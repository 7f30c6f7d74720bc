"""What a decision must have to be kept as one: how it was explained, who made it, to whom."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from shelterdesk.core import codes
from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_
from shelterdesk.records.case import Case
from shelterdesk.records.consent import Consent
from shelterdesk.services.consent_rules import (
    ADULT_HERSELF,
    GIVEN,
    REFERRAL,
    RELATIVES,
    barred,
    is_child,
    relations,
)

ABOVE_CEILING: Final = "more items than usual for this recipient"
"""What a director's signature is given for."""

SENTENCE: Final = 15
"""Letters that a reason has at the least."""

_EMERGENCY: Final = "emergency_vital_interest"
_DECIDED: Final = (*GIVEN, "refused", "deferred")
_MEMBERS_APART: Final = re.compile(r"[,;]|\band\b|ແລະ")


class Unexplained(DeskError):
    """A consent without the language it was explained in, or without who explained it."""

    sentence = N_(
        "A consent counts only when it was explained. Choose the language and who explained it."
    )


class NoRecipient(DeskError):
    """A referral is for one recipient: an organisation or a person, not both and not none."""

    sentence = N_("Choose one recipient: an organisation of the directory, or one person.")


class UnknownItem(DeskError):
    """Something was to be allowed that is not in the list of what can be told."""

    sentence = N_("This is not in the list of what can be told: {items}.")


class WrongDecision(DeskError):
    """A state that follows from the calendar was to be written down as her answer."""

    sentence = N_("Choose what she decided: given, given with limits, refused or not decided yet.")


class WrongDates(DeskError):
    """A consent that begins in the future or ends before it begins."""

    sentence = N_("A consent begins today or earlier, and ends after it begins. Look at the dates.")


class WrongDecider(DeskError):
    """A child was to decide as an adult, or somebody for an adult."""

    sentence = N_(
        "Whoever may be under 18 gives her own assent, and a guardian, an authority or a panel "
        "decides with her. An adult decides alone. Look at her date of birth and who decided."
    )


class InvolvedGuardian(DeskError):
    """Somebody who must never decide for her was to decide for her."""

    sentence = N_(
        "This person is involved, suspected, or never to be contacted, and cannot decide for her. "
        "Ask an authority, or a panel for her best interest."
    )


class UnnamedGuardian(DeskError):
    """A parent or guardian decided who is not among her relations."""

    sentence = N_("Choose which parent or guardian decided, from the people around her.")


class PanelUnnamed(DeskError):
    """A panel decided without its members and reasons being written down."""

    sentence = N_(
        "Write the members of the panel in the first line, at least two names with commas, and "
        "the reasons below."
    )


class AboveCeiling(DeskError):
    """More is allowed than is usual for this kind of recipient."""

    sentence = N_(
        "This is more than is usually told to such a recipient. A director must agree, and the "
        "reason must be written down in a sentence."
    )


def is_sentence(text: str) -> bool:
    """Tell whether a reason says something: fifteen letters, blanks not counted."""
    return len("".join(text.split())) >= SENTENCE


def demand_valid(
    session: Session, case: Case, consent: Consent, items: Iterable[str], today: date
) -> None:
    """Raise the sentence that fits unless this can be kept as a decision."""
    unknown = sorted(set(items) - codes.labels("disclosure_item", "en").keys())
    if unknown:
        raise UnknownItem(items=", ".join(unknown))
    if consent.decision not in _DECIDED:
        raise WrongDecision
    if consent.valid_from > today or (consent.valid_until or today) < consent.valid_from:
        raise WrongDates
    _demand_explained(consent)
    _demand_recipient(consent)
    _demand_decider(session, case, consent, today)


def _demand_explained(consent: Consent) -> None:
    explained = consent.language and consent.explained_by_id
    if consent.decision in GIVEN and not explained and consent.form != _EMERGENCY:
        raise Unexplained


def _demand_recipient(consent: Consent) -> None:
    named = [to for to in (consent.organisation_id, consent.recipient_person) if to]
    if len(named) > 1 or (consent.purpose == REFERRAL and not named):
        raise NoRecipient


def _demand_decider(session: Session, case: Case, consent: Consent, today: date) -> None:
    if consent.decision in GIVEN and consent.form != _EMERGENCY:
        as_adult = consent.actor == ADULT_HERSELF
        if as_adult == is_child(session, case, today):
            raise WrongDecider
    if consent.actor_person_id in barred(session, case):
        raise InvolvedGuardian
    if consent.actor in RELATIVES:
        around_her = {relation.other_id for relation in relations(session, case)}
        if consent.actor_person_id not in around_her:
            raise UnnamedGuardian
    if consent.actor == "best_interest_panel":
        _demand_panel(consent.panel or "")


def _demand_panel(text: str) -> None:
    first, _, reasons = text.strip().partition("\n")
    members = [name for name in _MEMBERS_APART.split(first) if name.strip()]
    if len(members) < 2 or not is_sentence(reasons):
        raise PanelUnnamed
