"""Why somebody cannot sleep in a bed, and why a bed cannot be taken out of use.

The sentences name codes and chosen names: what everybody in the house knows.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import house_day
from shelterdesk.core.calendar.dates import is_minor
from shelterdesk.core.codes import label
from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, screen_language
from shelterdesk.core.sentences import is_sentence
from shelterdesk.core.shown import day, minute
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.house.beds import Bed, Bedroom, BedState, BedStay
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation
from shelterdesk.services.consent_law.around_her import barred
from shelterdesk.services.consent_law.doubles import may_be_one_of

CHILDREN: Final = frozenset({"children", "girls"})
"""For whom a room is that nobody grown up sleeps in but a parent of one of them."""

PARENTS: Final = ("mother", "father")
"""What a line says of a child’s parent."""

_IS_PARENT: Final = Relation.relation.in_(PARENTS)


class NotInHouse(DeskError):
    """Somebody was to get a bed who does not live in the house."""

    sentence = N_("She does not live in the house now. Write down first that she has come.")


class BedTaken(DeskError):
    """A bed is somebody else's, and nobody knows until when."""

    sentence = N_("Bed {bed} is {who}’s. Move her first, or choose another.")


class BedTakenUntil(BedTaken):
    """A bed is somebody else's until a day or a moment."""

    sentence = N_("Bed {bed} is {who}’s until {until}. Move her first, or choose another.")


class OutOfUse(DeskError):
    """A bed cannot be slept in, and nobody has said why."""

    sentence = N_("Bed {bed} is out of use. Choose another.")


class OutOfUseBecause(OutOfUse):
    """A bed cannot be slept in."""

    sentence = N_("Bed {bed} is out of use: {reason}.")


class SomebodySleepsHere(DeskError):
    """A bed was to be taken out of use in which somebody sleeps."""

    sentence = N_("Somebody sleeps here. Say first where she sleeps.")


class ForChildren(DeskError):
    """Somebody grown up was to sleep in a room of children, and is no parent of one of them."""

    sentence = N_(
        "This room is for children. Choose another, or let a director sign, with a reason."
    )


class SignWithReason(ForChildren):
    """The same, where a director is at the desk: it is hers to sign."""

    sentence = N_(
        "This room is for children. Choose another, or sign as a director: write in a sentence "
        "why she sleeps here. It stays in the log."
    )


class KeptApart(DeskError):
    """Somebody was to sleep in one room with one whom she must never be near."""

    sentence = N_(
        "She and somebody who sleeps in this room are kept apart. Choose another, or let a "
        "director sign, with a reason."
    )


class ApartWithReason(KeptApart):
    """The same, where a director is at the desk: it is hers to sign."""

    sentence = N_(
        "She and somebody who sleeps in this room are kept apart: one of them is marked as "
        "involved, or never to be contacted. Choose another, or sign as a director: write in a "
        "sentence why she sleeps here. It stays in the log."
    )


class MayBeKeptApart(DeskError):
    """Somebody was to sleep in one room with one who may be whom she must never be near.

    Who compares them says so in a sentence, whoever is at the desk: it is a likeness and no more.
    """

    sentence = N_(
        "Somebody from whom she or a sleeper of this room is kept apart has a name, a paper or a "
        "telephone like the other one. Choose another room, or compare them with whoever knows "
        "both: if they are two people, write in a sentence how you know. It stays in the log."
    )


class NoBaby(DeskError):
    """Somebody grown up was to share the bed of another one."""

    sentence = N_("A small child shares a bed; a grown-up has one of her own. Choose another.")


def demand_usable(session: Session, bed: Bed, at: datetime) -> None:
    """Raise OutOfUse where a bed cannot be slept in on the day of a moment."""
    order = (BedState.since.desc(), BedState.created_at.desc())
    wanted = select(BedState).where(BedState.bed_id == bed.id, BedState.since <= house_day(at))
    newest = session.scalar(wanted.order_by(*order).limit(1))
    if newest is None or newest.usable == "yes":
        return
    if not newest.reason:
        raise OutOfUse(bed=bed.code)
    reason = label("bed_out_reason", newest.reason, screen_language())
    raise OutOfUseBecause(bed=bed.code, reason=reason)


def demand_free(session: Session, bed: Bed, stay: Stay, at: datetime) -> None:
    """Raise BedTaken where somebody else has a bed from a moment on, or at any time after it.

    A baby who was left in it alone has it as well, but for her mother and her father.
    """
    wanted = (
        select(BedStay.until, Case.code, Case.alias, Stay.expected_until)
        .join(Case, Case.id == BedStay.case_id)
        .join(Stay, Stay.id == BedStay.stay_id)
        .where(BedStay.bed_id == bed.id, BedStay.stay_id != stay.id)
        .where(or_(BedStay.until.is_(None), BedStay.until > at))
        .where(or_(BedStay.shares.is_distinct_from("yes"), ~_is_parent_of_sleeper(session, stay)))
        .order_by(BedStay.until.is_not(None), BedStay.until.desc())
    )
    taken = session.execute(wanted.limit(1)).first()
    if taken is None:
        return
    who = " ".join(filter(None, (taken.code, taken.alias)))
    until = _until(taken.until, taken.expected_until, house_day(at))
    if not until:
        raise BedTaken(bed=bed.code, who=who)
    raise BedTakenUntil(bed=bed.code, who=who, until=until)


