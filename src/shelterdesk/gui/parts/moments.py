"""Days and hours as they are said on a page."""

from datetime import date, datetime

from shelterdesk.core.calendar.clock import days_after, wall_time
from shelterdesk.core.i18n import _
from shelterdesk.core.shown import day as shown_day
from shelterdesk.core.shown import minute


def days_ago(days: int) -> str:
    """Return how long ago something was, in words for whole days."""
    if days < 0:
        return _("in the future")
    if days == 0:
        return _("today")
    return _("yesterday") if days == 1 else _("{count} days ago").format(count=days)


def for_days(days: int) -> str:
    """Return for how long somebody has been somewhere, in whole days."""
    if days <= 0:
        return _("since today")
    return _("1 day") if days == 1 else _("{count} days").format(count=days)


def backup_text(made_at: datetime | None = None, age: int = 0) -> str:
    """Return when the last backup was made and how many days ago; never, without a moment."""
    if made_at is None:
        return _("Last backup: {when}").format(when=_("never"))
    return _("Last backup: {when} ({age})").format(when=minute(made_at), age=days_ago(age))


def day_text(day: date | None) -> str:
    """Return a day as lists show it: 3/11/2026."""
    return shown_day(day) if day else ""


def due_text(due: date | None, today: date) -> str:
    """Return by when something is to be done, in words that say how near that is."""
    if due is None:
        return _("No day set")
    if due < today:
        return _("Overdue since {day}").format(day=day_text(due))
    if due == today:
        return _("Today")
    if due == days_after(today, 1):
        return _("Tomorrow")
    return _("By {day}").format(day=day_text(due))


def moment_text(at: datetime | None) -> str:
    """Return a moment on the clock of the house: 3/11/2026 08:30."""
    return minute(at) if at else ""


def saved_text(at: datetime) -> str:
    """Return the quiet word that something is on the disk."""
    return _("Saved {time}").format(time=wall_time(at))
