"""When a consent counts: by its time, by her age, by what came after it, never by a stored word.

Which of two answers is the newer is told by the log, whatever the clock showed. A time that is over
stays over when the clock is put back, and one that ever lay ahead does not begin by itself.

Everything that is uncertain counts against letting something leave: who may be a child needs her
own assent and the consent of whoever answers for her, and only what both allow may go. Where
several may answer for her, the no of one stands until she or he says yes, not until another does.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shelterdesk.records.case.case import Case
from shelterdesk.records.consent.consent import Consent
from shelterdesk.records.consent.withdrawal import Withdrawal
from shelterdesk.records.keeping.ledger import AuditEvent, FieldHistory
from shelterdesk.services.consent_law.answer_rows import from_backup, items_answered, withdrawn
from shelterdesk.services.consent_law.answering import may_answer
from shelterdesk.services.consent_law.around_her import barred, is_child, relations
from shelterdesk.services.consent_law.given import (
    GIVEN,
    NO,
    is_yes,
    was_asked_rightly,
    was_not_free,
)
from shelterdesk.services.consent_law.one_person import (
    Pair,
    alike_recipients,
    is_same_decider,
    names_recipient,
    question_of,
    told,
)
from shelterdesk.services.consent_law.same_place import changed_places
from shelterdesk.store.log.audit import writer_of
from shelterdesk.store.log.log_order import Span, begun, place_at, spans, told_of

ASSENT: Final = "self_assent_under_18"
ADULT_HERSELF: Final = "self_adult"
RELATIVES: Final = ("parent", "legal_guardian")
GUARDIANS: Final = frozenset({*RELATIVES, "authority_in_loco_parentis", "best_interest_panel"})
_ENDED: Final = "ended"

REFERRAL: Final = "referral"
"""The purpose under which something may leave to a recipient."""


@dataclass(frozen=True)
class Picture:
    """What is known about a case's consents at one moment, read in one transaction."""

    today: date
    is_child: bool
    barred: frozenset[str]
    """People who must never decide for her."""
    guardians: frozenset[str]
    """People who may answer for her today."""
    elsewhere: dict[str, tuple[str, ...]]
    """Consents whose recipient is no longer who she was asked about, with what has changed."""
    withdrawn: Mapping[str, date]
    """Consents that were taken back, and the day."""
    ended: int
    """The line of the log with which the case was last closed or opened again: what was written
    before it is over; 0 where it never was."""
    ended_on: date | None
    """The day of that line."""
    consents: tuple[Consent, ...]
    order: dict[str, int]
    """The line of the log with which each consent was written down."""
    seen: dict[str, Span]
    """What the house has seen since then: the earliest and the latest moment."""
    allowed: dict[str, frozenset[str]]
    refused: dict[str, frozenset[str]]
    taken_back: Mapping[str, int]
    """The line of the log with which a consent was taken back, by its id."""
    alike: frozenset[Pair]
    """Recipients that may be one, as `one_person` knows them."""
    kin: Mapping[str, str]
    """What those around her are to her, by their ids as people: a code of `relation`."""
    from_backup: frozenset[str] = frozenset()
    """Consents that came out of a backup: it cannot know which of them she took back later."""

    def __repr__(self) -> str:
        return "<Picture>"

    def state(self, consent: Consent) -> str:
        """Return the state of a consent, a code of `consent_decision`."""
        if consent.id in self.withdrawn:
            return "withdrawn"
        if any(self._replaces(other, consent) for other in self.consents):
            return "superseded"
        if consent.decision not in GIVEN:
            return consent.decision
        if was_not_free(consent):
            return "deferred"
        return "expired" if self.over_by(consent) else consent.decision

    def counts(self, consent: Consent) -> bool:
        """Tell whether a consent lets something leave today, as far as it alone can."""
        return was_asked_rightly(consent) and self.state(consent) in GIVEN

    def over_by(self, consent: Consent) -> str:
        """Return by what one has run out: its time, the case, who decided; "" while it runs.

        What may leave to others never runs without an end. That the recipient has changed is said
        where nothing else keeps it back.
        """
        reasons = {
            "time": consent.valid_until is None and consent.purpose == REFERRAL,
            "span": self._is_outside(consent),
            "backup": consent.id in self.from_backup,
            "case": self._is_of_before(consent),
            "decider": not self._may_decide(consent),
            "place": consent.id in self.elsewhere,
        }
        return next((by for by, is_so in reasons.items() if is_so), "")

    def _is_outside(self, consent: Consent) -> bool:
        """Tell whether it has been over at any time since, or has ever lain ahead."""
        span = self.seen.get(consent.id)
        if span is None:
            return True
        over = consent.valid_until is not None and consent.valid_until < span.last_day
        return over or consent.valid_from > span.first_day

    def last_day(self, consent: Consent) -> date:
        """Return the latest day that the house has seen since a consent was written down."""
        span = self.seen.get(consent.id)
        return max(self.today, span.last_day) if span else self.today

    def _is_of_before(self, consent: Consent) -> bool:
        """Tell whether it was given before the case was last closed or opened again."""
        if not self.ended or self.ended_on is None:
            return False
        return self.place(consent) <= self.ended or consent.valid_from < self.ended_on

    def place(self, consent: Consent) -> int:
        """Return the line of the log with which a consent was written down; 0 for none."""
        return self.order.get(consent.id, 0)

    def _replaces(self, newer: Consent, older: Consent) -> bool:
        if _key(newer) == _key(older):
            is_later = self.place(newer) > self.place(older)
        else:
            is_later = self.gainsays(newer, older)
        return is_later and (older.decision != NO or not self._stands_beside(older, newer))

    def gainsays(self, newer: Consent, older: Consent) -> bool:
        """Tell whether one is a later no about the same recipient, whose name is spelt otherwise.

        So is one that is being thought over, and a yes that was taken back since.
        """
        is_about = self._is_alike(newer, older) and side(newer.actor) == side(older.actor)
        return is_about and self._said_no(newer) > self.place(older)

    def _is_alike(self, one: Consent, other: Consent) -> bool:
        if not self.alike or one.purpose != other.purpose:
            return False
        return frozenset({told(one), told(other)}) in self.alike

    def _said_no(self, consent: Consent) -> int:
        """Return the line of the log with which no was said; 0 where it was not."""
        if consent.decision in GIVEN:
            return self.taken_back.get(consent.id, 0)
        return 0 if consent.id in self.withdrawn else self.place(consent)

    def against(self, consent: Consent) -> Consent | None:
        """Return the latest no about the same recipient in another spelling; or None."""
        found = (one for one in self.consents if self.gainsays(one, consent))
        return max(found, key=self._said_no, default=None)

    def _stands_beside(self, older: Consent, newer: Consent) -> bool:
        """Tell whether the no of one who may still answer for her is not ended by an answer.

        It is by that person's own yes, or by a no that is newer; not by putting it off.
        """
        if side(older.actor) != "guardian" or not self._may_decide(older):
            return False
        return not is_same_decider(older, newer) or not (newer.decision == NO or is_yes(newer))

    def standing_no(self, answers: Iterable[Consent]) -> Consent | None:
        """Return the latest no to one question of somebody who may answer for a child; or None.

        To take a yes back is a no as well, until that person says yes again.
        """
        words = [one for one in self._guardians(answers) if self._decides_anything(one)]
        found = (
            one
            for one in words
            if (one.decision == NO or one.id in self.withdrawn)
            and self._may_decide(one)
            and not any(self._is_later_word(word, one) for word in words)
        )
        return max(found, key=self.place, default=None)

    def _is_later_word(self, newer: Consent, older: Consent) -> bool:
        return self.place(newer) > self.place(older) and is_same_decider(newer, older)

    def _decides_anything(self, consent: Consent) -> bool:
        """Tell whether an answer is a no that stands, a yes, or a yes that was taken back."""
        taken_back = consent.id in self.withdrawn
        if consent.decision == NO:
            return not taken_back
        return is_yes(consent) or (taken_back and consent.decision in GIVEN)

    def kept_back(self, answers: Iterable[Consent]) -> frozenset[str]:
        """Return the items that somebody who may answer for a child has refused, and not since.

        A yes that was not asked rightly may add to what its giver keeps back, but ends nothing.
        """
        words = [
            one
            for one in self._guardians(answers)
            if one.decision in GIVEN and one.id not in self.withdrawn and self._may_decide(one)
        ]
        kept = (
            self.refused.get(one.id, frozenset())
            for one in words
            if not any(is_yes(word) and self._is_later_word(word, one) for word in words)
        )
        return frozenset[str]().union(*kept)

    def _guardians(self, answers: Iterable[Consent]) -> list[Consent]:
        """Return what those who answer for a child have said, also of a name spelt otherwise."""
        if "guardian" not in needed_sides(self):
            return []
        asked = list(answers)
        also = [
            one
            for one in self.consents
            if one not in asked and any(self._is_alike(one, its) for its in asked)
        ]
        return [one for one in (*asked, *also) if side(one.actor) == "guardian"]

    def _may_decide(self, consent: Consent) -> bool:
        """Tell whether whoever decided still may: a guardian for a child, herself when adult."""
        if consent.actor_person_id in self.barred:
            return False
        if consent.actor in RELATIVES and consent.actor_person_id not in self.guardians:
            return False
        return (consent.actor != ADULT_HERSELF) == self.is_child


