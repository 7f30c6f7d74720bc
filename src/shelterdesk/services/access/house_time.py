"""The clock and the zone of the house: in which zone its days are counted, who may change it."""

from typing import Final

from sqlalchemy.orm import Session

from shelterdesk.core.calendar.clock import ZONES, ClockDoubt, doubt, set_zone, take_clock
from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area, Right
from shelterdesk.services.access.guard import Service, rule
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import CLOCK, LogEntry, latest
from shelterdesk.store.vault.vault import Vault

_FACT: Final = "minutes east of UTC"
_USUAL: Final = 7 * 60

_NOT_AT_THE_DOOR: Final = (ClockDoubt.BEHIND, ClockDoubt.BUDDHIST)
"""A desk that has stood open for a week without a line is no doubt: its clock goes by the ticks."""


class ClockMoved(DeskError):
    """Something was to leave while the clock stands before the last line of the log."""

    sentence = N_(
        "The clock of this computer was changed, and it is not certain which consents still hold. "
        "Nothing has left. Lock with F12 and open the records again: you will be asked what day "
        "and hour it is."
    )


class NoSuchZone(DeskError):
    """A zone was chosen that no house lies in."""

    sentence = N_("Choose the hours from the list, as UTC+7.")


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
        known = self._vault.fact_or_none(_FACT) or ""
        chosen = int(known) if known.lstrip("-").isdecimal() else _USUAL
        return chosen if chosen in ZONES else _USUAL

    @rule(Area.KEYS, Right.WRITE)
    def choose(self, minutes: int) -> None:
        """Choose another zone; moments stay what they are, days are counted anew from now on."""
        if minutes not in ZONES:
            raise NoSuchZone
        self._vault.keep_fact(_FACT, str(minutes))
        with self._vault.database.writing() as session:
            audit.note(session, [LogEntry("zone chosen", CLOCK, CLOCK, (str(minutes),))])
        set_zone(minutes)


def demand_clock(session: Session, vault: Vault, basis: str) -> None:
    """Raise ClockMoved unless the clock may be right beside the last line of the log.

    No clock stands before a danger to life.
    """
    if basis == "vital_interest":
        return
    last, now = latest(session), vault.clock()
    if doubt(now, last) in _NOT_AT_THE_DOOR:
        raise ClockMoved
