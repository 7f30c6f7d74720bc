"""What a decision must have to be kept as one: how it was explained, who made it, to whom."""

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Final

from sqlalchemy.orm import Session

from shelterdesk.core import codes
from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.names.alike import may_be_same
from shelterdesk.core.sentences import is_sentence
from shelterdesk.records.case.case import Case
from shelterdesk.records.consent.consent import Consent
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.services.consent_law.address_guard import NameAlike, are_alike
from shelterdesk.services.consent_law.answering import may_answer, names_of, people
from shelterdesk.services.consent_law.around_her import barred, is_child, relations
from shelterdesk.services.consent_law.consent_rules import ADULT_HERSELF, REFERRAL, RELATIVES
from shelterdesk.services.consent_law.given import (
    GIVEN,
    WITHOUT_HER,
    was_not_asked_whether_free,
    was_not_free,
)
from shelterdesk.services.consent_law.one_person import is_office_named
from shelterdesk.services.consent_law.same_place import is_ended

LONGEST: Final = timedelta(days=365)
"""How long a consent to a referral runs at the most."""


_EMERGENCY: Final = "emergency_vital_interest"
_LISTS: Final = {
    "actor": "consent_actor",
    "purpose": "consent_purpose",
    "form": "consent_form_of",
    "language": "language",
    "capacity_checked": "yes_no",
}
"""Fields of a consent that are chosen, with the lists that they are chosen from."""

_NEEDED: Final = ("actor", "purpose")
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


