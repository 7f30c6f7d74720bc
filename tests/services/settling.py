"""Minutes until the lock, for tests of acts that need two people: the setting most easily told."""

from shelterdesk.core.house_settings import LOCK_MINUTES
from shelterdesk.services.access.approvals import Approval
from shelterdesk.services.desk import Desk


def lock_after(desk: Desk, minutes: int, second: Approval | None = None) -> int:
    """Settle the minutes until the lock; returns those that hold by then."""
    desk.settings.change(LOCK_MINUTES, {"value": str(minutes)}, second)
    return minutes_of(desk)


def lock_for_what(desk: Desk, minutes: int) -> str:
    """Return what is signed for such a change."""
    return desk.settings.for_what(LOCK_MINUTES, {"value": str(minutes)})


def minutes_of(desk: Desk) -> int:
    """Return the minutes until the lock that hold now."""
    return desk.settings.number(LOCK_MINUTES)
