"""Asking for a place: each time is written down without a name, and what became of it.

What is known later of an asking, what became of it, is filled in where it stands by whoever writes
for the house. What was asked is changed by its writer within the shift; later a corrected row
stands beside it, with the reason.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from shelterdesk.core.errors import ChangedElsewhere
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area, Right, Role
from shelterdesk.records.case.case import Case
from shelterdesk.records.house.place_request import WAITING, PlaceRequest
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.case.cases import Cases
from shelterdesk.services.day_lines import PLACES, DayLine
from shelterdesk.services.groups.asked_count import COUNTS, AskedFigure, asked_figure
from shelterdesk.services.house.corrections import demand_why, is_of_shift
from shelterdesk.services.house.leave_stops import demand_past
from shelterdesk.services.records import Records
from shelterdesk.store.vault.vault import Vault

SHOWN_FOR: Final = timedelta(days=90)
"""How far back the list reaches; what waits for an answer is always in it."""

ASKED: Final = ("at", "way", "from_id", "adults", "children")
"""What was asked: changed by its writer within the shift, corrected beside it later."""

BECAME: Final = ("outcome", "reason", "sent_to_id", "got", "told_way_back", "case_id")
"""What became of it: filled in as it is known."""

_WAIT: Final = N_("Asked for a place and waits for an answer: {count}")


class PlaceRequests(Service):
    """Writes down who asks for a place, and what became of it."""

    def __init__(self, vault: Vault, seat: Seat, records: Records, cases: Cases) -> None:
        super().__init__(vault, seat)
        self._records, self._cases = records, cases

    # -- read -------------------------------------------------------------------------------

    @rule(Area.HOUSE)
    def lately(self) -> list[PlaceRequest]:
        """Return what waits for an answer, and what was asked within a quarter, newest first."""
        since = self._vault.clock() - SHOWN_FOR
        lately = or_(PlaceRequest.outcome == WAITING, PlaceRequest.at >= since)
        wanted = select(PlaceRequest).where(lately, COUNTS)
        with self._vault.database.reading() as session:
            found = session.scalars(wanted.order_by(PlaceRequest.at.desc(), PlaceRequest.id)).all()
            return self._records.seen(session, found)

    @rule(Area.HOUSE)
    def figure(self, first: date, last: date) -> AskedFigure:
        """Return O7 from one day to another, both of them counted."""
        with self._vault.database.reading() as session:
            return asked_figure(session, first, last)

    @rule(Area.HOUSE, Right.WRITE)
    def day_lines(self, _today: date) -> list[DayLine]:
        """Return for My day of house, counsellor and director how many wait for an answer."""
        if not {Role.HOUSE_MOTHER, Role.COUNSELLOR, Role.DIRECTOR} & set(self.seat.roles):
            return []
        waits = select(func.count()).select_from(PlaceRequest)
        with self._vault.database.reading() as session:
            count = session.scalar(waits.where(PlaceRequest.outcome == WAITING, COUNTS))
        return [DayLine(words=_WAIT, facts={"count": count}, page=PLACES)] if count else []

    # -- write ------------------------------------------------------------------------------

    @rule(Area.HOUSE, Right.WRITE)
    def note(self, said: Mapping[str, Any]) -> PlaceRequest:
        """Write down that somebody asks, now or at a moment that is named. Raises InvalidFields."""
        given = {name: value for name, value in said.items() if value not in (None, "")}
        row = PlaceRequest(**{"at": self._vault.clock(), **given})
        demand_past("at", row.at, self._vault.clock())
        with self._vault.database.writing() as session:
            kept = self._records.keep_weighed(session, row)
        self._records.tell(kept)
        return kept

    @rule(Area.HOUSE, Right.WRITE)
    def change(self, request_id: str, said: Mapping[str, Any], reason: str = "") -> PlaceRequest:
        """Write what became of it, or correct what was asked.

        Where that was of another person or an earlier shift, the corrected row stands beside it.
        Raises WhyCorrected, ChangedElsewhere, InvalidFields.
        """
        with self._vault.database.writing() as session:
            row = self._standing(session, request_id)
            demand_past("at", said.get("at") or row.at, self._vault.clock())
            if said.keys() <= set(BECAME) or is_of_shift(session, self.seat, row, said):
                kept = self._records.put_weighed(session, row, dict(said))
            else:
                demand_why(reason)
                known = {name: getattr(row, name) for name in (*ASKED, *BECAME)} | dict(said)
                beside = PlaceRequest(**known, corrects_id=row.id, why_corrected=reason)
                kept = self._records.keep_weighed(session, beside)
            session.flush()
        self._records.tell(kept)
        return kept

    @rule(Area.HOUSE, Right.WRITE)
    def open_case(self, request_id: str) -> Case:
        """Open a case for whoever asked; it is bound to the asking, which is not counted twice.

        Raises ChangedElsewhere where there is one already, SetupUnfinished.
        """
        with self._vault.database.reading() as session:
            self._standing(session, request_id)
        return self._cases.open_case(request_id=request_id)

    @staticmethod
    def _standing(session: Session, request_id: str) -> PlaceRequest:
        """Return an asking that no later row corrects; raises ChangedElsewhere without it."""
        row = session.scalar(select(PlaceRequest).where(PlaceRequest.id == request_id, COUNTS))
        if row is None:
            raise ChangedElsewhere
        return row
