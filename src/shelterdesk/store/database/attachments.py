"""Papers and pictures: encrypted files beside the database, their keys inside it.

The file is written and synced before its row, and its row goes before the file, so that a row
never points to nothing; files that no row names are cleared away after a day.
"""

import hashlib
import io
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.errors import DamagedFile, DeskError, MediumGone, NotAllowed, StrangeFile
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Compartment, Reach, Right, Role, reach
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.store.database.sealed_fields import Place, enclosed, seal, unseal
from shelterdesk.store.disk.container import read_chunks, read_header, write_container
from shelterdesk.store.disk.faults import THE_DISK, place_faults
from shelterdesk.store.disk.kept_files import ATTACHMENT_NAME, ENDING, files_below
from shelterdesk.store.keyring.keys import Keys
from shelterdesk.store.keyring.seals import KEY_SIZE, context, open_value, seal_value
from shelterdesk.store.keyring.signers import Signers
from shelterdesk.store.log import audit
from shelterdesk.store.log.audit import LogEntry
from shelterdesk.store.log.row_check import Shelf, last_words

SMALL: Final = 65536
"""Content up to this many bytes lies in the database itself."""

LARGEST: Final = 25 << 20
"""Bytes of the largest file that is taken (design: security, S24)."""

_DAY: Final = 86400
_KEY_FIELD: Final = "file_key"
_CASE_WORK: Final = Compartment.TESTIMONY.value
"""Whose key is that of papers without a compartment: exactly those who read them hold it."""


class PaperForged(DeskError):
    """A paper is not as the program has kept it for somebody who may."""

    sentence = N_(
        "This paper was changed or exchanged without the program, or by somebody who may not. Do "
        "not rely on it, and tell a director; an earlier stick has it as it was."
    )


class TooLarge(DamagedFile):
    """The file is larger than what is taken."""

    sentence = N_("This file is too large; up to 25 MB can be attached. Scan it at a lower size.")


def add(session: Session, files: Path, attachment: Attachment, source: IO[bytes]) -> None:
    """Keep the content of `source` for a new attachment and add its row to the session.

    The key is sealed under the attachment's compartment, or for those who work on the case. Raises
    TooLarge, NoSpace, NotAllowed.
    """
    content = source.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise TooLarge
    key = os.urandom(32)
    attachment.size = len(content)
    attachment.file_key = _kept_key(session, attachment, key)
    if len(content) <= SMALL:
        attachment.content = seal_value(key, content, _where(attachment.id))
    else:
        attachment.file_name = os.urandom(32).hex()
        attachment.file_sha256 = write_attachment_file(files, attachment.file_name, content, key)
    session.add(attachment)


def write_attachment_file(files: Path, name: str, content: bytes, key: bytes) -> str:
    """Write one encrypted file and return its SHA-256; it is on the disk when this returns.

    It is sealed in memory (`LARGEST`), so that its digest is made while the disk syncs it.
    """
    sealed, header = io.BytesIO(), {"kind": "attachment", "file": name}
    write_container(io.BytesIO(content), len(content), sealed, key, header)
    with sealed.getbuffer() as whole, ThreadPoolExecutor(1) as beside:
        digest = beside.submit(hashlib.sha256, whole)
        _put(files, name, whole)
        return digest.result().hexdigest()


def _put(files: Path, name: str, sealed: memoryview) -> None:
    with place_faults(THE_DISK), files_below(files.parent) as kept, kept.written(name) as target:
        target.write(sealed)


def path_of(files: Path, name: str) -> Path:
    """Return where the file called `name` (64 hexadecimal digits) lies."""
    return files / name[:2] / (name + ENDING)


def _kept_key(session: Session, attachment: Attachment, key: bytes) -> bytes:
    keys = audit.writer_of(session).keys
    if keys is None:
        raise NotAllowed
    return sealed_key(keys, attachment.id, attachment.compartment, key)


def sealed_key(keys: Keys, attachment_id: str, compartment: str, key: bytes) -> bytes:
    """Seal the key of an attachment; without a compartment of its own it belongs to case work."""
    place, whose = key_place(attachment_id), Compartment(compartment or _CASE_WORK)
    if compartment or keys.holds(whose.value):
        return seal(keys, whose, place, key)
    return enclosed(keys, (whose, *keys.own()), place, key)


