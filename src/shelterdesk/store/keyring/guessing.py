"""The guessing brake: after some wrong passphrases for one name, each further try has to wait.

It is kept in `tries.json` beside the vault, because at the door the records are still closed, and
so a new start of the program does not forget it. Whoever can remove that file could as well copy
the vault and guess elsewhere: against that stands what one guess costs (see `passphrase_lock`).
Nobody is ever locked out for good.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from shelterdesk.core.calendar.clock import Clock, lived_moment, stamp
from shelterdesk.core.errors import DeskError, WrongPassphrase
from shelterdesk.core.i18n import N_
from shelterdesk.core.ordinary import read
from shelterdesk.store.disk.checked_json import Content, decode, encode, whole_number
from shelterdesk.store.disk.durable import write_file

FORMAT: Final = "shelterdesk-tries"
VERSION: Final = 1
FILE: Final = "tries.json"

FREE: Final = 5
"""Wrong passphrases for one name before the brake takes hold."""

FORGOTTEN_AFTER: Final = timedelta(minutes=20)
"""How long after a wait nobody must have tried wrongly for the count to begin anew."""

_WAITS: Final = tuple(timedelta(seconds=s) for s in (30, 60, 120, 240, 480, 900))
_NOTE: Final = N_("The note of wrong passphrases")
_MINUTE: Final = 60
_LARGEST: Final = 1 << 18


class TooManyTries(DeskError):
    """Wrong passphrases came too fast after each other for one name."""

    sentence = N_(
        "Too many wrong passphrases for this name. Wait {minutes} min, then try again; nobody is "
        "locked out for good."
    )
    seconds_only = N_(
        "Too many wrong passphrases for this name. Wait {seconds} seconds, then try again; nobody "
        "is locked out for good."
    )

    @classmethod
    def after(cls, left: timedelta) -> "TooManyTries":
        """Return the refusal that says how long she has to wait."""
        seconds = int(left.total_seconds()) + 1
        if seconds <= _MINUTE:
            return cls(cls.seconds_only, seconds=seconds)
        return cls(minutes=-(-seconds // _MINUTE))


@dataclass(frozen=True)
class Wrong:
    """The wrong passphrases for one name: how many after each other, and when the last was."""

    count: int
    last: datetime

    @property
    def wait(self) -> timedelta:
        """How long after the last one the next may be tried."""
        over = self.count - FREE
        return _WAITS[min(over, len(_WAITS) - 1)] if over >= 0 else timedelta(0)


def _wrong(count: object, last: object) -> Wrong:
    """Read one line of the note; raises ValueError for what no program of ours has written."""
    return Wrong(whole_number(count), lived_moment(str(last)))


class Tries:
    """The wrong passphrases of a data folder, by the id of the person whose name was chosen."""

    def __init__(self, root: Path, clock: Clock) -> None:
        self._path, self._clock = root / FILE, clock

    def __repr__(self) -> str:
        return "<Tries>"

    def count(self, holder_id: str) -> int:
        """Return how many wrong passphrases stand noted for somebody."""
        known = self._noted().get(holder_id)
        return known.count if known else 0

    @contextlib.contextmanager
    def of(self, holder_id: str) -> Iterator[None]:
        """Let a passphrase be tried in the block: a wrong one is counted, a right one clears.

        Raises TooManyTries before anything is tried, while the brake holds.
        """
        self._demand(holder_id)
        try:
            yield
        except WrongPassphrase:
            self._count(holder_id)
            raise
        if holder_id in self._noted():
            self._keep(holder_id, None)

    def _demand(self, holder_id: str) -> None:
        known, now = self._noted().get(holder_id), self._clock()
        if known is None:
            return
        if known.last > now:  # the clock was put back: the wait begins again, and is no longer
            known = Wrong(known.count, now)
            self._keep(holder_id, known)
        left = known.last + known.wait - now
        if left > timedelta(0):
            raise TooManyTries.after(left)

    def _count(self, holder_id: str) -> None:
        known, now = self._noted().get(holder_id), self._clock()
        goes_on = known is not None and now <= known.last + known.wait + FORGOTTEN_AFTER
        self._keep(holder_id, Wrong(known.count + 1 if known and goes_on else 1, now))

    def _noted(self) -> dict[str, Wrong]:
        try:
            content = decode(read(self._path, _LARGEST), FORMAT, VERSION, _NOTE)
            return {name: _wrong(*line) for name, line in content.items()}
        except (DeskError, OSError, TypeError, ValueError):
            return {}

    def _keep(self, holder_id: str, wrong: Wrong | None) -> None:
        """Write the note anew; a disk that takes nothing does not keep anybody from her records."""
        noted = {name: known for name, known in self._noted().items() if name != holder_id}
        if wrong is not None:
            noted[holder_id] = wrong
        content: Content = {name: [w.count, stamp(w.last)] for name, w in noted.items()}
        with contextlib.suppress(DeskError, OSError):
            write_file(self._path, encode(FORMAT, VERSION, content))
