"""One question and one recipient: her answer, her guardian's, and the one verdict on both.

The door and the window ask here and nowhere else, so that no row can say that something may leave
which the door would refuse, and both give the same reason.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from shelterdesk.core import codes
from shelterdesk.core.i18n import N_, _, screen_language
from shelterdesk.core.shown import day
from shelterdesk.records.consent.consent import Consent
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.services.consent_law.consent_rules import (
    Agreed,
    Picture,
    agreed_among,
    answers_about,
    needed_sides,
    side,
)
from shelterdesk.services.consent_law.given import GIVEN, was_not_asked_whether_free, was_not_free
from shelterdesk.services.consent_law.grounds import NoConsent, NothingAgreed, RecipientChanged
from shelterdesk.services.consent_law.one_person import question_of

_HERS: Final = {
    "unasked": N_("she has not been asked"),
    "withdrawn": N_("she took it back on {day}"),
    "refused": N_("she said no on {day}"),
    "deferred": N_("she is still thinking it over"),
    "not_free": N_("it is not certain that she understood and decided freely"),
    "ended": N_("her agreement ended on {day}"),
    "decider": N_("her age is judged otherwise than when she was asked"),
    "unexplained": N_("it is not written down who explained it to her, and in which language"),
    "free_unasked": N_("it is not written down whether she understood and decided freely"),
    "without_her": N_("it was written down without asking her"),
    "item": N_("she has not agreed to this"),
}
_GUARDIANS: Final = {
    "unasked": N_("whoever answers for her has not been asked"),
    "withdrawn": N_("whoever answers for her took it back on {day}"),
    "refused": N_("whoever answers for her said no on {day}"),
    "deferred": N_("whoever answers for her is still thinking it over"),
    "not_free": N_("it is not certain that whoever answers for her decided freely"),
    "ended": N_("the agreement of whoever answers for her ended on {day}"),
    "decider": N_("whoever answered for her then may not do so any more"),
    "unexplained": N_("it is not written down who explained it to whoever answers for her"),
    "free_unasked": N_("it is not written down whether whoever answers for her decided freely"),
    "without_her": N_("it was written down without asking her"),
    "item": N_("whoever answers for her has not agreed to this"),
}
_EITHER: Final = {
    "backup": N_("it was given before these records were brought back, so she is asked again"),
    "case": N_("the case was closed or opened again since then"),
    "place": N_("the recipient's entry in the directory was changed since she was asked: {fields}"),
    "over": N_("it does not hold any more"),
    "nothing": N_("there is nothing that was agreed to"),
    "apart": N_("she and whoever answers for her have agreed to nothing alike"),
}

_ONE_OF_THEM: Final = N_(
    "one of those who answer for her has said no ({who}, on {day}), and only that person can "
    "change it"
)
_TAKEN_BACK_BY_ONE: Final = N_(
    "one of those who answer for her has taken back the agreement ({who}, on {day}), and only "
    "that person can change it"
)


@dataclass(frozen=True)
class Verdict:
    """What may leave to one recipient today; or nothing, and why."""

    grounds: Agreed = field(default_factory=Agreed)
    why: str = ""
    """Why nothing may leave, as part of a sentence in the screen's language; "" when it may."""
    refusal: NoConsent | None = None
    """What the door says when nothing may leave."""
    allowed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """What each side that is needed allows."""

    def __repr__(self) -> str:
        return "<Verdict>"

    @property
    def items(self) -> frozenset[str]:
        """What may leave."""
        return frozenset() if self.why else self.grounds.items

    @property
    def limits(self) -> str:
        """Return the limits she or her guardian has set, as written: only she knows their sense."""
        return "\n".join(one.limits for one in self.grounds.consents if one.limits)

    def why_not(self, item: str) -> str:
        """Return why one item may not leave, as part of a sentence; "" when it may."""
        if self.why or item in self.items:
            return self.why
        sides = (part for part, items in self.allowed.items() if item not in items)
        sentence = _words(next(sides, "self"))["item"]
        return _(sentence)


def verdict(known: Picture, organisation_id: str | None, person: str = "") -> Verdict:
    """Return what may leave to one recipient, as the door judges it."""
    return judged(known, answers_about(known, organisation_id, person), shares=True)