def _until(until: datetime | None, expected: date | None, today: date) -> str:
    if until is not None:
        return minute(until)
    return day(expected) if expected is not None and expected >= today else ""


def demand_nobody(session: Session, bed: Bed) -> None:
    """Raise SomebodySleepsHere where a bed is slept in, also by a baby alone."""
    wanted = select(BedStay.id).where(BedStay.bed_id == bed.id, BedStay.until.is_(None))
    if session.scalar(wanted.limit(1)) is not None:
        raise SomebodySleepsHere


def _is_parent_of_sleeper(session: Session, stay: Stay) -> ColumnElement[bool]:
    """Return, for a question about sleepers, whether she is the mother or the father of one."""
    hers = Relation.person_id == Case.person_id, Relation.other_id == _person_id(session, stay)
    return select(Relation.id).where(*hers, _IS_PARENT).exists()


def demand_small(session: Session, stay: Stay, at: datetime) -> None:
    """Raise NoBaby where it is known that whoever is to share a bed is grown up."""
    if _is_grown_up(session, stay, at):
        raise NoBaby


def demand_fitting(
    session: Session, room: Bedroom, stay: Stay, at: datetime, *, signs: bool
) -> bool:
    """Tell whether a director has to sign for her sleeping in a room; `signs` where one does.

    Raises KeptApart or ForChildren where none does.
    """
    strange = is_strange_to_children(session, room, stay, at)
    apart = is_kept_apart(session, room, stay)
    if apart and not signs:
        raise KeptApart
    if strange and not signs:
        raise ForChildren
    return strange or apart


def demand_reason(session: Session, room: Bedroom, stay: Stay, reason: str) -> None:
    """Raise ApartWithReason or SignWithReason unless a director says why in a sentence."""
    if not is_sentence(reason):
        raise ApartWithReason if is_kept_apart(session, room, stay) else SignWithReason


def demand_compared(session: Session, room: Bedroom, stay: Stay, reason: str) -> bool:
    """Tell whether somebody there may be whom she is kept apart from, and it was looked at.

    Raises MayBeKeptApart where nobody has said in a sentence that they are two.
    """
    alike = may_be_kept_apart(session, room, stay)
    if alike and not is_sentence(reason):
        raise MayBeKeptApart
    return alike


def demand_room_fits(session: Session, room: Bedroom, beds: Iterable[str], at: datetime) -> None:
    """Raise SomebodySleepsHere where beds hold somebody who would be stopped in this room.

    Asked where a bed goes into another room, or a room becomes one of children: nobody comes into
    it unseen by way of her bed.
    """
    wanted = select(Stay).join(BedStay, BedStay.stay_id == Stay.id)
    here = wanted.where(BedStay.bed_id.in_(tuple(beds)), BedStay.until.is_(None))
    for stay in session.scalars(here).all():
        apart = is_kept_apart(session, room, stay) or may_be_kept_apart(session, room, stay)
        if apart or is_strange_to_children(session, room, stay, at):
            raise SomebodySleepsHere


def is_strange_to_children(session: Session, room: Bedroom, stay: Stay, at: datetime) -> bool:
    """Tell whether a room is for children, and she is grown up and no parent of one of them.

    Whose age is not known counts as a child, as everywhere.
    """
    if room.for_whom not in CHILDREN or not _is_grown_up(session, stay, at):
        return False
    her, there = _person_id(session, stay), _others_in(session, room, stay)
    children = [case.person_id for case in there]
    of_child = Relation.other_id == her, Relation.person_id.in_(children), _IS_PARENT
    return session.scalar(select(Relation.id).where(*of_child).limit(1)) is None


def is_kept_apart(session: Session, room: Bedroom, stay: Stay) -> bool:
    """Tell whether she or somebody who sleeps in a room must never be near the other one.

    What one line says of two people holds, whatever another says beside it.
    """
    hers = session.get_one(Case, stay.case_id)
    never = barred(session, hers)
    return any(
        other.person_id in never or hers.person_id in barred(session, other)
        for other in _others_in(session, room, stay)
    )


def may_be_kept_apart(session: Session, room: Bedroom, stay: Stay) -> bool:
    """Tell whether she or somebody there may be whom the other is kept apart from.

    Written down a second time: as somebody around the one, and as a resident under her own code.
    """
    hers = session.get_one(Case, stay.case_id)
    never = barred(session, hers)
    return any(
        may_be_one_of(session, other, never) or may_be_one_of(session, hers, barred(session, other))
        for other in _others_in(session, room, stay)
    )


def _others_in(session: Session, room: Bedroom, stay: Stay) -> list[Case]:
    """Return the cases of all others who sleep in a room now."""
    wanted = (
        select(Case)
        .join(BedStay, BedStay.case_id == Case.id)
        .join(Bed, Bed.id == BedStay.bed_id)
        .where(Bed.room_id == room.id, BedStay.until.is_(None), Case.id != stay.case_id)
    )
    return list(session.scalars(wanted).unique())


def _is_grown_up(session: Session, stay: Stay, at: datetime) -> bool:
    person_id = _person_id(session, stay)
    person = session.get(Person, person_id) if person_id else None
    born = person.birth_date if person is not None else None
    return born is not None and is_minor(born, house_day(at)) is False


def _person_id(session: Session, stay: Stay) -> str | None:
    return session.scalar(select(Case.person_id).where(Case.id == stay.case_id))
