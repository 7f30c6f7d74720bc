"""What a vault holds, row by row, and bringing a backup back into it."""

from pathlib import Path
from typing import Any

from shelterdesk.core.work import Progress
from shelterdesk.records.case.attachment import Attachment
from shelterdesk.services.keeping.backups import brought_back as restore
from shelterdesk.store.backup.backup import BackupResult
from shelterdesk.store.backup.opened_backup import open_by_pages
from shelterdesk.store.database import attachments
from shelterdesk.store.vault.founding import FILES
from shelterdesk.store.vault.vault import Vault
from tests.factories import (
    Shelter,
)

OWN = {"audit_event", "store_fact", "backup_generation", "sqlite_sequence"}


def rows(vault: Vault) -> dict[str, list[Any]]:
    """Return every row of every table but those that a restore writes to itself."""
    with vault.database.driver() as connection:
        names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        return {
            name: sorted(map(repr, connection.execute(f'SELECT * FROM "{name}"').fetchall()))
            for (name,) in names
            if name not in OWN
        }


def contents(vault: Vault) -> dict[str, bytes]:
    """Return what is in every attached file."""
    with vault.database.writing() as session:
        files = vault.folder / FILES
        return {p.id: attachments.read(session, files, p) for p in session.query(Attachment)}


def brought_back(shelter: Shelter, made: BackupResult) -> Path:
    return restore(
        shelter.place,
        open_by_pages(made.generation, shelter.two_pages()),
        Progress(),
        shelter.clock,
    )
