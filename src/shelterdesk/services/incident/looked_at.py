"""What comes after an incident: somebody else looks at it, it is closed, it is opened again."""

from typing import Final

from shelterdesk.core.errors import ChangedElsewhere, DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.records.house.incident import Incident, IncidentState
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.house.corrections import demand_why
from shelterdesk.services.incident.incident_rows import add_step, may_review, open_row, row_of
from shelterdesk.services.records import Records
from shelterdesk.store.vault.vault import Vault

_REOPENED: Final = N_("Opened again: {why}")


class OwnReview(DeskError):
    """Somebody was to review what she wrote herself."""

    sentence = N_("You wrote this yourself. Somebody else looks at it.")


class OnlyDirectors(DeskError):
    """Somebody was to review an incident who does not direct the house."""

    sentence = N_("A director looks at this. Where a director wrote it, somebody else does.")


class NotReviewed(DeskError):
    """An incident was to be closed that nobody has looked at."""

    sentence = N_("Nobody has looked at this yet. Look at it first, then close it.")


class LookedAt(Service):
    """Takes an incident from new to closed, and back."""

    def __init__(self, vault: Vault, seat: Seat, records: Records) -> None:
        super().__init__(vault, seat)
        self._records = records

    @rule(Area.INCIDENT, Right.WRITE)
    def review(self, incident_id: str, lesson: str = "") -> Incident:
        """Write down that it was looked at; not by who wrote it. Raises OwnReview, NotAllowed."""
        now, by = self._vault.clock(), self.seat.taken()
        with self._vault.database.writing() as session:
            row = open_row(session, incident_id)
            self._demand_reviewer(row)
            if row.reviewed_at is not None:
                raise ChangedElsewhere
            values = {"reviewed_at": now, "reviewed_by_id": by, "lesson": lesson or row.lesson}
            kept = self._records.put_weighed(session, row, values)
            session.flush()
        self._records.tell(kept)
        return kept

    def _demand_reviewer(self, row: Incident) -> None:
        if row.created_by == self.seat.holder_id:
            raise OwnReview
        if not may_review(self.seat, row):
            raise OnlyDirectors

    @rule(Area.INCIDENT, Right.WRITE)
    def close(self, incident_id: str) -> Incident:
        """Close it, once it was looked at. Raises NotReviewed, and as `review`."""
        with self._vault.database.writing() as session:
            row = open_row(session, incident_id)
            if row.reviewed_at is None:
                raise NotReviewed
            if not self.seat.is_director:
                self._demand_reviewer(row)
            kept = self._records.put_weighed(session, row, {"closed_at": self._vault.clock()})
            session.flush()
        self._records.tell(kept)
        return kept

    @rule(Area.INCIDENT, Right.WRITE)
    def reopen(self, incident_id: str, why: str) -> Incident:
        """Open it again: it waits anew to be looked at, and why is a step. Raises WhyCorrected."""
        demand_why(why)
        now, by = self._vault.clock(), self.seat.taken()
        with self._vault.database.writing() as session:
            row = row_of(session, incident_id)
            if row.state in (IncidentState.OPEN, IncidentState.REOPENED):
                raise ChangedElsewhere
            emptied = dict.fromkeys(("reviewed_at", "reviewed_by_id", "closed_at"))
            kept = self._records.put_weighed(session, row, {**emptied, "reopened_at": now})
            told = _(_REOPENED).format(why=why)
            add_step(self._records, session, kept, told, now, by)
            session.flush()
        self._records.tell(kept)
        return kept
