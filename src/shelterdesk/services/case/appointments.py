"""The lines of My day about days that are set: a date in a legal matter, the day of a return.

The whole house knows that there is one, so that somebody can go along; what it is about is said
to those who may read it.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from shelterdesk.core.calendar.clock import at_house, days_after, house_day, wall_time
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area, Right
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.legal_matter import LegalMatter
from shelterdesk.records.case.return_plan import ReturnPlan
from shelterdesk.services.access.cases_read import OF_CASE, falls_to, named, rows_seen
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.day_lines import CASE, DayLine, Spot, last_day_shown
from shelterdesk.store.vault.vault import Vault

_ANY: Final = N_("She has an appointment. Whoever works with her knows where.")
_LEGAL: Final = N_("A date in a legal matter")
_LEGAL_OVER: Final = N_("What came of the date in the legal matter? Write down the next one.")
_LEGAL_OPEN: Final = N_("No next date is written down in her legal matter.")
_RETURN: Final = N_("The day that is planned for the return")
_RETURN_OVER: Final = N_("The planned day of the return is over. What became of it?")


class Appointments(Service):
    """Days on which somebody goes somewhere with her."""

    def __init__(self, vault: Vault, seat: Seat) -> None:
        super().__init__(vault, seat)

    @rule(Area.HOUSE)
    def day_lines(self, today: date) -> list[DayLine]:
        """Return for My day what is set within a week; what is over, for those who see to it."""
        with self._vault.database.reading() as session:
            found = [*self._legal(session, today), *self._returns(session, today)]
            return found + self._without_date(session)

    def _legal(self, session: Session, today: date) -> Iterator[DayLine]:
        """Yield the legal dates; one that is over is the legal officer's, in whosever case."""
        ends = at_house(days_after(last_day_shown(today), 1))
        works_on_it = self.seat.may(Area.LEGAL, Right.WRITE)
        may_know = self.seat.judge(LegalMatter.told_in("next_date"))
        for row in self._before(session, LegalMatter, LegalMatter.next_date, ends):
            day, hour = house_day(row.next_date), wall_time(row.next_date)
            if day >= today:
                known, spot = (
                    (_LEGAL, Spot(LegalMatter.kind_name())) if may_know(row) else (_ANY, None)
                )
                yield _line(row, known, day, hour, spot=spot)
            elif works_on_it or (may_know(row) and falls_to(self.seat, row, late=True)):
                yield _line(row, _LEGAL_OVER, day, spot=_field(LegalMatter.next_date, row.id))

    def _without_date(self, session: Session) -> list[DayLine]:
        """Return for who works on legal matters in which cases none of them has a date."""
        dated = aliased(LegalMatter)
        has_date = select(dated.id).where(dated.case_id == Case.id, dated.next_date.is_not(None))
        wanted = select(*OF_CASE).join(LegalMatter, LegalMatter.case_id == Case.id).distinct()
        wanted = wanted.where(Case.closed_on.is_(None), ~has_date.exists())
        if not self.seat.may(Area.LEGAL, Right.WRITE):
            return []
        rows = rows_seen(session, self.seat, LegalMatter.area_of("next_date"), wanted)
        spot = Spot(LegalMatter.kind_name(), "next_date")
        return [_line(row, _LEGAL_OPEN, None, waits=True, spot=spot) for row in rows]

    def _returns(self, session: Session, today: date) -> Iterator[DayLine]:
        ends = days_after(last_day_shown(today), 1)
        for row in self._before(session, ReturnPlan, ReturnPlan.planned_on, ends):
            if row.planned_on >= today:
                yield _line(row, _RETURN, row.planned_on, spot=Spot(ReturnPlan.kind_name()))
            elif falls_to(self.seat, row, late=True):
                spot = _field(ReturnPlan.planned_on, row.id)
                yield _line(row, _RETURN_OVER, row.planned_on, spot=spot)

    def _before(
        self,
        session: Session,
        kind: type[LegalMatter | ReturnPlan],
        at: InstrumentedAttribute[Any],
        ends: date | datetime,
    ) -> list[Any]:
        """Return what is set before a moment in open cases, by one field of a kind."""
        wanted = select(*OF_CASE, at, kind.id).join(kind, kind.case_id == Case.id)
        wanted = wanted.where(Case.closed_on.is_(None), at < ends)
        return rows_seen(session, self.seat, kind.area_of(at.key), wanted)


def _line(
    row: Any,
    words: str,
    when: date | None,
    hour: str = "",
    *,
    waits: bool = False,
    spot: Spot | None = None,
) -> DayLine:
    about: dict[str, Any] = {"who": named(row), "page": CASE, "record_id": row.case_id}
    return DayLine(words=words, when=when, hour=hour, waits=waits, spot=spot, **about)


def _field(at: InstrumentedAttribute[Any], record_id: str) -> Spot:
    """Return the field of a record in which a day stands."""
    return Spot(at.class_.kind_name(), at.key, record_id)
