"""What was last seen of a vault, kept outside it: so that an old copy put back is noticed.

A database cannot tell that it is an older state of itself. `seen.json` keeps the keyring's epoch
and the length and head of the access log, under a mac whose key lies inside the store; one copy
lies beside the vault and one inside its folder. A stick's manifests are the second witness.

When the note is gone from both, or tells of more than there is, the records open all the same, and
the house goes on working. But every window says so, nothing is thrown away, and no key changes,
until a director and a second person have looked. The doubt and the look are lines of the log, so
that the one does not end by closing the program, and the other not by making a new note.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_
from shelterdesk.core.ordinary import read
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.store.disk.checked_json import Content, canonical, decode, encode, whole_number
from shelterdesk.store.disk.durable import write_file
from shelterdesk.store.keyring.seals import mac, same
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry, LogState

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


@dataclass(frozen=True)
class Note:
    """The note of one line in its folders, under the key that its store keeps."""

    folders: tuple[Path, ...]
    line: str
    key: bytes

    def __repr__(self) -> str:
        return "<Note>"

    def remember(self, seen: Seen) -> None:
        """Write down what was seen, in one folder after the other; other lines' notes stay."""
        content = seen.to_content() | {"mac": _mac(seen, self.key)}
        for folder in self.folders:
            notes = _read(folder) | {seen.line: content}
            write_file(folder / FILE, encode(FORMAT, VERSION, notes))

    def recall(self) -> Seen | None:
        """Return the latest of what was seen; None when no copy can be trusted."""
        copies = (_noted(folder, self.line, self.key) for folder in self.folders)
        return max(filter(None, copies), key=lambda seen: (seen.seq, seen.epoch), default=None)


def _noted(folder: Path, line: str, key: bytes) -> Seen | None:
    content = _read(folder).get(line)
    if not isinstance(content, dict):
        return None
    try:
        seen = Seen.from_content(line, content)
    except (KeyError, TypeError, ValueError):
        return None
    return seen if same(str(content.get("mac")), _mac(seen, key)) else None


class StateDoubt(StrEnum):
    """Why it is doubted that these are the records of last time; also the word of the log."""

    GONE = "note of last time gone"
    OLDER = "older than last time"


@dataclass(frozen=True)
class Doubted:
    """A doubt that nobody has looked at yet."""

    why: StateDoubt
    missing: int = 0
    """How many lines of the log there were more."""
    seen_at: str = ""
    """The day of the note, or of the newest backup that has seen more."""
    backups: tuple[str, ...] = ()
    """The backups on a stick that have seen more."""


LOOKED: Final = "doubt looked at"
"""Action of the line by which a director and a second person say that they have looked."""
KIND: Final = "witness"
"""Kind and record id of the lines about the note."""


def doubted(session: Session, present: Seen, remembered: Seen | None) -> Doubted | None:
    """Tell whether `present` is to be doubted: an earlier state, or one with no note any more.

    A log that does not hold the line that was last seen is older too: the ends differ.
    """
    if remembered is None:
        return Doubted(StateDoubt.GONE) if _had_note(session) else None
    held = select(AuditEvent.mac).where(AuditEvent.seq == remembered.seq)
    holds = not remembered.seq or session.scalar(held) == remembered.head
    if holds and remembered.epoch <= present.epoch:
        return None
    return Doubted(StateDoubt.OLDER, max(remembered.seq - present.seq, 1), remembered.at[:10])


def standing_doubt(session: Session) -> Doubted | None:
    """Return the doubt that the log tells of and that nobody has looked at since."""
    told, looked = _told(session)
    return next((doubt for seq, doubt in reversed(told) if seq > looked), None)


def looked_over(session: Session) -> Iterator[str]:
    """Yield the backups whose knowing more was doubted once and has been looked at since."""
    told, looked = _told(session)
    for seq, doubt in told:
        if seq <= looked:
            yield from doubt.backups


def _told(session: Session) -> tuple[list[tuple[int, Doubted]], int]:
    """Return every doubt that the log tells of by its line, and up to where two have looked.

    Everybody can write lines in her own name: a look counts when two have signed it, and a line in
    another form tells of nothing.
    """
    lines = audit.lines().where(AuditEvent.record_id == KIND, AuditEvent.kind == KIND)
    told, looked = [], 0
    for line in session.connection().execute(lines):
        if line.action == LOOKED:
            looked = max(looked, _looked_until(session, line))
        elif (doubt := _told_by(line)) is not None:
            told.append((line.seq, doubt))
    return told, looked


def _looked_until(session: Session, line: Any) -> int:
    signers = audit.writer_of(session).signers
    if signers is None or line.seq <= signers.begin[0]:
        return int(line.seq)
    end = signers.looked_at(line)
    return end[0] if end is not None and audit.is_signed_line(session, line) else 0


def _told_by(line: Any) -> Doubted | None:
    try:
        missing, seen_at, *backups = json.loads(line.fields)
        return Doubted(
            StateDoubt(line.action), int(missing), str(seen_at), tuple(map(str, backups))
        )
    except (RecursionError, TypeError, ValueError):
        return None


def news(session: Session, doubt: Doubted | None) -> list[LogEntry]:
    """Return the line that tells of a doubt which no line tells of yet."""
    if doubt is None or doubt == standing_doubt(session):
        return []
    told = (str(doubt.missing), doubt.seen_at, *doubt.backups)
    return [LogEntry(doubt.why.value, KIND, KIND, told)]


def _had_note(session: Session) -> bool:
    """Tell whether a program that leaves a note has opened these records before.

    Its lines say so, which nobody can take out of the log unseen.
    """
    opened = select(AuditEvent.seq).where(
        AuditEvent.action == "unlocked", AuditEvent.kept.is_not(None)
    )
    return session.scalar(opened.order_by(AuditEvent.seq.desc()).limit(1)) is not None


class NotLookedAt(DeskError):
    """Something was to be thrown away, or a key changed, while the records are doubted."""

    sentence = N_(
        "Nothing was changed: these records may be an old copy, as the red line says. First a "
        "director looks at it with a second person; then this can be done."
    )


def _mac(seen: Seen, key: bytes) -> str:
    return mac(key, canonical([seen.line, seen.to_content()]))


def _read(folder: Path) -> Content:
    try:
        return decode(read(folder / FILE, _LARGEST), FORMAT, VERSION, _NAME)
    except (DeskError, FileNotFoundError):
        return {}