def side(actor: str) -> str:
    """Return whose part a decision is: hers, or that of whoever answers for her."""
    return "guardian" if actor in GUARDIANS else "self"


def _key(consent: Consent) -> tuple[str, str, str, str]:
    return (*question_of(consent), side(consent.actor))


def newest_answers(session: Session, case_ids: Iterable[str]) -> frozenset[str]:
    """Return the ids of the consents in these cases that no later one has replaced."""
    wanted = set(case_ids)
    if not wanted:
        return frozenset()
    found = session.scalars(select(Consent).where(Consent.case_id.in_(wanted))).all()
    order = begun(session, [consent.id for consent in found])
    newest = {}
    for consent in sorted(found, key=lambda consent: order.get(consent.id, 0)):
        newest[consent.case_id, *_key(consent)] = consent.id
    return frozenset(newest.values())


def picture(session: Session, case: Case, today: date, then: datetime | None = None) -> Picture:
    """Read everything on which it depends what may leave about one person today.

    `then` is a moment of the past, for what had run out by then; otherwise it is now.
    """
    consents = session.scalars(select(Consent).where(Consent.case_id == case.id)).all()
    around = relations(session, case)
    never = barred(session, case, around)
    ended = last_ended(session, case)
    taken_back = list(session.scalars(select(Withdrawal).where(Withdrawal.case_id == case.id)))
    lines = begun(session, [one.id for one in (*consents, *taken_back)])
    order = {one.id: lines[one.id] for one in consents if one.id in lines}
    until = place_at(session, then) if then else None
    seen = spans(session, order | {_ENDED: ended}, then or writer_of(session).clock(), until)
    return Picture(
        today=today,
        is_child=is_child(session, case, today),
        barred=never,
        guardians=may_answer(session, around, never),
        elsewhere=changed_places(session, consents, today),
        withdrawn=withdrawn(taken_back),
        taken_back={one.consent_id: lines.get(one.id, 0) for one in taken_back},
        alike=alike_recipients(session, consents),
        ended=ended,
        ended_on=seen[_ENDED].first_day if ended else None,
        consents=tuple(sorted(consents, key=lambda consent: order.get(consent.id, 0))),
        order=order,
        seen=seen,
        allowed=items_answered(session, case, ("yes",)),
        refused=items_answered(session, case, ("no",)),
        kin={line.other_id: line.relation for line in around if line.relation},
        from_backup=from_backup(session, [consent.id for consent in consents]),
    )


