"""Those who live here already when these records begin: one line each, the rest is asked later.

A house does not start empty. What is known of everybody on the first day is what she is called,
since when she has been here, and where she sleeps; a whole intake for each would take a week, and
nobody would print a letter before it was over.
"""

from datetime import date, time
from typing import Any, Final

from shelterdesk.core.calendar.clock import at_house
from shelterdesk.core.errors import InvalidFields
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area, Right
from shelterdesk.records.case.case import Case
from shelterdesk.services.access.guard import Seat, Service, rule
from shelterdesk.services.case.cases import Cases
from shelterdesk.store.vault.vault import Vault

_NOON: Final = time(12)
_NEEDED: Final = N_("Please say since when she is here; a day nearby is enough.")
_HELPED: Final = "support"
"""The state of her case: her intake was long ago, on paper."""


class AlreadyHere(Service):
    """Takes down who was here before; written by whoever may admit somebody."""

    def __init__(self, vault: Vault, seat: Seat, cases: Cases) -> None:
        super().__init__(vault, seat)
        self._cases = cases

    @rule(Area.HOUSE, Right.WRITE)
    def take_down(
        self, alias: str, arrived: date | None, owner_id: str = "", bed: str = ""
    ) -> Case:
        """Open a case for somebody who has lived here since a day, and return it.

        `owner_id` is whose case it is, where that is not who writes it down; `bed` is a number
        where no beds are planned yet. The hour at which she came is nobody's guess: noon stands for
        it, or now where noon has not come. Raises SetupUnfinished, InvalidFields, NotAllowed.
        """
        if arrived is None:
            raise InvalidFields({"opened_on": _NEEDED})
        came = at_house(arrived, _NOON)
        if arrived == self.seat.today():
            came = min(came, self._vault.clock())
        stay = {"admitted_at": came, "state": "resident", "bed": bed or None}
        hers: dict[str, Any] = {"alias": alias or None, "opened_on": arrived, "state": _HELPED}
        if owner_id:
            hers["owner_id"] = owner_id
        return self._cases.admit({"case": hers, "stay": stay})
