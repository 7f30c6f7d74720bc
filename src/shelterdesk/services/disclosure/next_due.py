"""When somebody has to ask again about a referral, in whichever state it is.

A letter that is out is never forgotten: also after a first answer there is a day on which somebody
asks how it went on, until it has come to an end (design: product, promise 6; rights, 3). The days
are counted from what was noted last, so that asking again and noting the answer moves the next one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from shelterdesk.core.calendar.clock import days_after, house_day, wall_time
from shelterdesk.core.i18n import N_
from shelterdesk.services.day_lines import last_day_shown

_AFTER_APPOINTMENT: Final = 1
"""Days from an appointment to the question how it went (design: rights, 3)."""

STOPPED: Final = ("consent_withdrawn", "recalled")
"""States in which nothing more leaves, while a paper may still be about."""

_HANDED_OVER: Final = N_("Was the letter to {to} handed over?")
_NO_ANSWER: Final = N_("{to} has not answered yet.")
_DECIDED: Final = N_("Ask {to} what they have decided.")
_WENT: Final = N_("Ask {to} whether she was received.")
_APPOINTMENT: Final = N_("Appointment: {to}")
_HOW_IT_WENT: Final = N_("Ask {to} how the appointment went.")
_PLACE: Final = N_("Ask {to} whether there is a place now.")
_GOES_ON: Final = N_("Ask {to} how the service goes on.")
_PAPER: Final = N_("Has the paper of the stopped letter come back? Shred it.")
_NOTICE: Final = N_("Has {to} confirmed that the consent was taken back?")


@dataclass(frozen=True, kw_only=True)
class OutReferral:
    """What is known of a referral whose letter was printed, as far as it says what is due."""

    state: str
    noted_on: date
    """The day on which anything was last noted about it."""
    answer_by: date | None = None
    appointment: datetime | None = None
    waiting_until: date | None = None
    service_from: date | None = None
    is_delivered: bool = False
    is_paper_out: bool = False
    """Whether a printed copy is neither void nor shredded."""
    notice_on: date | None = None
    """Since when notice is to be given that she has taken her consent back."""

    def __repr__(self) -> str:
        return "<OutReferral>"


@dataclass(frozen=True)
class AskingTimes:
    """After how many days the house asks again; each is a setting."""

    carried_out: int
    asked_again: int
    going_on: int
    paper_back: int
    notice: int


@dataclass(frozen=True)
class NextDue:
    """What is to be asked or done next: the sentence, the day, who is waited for."""

    words: str
    on: date
    waits: bool = True
    """Whether somebody else is waited for until then."""
    hour: str = ""


def next_due(known: OutReferral, times: AskingTimes, today: date) -> NextDue | None:
    """Return what is due next; None for what has come to an end, or was never printed."""
    if known.state in STOPPED or known.notice_on is not None:
        return _stopped(known, times)
    rule = _BY_STATE.get(known.state)
    return rule(known, times, today) if rule else None


def _stopped(known: OutReferral, times: AskingTimes) -> NextDue | None:
    """Return what is due once nothing more may leave: the paper, or that they know there."""
    if not known.is_paper_out:
        return None
    if known.is_delivered:
        since = known.notice_on or known.noted_on
        return NextDue(_NOTICE, days_after(since, times.notice))
    return NextDue(_PAPER, days_after(known.noted_on, times.paper_back), waits=False)


def _carried_out(known: OutReferral, times: AskingTimes, _today: date) -> NextDue:
    return NextDue(_HANDED_OVER, days_after(known.noted_on, times.carried_out), waits=False)


def _silent(known: OutReferral, times: AskingTimes, _today: date) -> NextDue:
    return NextDue(_NO_ANSWER, known.answer_by or days_after(known.noted_on, times.asked_again))


def _decided(known: OutReferral, times: AskingTimes, today: date) -> NextDue:
    return _appointed(known, today) or _heard_again(known, times, _DECIDED)


def _received(known: OutReferral, times: AskingTimes, today: date) -> NextDue:
    return _appointed(known, today) or _heard_again(known, times, _WENT)


def _heard_again(known: OutReferral, times: AskingTimes, words: str) -> NextDue:
    return NextDue(words, days_after(known.noted_on, times.asked_again))


def _appointed(known: OutReferral, today: date) -> NextDue | None:
    """Return the appointment while it lies ahead, then the question how it went.

    One that was over when the last answer was noted has been asked about already.
    """
    if known.appointment is None:
        return None
    day = house_day(known.appointment)
    if day >= today:
        waits = day > last_day_shown(today)
        return NextDue(_APPOINTMENT, day, waits, wall_time(known.appointment))
    if day < known.noted_on:
        return None
    return NextDue(_HOW_IT_WENT, days_after(day, _AFTER_APPOINTMENT))


def _waitlisted(known: OutReferral, times: AskingTimes, _today: date) -> NextDue:
    """Return the day until which there is no place, unless somebody has asked since then."""
    until = known.waiting_until
    if until is None or until < known.noted_on:
        return _heard_again(known, times, _PLACE)
    return NextDue(_PLACE, until)


def _started(known: OutReferral, times: AskingTimes, _today: date) -> NextDue:
    since = max(known.service_from or known.noted_on, known.noted_on)
    return NextDue(_GOES_ON, days_after(since, times.going_on))


_BY_STATE: Final[dict[str, Callable[[OutReferral, AskingTimes, date], NextDue]]] = {
    "issued": _carried_out,
    "delivered": _silent,
    "no_response": _silent,
    "acknowledged": _decided,
    "accepted": _received,
    "waitlisted": _waitlisted,
    "service_started": _started,
}

OUT: Final = tuple(_BY_STATE)
"""States in which a letter is out and has not come to an end."""
