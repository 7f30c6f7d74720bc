"""How long an empty chair may stand before open records: kept inside them, never beside them.

The window's own file can be edited by whoever finds it, so it can only shorten this time.
"""

from typing import Final

from shelterdesk.core.permissions import Area, Right
from shelterdesk.core.settings import LATEST, SOONEST, USUAL
from shelterdesk.services.access.announcements import LATER_LOCK, act
from shelterdesk.services.access.approvals import Approval
from shelterdesk.services.access.guard import Service, rule
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry

_FACT: Final = "minutes until the lock"


class LockTime(Service):
    """The minutes until the records lock by themselves."""

    @rule(None)
    def minutes(self) -> int:
        """Return the minutes that hold in this house; the usual ones until others were chosen."""
        known = self._vault.fact_or_none(_FACT) or ""
        return _bounded(int(known)) if known.isdecimal() and len(known) < 4 else USUAL

    @rule(None)
    def needs_second(self, minutes: int) -> bool:
        """Tell whether a time is later than usual and than now, so that two people must agree."""
        return _bounded(minutes) > max(USUAL, self.minutes())

    @rule(None)
    def for_what(self, minutes: int) -> str:
        """Return what the second signature is given for: this number of minutes."""
        return act(LATER_LOCK, str(_bounded(minutes)))

    @rule(Area.KEYS, Right.WRITE)
    def change(self, minutes: int, second: Approval | None = None) -> int:
        """Choose another time, within its bounds, and return it; raises NoApproval."""
        wanted = _bounded(minutes)
        if self.needs_second(wanted):
            self.seat.approvals.use(second, self.for_what(wanted))
        self._vault.keep_fact(_FACT, str(wanted))
        with self._vault.database.writing() as session:
            line = LogEntry("lock time changed", "keyholder", self.seat.holder_id, (str(wanted),))
            audit.note(session, [line])
        return wanted


def _bounded(minutes: int) -> int:
    return max(SOONEST, min(LATEST, minutes))
