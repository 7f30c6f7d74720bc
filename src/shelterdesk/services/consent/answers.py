"""Her consents as they stand: each answer, and each question with both answers and its verdict."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from shelterdesk.records.consent.consent import Consent
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.services.consent_law.consent_rules import (
    REFERRAL,
    Picture,
    needed_sides,
    side,
)
from shelterdesk.services.consent_law.verdicts import Verdict, judged, questions


@dataclass(frozen=True)
class Agreement:
    """A consent as it stands now: what she allowed and refused, to whom, and its state."""

    consent: Consent
    items: frozenset[str]
    refused: frozenset[str]
    state: str
    recipient: str
    changed: tuple[str, ...] = ()
    """Fields of the recipient's line in the directory that ended it by being changed."""
    taken_back_on: date | None = None

    def __repr__(self) -> str:
        return "<Agreement>"


@dataclass(frozen=True)
class Question:
    """What was asked, of one recipient where something would leave: both answers, one verdict."""

    purpose: str
    recipient: str
    organisation_id: str | None
    person: str
    hers: Agreement | None
    guardians: Agreement | None
    needs_guardian: bool
    earlier: tuple[Agreement, ...] = ()
    """Answers that a later one of the same side has replaced, the newest first."""
    verdict: Verdict = field(default_factory=Verdict)

    def __repr__(self) -> str:
        return "<Question>"

    @property
    def shares(self) -> bool:
        """Whether something would leave to somebody; otherwise it is about work in the house."""
        return self.purpose == REFERRAL

    @property
    def answers(self) -> tuple[Agreement, ...]:
        """Return every answer: hers, her guardian's, and the earlier ones."""
        return (*filter(None, (self.hers, self.guardians)), *self.earlier)


def agreement_of(session: Session, known: Picture, consent: Consent) -> Agreement:
    """Return one answer as it stands."""
    to = consent.organisation_id and session.get(Organisation, consent.organisation_id)
    nothing: frozenset[str] = frozenset()
    return Agreement(
        consent,
        known.allowed.get(consent.id, nothing),
        known.refused.get(consent.id, nothing),
        known.state(consent),
        to.shown if to else consent.recipient_person or "",
        known.elsewhere.get(consent.id, ()),
        known.withdrawn.get(consent.id),
    )


def questions_of(session: Session, known: Picture) -> Iterator[Question]:
    """Yield every question that was asked, what was answered last first."""
    for consents in questions(known):
        answers = [agreement_of(session, known, consent) for consent in consents]
        newest: dict[str, Agreement] = {}
        for answer in answers:
            newest.setdefault(side(answer.consent.actor), answer)
        first = answers[0]
        yield Question(
            purpose=first.consent.purpose,
            recipient=first.recipient,
            organisation_id=first.consent.organisation_id,
            person=first.consent.recipient_person or "",
            hers=newest.get("self"),
            guardians=newest.get("guardian"),
            needs_guardian="guardian" in needed_sides(known),
            earlier=tuple(one for one in answers if one not in newest.values()),
            verdict=judged(known, consents, shares=first.consent.purpose == REFERRAL),
        )
