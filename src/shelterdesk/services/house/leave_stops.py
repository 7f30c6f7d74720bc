"""What stops somebody from being signed out of the house, or in.

The sentences tell whom it is about by code and chosen name, and of whoever she goes out with the
name that was typed: nothing else of whom she must never meet.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import house_day
from shelterdesk.core.errors import DeskError, InvalidFields
from shelterdesk.core.i18n import N_
from shelterdesk.core.names.alike import are_same_words
from shelterdesk.core.shown import minute
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.stay import Stay
from shelterdesk.services.access.away import HOSPITAL, Away
from shelterdesk.services.consent_law.address_guard import are_alike
from shelterdesk.services.consent_law.around_her import is_child

_SLACK: Final = timedelta(minutes=5)
"""How far ahead of the clock something that has happened may be written down."""

NOT_YET: Final = N_("This has not come yet. Look at the day and the hour once more.")
BEFORE_OUT: Final = N_("She went out later than that. Look at the day and the hour once more.")
BEFORE_HERE: Final = N_("She came to the house later than that. Look at the day once more.")
DUE_BEFORE: Final = N_("She is expected back before she goes. Look at both hours once more.")

_WITH_WHOM: Final = ("escort_id", "goes_with", "agreed_by_id")


class GoesWithBarred(DeskError):
    """Somebody was to go out with a person from whom she is to be kept."""

    sentence = N_(
        "{name} is marked as involved, or never to be contacted. She does not go out with this "
        "person. Call the director."
    )


class AlreadyOut(DeskError):
    """Somebody was to be signed out who is out."""

    sentence = N_("She has been out since {since}. Sign her in, or change that entry.")


class NotOut(DeskError):
    """Somebody was to be signed in who is not out."""

    sentence = N_("She is in the house already. Nothing was written down.")


class WithWhom(DeskError):
    """Somebody under 18 was to go out, and nobody has said with whom."""

    sentence = N_(
        "She is under 18, or nobody knows her age. Say with whom she goes, or with whom it is "
        "agreed that she goes alone."
    )


class AlikeInGroup(DeskError):
    """Several were signed out or in at once, and one of them can be taken for another."""

    sentence = N_("{who}: somebody here is called alike. Sign each of them by herself.")


def demand_company(session: Session, case: Case, said: Mapping[str, Any]) -> None:
    """Raise GoesWithBarred where the name that was typed may be that of a danger to her.

    A name that cannot be compared with anybody's counts as one.
    """
    name = said.get("goes_with") or ""
    if name and are_alike(session, case, [name]):
        raise GoesWithBarred(name=name)


def demand_with_whom(session: Session, case: Case, said: Mapping[str, Any], today: date) -> None:
    """Raise WithWhom for a girl of whom nobody has said with whom she goes, or who agreed.

    Nobody waits for that on the way to hospital.
    """
    if said.get("reason") == HOSPITAL:
        return
    if not any(said.get(name) for name in _WITH_WHOM) and is_child(session, case, today):
        raise WithWhom


def demand_in(out: Away | None) -> None:
    """Raise AlreadyOut where somebody is out."""
    if out is not None:
        raise AlreadyOut(since=minute(out.out_at))


def demand_hours(stay: Stay, goes: datetime, comes: datetime | None) -> None:
    """Raise InvalidFields where somebody goes before she was here, or comes before she goes."""
    if stay.admitted_at is not None and house_day(goes) < house_day(stay.admitted_at):
        raise InvalidFields({"out_at": BEFORE_HERE})
    if comes is not None and comes <= goes:
        raise InvalidFields({"due_at": DUE_BEFORE})


def demand_past(name: str, when: datetime, now: datetime) -> None:
    """Raise InvalidFields beside a field whose moment has not come yet."""
    if is_ahead(when, now):
        raise InvalidFields({name: NOT_YET})


def is_ahead(when: datetime, now: datetime) -> bool:
    """Tell whether a moment has not come yet, by more than a clock may be wrong."""
    return when > now + _SLACK


def demand_back(out_at: datetime, back_at: datetime, now: datetime) -> None:
    """Raise InvalidFields for a moment at which nobody can have come back."""
    demand_past("back_at", back_at, now)
    if back_at < out_at:
        raise InvalidFields({"back_at": BEFORE_OUT})


def demand_told_apart(cases: Iterable[Case], here: Iterable[tuple[str, str]]) -> None:
    """Raise AlikeInGroup where one of several is called like somebody who lives here.

    `here` holds the case and the chosen name of everybody who does.
    """
    asked, known = list(cases), list(here)
    for one in asked if len(asked) > 1 else ():
        if is_called_alike(one.id, one.alias or "", known):
            raise AlikeInGroup(who=one.shown)


def is_called_alike(case_id: str, alias: str, here: Iterable[tuple[str, str]]) -> bool:
    """Tell whether somebody else who lives here has chosen the same name."""
    return any(other != case_id and are_same_words(alias, called) for other, called in here)
