"""What is asked of whatever is to leave: that it goes to somebody, and that it is known."""

from collections.abc import Container, Iterable, Mapping
from typing import Final

from sqlalchemy.orm import Session

from shelterdesk.core import codes
from shelterdesk.core.disclosed import Disclosed, Recipient
from shelterdesk.core.released_items import RELEASED_IN
from shelterdesk.records.consent.consent import Consent
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.services.consent_law.grounds import (
    ChooseLines,
    NothingToSay,
    NotReleased,
    Overtaken,
    Unnamed,
    item_labels,
)
from shelterdesk.services.consent_law.released import whom
from shelterdesk.services.consent_law.telltales import tell_where
from shelterdesk.services.disclosure.leaving import Leaving
from shelterdesk.services.disclosure.referral_steps import OVER

_FOR_OTHER_EYES: Final = frozenset({"her_wish", *RELEASED_IN})
"""Items whose words were written down for the house, not for the recipient of this letter."""


def explained_in(hers: Consent | None, items: Iterable[str], language: str) -> str:
    """Return in which language she was asked, where the item that tells her language leaves."""
    asked_in = hers.language if hers and "language_interpreter" in items else None
    return codes.label("language", asked_in, language) if asked_in else ""


def goes_to(referral: Referral, to: Recipient | None) -> bool:
    """Tell whether a referral is open and to this recipient; None is any."""
    here = to is None or to.organisation_id == referral.organisation_id
    return here and referral.state not in OVER


def written(to: Recipient) -> str:
    """Return who was told besides an organisation of the directory, for the log."""
    place = "" if to.organisation_id else to.organisation
    return ", ".join(filter(None, (to.person.strip(), place.strip())))


def demand_named(to: Recipient) -> None:
    """Raise Unnamed when the log could not say who was told."""
    if not (to.organisation_id or written(to)):
        raise Unnamed


def words_tell_where(session: Session, leaving: Leaving, disclosed: Disclosed) -> bool:
    """Tell whether the words of an item say where she is or how she is reached.

    What is called a wish or a plan may hold a village and a telephone number. In what was not
    written for whoever receives it every number counts, else those that are kept for her and her
    family. Her own copy is hers.
    """
    texts = ((one.text, one.code in _FOR_OTHER_EYES) for one in disclosed.items)
    return leaving.basis.code != "own_file" and tell_where(session, leaving.case, texts)


def demand_said(
    items: Iterable[str],
    said: Mapping[str, str],
    choices: Mapping[str, object],
    old: Container[str],
) -> None:
    """Raise what is missing where there are no words for an item; `old` are sentences overtaken.

    ChooseLines where there are several to choose from, Overtaken or NotReleased, saying whom to
    ask, or NothingToSay.
    """
    silent = [item for item in items if item not in said]
    several = [item for item in silent if item in choices]
    sealed = [item for item in silent if item in RELEASED_IN]
    if several:
        raise ChooseLines(items=item_labels(several))
    overtaken = [item for item in sealed if item in old]
    if overtaken:
        raise Overtaken(items=item_labels(overtaken), whom=whom(overtaken))
    if sealed:
        raise NotReleased(items=item_labels(sealed), whom=whom(sealed))
    if silent:
        raise NothingToSay(items=item_labels(silent))
