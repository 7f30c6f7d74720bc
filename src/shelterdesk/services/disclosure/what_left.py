"""The list of what has left, told to her: day, to whom, how, what, and why it was allowed.

It is read by the door for her own copy alone. Names of others are masked there, as in the rest of
what she gets.
"""

from collections.abc import Callable
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core import codes
from shelterdesk.core.calendar.clock import house_day
from shelterdesk.core.calendar.dates import spoken_day
from shelterdesk.core.i18n import N_, in_language
from shelterdesk.records.case.case import Case
from shelterdesk.records.consent.consent import Consent
from shelterdesk.records.disclosure.disclosure import Disclosure
from shelterdesk.records.disclosure.letter import Letter
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.services.consent_law.consent_rules import GUARDIANS
from shelterdesk.store.log.log_order import in_log_order

_HERSELF: Final = N_("yourself")
_HOW: Final = N_("How: {way}")
_WHAT: Final = N_("What: {items}")
_WHY: Final = N_("Why: {ground}")
_AGREED: Final = N_("you agreed on {day}")
_GUARDIAN: Final = N_("whoever is responsible for you agreed on {day}")
_LAW: Final = N_("a law demands it: {law}")
_TOLD: Final = N_("you were told so on {day}")
_LIFE: Final = N_("a life was in danger: {reason}")
_OWN: Final = N_("it is your own")
_WORK: Final = N_("for the daily work")
_NUMBER: Final = N_("{way}, no. {number}, copy {copy}")
_VOID: Final = N_("{way}, no. {number}, copy {copy} – void")
_GONE: Final = ("void", "shredded")

Named = Callable[[str], str]
"""Gives the label of an item as it may lie open in her bag."""


def what_left(session: Session, case: Case, language: str, named: Named) -> str:
    """Return everything that has left about her, the latest first, an empty line between each."""
    told = _Told(session, case, language, named)
    wanted = select(Disclosure).where(Disclosure.case_id == case.id)
    latest_first = session.scalars(wanted.order_by(in_log_order(Disclosure).desc()))
    return "\n\n".join(map(told.words, latest_first))


class _Told:
    """Puts one line of the list into words, in one language."""

    def __init__(self, session: Session, case: Case, language: str, named: Named) -> None:
        self._session, self._language, self._named = session, language, named
        copies = session.scalars(select(Letter).where(Letter.case_id == case.id))
        self._copies = {copy.disclosure_id: copy for copy in copies}

    def words(self, left: Disclosure) -> str:
        """Return day and recipient in the first line, then how, what and why."""
        items = ", ".join(map(self._named, left.items or ()))
        lines = (
            f"{self._day_of(left)} – {self._to(left)}",
            self._said(_HOW, way=self._way(left)),
            self._said(_WHAT, items=items or "–"),
            self._said(_WHY, ground=self._ground(left)),
        )
        return "\n".join(" ".join(line.split()) for line in lines)

    def _said(self, sentence: str, **blanks: object) -> str:
        return in_language(sentence, self._language).format(**blanks)

    def _day_of(self, left: Disclosure) -> str:
        return spoken_day(house_day(left.at), self._language)

    def _to(self, left: Disclosure) -> str:
        place = left.organisation_id and self._session.get(Organisation, left.organisation_id)
        office = place.shown_in(self._language) if place else ""
        told = ", ".join(filter(None, (office, left.recipient_person)))
        return told or (self._said(_HERSELF) if left.basis == "own_file" else "–")

    def _way(self, left: Disclosure) -> str:
        way = codes.label("disclosure_medium", left.medium, self._language)
        copy = self._copies.get(left.id)
        referral = self._session.get(Referral, copy.referral_id) if copy else None
        if copy is None or referral is None:
            return way
        words = _VOID if copy.state in _GONE else _NUMBER
        return self._said(words, way=way, number=referral.reference or "–", copy=copy.copy)

    def _ground(self, left: Disclosure) -> str:
        """Return on whose yes or on which law it left."""
        if left.basis == "consent":
            return self._agreed(left)
        if left.basis == "law":
            law = self._said(_LAW, law=left.law or "–")
            day = spoken_day(left.told_on, self._language) if left.told_on else ""
            return f"{law}; {self._said(_TOLD, day=day)}" if day else law
        if left.basis == "vital_interest":
            return self._said(_LIFE, reason=left.reason or "–")
        return self._said(_OWN if left.basis == "own_file" else _WORK)

    def _agreed(self, left: Disclosure) -> str:
        consent = self._session.get(Consent, left.consent_id) if left.consent_id else None
        if consent is None:
            return codes.label("disclosure_basis", left.basis, self._language)
        words = _GUARDIAN if consent.actor in GUARDIANS else _AGREED
        return self._said(words, day=spoken_day(consent.valid_from, self._language))
