"""Seals a backup anew with other content, as only somebody could who holds the vault's keys.

What such a backup says is then believed by every key; only what is looked at besides can stop it.
"""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from shelterdesk.core.work import Progress
from shelterdesk.store.backup.manifest import Body, Manifest, read_manifest, sealed_body
from shelterdesk.store.backup.opened_backup import extract_database, open_by_pages
from shelterdesk.store.backup.stick import DATABASE, MANIFEST, PART_SIZE, ListedFile, PartWriter
from shelterdesk.store.database.database import DriverConnection, close_whole, connect
from shelterdesk.store.disk.container import write_container
from shelterdesk.store.disk.outside import entered
from shelterdesk.store.keyring.seals import KEY_SIZE, context, mac, seal_value
from tests.factories import Shelter

Change = Callable[[DriverConnection], object]


def resealed(
    shelter: Shelter,
    generation: Path,
    change: Change,
    *,
    body: Callable[[Body], Body] = lambda body: body,
    without: str = "",
) -> None:
    """Change the database in a backup and seal all of it again.

    `body` may change what the manifest counted; `without` names a file that is left out of it.
    """
    opened = open_by_pages(generation, shelter.two_pages())
    copy = shelter.place.staging() / "changed.db"
    try:
        with opened.held() as held:
            extract_database(held, opened.manifest, opened.key, copy, Progress())
        connection = connect(copy, bytes.fromhex(opened.body().database_key))
        change(connection)
        close_whole(connection)
        kept = [f for f in opened.manifest.files if not f.name.startswith(DATABASE)]
        listed = [f for f in kept if not without or not f.name.endswith(without)]
        files = (*_packed(generation, copy, opened.key, opened.manifest.backup_id), *listed)
    finally:
        copy.unlink(missing_ok=True)
        copy.parent.rmdir()
    manifest = replace(read_manifest(generation), files=files)
    told = manifest.signed_body(body(opened.body()), shelter.vault.keys.private_key)
    told_sealed = sealed_body(told, opened.manifest.backup_id, opened.key)
    manifest = replace(manifest, body=told_sealed)
    (generation / MANIFEST).write_bytes(_witnessed(shelter, manifest).to_bytes())


def _packed(generation: Path, database: Path, key: bytes, backup_id: str) -> list[ListedFile]:
    """Write a database over the one in the backup; returns the lines of its files."""
    for part in generation.glob(f"{DATABASE}*"):
        part.unlink()
    file_key = os.urandom(KEY_SIZE)
    wrapped = seal_value(key, file_key, context("container", backup_id))
    header = {"kind": "database", "backup": backup_id, "key": wrapped.hex()}
    with (
        database.open("rb") as source,
        entered(generation) as held,
        PartWriter(held, DATABASE, PART_SIZE) as target,
    ):
        write_container(
            source, database.stat().st_size, target, file_key, header, lambda _done: None
        )
    return target.listed()


def _witnessed(shelter: Shelter, manifest: Manifest) -> Manifest:
    holders = {h.id: h for h in shelter.vault.keyring.keyholders}
    bound = manifest.bound()
    macs = {
        holder_id: mac(shelter.vault.backup_witness_key(holders[holder_id]), bound)
        for holder_id in manifest.witness
    }
    return replace(manifest, witness=macs)
