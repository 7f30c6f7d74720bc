"""What time it is: one place to ask, so that tests can set the hands."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """Write a moment as it is kept: UTC, ISO 8601, whole microseconds, ending in Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def moment(text: str) -> datetime:
    """Read what `stamp` wrote; raises ValueError for anything else."""
    if len(text) != 27:
        raise ValueError(text)
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def folder_stamp(moment: datetime) -> str:
    """Write a moment as a folder name that every file system takes: no colon, sortable."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H-%M-%SZ")


def from_folder_stamp(text: str) -> datetime:
    """Read what `folder_stamp` wrote; raises ValueError for anything else."""
    return datetime.strptime(text, "%Y-%m-%dT%H-%M-%SZ").replace(tzinfo=UTC)