class GuardianAlike(InvolvedGuardian):
    """Somebody whose name is like that of a barred person was to decide for her."""

    sentence = N_(
        "The name of this person is like that of somebody who is involved, suspected, or never to "
        "be contacted, so nobody of this name decides for her. If they are two people, a director "
        "compares them and writes both names in full, with the family names; otherwise ask an "
        "authority, or a panel for her best interest."
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


class NotFree(DeskError):
    """She did not understand or was not free, or nobody has witnessed it, and yet it was given."""

    sentence = N_(
        "She has not understood, was not free to decide, or nobody witnessed what she said. So "
        "this is no consent. Choose that she wants to think it over, and ask her again later."
    )


class FreedomUnasked(DeskError):
    """She agreed, and nobody has written down whether she understood and was free to decide."""

    sentence = N_(
        "Answer “She understood and decided freely” first: with Yes only if she did, a child as far"
        " as her age lets her. With No, or while it is not certain, choose that she wants to think "
        "it over, and ask her again later."
    )


class NotGuardian(DeskError):
    """Somebody around her was to decide who is not written down as her parent or guardian."""

    sentence = N_(
        "This person is not written down as her parent or guardian, or has died. A friend, "
        "neighbour, employer, husband or child of hers cannot decide. Correct the relation on her "
        "page if it is wrong, or ask an authority or a panel."
    )


class AuthorityUnnamed(DeskError):
    """An authority decided in the place of parents, and nobody knows which."""

    sentence = N_(
        "Write in the first line who decided for the authority and which authority it is, with a "
        "comma between: Ms Dao, District social welfare office."
    )


class EndedPlace(DeskError):
    """She was asked about a place that is no longer used."""

    sentence = N_(
        "The directory says that this place is no longer used. Choose another recipient, or "
        "correct the entry in the directory first."
    )


class LongerThanLaw(DeskError):
    """A consent to a referral was to run for longer than the law lets it that the house goes by."""

    sentence = N_(
        "This is longer than the law allows that stands in the settings; days at the most: {days}. "
        "Choose an earlier day; she can be asked again."
    )


class TooFarAhead(DeskError):
    """A consent to a referral was to run for more than a year."""

    sentence = N_(
        "A consent to a referral runs for one year at the most. Choose an earlier day; she can be "
        "asked again."
    )


class NotInList(DeskError):
    """A choice was made that is not in its list."""

    sentence = N_("Choose from the list: {fields}.")


class OneRecipient(DeskError):
    """Decisions that belong together were about different recipients or purposes."""

    sentence = N_(
        "What she and her guardian decide together is about one purpose and one recipient. Record "
        "the others separately."
    )


class PartAlike(NameAlike):
    """Whoever has a part in her decision has a name like somebody who must not get near her."""

    sentence = N_(
        "The name of the recipient, the interpreter, the witness or of whoever decides with her is "
        "like the name of somebody who is involved or must never be contacted, or is written so "
        "that it cannot be compared. Nothing was saved. Choose somebody else, or ask a director to "
        "compare the two names."
    )


class AboveCeiling(DeskError):
    """More is allowed than is usual for this kind of recipient."""

    sentence = N_(
        "This is more than is usually told to such a recipient. A director must agree, and the "
        "reason must be written down in a sentence."
    )


def demand_valid(
    session: Session, case: Case, consent: Consent, items: Iterable[str], today: date
) -> None:
    """Raise the sentence that fits unless this can be kept as a decision.

    It comes with the other sentences that fit as well: nobody is led from one to the next.
    """
    unknown = sorted(set(items) - codes.labels("disclosure_item", "en").keys())
    if unknown:
        raise UnknownItem(items=", ".join(unknown))
    if consent.decision not in _DECIDED:
        raise WrongDecision
    _demand_listed(consent)
    demand_all(
        lambda: _demand_dates(consent, today),
        lambda: _demand_explained(consent),
        lambda: _demand_free(consent),
        lambda: _demand_recipient(session, consent, today),
        lambda: _demand_decider(session, case, consent, today),
    )


def demand_all(*demands: Callable[[], object]) -> None:
    """Raise what is wrong first with all else that is wrong beside it, each sentence once."""
    found: dict[type[DeskError], DeskError] = {}
    for demand in demands:
        try:
            demand()
        except DeskError as fault:
            for one in (fault, *fault.also):
                found.setdefault(type(one), one)
    if found:
        first, *rest = found.values()
        first.also = tuple(rest)
        raise first


def _demand_listed(consent: Consent) -> None:
    """Raise NotInList for a code that no list has."""
    wrong = [
        field
        for field, list_name in _LISTS.items()
        if (getattr(consent, field) or field in _NEEDED)
        and getattr(consent, field) not in codes.labels(list_name, "en")
    ]
    if wrong:
        titles = (_(Consent.fields()[field].label) for field in wrong)
        raise NotInList(fields=", ".join(titles))


def _demand_dates(consent: Consent, today: date) -> None:
    if consent.valid_from > today or (consent.valid_until or today) < consent.valid_from:
        raise WrongDates
    until = consent.valid_until or consent.valid_from
    if consent.purpose == REFERRAL and until - consent.valid_from > LONGEST:
        raise TooFarAhead


def demand_lawful(consent: Consent, most_days: int | None) -> None:
    """Raise LongerThanLaw for a consent to a referral that runs for more days than a law allows.

    None where nobody has written down yet what the law says.
    """
    until = consent.valid_until or consent.valid_from
    if consent.purpose != REFERRAL or most_days is None:
        return
    if (until - consent.valid_from).days > most_days:
        raise LongerThanLaw(days=most_days)


def _demand_explained(consent: Consent) -> None:
    if consent.decision not in GIVEN:
        return
    explained = consent.language and consent.explained_by_id
    if not explained and consent.form != _EMERGENCY:
        raise Unexplained


def _demand_free(consent: Consent) -> None:
    if consent.decision not in GIVEN:
        return
    if was_not_free(consent):
        raise NotFree
    if was_not_asked_whether_free(consent):
        raise FreedomUnasked


def _demand_recipient(session: Session, consent: Consent, today: date) -> None:
    named = [to for to in (consent.organisation_id, consent.recipient_person) if to]
    if len(named) > 1 or (consent.purpose == REFERRAL and not named):
        raise NoRecipient
    place = consent.organisation_id and session.get(Organisation, consent.organisation_id)
    if place and consent.decision in GIVEN and is_ended(place, today):
        raise EndedPlace


def _demand_decider(session: Session, case: Case, consent: Consent, today: date) -> None:
    if consent.decision in GIVEN and consent.form != _EMERGENCY:
        as_adult = consent.actor == ADULT_HERSELF
        if as_adult == is_child(session, case, today):
            raise WrongDecider
    if consent.actor_person_id in barred(session, case):
        raise InvolvedGuardian
    if consent.actor in RELATIVES:
        _demand_guardian(session, case, consent)
    if consent.actor == "best_interest_panel":
        _demand_panel(consent.panel or "")
    if consent.actor == "authority_in_loco_parentis" and consent.decision in GIVEN:
        _demand_authority(consent.panel or "")


def _demand_guardian(session: Session, case: Case, consent: Consent) -> None:
    """Raise UnnamedGuardian, NotGuardian, or GuardianAlike for a name that is barred."""
    hers, never = relations(session, case), barred(session, case)
    if consent.actor_person_id not in {relation.other_id for relation in hers}:
        raise UnnamedGuardian
    if consent.actor_person_id in may_answer(session, hers, never):
        return
    written = [names_of(person) for person in people(session, [consent.actor_person_id or ""])]
    dangers = [names_of(person) for person in people(session, never)]
    if any(may_be_same(one, danger) for one in written for danger in dangers):
        raise GuardianAlike
    raise NotGuardian


def _demand_panel(text: str) -> None:
    first, _blank, reasons = text.strip().partition("\n")
    members = [name for name in _MEMBERS_APART.split(first) if name.strip()]
    if len(members) < 2 or not is_sentence(reasons):
        raise PanelUnnamed


def _demand_authority(text: str) -> None:
    """Raise AuthorityUnnamed unless person and office are named; a district names neither."""
    if not is_office_named(text):
        raise AuthorityUnnamed


def has_danger(session: Session, case: Case, consent: Consent) -> bool:
    """Tell whether a name in a decision is like that of somebody who must not get near her.

    Her no is written down whoever was there.
    """
    deciding = (consent.panel or "").strip().partition("\n")[0]
    named = (consent.recipient_person, consent.interpreter, consent.witness, deciding)
    counts = consent.decision in GIVEN and consent.form not in WITHOUT_HER
    return counts and are_alike(session, case, named)
