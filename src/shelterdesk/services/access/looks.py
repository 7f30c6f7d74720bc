"""Looks at a whole file, and at the log itself: how the log tells of them.

Opening a case is one line a day for each person and case. A line at every opening would bury what
was done under how often somebody came by.
"""

from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import at_house, days_after
from shelterdesk.core.errors import Busy, CannotWrite, DamagedFile, DiskFailing, NoSpace
from shelterdesk.records.case.case import Case
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.services.access.guard import Seat
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry
from shelterdesk.store.vault.vault import Vault

OPENED: Final = "opened"
"""Action of the line that the first opening of a case on a day leaves."""

LOG_READ: Final = "log read"
"""Action of the line that a look at the log leaves: about one file, or about the log."""

WHOLE_FILE: Final = (OPENED, LOG_READ)
"""Looks at no record but at a whole file: only who may read the log is told of them."""

_PATIENCE: Final = 0.3
"""Seconds for which a case waits until something else is saved."""


class Openings:
    """Which cases were opened at this desk today, so that each is told of once."""

    def __init__(self, vault: Vault, seat: Seat) -> None:
        self._vault, self._seat = vault, seat
        self._told: set[tuple[str, date]] = set()

    def __repr__(self) -> str:
        return "<Openings>"

    def tell(self, case_id: str) -> None:
        """Write the line of today, unless it is there.

        A case must be readable at once, also on a full, dying or locked disk, and while the keys
        are renewed: what keeps the line from being written is a warning, shown like any other.
        """
        today = self._seat.today()
        if (case_id, today) in self._told:
            return
        database = self._vault.database
        try:
            with database.writing(wait=_PATIENCE) as session:
                if not self._is_told(session, case_id, today):
                    audit.note(session, [LogEntry(OPENED, Case.kind_name(), case_id)])
        except (Busy, CannotWrite, DamagedFile, DiskFailing, NoSpace) as warning:
            database.warnings.append(warning)
        else:
            self._told.add((case_id, today))

    def _is_told(self, session: Session, case_id: str, today: date) -> bool:
        hers = select(AuditEvent.seq).where(
            AuditEvent.record_id == case_id,
            AuditEvent.actor == self._seat.holder_id,
            AuditEvent.action == OPENED,
            AuditEvent.at >= at_house(today),
            AuditEvent.at < at_house(days_after(today, 1)),
        )
        return session.scalar(hers.limit(1)) is not None
