"""How many asked for a place and were not admitted: O7, counted from what is stored.

The same office, or the same case, that asks again within 24 hours after it was first counted counts
once, with what became of it last. It counts on the day of the first asking. An asking that a later
row corrects counts no more.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from shelterdesk.core.calendar.clock import at_house, days_after, house_day
from shelterdesk.records.house.place_request import TURNED_AWAY, PlaceRequest

ONCE_WITHIN: Final = timedelta(hours=24)
"""How long the same office, or the same case, counts once."""

_Later: Final = aliased(PlaceRequest)

COUNTS: Final = ~select(_Later.id).where(_Later.corrects_id == PlaceRequest.id).exists()
"""That no later row corrects it."""


@dataclass(frozen=True, slots=True)
class AskedOnce:
    """One time that somebody asked, as far as it is counted."""

    at: datetime
    who: str
    """The case, else the office, by its id; "" where nobody can tell whether it is the same."""
    outcome: str
    reason: str


@dataclass(frozen=True, slots=True, repr=False)
class AskedFigure:
    """O7 of a time: how often a place was asked for, and how often nobody was taken in."""

    written: int
    """Rows of the time, before the same who asks again counts once."""
    counted: int
    outcomes: Mapping[str, int]
    """How many of what is counted, by what became of it."""
    reasons: Mapping[str, int]
    """How many of those not admitted, by reason; "" where none was written."""

    @property
    def turned_away(self) -> int:
        """Return how many were not admitted, with those that were sent on."""
        return sum(self.outcomes.get(outcome, 0) for outcome in TURNED_AWAY)

    @property
    def share(self) -> float | None:
        """Return which part of all was not admitted; None where nobody asked."""
        return self.turned_away / self.counted if self.counted else None


def askings(session: Session, last: date) -> list[AskedOnce]:
    """Return everything asked up to the end of a day, the first first: one statement.

    From the beginning, because what counts once with what is known only from the first on.
    """
    wanted = (
        select(PlaceRequest.at, PlaceRequest.case_id, PlaceRequest.from_id)
        .add_columns(PlaceRequest.outcome, PlaceRequest.reason)
        .where(PlaceRequest.at < at_house(days_after(last, 1)), COUNTS)
        .order_by(PlaceRequest.at, PlaceRequest.id)
    )
    return [
        AskedOnce(row.at, row.case_id or row.from_id or "", row.outcome, row.reason or "")
        for row in session.execute(wanted)
    ]


def counted_once(asked: Iterable[AskedOnce]) -> list[list[AskedOnce]]:
    """Return what counts once together, each with all its askings, the first first."""
    found: list[list[AskedOnce]] = []
    latest: dict[str, list[AskedOnce]] = {}
    for one in asked:
        same = latest.get(one.who) if one.who else None
        if same is not None and one.at - same[0].at < ONCE_WITHIN:
            same.append(one)
            continue
        latest[one.who] = [one]
        found.append(latest[one.who])
    return found


def asked_figure(session: Session, first: date, last: date) -> AskedFigure:
    """Return O7 of the days from one to another, both of them counted."""
    asked = askings(session, last)
    ends = [group[-1] for group in counted_once(asked) if house_day(group[0].at) >= first]
    return _figure(sum(house_day(one.at) >= first for one in asked), ends)


def _figure(written: int, ends: Sequence[AskedOnce]) -> AskedFigure:
    away = Counter(one.reason for one in ends if one.outcome in TURNED_AWAY)
    return AskedFigure(written, len(ends), Counter(one.outcome for one in ends), away)