def opened_key(keys: Keys, attachment_id: str, compartment: str, kept: bytes) -> bytes | None:
    """Return the key of an attachment; None for somebody without the compartment's.

    One of before papers of case work were sealed stands there as it is.
    """
    if not compartment and len(kept) == KEY_SIZE:
        return kept
    return unseal(keys, Compartment(compartment or _CASE_WORK), key_place(attachment_id), kept)


def key_place(attachment_id: str) -> Place:
    """Return the place that an attachment's sealed key is bound to."""
    return Attachment.kind_name(), attachment_id, _KEY_FIELD


def _where(attachment_id: str) -> bytes:
    return context("attachment", attachment_id)


def read(session: Session, files: Path, attachment: Attachment) -> bytes:
    """Return the content, decrypted in memory; a sealed one leaves a line in the log.

    For a sealed one the session must be a writing one, or the line would not stay. Raises
    NotAllowed without the compartment's key, DamagedFile when a byte has changed, PaperForged when
    it is not what was kept: anybody can seal another content to those who open it.
    """
    content = as_it_lies(session, files, attachment)
    _demand_as_kept(session, attachment)
    if attachment.compartment:
        audit.note(session, [LogEntry("looked", attachment.kind_name(), attachment.id)])
    return content


def as_it_lies(session: Session, files: Path, attachment: Attachment) -> bytes:
    """Return what lies there, whoever has put it there; `read` asks whether it is what was kept."""
    key = _opened_key(session, attachment)
    if attachment.content is not None:
        return open_value(key, attachment.content, _where(attachment.id), ATTACHMENT_NAME)
    return b"".join(_file_chunks(files, attachment.file_name, key))


def _demand_as_kept(session: Session, attachment: Attachment) -> None:
    """Raise PaperForged unless a paper fits its line, and all its lines are of those who may."""
    shelf, asked = Shelf(Attachment), [attachment.id]
    digest = shelf.rows(session, asked).get(attachment.id)
    word = last_words(session, shelf, asked).get(attachment.id)
    if word is None or (word.digest is not None and word.digest != digest):
        raise PaperForged
    signers = audit.writer_of(session).signers
    if signers is None:
        return
    lines = select(AuditEvent.seq, AuditEvent.actor).where(
        AuditEvent.record_id == attachment.id, AuditEvent.action.in_(("created", "changed"))
    )
    for line in session.execute(lines):
        if not _kept_by(signers, attachment, line.actor, line.seq):
            raise PaperForged


def _kept_by(signers: Signers, attachment: Attachment, holder: str, seq: int) -> bool:
    """Tell whether a line of a paper is of somebody who may: a director puts papers back too."""
    if seq <= signers.begin[0]:
        return True
    term = signers.at(holder, seq)
    roles = term.roles if term is not None else ()
    return Role.DIRECTOR in roles or may_have_kept(attachment, roles)


def may_have_kept(paper: Attachment, roles: Iterable[Role]) -> bool:
    """Tell whether somebody can have kept a paper where it lies: whose work that part is."""
    area = paper.closer_area or Attachment.area
    return reach(roles, area, Right.WRITE) is not Reach.NONE


def _opened_key(session: Session, attachment: Attachment) -> bytes:
    keys, kept = audit.writer_of(session).keys, attachment.file_key
    key = opened_key(keys, attachment.id, attachment.compartment, kept) if keys else None
    if key is None:
        raise NotAllowed
    return key


def _file_chunks(files: Path, name: str, key: bytes) -> Iterator[bytes]:
    try:
        with place_faults(THE_DISK), files_below(files.parent) as kept, kept.opened(name) as file:
            header, front = read_header(file)
            if header.get("file") != name:
                raise DamagedFile(what=ATTACHMENT_NAME)
            yield from read_chunks(file, key, front)
    except (MediumGone, StrangeFile) as fault:
        raise DamagedFile(what=ATTACHMENT_NAME) from fault


def remove_file(files: Path, name: str) -> None:
    """Remove the file of a paper whose row is gone; small ones had none."""
    if name:
        with place_faults(THE_DISK), files_below(files.parent) as kept:
            kept.remove(name)


def file_names(session: Session) -> list[str]:
    """Return the names of all files that rows point to."""
    named = select(Attachment.file_name).where(Attachment.file_name != "")
    return list(session.scalars(named.order_by(Attachment.file_name)))


def clear_unnamed(session: Session, files: Path, older_than: float = _DAY) -> int:
    """Remove files that no row names and that are older than a day; returns how many."""
    with files_below(files.parent) as kept:
        return kept.clear(set(file_names(session)), older_than)
