"""Records that a restore has replaced: kept for ninety days, closed to every passphrase.

An earlier vault folder has locks of its own days: of people whose access has ended since, of
passphrases that were given up because somebody had seen them. So when it is set aside its keyring
is sealed whole to the directors and the pages of today and the readable copies go. Its database is
then a file that nobody's passphrase opens; `opened` gives the keyring back to a director's or the
pages' private key, and after ninety days the folder goes.
"""

import contextlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from shelterdesk.core.calendar.clock import lived_moment, stamp
from shelterdesk.core.errors import (
    DamagedFile,
    DeskError,
    MissingKeyring,
    NotAllowed,
    StrangeFile,
)
from shelterdesk.core.i18n import N_
from shelterdesk.core.ordinary import Lying, lies_at, read
from shelterdesk.store.disk.checked_json import decode, encode, from_text, to_text
from shelterdesk.store.disk.data_folder import DataFolder
from shelterdesk.store.disk.durable import sync_folder, write_file
from shelterdesk.store.disk.faults import THE_DISK, place_faults
from shelterdesk.store.keyring.keyring import FILE, SECOND_FILE, Keyholder, Keyring, read_keyring
from shelterdesk.store.keyring.seals import (
    KEY_SIZE,
    context,
    open_sealed,
    open_value,
    public_key_of,
    seal_to,
    seal_value,
)
from shelterdesk.store.vault.backup_keys import entitled

KEPT: Final = timedelta(days=90)
SEALED_FILE: Final = "keyring.sealed.json"
FORMAT: Final = "shelterdesk-set-aside"
VERSION: Final = 1
LARGEST: Final = 64 << 20
_NAME: Final = N_("The sealed keyring of the earlier records")


@dataclass(frozen=True)
class SetAside:
    """An earlier vault folder whose keyring is sealed."""

    folder: Path
    since: datetime
    seals: dict[str, bytes]
    """Public key as hexadecimal digits -> the content key, sealed to it."""
    body: bytes

    def until(self) -> datetime:
        """Return when the folder goes."""
        return self.since + KEPT


def close(folder: Path, holders: Iterable[Keyholder], now: datetime) -> None:
    """Seal the keyring in `folder` whole to `holders` and remove its readable copies.

    The sealed file is there, whole, before the first copy goes: where it cannot be written the
    copies stay and the fault is raised, NoSpace as much as StrangeFile. Of a folder whose keyring
    cannot be read nothing opens anything, and it is left without one.
    """
    try:
        keyring = read_keyring(folder)
    except (MissingKeyring, DamagedFile, StrangeFile):
        pass
    else:
        write_file(folder / SEALED_FILE, _sealed(folder.name, keyring, holders, now))
    with place_faults(THE_DISK):
        for path in _readable(folder):
            path.unlink(missing_ok=True)
        sync_folder(folder)


def _readable(folder: Path) -> list[Path]:
    """Return the copies of a keyring in a folder; a link or pipe with their name is none."""
    copies = (folder / name for name in (FILE, SECOND_FILE))
    return [path for path in copies if lies_at(path) is Lying.FILE]


def _sealed(name: str, keyring: Keyring, holders: Iterable[Keyholder], now: datetime) -> bytes:
    content_key = os.urandom(KEY_SIZE)
    seals = {
        holder.public_key.hex(): to_text(seal_to(holder.public_key, content_key, _where(name)))
        for holder in holders
    }
    body = to_text(seal_value(content_key, keyring.to_bytes(), _where(name)))
    content = {"since": stamp(now), "seals": seals, "body": body}
    return encode(FORMAT, VERSION, content)


def _where(folder: str) -> bytes:
    return context("set aside", folder)


def still_open(place: DataFolder) -> list[Path]:
    """Return earlier vault folders whose keyring still lies there, readable."""
    earlier = place.vaults()[:-1]
    return list(filter(_readable, earlier))


def all_in(place: DataFolder) -> list[SetAside]:
    """Return the folders that were set aside, the newest last; one without its seal is not one."""
    found = []
    for folder in place.vaults()[:-1]:
        with contextlib.suppress(DeskError, OSError):
            found.append(_read(folder))
    return found


def _read(folder: Path) -> SetAside:
    content = decode(read(folder / SEALED_FILE, LARGEST), FORMAT, VERSION, _NAME)
    try:
        seals = {str(key): from_text(seal) for key, seal in content["seals"].items()}
        return SetAside(folder, lived_moment(content["since"]), seals, from_text(content["body"]))
    except (AttributeError, KeyError, TypeError, ValueError) as fault:
        raise DamagedFile(what=_NAME) from fault


def opened(aside: SetAside, private_key: bytes) -> Keyring:
    """Return the keyring of the earlier records; raises NotAllowed, DamagedFile."""
    seal = aside.seals.get(public_key_of(private_key).hex())
    if seal is None:
        raise NotAllowed
    content_key = open_sealed(private_key, seal, _where(aside.folder.name), _NAME)
    return Keyring.from_bytes(open_value(content_key, aside.body, _where(aside.folder.name), _NAME))


def keep_set_aside(
    place: DataFolder, keyring: Keyring, now: datetime, warnings: list[DeskError]
) -> None:
    """Close what still lies open of earlier records, and remove what is over its time.

    By a list that holds: what is sealed to a wrong one, nobody opens again. What cannot be done
    now is told, and waits: nobody is kept from the records of today.
    """
    for folder in still_open(place):
        try:
            close(folder, entitled(keyring), now)
        except DeskError as warning:
            warnings.append(warning)
    for aside in all_in(place):
        if aside.until() < now:
            place.clear_away(aside.folder)
