"""Leave that recurs: school from Monday to Friday is one row, not two hundred."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import or_, select

from shelterdesk.core.errors import ChangedElsewhere
from shelterdesk.core.permissions import Area, Right
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.house.leave import StandingLeave
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.access.open_stays import OPEN
from shelterdesk.services.house import leave_stops as stops
from shelterdesk.services.records import Records
from shelterdesk.store.vault.vault import Vault


class RecurringLeave(Service):
    """Writes down what recurs, and ends it."""

    def __init__(self, vault: Vault, seat: Seat, records: Records) -> None:
        super().__init__(vault, seat)
        self._records = records

    @rule(Area.HOUSE)
    def present(self) -> list[tuple[StandingLeave, str]]:
        """Return what recurs and has not ended, of those who live here, with who it is."""
        lives_here = select(Stay.id).where(Stay.case_id == Case.id, OPEN).exists()
        lasts = or_(StandingLeave.until.is_(None), StandingLeave.until >= self.seat.today())
        wanted = (
            select(StandingLeave, Case)
            .join(Case, Case.id == StandingLeave.case_id)
            .where(lives_here, lasts)
            .order_by(Case.code, StandingLeave.since)
        )
        with self._vault.database.reading() as session:
            return [(row, case.shown) for row, case in session.execute(wanted).all()]

    @rule(Area.HOUSE, Right.WRITE)
    def add(self, case_id: str, said: Mapping[str, Any]) -> StandingLeave:
        """Write down what recurs, from today where no day is named.

        Raises WithWhom where she is under 18 and nobody has said with whom that is agreed.
        """
        row = StandingLeave(case_id=case_id, **{"since": self.seat.today(), **said})
        with self._vault.database.writing() as session:
            case = session.get(Case, case_id)
            lives = session.scalar(select(Stay.id).where(Stay.case_id == case_id, OPEN).limit(1))
            if case is None or lives is None:
                raise ChangedElsewhere
            stops.demand_with_whom(session, case, said, self.seat.today())
            kept = self._records.keep_weighed(session, row)
            session.flush()
        self._records.tell(kept)
        return kept

    @rule(Area.HOUSE, Right.WRITE)
    def end(self, standing_id: str, until: date | None = None) -> StandingLeave:
        """Let what recurs end with a day: today where none is named."""
        with self._vault.database.writing() as session:
            row = session.get(StandingLeave, standing_id)
            if row is None:
                raise ChangedElsewhere
            last = max(row.since, until or self.seat.today())
            kept = self._records.put_weighed(session, row, {"until": last})
        self._records.tell(kept)
        return kept
