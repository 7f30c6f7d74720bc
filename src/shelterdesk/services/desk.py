"""The desk: an unlocked shelter, and everything that can be done at it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from shelterdesk.core.clock import Clock, system_clock
from shelterdesk.core.errors import Busy, DeskError
from shelterdesk.core.permissions import Role
from shelterdesk.core.work import Progress
from shelterdesk.services.backups import Backups
from shelterdesk.services.cases import Cases
from shelterdesk.services.checks import Checks
from shelterdesk.services.keyholders import Keyholders
from shelterdesk.store.data_folder import DataFolder
from shelterdesk.store.founding import NewPerson
from shelterdesk.store.keyholding import demand_strong
from shelterdesk.store.keyring import read_keyring
from shelterdesk.store.passphrase_lock import KdfCost
from shelterdesk.store.recovery import RecoveryPages
from shelterdesk.store.vault import Vault

__all__ = ["DataFolder", "Desk", "held", "names_that_open", "start_new", "unlock"]

_DEMO: Final = "demo"


class Desk:
    """What one person can do once the vault is open to her."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self.cases = Cases(vault)
        self.keyholders = Keyholders(vault)
        self.backups = Backups(vault)
        self.checks = Checks(vault)

    def __repr__(self) -> str:
        return "<Desk>"

    @property
    def name(self) -> str:
        """The name of the person at the desk."""
        return self._vault.me.name

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles of the person at the desk."""
        return self._vault.me.roles

    @property
    def setup_finished(self) -> bool:
        """Whether two recovery pages were typed back, so that nobody can be locked out for ever."""
        return self._vault.setup_finished

    @property
    def recovery_set(self) -> int:
        """The number of the present set of recovery pages."""
        return self._vault.recovery_set

    @property
    def is_demo(self) -> bool:
        """Whether these are the fictional records to learn with."""
        return self._vault.fact_or_none(_DEMO) is not None

    def mark_as_demo(self) -> None:
        """Mark new records as fictional, for ever."""
        self._vault.keep_fact(_DEMO, "yes")

    def settle(self) -> list[DeskError]:
        """Bring everything into the file while nobody is typing; returns what is to be told.

        A dying disk shows here first: SQLite is silent about it otherwise.
        """
        told, self._vault.database.warnings = self._vault.database.warnings, []
        try:
            self._vault.settle()
        except Busy:
            return told
        except DeskError as fault:
            return [*told, fault]
        return told

    def lock(self) -> None:
        """Close the records; raises DiskFailing when the disk does not take the last page."""
        self._vault.lock()


@contextmanager
def held(root: Path) -> Iterator[DataFolder]:
    """Hold a data folder for the block; raises AlreadyOpen, UnsafePlace."""
    place = DataFolder(root).open()
    try:
        yield place
    finally:
        place.close()


def start_new(
    place: DataFolder,
    name: str,
    passphrase: str,
    cost: KdfCost | None = None,
    clock: Clock = system_clock,
) -> tuple[Desk, RecoveryPages]:
    """Start new records with their first director; the pages returned exist nowhere else.

    Raises VaultExists, WeakPassphrase, NoSpace.
    """
    demand_strong(passphrase, [name])
    founder = NewPerson(name, passphrase, (Role.DIRECTOR,))
    vault, pages = Vault.create(place, founder, cost, clock)
    return Desk(vault), pages


def unlock(
    place: DataFolder,
    name: str,
    passphrase: str,
    *,
    accept_older: bool = False,
    clock: Clock = system_clock,
    progress: Progress | None = None,
) -> Desk:
    """Open the records for one person; every way this can fail has its own sentence."""
    vault = Vault.unlock(
        place, name, passphrase, accept_older=accept_older, clock=clock, progress=progress
    )
    return Desk(vault)


def names_that_open(place: DataFolder) -> list[str]:
    """Return the names to choose from at the unlock window.

    Raises NoVault, MissingKeyring, DamagedFile, NewerFile.
    """
    return [holder.name for holder in read_keyring(place.vault()).persons()]