def last_ended(session: Session, case: Case) -> int:
    """Return the line of the log with which the case was last closed or opened again; 0 for none.

    Every change of `closed_on` leaves its value before in the history in the same save, so this
    does not hang on anybody having written down that a case was reopened.
    """
    changes = (
        select(func.max(FieldHistory.seq))
        .join(AuditEvent, told_of())
        .where(FieldHistory.record_id == case.id, FieldHistory.field == "closed_on")
    )
    return session.scalar(changes) or 0


def for_recipient(
    found: Iterable[Consent], organisation_id: str | None, person: str
) -> list[Consent]:
    """Return those consents to a referral that name this recipient and no other."""
    return [
        consent
        for consent in found
        if consent.purpose == REFERRAL and names_recipient(consent, organisation_id, person)
    ]


def answers_about(known: Picture, organisation_id: str | None, person: str) -> list[Consent]:
    """Return what was answered about a recipient, and each later no that was spelt otherwise."""
    found = for_recipient(known.consents, organisation_id, person)
    others = (one for one in known.consents if one not in found)
    return found + [one for one in others if any(known.gainsays(one, its) for its in found)]


@dataclass(frozen=True)
class Agreed:
    """What may leave to one recipient today, on which consents of hers and of her guardian."""

    items: frozenset[str] = frozenset()
    consents: tuple[Consent, ...] = ()

    @property
    def hers(self) -> Consent | None:
        """The consent or assent that she gave herself."""
        return next((c for c in self.consents if c.actor not in GUARDIANS), None)

    @property
    def until(self) -> date | None:
        """The last day on which all of them hold."""
        return min((c.valid_until for c in self.consents if c.valid_until), default=None)


def needed_sides(known: Picture) -> tuple[str, ...]:
    """Return who has to agree: herself, and for a child whoever answers for her as well."""
    return ("self", "guardian") if known.is_child else ("self",)


def agreed(known: Picture, organisation_id: str | None, person: str = "") -> Agreed:
    """Return what she agreed to tell one recipient; for a child, what both sides agreed to."""
    return agreed_among(known, answers_about(known, organisation_id, person))


def agreed_among(known: Picture, answers: Iterable[Consent]) -> Agreed:
    """Return what is agreed to by the answers to one question.

    The newest decision of each side counts. A refusal by either is nothing, and so is one of
    anybody who may answer for a child.
    """
    found = sorted(answers, key=known.place)
    counting = {side(c.actor): c for c in found if known.counts(c)}
    needed = needed_sides(known)
    if any(part not in counting for part in needed) or known.standing_no(found):
        return Agreed()
    consents = tuple(counting[part] for part in needed)
    items = frozenset.intersection(*(known.allowed.get(c.id, frozenset()) for c in consents))
    return Agreed(items - known.kept_back(found), consents)
