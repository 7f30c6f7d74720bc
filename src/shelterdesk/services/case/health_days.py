"""The lines of My day that are the nurse's: who was not offered a visit yet, who is in hospital."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import Executable, func, select

from shelterdesk.core.calendar.clock import days_after, house_day
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area, Right
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.health_visit import HealthVisit
from shelterdesk.records.case.stay import Stay
from shelterdesk.services.access.away import Away, away_now, lived_as
from shelterdesk.services.access.cases_read import OF_CASE, named, rows_seen
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.access.open_stays import OPEN
from shelterdesk.services.day_lines import CASE, NEW, DayLine, Spot
from shelterdesk.store.vault.vault import Vault

_AFTER_ARRIVAL: Final = 3
"""Days after her arrival within which a first visit is offered (design: health, V4)."""

_IN_HOSPITAL: Final = "in_hospital"

_FIRST: Final = N_(
    "No health visit since she came. Offer her one; if she does not want it, write that down."
)
_ASK: Final = N_("She is in hospital. Ask how she is, and write it down.")


class HealthDays(Service):
    """What the nurse has to see to today, from stays and visits; nothing of it says why."""

    def __init__(self, vault: Vault, seat: Seat) -> None:
        super().__init__(vault, seat)

    @rule(Area.MEDICAL, Right.WRITE)
    def day_lines(self, today: date) -> list[DayLine]:
        """Return for the nurse's day whom she offers a visit, and about whom she asks there."""
        with self._vault.database.reading() as session:
            rows = rows_seen(session, self.seat, HealthVisit.area_of("at"), _wanted())
            out = away_now(session, self._vault.clock())
        return [line for row in rows for line in _lines(row, out, today)]


def _wanted() -> Executable:
    """Return the statement for everybody who lives here, with the day of her last visit."""
    last = select(func.max(HealthVisit.at)).where(HealthVisit.case_id == Case.id)
    return (
        select(*OF_CASE, Stay.admitted_at, Stay.state, last.scalar_subquery().label("seen_at"))
        .join(Stay, Stay.case_id == Case.id)
        .where(OPEN, Case.closed_on.is_(None))
        .order_by(Case.code)
    )


def _lines(row: Any, out: Mapping[str, Away], today: date) -> Iterator[DayLine]:
    came = house_day(row.admitted_at) if row.admitted_at else None
    seen = house_day(row.seen_at) if row.seen_at else None
    about: dict[str, Any] = {"who": named(row), "page": CASE, "record_id": row.case_id}
    about["spot"] = Spot(HealthVisit.kind_name(), "at", NEW)
    if lived_as(out, row.case_id, row.state) == _IN_HOSPITAL:
        if seen != today:
            yield DayLine(words=_ASK, **about)
    elif came is not None and (seen is None or seen < came):
        yield DayLine(words=_FIRST, when=days_after(came, _AFTER_ARRIVAL), **about)
