"""The house agreement: who has not heard the rules yet, and the page with them for herself."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import select

from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area, Right, Role
from shelterdesk.documents.words.rules_words import house_rules
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.house.agreement import HouseAgreement
from shelterdesk.services.access.cases_read import OF_CASE, named
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.access.open_stays import OPEN
from shelterdesk.services.day_lines import CASE, NEW, DayLine, Spot
from shelterdesk.services.disclosure.letters_paper import mark
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry
from shelterdesk.store.vault.vault import Vault

ASKED_AFTER: Final = timedelta(hours=72)
"""How long an intake takes that is made in pieces (the promise of this program); our own rule."""
ASKED_UNTIL: Final = timedelta(days=30)
"""How long My day tells of it: who was long here when the records began is not on it for ever."""

_NOT_YET: Final = N_("The house rules have not been explained to her yet.")
_PRINTED: Final = "printed"


class Agreements(Service):
    """Tells of whom the rules were not explained to, and draws the page for herself."""

    def __init__(self, vault: Vault, seat: Seat) -> None:
        super().__init__(vault, seat)

    @rule(Area.HOUSE)
    def edition(self) -> str:
        """Return which edition of the rules is explained now."""
        return house_rules("lo").edition

    @rule(Area.HOUSE)
    def sheet(self, language: str = "lo", *, preview: bool = False) -> bytes:
        """Return the rules on one page, for herself to keep; that it was printed is in the log."""
        from shelterdesk.documents.rules_sheet import rules_sheet

        if not preview:
            with self._vault.database.writing() as session:
                audit.note(session, [LogEntry(_PRINTED, HouseAgreement.kind_name(), "")])
        return rules_sheet(house_rules(language), language, self.seat.today(), mark(self.seat))

    @rule(Area.HOUSE, Right.WRITE)
    def day_lines(self, _today: date) -> list[DayLine]:
        """Return for My day of house and counsellor who has not heard the rules after three days.

        A counsellor is told of her own; a director of nobody's.
        """
        if not {Role.HOUSE_MOTHER, Role.COUNSELLOR} & set(self.seat.roles):
            return []
        now = self._vault.clock()
        came = Stay.admitted_at.between(now - ASKED_UNTIL, now - ASKED_AFTER)
        told = select(HouseAgreement.id).where(
            HouseAgreement.case_id == Stay.case_id, HouseAgreement.at >= Stay.admitted_at
        )
        wanted = select(*OF_CASE).join(Stay, Stay.case_id == Case.id)
        with self._vault.database.reading() as session:
            rows = session.execute(
                wanted.where(OPEN, came, ~told.exists()).order_by(Case.code)
            ).all()
        return list(self._lines(rows))

    def _lines(self, rows: Any) -> Iterator[DayLine]:
        is_house = Role.HOUSE_MOTHER in self.seat.roles
        spot = Spot(HouseAgreement.kind_name(), "language", NEW)
        for row in rows:
            if is_house or self.seat.is_own(row):
                who = named(row)
                yield DayLine(words=_NOT_YET, who=who, page=CASE, record_id=row.case_id, spot=spot)
