"""What was last seen of a vault, kept outside it: so that an old copy put back is noticed.

A database cannot tell that it is an older state of itself. `seen.json` beside the vault keeps the
keyring's epoch and the length and head of the access log, signed under a key from inside the
store. A stick's manifests are the second witness.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from shelterdesk.core.errors import DeskError, OlderThanSeen
from shelterdesk.core.i18n import N_
from shelterdesk.core.ordinary import read
from shelterdesk.store.audit import LogState
from shelterdesk.store.checked_json import Content, canonical, decode, encode, whole_number
from shelterdesk.store.durable import write_file
from shelterdesk.store.seals import mac, same

FORMAT: Final = "shelterdesk-seen"
VERSION: Final = 1
FILE: Final = "seen.json"
_LARGEST: Final = 1 << 20
_NAME: Final = N_("The note of what was last seen")


@dataclass(frozen=True)
class Seen:
    """The state of a vault at one moment.

    A vault's line begins when it is made or restored, so that a restored copy is not taken for
    an old one, and going back to the vault before finds its own note again.
    """

    line: str
    epoch: int
    seq: int
    head: str
    at: str

    def to_content(self) -> Content:
        """Return this state as JSON values."""
        return {"epoch": self.epoch, "seq": self.seq, "head": self.head, "at": self.at}

    @classmethod
    def from_content(cls, line: str, content: Content) -> "Seen":
        """Read a state from JSON values."""
        return cls(
            line, whole_number(content["epoch"]), whole_number(content["seq"]),
            str(content["head"]),
            str(content["at"]),
        )  # fmt: skip

    def log_state(self) -> LogState:
        """Return length and head of the log as the chain's witness."""
        return LogState(self.seq, self.head)


def remember(root: Path, seen: Seen, key: bytes) -> None:
    """Keep what was seen of this vault; notes of others stay as they are."""
    notes = _read(root)
    content = seen.to_content()
    notes[seen.line] = content | {"mac": _mac(seen, key)}
    write_file(root / FILE, encode(FORMAT, VERSION, notes))


def recall(root: Path, line: str, key: bytes) -> Seen | None:
    """Return what was last seen of this line; None when there is no note that can be trusted."""
    content = _read(root).get(line)
    if not isinstance(content, dict):
        return None
    try:
        seen = Seen.from_content(line, content)
    except (KeyError, TypeError, ValueError):
        return None
    return seen if same(str(content.get("mac")), _mac(seen, key)) else None


def demand_not_older(present: Seen, remembered: Seen | None) -> None:
    """Raise OlderThanSeen when `present` is an earlier state than `remembered`.

    The same length with another head is older too: the ends differ.
    """
    if remembered is None:
        return
    missing = remembered.seq - present.seq
    differs = missing == 0 and remembered.head != present.head
    if missing > 0 or differs or remembered.epoch > present.epoch:
        raise OlderThanSeen(missing=max(missing, 1), seen_at=remembered.at[:10])


def _mac(seen: Seen, key: bytes) -> str:
    return mac(key, canonical([seen.line, seen.to_content()]))


def _read(root: Path) -> Content:
    try:
        return decode(read(root / FILE, _LARGEST), FORMAT, VERSION, _NAME)
    except (DeskError, FileNotFoundError):
        return {}
