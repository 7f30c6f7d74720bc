"""Minutes until the lock, for tests of acts that need two people: the setting most easily told."""

from shelterdesk.core.house_settings import LOCK_MINUTES
from shelterdesk.services.access.act import TAKE_AWAY, Act
from shelterdesk.services.access.approvals import Approval
from shelterdesk.services.desk import Desk

AN_ACT = Act(TAKE_AWAY, ("some paper",))
"""What is signed for where it does not matter what."""


def lock_after(desk: Desk, minutes: int, second: Approval | None = None) -> int:
    """Settle the minutes until the lock; returns those that hold by then."""
    desk.settings.change(LOCK_MINUTES, {"value": str(minutes)}, second)
    return minutes_of(desk)


def lock_for_what(desk: Desk, minutes: int) -> Act:
    """Return what is signed for such a change."""
    return desk.settings.for_what(LOCK_MINUTES, {"value": str(minutes)})


def minutes_of(desk: Desk) -> int:
    """Return the minutes until the lock that hold now."""
    return desk.settings.number(LOCK_MINUTES)
