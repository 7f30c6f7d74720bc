"""The data folder: the vault, what stands beside it, and the one program that may open it.

    lock                 held by the program that is open
    seen.json            what was last seen of each store (see `witness`); once more in its vault
    tries.json           wrong passphrases, so that guessing waits (see `guessing`)
    ballast              32 MB that can be given back when the disk is full
    vault-0001/ …        the vault is the one with the highest number; lower ones were replaced
    new-…/               something being made; removed at the next start

A new vault takes over by one rename, so there is never a moment without one.
"""

import contextlib
import re
import shutil
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from shelterdesk.core.errors import AlreadyOpen, DeskError, NoVault, StrangeFile
from shelterdesk.core.ordinary import Lying, demand_ordinary, lies_at
from shelterdesk.records.base import new_id
from shelterdesk.store.disk.durable import (
    PRIVATE_FILE,
    keep_to_owner,
    new_file,
    private_folder,
    rename,
)
from shelterdesk.store.disk.faults import THE_DISK, place_faults
from shelterdesk.store.disk.outside import entered
from shelterdesk.store.disk.safe_place import demand_safe

BALLAST_SIZE: Final = 32 << 20
_VAULT: Final = re.compile(r"vault-([0-9]{4,})")
_NEW: Final = "new-"
_BEGUN: Final = re.compile(r"new-[0-9a-f]{12}")
_PARTS: Final = re.compile(r"(seen\.json|tries\.json|ballast)\.part")
_OURS: Final = re.compile(
    r"files|[0-9a-f]{2}|[0-9a-f]{64}\.sdf(\.part)?|(seen|keyring(\.bak|\.sealed)?)\.json(\.part)?"
    r"|(store|snapshot|readback|from-backup|following|renewed)\.db(-wal|-shm|-journal)?"
    r"|before-[0-9a-z]+\.db(\.part)?(-wal|-shm|-journal)?"
)
"""Names of what lies in a vault, or is made on the way to one: no others are ever deleted."""


class DataFolder:
    """One data folder, held by this process from `open` to `close`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._lock: FileLock | None = None

    def open(self) -> "DataFolder":
        """Make the folder if need be and take it for this process alone.

        Raises UnsafePlace for network drives and synced folders, AlreadyOpen when another
        program holds it. Half-made things of a program that was killed are removed.
        """
        with place_faults(THE_DISK):
            demand_safe(self.root)
            keep_to_owner(private_folder(self.root))
            demand_ordinary(self.root / "lock")
            lock = FileLock(self.root / "lock", timeout=0, mode=PRIVATE_FILE)
            try:
                lock.acquire()
            except Timeout:
                raise AlreadyOpen from None
            self._lock = lock
            self._clear_unfinished()
        return self

    def demand_held(self) -> None:
        """Raise RuntimeError unless this process holds the folder: `open` comes first."""
        if self._lock is None:
            raise RuntimeError("a data folder is opened before anything in it is")

    def close(self) -> None:
        """Give the folder free."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _clear_unfinished(self) -> None:
        """Remove what was begun, as far as it is ours; anything else is left and does no harm."""
        with entered(self.root) as folder:
            for name in folder.names(Lying.FOLDER, _BEGUN):
                folder.remove_tree(name, _OURS)
            folder.remove_all(_PARTS)

    def vaults(self) -> list[Path]:
        """Return the vault's folder last, those that it replaced before it."""
        return [path for path in self._numbered() if lies_at(path) is Lying.FOLDER]

    def _numbered(self) -> list[Path]:
        """Return everything that has the name of a vault, by its number."""
        inside = self.root.iterdir() if self.root.is_dir() else ()
        found = ((int(m[1]), p) for p in inside if (m := _VAULT.fullmatch(p.name)))
        return [path for _, path in sorted(found)]

    def vault(self) -> Path:
        """Return the folder of the vault; raises NoVault.

        Raises StrangeFile when a link has the highest number: the records may be elsewhere now,
        and to open older ones instead would be worse than to stop.
        """
        found = [path for path in self._numbered() if lies_at(path) is not Lying.FILE]
        if not found:
            raise NoVault
        if lies_at(found[-1]) is not Lying.FOLDER:
            raise StrangeFile(what=found[-1].name)
        return found[-1]

    def staging(self) -> Path:
        """Return a new private folder for something that is being made."""
        return private_folder(self.root / f"{_NEW}{new_id()[:12]}")

    def clear_away(self, made: Path) -> None:
        """Remove what was being made, if that can be done now; the next start does the rest.

        Used where another fault, or a success, must not be hidden by a failed tidying.
        """
        with contextlib.suppress(DeskError, OSError), entered(self.root) as folder:
            folder.remove_tree(made.name, _OURS)

    def install(self, made: Path) -> Path:
        """Let a folder that is whole take over as the vault, in one step; returns its new place."""
        taken = self._numbered()
        number = int(_VAULT.fullmatch(taken[-1].name)[1]) + 1 if taken else 1  # type: ignore[index]
        place = self.root / f"vault-{number:04}"
        rename(made, place)
        return place

    def keep_ballast(self) -> None:
        """Lay in the reserve for a full disk, where there is room enough to spare."""
        ballast = self.root / "ballast"
        with place_faults(THE_DISK):
            if ballast.exists() or shutil.disk_usage(self.root).free < 10 * BALLAST_SIZE:
                return
            with new_file(ballast) as file:
                for _ in range(BALLAST_SIZE >> 20):
                    file.write(bytes(1 << 20))

    def drop_ballast(self) -> None:
        """Give the reserve back, so that work can go on for a while on a full disk."""
        with contextlib.suppress(OSError):
            (self.root / "ballast").unlink(missing_ok=True)
