"""When somebody asks again: every state of a referral, day by day, written down by hand.

All days are of November 2026 unless a month is named; what is known was noted on the 3rd.
"""

from datetime import UTC, date, datetime
from typing import Any, Final

import pytest

from shelterdesk.core import codes
from shelterdesk.services.day_lines import DayLine, DayPart
from shelterdesk.services.disclosure.next_due import AskingTimes, OutReferral, next_due

USUAL: Final = AskingTimes(carried_out=1, asked_again=14, going_on=30, paper_back=3, notice=14)
NOW, TODAY, AHEAD, WAITING = DayPart

HANDED_OVER, SILENT, DECIDED = "handed over?", "not answered yet", "what they have decided"
RECEIVED, GOES_ON, PLACE = "she was received", "how the service goes on", "a place now"
APPOINTMENT, WENT = "Appointment", "how the appointment went"
PAPER, NOTICE = "paper of the stopped letter", "confirmed that the consent was taken back"


def day(number: int, month: int = 11) -> date:
    """Return a day of the autumn."""
    return date(2026, month, number)


def at(number: int, hour: int = 1, minute: int = 30) -> datetime:
    """Return a moment in UTC: half past eight in the house, unless another hour is named."""
    return datetime(2026, 11, number, hour, minute, tzinfo=UTC)


OUT: Final = {"is_paper_out": True}
THERE: Final = {"is_paper_out": True, "is_delivered": True}

DUE: Final[list[tuple[str, dict[str, Any], date, str, date, DayPart]]] = [
    ("issued", {}, day(3), HANDED_OVER, day(4), AHEAD),
    ("issued", {}, day(4), HANDED_OVER, day(4), TODAY),
    ("issued", {}, day(5), HANDED_OVER, day(4), NOW),
    ("delivered", {"answer_by": day(6)}, day(5), SILENT, day(6), WAITING),
    ("delivered", {"answer_by": day(6)}, day(6), SILENT, day(6), TODAY),
    ("delivered", {"answer_by": day(6)}, day(7), SILENT, day(6), NOW),
    ("delivered", {}, day(16), SILENT, day(17), WAITING),
    ("delivered", {}, day(18), SILENT, day(17), NOW),
    ("no_response", {"answer_by": day(2)}, day(3), SILENT, day(2), NOW),
    ("acknowledged", {}, day(16), DECIDED, day(17), WAITING),
    ("acknowledged", {}, day(17), DECIDED, day(17), TODAY),
    ("acknowledged", {}, day(18), DECIDED, day(17), NOW),
    ("acknowledged", {"appointment": at(11)}, day(3), APPOINTMENT, day(11), WAITING),
    ("acknowledged", {"appointment": at(11)}, day(4), APPOINTMENT, day(11), AHEAD),
    ("acknowledged", {"appointment": at(11)}, day(11), APPOINTMENT, day(11), TODAY),
    ("acknowledged", {"appointment": at(11)}, day(12), WENT, day(12), TODAY),
    ("acknowledged", {"appointment": at(11)}, day(13), WENT, day(12), NOW),
    ("acknowledged", {"appointment": at(2)}, day(4), DECIDED, day(17), WAITING),
    ("accepted", {}, day(16), RECEIVED, day(17), WAITING),
    ("accepted", {}, day(18), RECEIVED, day(17), NOW),
    ("accepted", {"appointment": at(10)}, day(3), APPOINTMENT, day(10), AHEAD),
    ("accepted", {"appointment": at(3)}, day(4), WENT, day(4), TODAY),
    ("accepted", {"appointment": at(2)}, day(4), RECEIVED, day(17), WAITING),
    ("waitlisted", {"waiting_until": day(20)}, day(19), PLACE, day(20), WAITING),
    ("waitlisted", {"waiting_until": day(20)}, day(20), PLACE, day(20), TODAY),
    ("waitlisted", {"waiting_until": day(20)}, day(21), PLACE, day(20), NOW),
    ("waitlisted", {"waiting_until": day(2)}, day(4), PLACE, day(17), WAITING),
    ("waitlisted", {}, day(18), PLACE, day(17), NOW),
    ("service_started", {}, day(30), GOES_ON, day(3, 12), WAITING),
    ("service_started", {}, day(4, 12), GOES_ON, day(3, 12), NOW),
    ("service_started", {"service_from": day(20)}, day(4, 12), GOES_ON, day(20, 12), WAITING),
    ("service_started", {"service_from": day(1)}, day(4, 12), GOES_ON, day(3, 12), NOW),
    ("consent_withdrawn", OUT, day(3), PAPER, day(6), AHEAD),
    ("consent_withdrawn", OUT, day(6), PAPER, day(6), TODAY),
    ("consent_withdrawn", OUT, day(7), PAPER, day(6), NOW),
    ("consent_withdrawn", THERE, day(16), NOTICE, day(17), WAITING),
    ("consent_withdrawn", THERE, day(18), NOTICE, day(17), NOW),
    ("consent_withdrawn", {**THERE, "notice_on": day(5)}, day(18), NOTICE, day(19), WAITING),
    ("recalled", OUT, day(7), PAPER, day(6), NOW),
    ("recalled", THERE, day(18), NOTICE, day(17), NOW),
    ("delivered", {**THERE, "notice_on": day(5)}, day(6), NOTICE, day(19), WAITING),
    ("accepted", {**THERE, "notice_on": day(5)}, day(20), NOTICE, day(19), NOW),
]