def judged(known: Picture, answers: Iterable[Consent], *, shares: bool) -> Verdict:
    """Return the verdict on all answers to one question; `shares` where something would leave."""
    found = sorted(answers, key=known.place)
    newest = {side(consent.actor): consent for consent in found}
    grounds, needed = agreed_among(known, found), needed_sides(known)
    allowed = {p: known.allowed.get(newest[p].id, frozenset()) for p in needed if p in newest}
    if "guardian" in allowed:
        allowed["guardian"] -= known.kept_back(found)
    reasons = list(_reasons(known, found, newest))
    if not reasons and shares and not grounds.items:
        apart = "apart" if all(allowed.values()) else "nothing"
        reasons = [(apart, _(_EITHER[apart]))]
    if not reasons:
        return Verdict(grounds, allowed=allowed)
    code, why = min(reasons, key=lambda one: one[0] == "place")
    refusal = (RecipientChanged if code == "place" else NothingAgreed)(why=why)
    return Verdict(grounds, why, refusal, allowed)


def questions(known: Picture) -> Iterator[tuple[Consent, ...]]:
    """Yield the answers to each question about each recipient, what was answered last first."""
    found: dict[tuple[str, str, str], list[Consent]] = {}
    for consent in sorted(known.consents, key=known.place, reverse=True):
        found.setdefault(question_of(consent), []).append(consent)
    yield from map(tuple, found.values())


def _words(part: str) -> Mapping[str, str]:
    return _GUARDIANS if part == "guardian" else _HERS


def _reason(known: Picture, newest: Consent | None, part: str) -> tuple[str, str] | None:
    """Return why one side's part does not hold, as a code and in words; None while it does."""
    if newest is not None and known.counts(newest):
        return None
    code, facts = _code(known, newest)
    sentence = _words(part).get(code) or _EITHER[code]
    return code, _(sentence).format(**facts)


def _reasons(
    known: Picture, found: Iterable[Consent], newest: Mapping[str, Consent]
) -> Iterator[tuple[str, str]]:
    """Yield why each side's part does not hold, and whose no stands beside a later yes."""
    for part in needed_sides(known):
        if reason := _reason(known, newest.get(part), part):
            yield reason
    against = known.standing_no(found)
    if against is not None and against is not newest.get("guardian"):
        yield _of_one(known, against)


def _of_one(known: Picture, against: Consent) -> tuple[str, str]:
    """Return that one who answers for her has said no or taken a yes back, and who it is."""
    kin = known.kin.get(against.actor_person_id or "")
    named = ("relation", kin) if kin else ("consent_actor", against.actor)
    who = codes.label(*named, screen_language())
    if taken_back := known.withdrawn.get(against.id):
        return "withdrawn", _(_TAKEN_BACK_BY_ONE).format(who=who, day=day(taken_back))
    return "refused", _(_ONE_OF_THEM).format(who=who, day=day(against.valid_from))


def _code(known: Picture, consent: Consent | None) -> tuple[str, dict[str, str]]:
    if consent is None:
        return "unasked", {}
    state = known.state(consent)
    if state in ("withdrawn", "superseded", "refused"):
        return _against(known, consent)
    if state == "deferred":
        return "not_free" if was_not_free(consent) else state, {}
    if state == "expired":
        return _over(known, consent)
    return _lacks(consent), {}


def _against(known: Picture, consent: Consent) -> tuple[str, dict[str, str]]:
    """Return the no that was said, also one about the same recipient in another spelling."""
    no = known.against(consent) or consent
    if no.id in known.withdrawn:
        return "withdrawn", {"day": day(known.withdrawn[no.id])}
    return ("over" if no.decision in GIVEN else no.decision), {"day": day(no.valid_from)}


def _lacks(consent: Consent) -> str:
    """Return what is missing in an agreement that has not run out and yet does not count."""
    if not (consent.language and consent.explained_by_id):
        return "unexplained"
    return "free_unasked" if was_not_asked_whether_free(consent) else "without_her"


def _over(known: Picture, consent: Consent) -> tuple[str, dict[str, str]]:
    """Return by what an agreement has run out."""
    by, until = known.over_by(consent), consent.valid_until
    if by == "span" and until is not None and until < known.last_day(consent):
        return "ended", {"day": day(until)}
    if by == "place":
        return by, {"fields": _titles(known.elsewhere[consent.id])}
    return (by if by in _EITHER or by in _HERS else "over"), {}


def _titles(fields: Iterable[str]) -> str:
    return ", ".join(_(Organisation.fields()[name].label) for name in fields)
