"""When a consent counts: by its time, by her age, by what came after it, never by a stored word.

Which of two answers is the newer is told by the log, whatever the clock showed. A time that is over
stays over when the clock is put back, and one that ever lay ahead does not begin by itself.

Everything that is uncertain counts against letting something leave: who may be a child needs her
own assent and the consent of whoever answers for her, and only what both allow may go.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shelterdesk.core.calendar.dates import is_minor
from shelterdesk.core.lao.letters import normalised
from shelterdesk.records.case.case import Case
from shelterdesk.records.consent.consent import Consent
from shelterdesk.records.consent.consent_item import ConsentItem
from shelterdesk.records.consent.withdrawal import Withdrawal
from shelterdesk.records.keeping.ledger import AuditEvent, FieldHistory
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation
from shelterdesk.services.consent_law.answering import may_answer
from shelterdesk.services.consent_law.same_place import changed_places
from shelterdesk.store.backup.restore import restored
from shelterdesk.store.log.audit import writer_of
from shelterdesk.store.log.log_order import Span, begun, place_at, spans, told_of

GIVEN: Final = ("given", "given_with_limits")
ASSENT: Final = "self_assent_under_18"
ADULT_HERSELF: Final = "self_adult"
RELATIVES: Final = ("parent", "legal_guardian")
GUARDIANS: Final = frozenset({*RELATIVES, "authority_in_loco_parentis", "best_interest_panel"})
WITHOUT_HER: Final = ("emergency_vital_interest", "mandatory_report")
"""Forms that say there was no consent of hers: they never open the door as one."""

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
    withdrawn: frozenset[str]
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
        return "expired" if self._is_over(consent) else consent.decision

    def counts(self, consent: Consent) -> bool:
        """Tell whether a consent lets something leave today, as far as it alone can."""
        explained = bool(consent.language and consent.explained_by_id)
        hers = consent.form not in WITHOUT_HER
        return explained and hers and self.state(consent) in GIVEN

    def _is_over(self, consent: Consent) -> bool:
        """Tell whether it has run out; what may leave to others never runs without an end."""
        last = consent.valid_until
        without_end = last is None and consent.purpose == REFERRAL
        past = without_end or self._is_outside(consent) or self._belongs_to_the_past(consent)
        past = past or consent.id in self.elsewhere
        return past or not self._may_decide(consent)

    def _is_outside(self, consent: Consent) -> bool:
        """Tell whether it has been over at any time since, or has ever lain ahead."""
        span = self.seen.get(consent.id)
        if span is None:
            return True
        over = consent.valid_until is not None and consent.valid_until < span.last_day
        return over or consent.valid_from > span.first_day

    def _belongs_to_the_past(self, consent: Consent) -> bool:
        if consent.id in self.from_backup:
            return True
        if not self.ended or self.ended_on is None:
            return False
        return self.place(consent) <= self.ended or consent.valid_from < self.ended_on

    def place(self, consent: Consent) -> int:
        """Return the line of the log with which a consent was written down; 0 for none."""
        return self.order.get(consent.id, 0)

    def _replaces(self, newer: Consent, older: Consent) -> bool:
        return _key(newer) == _key(older) and self.place(newer) > self.place(older)

    def _may_decide(self, consent: Consent) -> bool:
        """Tell whether whoever decided still may: a guardian for a child, herself when adult."""
        if consent.actor_person_id in self.barred:
            return False
        if consent.actor in RELATIVES and consent.actor_person_id not in self.guardians:
            return False
        return (consent.actor != ADULT_HERSELF) == self.is_child


def was_not_free(consent: Consent) -> bool:
    """Tell whether she did not understand, was not free, or nobody was there to witness it."""
    if consent.form in WITHOUT_HER:
        return False
    unseen = consent.form == "verbal_witnessed" and not (consent.witness or "").strip()
    return consent.capacity_checked == "no" or unseen


def side(actor: str) -> str:
    """Return whose part a decision is: hers, or that of whoever answers for her."""
    return "guardian" if actor in GUARDIANS else "self"


def _key(consent: Consent) -> tuple[str, str, str, str]:
    person = normalised(consent.recipient_person or "")
    return consent.purpose, consent.organisation_id or "", person, side(consent.actor)


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
    never = barred(session, case)
    ended = last_ended(session, case)
    order = begun(session, [consent.id for consent in consents])
    until = place_at(session, then) if then else None
    seen = spans(session, order | {_ENDED: ended}, then or writer_of(session).clock(), until)
    return Picture(
        today=today,
        is_child=is_child(session, case, today),
        barred=never,
        guardians=may_answer(session, relations(session, case), never),
        elsewhere=changed_places(session, consents, today),
        withdrawn=_withdrawn(session, case),
        ended=ended,
        ended_on=seen[_ENDED].first_day if ended else None,
        consents=tuple(sorted(consents, key=lambda consent: order.get(consent.id, 0))),
        order=order,
        seen=seen,
        allowed=_items(session, case, ("yes",)),
        refused=_items(session, case, ("no",)),
        from_backup=_from_backup(session, [consent.id for consent in consents]),
    )


def _from_backup(session: Session, consent_ids: list[str]) -> frozenset[str]:
    """Return which consents were written down before these records were last brought back.

    By their place in the log, which no clock can move.
    """
    mark = restored(session)
    if mark is None:
        return frozenset()
    earlier = select(AuditEvent.record_id).where(
        AuditEvent.record_id.in_(consent_ids), AuditEvent.seq < mark.seq
    )
    return frozenset(session.scalars(earlier))


def _withdrawn(session: Session, case: Case) -> frozenset[str]:
    taken_back = select(Withdrawal.consent_id).where(Withdrawal.case_id == case.id)
    return frozenset(session.scalars(taken_back))


def _items(session: Session, case: Case, answers: tuple[str, ...]) -> dict[str, frozenset[str]]:
    wanted = select(ConsentItem).where(
        ConsentItem.case_id == case.id, ConsentItem.allowed.in_(answers)
    )
    found: dict[str, frozenset[str]] = {}
    for row in session.scalars(wanted):
        found[row.consent_id] = found.get(row.consent_id, frozenset()) | {row.item}
    return found


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


def is_child(session: Session, case: Case, today: date) -> bool:
    """Tell whether she is protected as a child: until she is shown to be an adult, she is."""
    person = session.get(Person, case.person_id) if case.person_id else None
    if person is None or person.treat_as_child == "yes" or person.birth_date is None:
        return True
    return is_minor(person.birth_date, today) is not False


def relations(session: Session, case: Case) -> list[Relation]:
    """Return how other people belong to her, in the order it was written down."""
    if case.person_id is None:
        return []
    hers = session.scalars(select(Relation).where(Relation.person_id == case.person_id)).all()
    order = begun(session, [relation.id for relation in hers])
    return sorted(hers, key=lambda relation: (order.get(relation.id, 0), relation.id))


def barred(session: Session, case: Case) -> frozenset[str]:
    """Return the people who must never decide for her or be contacted about her."""
    accused = select(Person.id).where(Person.kind == "alleged_perpetrator")
    flagged = {relation.other_id for relation in relations(session, case) if relation.is_barred}
    return frozenset({*flagged, *session.scalars(accused)})


def for_recipient(
    found: Iterable[Consent], organisation_id: str | None, person: str
) -> list[Consent]:
    """Return those consents to a referral that name this recipient and no other."""
    return [
        consent
        for consent in found
        if consent.purpose == REFERRAL and _names(consent, organisation_id, person)
    ]


def _names(consent: Consent, organisation_id: str | None, person: str) -> bool:
    if organisation_id or consent.organisation_id:
        return consent.organisation_id == organisation_id and not consent.recipient_person
    named = normalised(consent.recipient_person or "")
    return named != "" and named == normalised(person)


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


def agreed(known: Picture, organisation_id: str | None, person: str = "") -> Agreed:
    """Return what she agreed to tell one recipient; for a child, what both sides agreed to.

    The newest decision of each side counts. A refusal by either is nothing.
    """
    found = for_recipient(known.consents, organisation_id, person)
    counting = {side(c.actor): c for c in sorted(found, key=known.place) if known.counts(c)}
    needed = ("self", "guardian") if known.is_child else ("self",)
    if any(part not in counting for part in needed):
        return Agreed()
    consents = tuple(counting[part] for part in needed)
    items = frozenset.intersection(*(known.allowed.get(c.id, frozenset()) for c in consents))
    return Agreed(items, consents)


def ended_by_change(
    known: Picture, organisation_id: str | None, person: str = ""
) -> tuple[str, ...]:
    """Return which fields of the directory have changed since she agreed to tell this recipient.

    None where another reason keeps it back as well, or nothing has changed.
    """
    as_it_was = replace(known, elsewhere={})
    held = agreed(as_it_was, organisation_id, person).consents
    return tuple(dict.fromkeys(name for c in held for name in known.elsewhere.get(c.id, ())))