NOTHING: Final[list[tuple[str, dict[str, Any]]]] = [
    *((state, {}) for state in ("draft", "awaiting_consent", "awaiting_approval", "ready")),
    *((state, {}) for state in ("declined_by_provider", "declined_by_survivor", "completed")),
    *((state, {}) for state in ("expired", "consent_withdrawn", "recalled", "discarded")),
    ("consent_withdrawn", {"is_delivered": True}),
    ("delivered", {"is_delivered": True, "notice_on": day(5)}),
]
"""What has come to an end, was never printed, or whose paper is destroyed."""


@pytest.mark.parametrize(("state", "known", "today", "words", "on", "part"), DUE)
def test_what_is_due_next_and_where_it_stands(
    state: str, known: dict[str, Any], today: date, words: str, on: date, part: DayPart
) -> None:
    due = next_due(OutReferral(state=state, noted_on=day(3), **known), USUAL, today)
    assert due is not None
    assert words in due.words
    assert due.on == on
    assert DayLine(words=due.words, when=due.on, waits=due.waits).part(today) is part


@pytest.mark.parametrize(("state", "known"), NOTHING)
def test_what_is_over_asks_for_nothing(state: str, known: dict[str, Any]) -> None:
    assert next_due(OutReferral(state=state, noted_on=day(3), **known), USUAL, day(30, 12)) is None


def test_no_state_is_forgotten() -> None:
    told = {state for state, *_rest in DUE} | {state for state, _known in NOTHING}
    assert told == codes.labels("referral_state", "en").keys()


@pytest.mark.parametrize(
    ("appointment", "on", "hour"),
    [(at(9, 16, 59), day(9), "23:59"), (at(9, 17, 0), day(10), "00:00")],
)
def test_the_day_of_an_appointment_begins_at_midnight_in_the_house(
    appointment: datetime, on: date, hour: str
) -> None:
    known = OutReferral(state="accepted", noted_on=day(3), appointment=appointment)
    due = next_due(known, USUAL, day(5))
    assert due is not None
    assert (due.on, due.hour) == (on, hour)


def test_a_referral_at_the_end_of_the_calendar_fails_nowhere() -> None:
    known = OutReferral(state="service_started", noted_on=date.max)
    due = next_due(known, USUAL, day(5))
    assert due is not None
    assert due.on == date.max
