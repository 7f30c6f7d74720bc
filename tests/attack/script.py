"""What somebody reads with Python, the project's modules, her passphrase and every file."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.core.errors import NotAllowed
from shelterdesk.core.fields import SealedValue
from shelterdesk.records.base import Record
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.records.keeping.ledger import FieldHistory
from shelterdesk.store.database import attachments, drafts
from shelterdesk.store.database.database import connect
from shelterdesk.store.database.sealed_fields import is_sealed
from shelterdesk.store.database.unit_of_work import earlier_value
from shelterdesk.store.vault.founding import FILES
from shelterdesk.store.vault.vault import Vault
from tests.store.raw_pages import decrypted


@dataclass(frozen=True)
class Read:
    """All that was read, as bytes, so that words are looked for wherever they stand."""

    everything: bytes

    def holds(self, words: str) -> bool:
        """Tell whether these words stand anywhere, as text or as JSON writes them."""
        ascii_form = words.encode("ascii", "backslashreplace")
        return words.encode() in self.everything or ascii_form in self.everything


def read_by(vault: Vault) -> Read:
    """Read through the program's modules, past all its rules of who may see what."""
    parts = [*_files(vault.folder, vault.keys.vault_key()), *_tables(vault)]
    with vault.database.writing() as session:
        parts += [*_values(session), *_earlier(session), *_papers(session, vault.folder)]
        parts += [str(draft.values).encode() for draft in drafts.mine(session)]
        session.rollback()
    return Read(b"\0".join(parts))


def _files(folder: Path, key: bytes) -> list[bytes]:
    """Return every file below the vault, databases decrypted page by page."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name.endswith(".db"):
            found.append(decrypted(path, key))
        elif path.is_file():
            found.append(path.read_bytes())
    return found


def _tables(vault: Vault) -> list[bytes]:
    """Return every value of every table."""
    connection = connect(vault.folder / "store.db", vault.keys.vault_key())
    try:
        names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        rows = [
            row
            for (name,) in names
            for row in connection.execute(f'SELECT * FROM "{name}"').fetchall()
        ]
    finally:
        connection.close()
    return [_bytes(value) for row in rows for value in row]


def _values(session: Session) -> list[bytes]:
    """Return every value of every record, opened with whatever keys she holds."""
    return [
        _bytes(getattr(record, name))
        for kind in Record.kinds
        for record in session.scalars(select(kind))
        for name in kind.fields()
    ]


def _earlier(session: Session) -> list[bytes]:
    return [
        _bytes(earlier_value(session, line))
        for line in session.scalars(select(FieldHistory))
        if line.old is not None and is_sealed(line.old)
    ]


def _papers(session: Session, folder: Path) -> list[bytes]:
    found = []
    for paper in session.scalars(select(Attachment)).all():
        try:
            found.append(attachments.as_it_lies(session, folder / FILES, paper))
        except NotAllowed:
            continue
    return found


def _bytes(value: Any) -> bytes:
    value = value.value if isinstance(value, SealedValue) else value
    return value if isinstance(value, bytes) else str(value).encode()
