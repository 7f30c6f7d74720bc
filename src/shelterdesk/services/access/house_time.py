"""The clock and the zone of the house: what its days and hours go by at this desk."""

from typing import Final

from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import ClockDoubt, doubt, set_zone, take_clock
from shelterdesk.core.errors import DeskError
from shelterdesk.core.house_settings import ZONE
from shelterdesk.core.i18n import N_
from shelterdesk.records.keeping.setting import Setting
from shelterdesk.services.access.guard import Service, rule
from shelterdesk.store.log.audit import latest
from shelterdesk.store.vault.vault import Vault

_NOT_AT_THE_DOOR: Final = (ClockDoubt.BEHIND, ClockDoubt.BUDDHIST)
"""A desk that has stood open for a week without a line is no doubt: its clock goes by the ticks."""


class ClockMoved(DeskError):
    """Something was to leave while the clock stands before the last line of the log."""

    sentence = N_(
        "The clock of this computer was changed, and it is not certain which consents still hold. "
        "Nothing has left. Lock with F12 and open the records again: you will be asked what day "
        "and hour it is."
    )


class HouseTime(Service):
    """What the days and hours of this house go by."""

    @rule(None)
    def take_up(self) -> None:
        """Let every page go by the zone of this house and the clock of this session."""
        set_zone(self.minutes())
        take_clock(self._vault.clock)

    @rule(None)
    def minutes(self) -> int:
        """Return how far the zone of the house lies east of UTC."""
        return self.seat.settled.number(ZONE)

    @rule(None)
    def changed(self, kind_name: str, _record_id: str) -> None:
        """Take note that a record was saved: another zone holds at once, moments stay as they are.

        Days are counted anew from then on.
        """
        if kind_name == Setting.kind_name():
            set_zone(self.minutes())


def demand_clock(session: Session, vault: Vault, basis: str) -> None:
    """Raise ClockMoved unless the clock may be right beside the last line of the log.

    No clock stands before a danger to life.
    """
    if basis == "vital_interest":
        return
    last, now = latest(session), vault.clock()
    if doubt(now, last) in _NOT_AT_THE_DOOR:
        raise ClockMoved
