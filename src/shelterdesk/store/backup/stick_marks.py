"""What a stick remembers of the log and of the list of keyholders, compared with what is here.

Every backup bears a mark: number and mac of the newest line of the log, and the digest of the
newest entry of the signed list, signed by whoever made it. It lies beside the sealed body, under a
key that comes from the log key: a stranger sees bytes of one length, and everybody who opens the
records can compare. So a log whose end was cut off, or that was written anew, is found when a
stick is plugged in that has seen more of it.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.errors import DamagedFile, DeskError, MediumGone, StrangeFile
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area, Reach, Right, reach
from shelterdesk.core.system.drives import lettered_drives
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.store.backup.manifest import manifest_in
from shelterdesk.store.backup.stick import TOP, generation_names, short_id
from shelterdesk.store.disk.checked_json import canonical
from shelterdesk.store.disk.outside import Folder, entered_below
from shelterdesk.store.keyring.seals import context, derived_key, open_value, seal_value
from shelterdesk.store.keyring.signing import is_signed, signed
from shelterdesk.store.log import audit, witness
from shelterdesk.store.log.audit import LogState
from shelterdesk.store.log.witness import Doubted, StateDoubt
from shelterdesk.store.vault.vault import Vault

_NO_LIST: Final = "0" * 64
_DIGITS: Final = 12
_NAME: Final = N_("The mark of a backup")
_MEDIA: Final = ("/media", "/run/media", "/mnt")
"""Where Linux shows what is plugged in: one folder each, or one for each user."""


class StickKnowsMore(DeskError):
    """A stick has seen lines of the log, or a list of keyholders, that these records lack."""

    sentence = N_(
        "The backup {name} on the stick has seen more of the access log than these records hold: "
        "they are an older copy, or part of the log was taken out. Keep this stick apart, do not "
        "overwrite it, and tell a director."
    )


@dataclass(frozen=True)
class Mark:
    """How far the log went, and which list was in force, when a backup was made."""

    seq: int
    head: str
    list_digest: str
    maker: str
    signature: bytes

    def message(self) -> bytes:
        """Return what its maker has signed."""
        return canonical([f"{self.seq:0{_DIGITS}}", self.head, self.list_digest, self.maker])


def _place(store_id: str, backup_id: str) -> bytes:
    return context("mark of a backup", store_id, backup_id)


def _key(vault: Vault) -> bytes:
    return derived_key(vault.writer.log_key, "marks of backups")


def new_mark(vault: Vault, backup_id: str, log: LogState) -> bytes:
    """Return the sealed mark of a backup whose copy of the log ends so; always of one length."""
    chain = vault.keyring.chain
    digest = chain.newest.digest if chain is not None else _NO_LIST
    mark, place = Mark(log.seq, log.head, digest, vault.me.id, b""), _place_of(vault, backup_id)
    signature = signed(vault.keys.private_key, mark.message(), place)
    inside = canonical([json.loads(mark.message()), signature.hex()])
    return seal_value(_key(vault), inside, place)


def _place_of(vault: Vault, backup_id: str) -> bytes:
    return _place(vault.keyring.store_id, backup_id)


def opened_mark(vault: Vault, backup_id: str, sealed: bytes) -> Mark | None:
    """Return a mark that somebody who makes backups has signed; None for any other."""
    place = _place_of(vault, backup_id)
    try:
        parts, signature = json.loads(open_value(_key(vault), sealed, place, _NAME))
        seq, head, digest, maker = map(str, parts)
        mark = Mark(int(seq), head, digest, maker, bytes.fromhex(signature))
    except (DamagedFile, TypeError, ValueError):
        return None
    return mark if _is_signed(vault, mark, place) else None


def _is_signed(vault: Vault, mark: Mark, place: bytes) -> bool:
    signers = vault.writer.signers
    if signers is None:
        return True
    terms = (term for term in signers.terms.get(mark.maker, ()) if term.key)
    return any(
        is_signed(term.key, mark.signature, mark.message(), place)
        for term in terms
        if reach(term.roles, Area.BACKUP, Right.WRITE) is not Reach.NONE
    )


def _holds(session: Session, vault: Vault, mark: Mark) -> bool:
    line = session.scalar(select(AuditEvent.mac).where(AuditEvent.seq == mark.seq))
    chain = vault.keyring.chain
    knows_list = mark.list_digest == _NO_LIST or (
        chain is not None and chain.contains(mark.list_digest)
    )
    return line == mark.head and knows_list


def ahead(vault: Vault, shelf: Folder) -> list[tuple[str, Mark]]:
    """Return the backups on a shelf that have seen what these records do not hold, oldest first.

    What cannot be read is left to whoever checks that backup; it says nothing of the log.
    """
    found = []
    with vault.database.reading() as session:
        looked_at = set(witness.looked_over(session))
        for name in generation_names(shelf):
            mark = None if name in looked_at else _mark_in(vault, shelf, name)
            if mark is not None and not _holds(session, vault, mark):
                found.append((name, mark))
    return found


def _mark_in(vault: Vault, shelf: Folder, name: str) -> Mark | None:
    with suppress(DeskError, OSError), shelf.folder(name) as folder:
        manifest = manifest_in(folder)
        return opened_mark(vault, manifest.backup_id, manifest.mark) if manifest.mark else None
    return None


def compare(vault: Vault, shelf: Folder) -> list[DeskError]:
    """Compare a shelf with the log; what is ahead of it is returned to be told, and doubted.

    The doubt is a line of the log: everybody sees it until two people have looked.
    """
    found = ahead(vault, shelf)
    if found:
        name, mark = found[-1]
        with vault.database.writing() as session:
            missing = max(mark.seq - audit.log_state(session).seq, 1)
            doubt = Doubted(StateDoubt.OLDER, missing, name[:10], tuple(n for n, _ in found))
            audit.note(session, witness.news(session, doubt))
    return [StickKnowsMore(name=name) for name, _ in found]


def compare_sticks(vault: Vault, sticks: Iterable[Path]) -> None:
    """Compare every stick that bears backups of this store; raises StickKnowsMore for the first."""
    told: list[DeskError] = []
    for stick in sticks:
        names = (TOP, short_id(vault.keyring.store_id))
        with suppress(MediumGone, OSError, StrangeFile), entered_below(stick, names) as shelf:
            told.extend(compare(vault, shelf))
    for problem in told:
        raise problem


def plugged_in(store_id: str) -> list[Path]:
    """Return the media that are plugged in and bear backups of this store."""
    return [root for root in _media() if _bears(root, store_id)]


def _bears(root: Path, store_id: str) -> bool:
    with suppress(MediumGone, OSError, StrangeFile), entered_below(root, (TOP, short_id(store_id))):
        return True
    return False


def _media() -> Iterator[Path]:
    yield from lettered_drives()
    for media in map(Path, _MEDIA):
        with suppress(OSError):
            for root in sorted(media.iterdir()):
                yield root
                yield from _below(root)


def _below(root: Path) -> Iterator[Path]:
    with suppress(OSError):
        yield from sorted(path for path in root.iterdir() if path.is_dir())
