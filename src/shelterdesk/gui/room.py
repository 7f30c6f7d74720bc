"""What a page of the window may lean on: the open desk, the one worker, the settings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from shelterdesk.core.house_settings import LOCK_MINUTES
from shelterdesk.core.settings import Settings, read_settings, write_settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from shelterdesk.gui.tasks import Worker
    from shelterdesk.services.desk import DataFolder, Desk
    from shelterdesk.services.keeping.recovery_paper import RecoveryPages


class Remembered:
    """The settings of the window, read once and written at every change."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.now = read_settings(root)

    def change(self, settings: Settings) -> None:
        """Take other settings, and write them if they are other ones."""
        if settings != self.now:
            self.now = settings
            write_settings(self._root, settings)


class Ending(NamedTuple):
    """What became of long work: what was done, or what went wrong, and what else is to be known."""

    told: str = ""
    problem: str = ""
    beside: str = ""


def _nowhere(_words: str) -> None:
    """Say nothing: there is no window."""


@dataclass
class Room:
    """Handed to the pages that need more than the desk."""

    desk: Desk
    worker: Worker
    place: DataFolder
    remembered: Remembered
    pages: RecoveryPages | None = field(default=None, repr=False)
    """The recovery pages while they are new: they exist nowhere else."""
    ended: Ending | None = field(default=None, repr=False)
    """How the last backup or check ended, for its page when somebody comes back to it."""
    say: Callable[[str], None] = field(default=_nowhere, repr=False)
    """Says something in the window, whichever page is open."""

    def end(self, ending: Ending, *, is_seen: bool = False) -> None:
        """Keep how long work has ended, and say it wherever somebody is by now.

        Where its page is open it `is_seen` there already.
        """
        self.ended = ending
        self.say("" if is_seen else (ending.problem or ending.told).partition("\n")[0])

    @property
    def minutes(self) -> int:
        """Minutes until the lock: what this house agreed to, or less where this computer says so.

        The file of settings lies open, so it can shorten the time and never make it longer.
        """
        return min(self.remembered.now.minutes, self.desk.settings.number(LOCK_MINUTES))

    @property
    def logs(self) -> Path:
        """Where reports about faults of the program are put."""
        return self.place.root / "logs"
