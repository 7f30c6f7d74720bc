"""Files that a person saves outside the records: a letter, a recovery page."""

from pathlib import Path

from shelterdesk.store.disk.saved import IsThere, save

__all__ = ["IsThere", "save_file"]


def save_file(place: Path, content: bytes, *, over: bool = False) -> None:
    """Save a file where she chose, exactly under that name, readable by this account only.

    `over` says that she agreed to replace the file of that name. Raises IsThere, NoSpace,
    CannotWrite, MediumGone; nothing half written is left then.
    """
    save(place, content, over=over)
