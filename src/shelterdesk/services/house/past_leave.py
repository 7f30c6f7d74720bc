"""Times out that have ended: seen for a while, and corrected where they were written wrongly."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import func, select

from shelterdesk.core.errors import ChangedElsewhere
from shelterdesk.core.permissions import Area, Right
from shelterdesk.records.case.case import Case
from shelterdesk.records.house.leave import Absence
from shelterdesk.services.access.away import STANDS, UNENDED
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.house import leave_stops as stops
from shelterdesk.services.house.corrections import demand_why, is_of_shift
from shelterdesk.services.records import Records
from shelterdesk.store.vault.vault import Vault

_LATELY: Final = timedelta(days=7)
_END: Final = ("back_at", "back_how")
_TAKEN_OVER: Final = (
    *("case_id", "reason", "out_at", "due_at", "escort_id", "goes_with", "agreed_by_id", "place"),
    *("reach", "alert_minutes", "back_at", "back_how", "ended_at", "standing_id"),
)


class PastLeave(Service):
    """Reads what has ended of late, and corrects it; what was written first stays beside it."""

    def __init__(self, vault: Vault, seat: Seat, records: Records) -> None:
        super().__init__(vault, seat)
        self._records = records

    @rule(Area.HOUSE)
    def lately(self) -> list[tuple[Absence, str]]:
        """Return what has ended within a week, the newest first, with who it was."""
        end = func.coalesce(Absence.back_at, Absence.ended_at)
        wanted = (
            select(Absence, Case)
            .join(Case, Case.id == Absence.case_id)
            .where(~UNENDED, STANDS, end >= self._vault.clock() - _LATELY)
            .order_by(end.desc(), Absence.id)
        )
        with self._vault.database.reading() as session:
            found = session.execute(wanted).all()
            return [(row, case.shown) for row, case in found]

    @rule(Area.HOUSE, Right.WRITE)
    def correct(self, absence_id: str, said: Mapping[str, Any], reason: str = "") -> Absence:
        """Correct a time out that has ended; returns the row that counts now.

        Within the shift whoever wrote it changes it; later a new row corrects it. Raises
        WhyCorrected, InvalidFields, and ChangedElsewhere where it was corrected already.
        """
        with self._vault.database.writing() as session:
            row = session.scalar(select(Absence).where(Absence.id == absence_id, STANDS))
            if row is None:
                raise ChangedElsewhere
            known = {name: getattr(row, name) for name in _TAKEN_OVER} | dict(said)
            self._demand_right(known)
            if is_of_shift(session, self.seat, row, said, _END):
                kept = self._records.put_weighed(session, row, said)
            else:
                demand_why(reason)
                beside = Absence(**known, corrects_id=row.id, why_corrected=reason)
                kept = self._records.keep_weighed(session, beside)
            session.flush()
        self._records.tell(kept)
        return kept

    def _demand_right(self, known: Mapping[str, Any]) -> None:
        """Raise InvalidFields for moments that cannot be."""
        now = self._vault.clock()
        stops.demand_past("out_at", known["out_at"], now)
        if known["back_at"] is not None:
            stops.demand_back(known["out_at"], known["back_at"], now)
