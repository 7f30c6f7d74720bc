"""Backups as the tests make and check them."""

import shutil
from pathlib import Path

from shelterdesk.core.work import Progress
from shelterdesk.store.backup.backup import BackupResult, make_backup
from shelterdesk.store.backup.opened_backup import (
    open_by_pages,
    verify_whole,
)
from shelterdesk.store.backup.stick import (
    store_folder,
)
from tests.factories import Shelter


def back_up(shelter: Shelter, stick: Path, *, part_size: int = 2 << 30) -> BackupResult:
    shelter.clock.pass_days(1)
    return make_backup(shelter.vault, stick, Progress(), part_size)


def whole(shelter: Shelter, generation: Path) -> None:
    """Check every byte of a generation with the pages; raises what is wrong."""
    opened = open_by_pages(generation, shelter.two_pages())
    staging = shelter.place.staging()
    try:
        verify_whole(opened, staging, Progress())
    finally:
        shutil.rmtree(staging)


def shelf(shelter: Shelter, stick: Path) -> Path:
    return store_folder(stick, shelter.vault.keyring.store_id)
