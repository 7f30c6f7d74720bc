"""A finished shelter for the commands: made once with cheap locks, copied for every test."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from shelterdesk.core.permissions import Role
from shelterdesk.core.work import Progress
from shelterdesk.store.backup.backup import make_backup
from shelterdesk.store.disk.data_folder import DataFolder
from shelterdesk.store.keyholders import keyholding
from shelterdesk.store.keyring.recovery import RecoveryPages
from shelterdesk.store.vault.founding import NewPerson
from shelterdesk.store.vault.vault import Vault
from tests.cli.terminal import Ended, Typist, run, surroundings
from tests.factories import CHEAP, DIRECTOR, PASSPHRASE, fill_case

COUNSELLOR: Final = "Dao"
HERS: Final = "paper boats under the long bridge"
TRAVEL: Final = "velvet anchor rhubarb tunnel cactus violin"
CODE: Final = "K7Q-42L"


@dataclass(frozen=True)
class House:
    """Records, stick and pocket (files with secrets) of one test, and its home."""

    root: Path
    pages: RecoveryPages
    generation: Path

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.root / "data"

    @property
    def stick(self) -> Path:
        """The backup medium."""
        return self.root / "stick"

    @property
    def env(self) -> dict[str, str]:
        """The environment of a process."""
        return surroundings(self.root / "home")

    def secret(self, text: str, name: str = "secret.txt") -> Path:
        """Return a file that holds `text`, in the pocket."""
        path = self.root / name
        path.write_text(text + "\n", encoding="utf-8")
        return path

    def pages_file(self, first: int = 0, second: int = 2) -> Path:
        """Return a file with the words of two pages."""
        words = (" ".join(self.pages.pages[number]) for number in (first, second))
        return self.secret("\n\n".join(words), "pages.txt")

    def run(self, *arguments: object) -> Ended:
        """Run a command on the records, without a terminal."""
        return run(["--data", self.data, *arguments], self.env)

    def as_director(self, *arguments: object) -> Ended:
        """Run a command as the director, her passphrase in a file."""
        secret = self.secret(PASSPHRASE, "director.txt")
        return self.run(*arguments, "--as", DIRECTOR, "--secret-file", secret)

    def typist(self, *arguments: object) -> Typist:
        """Start a command on the records, at a terminal."""
        return Typist(["--data", self.data, *arguments], self.env)

    def opens(self, name: str, passphrase: str, folder: Path | None = None) -> list[str]:
        """Open the records here and now; returns the names of those who can."""
        place = DataFolder(folder or self.data).open()
        try:
            vault = Vault.unlock(place, name, passphrase)
            names = [holder.name for holder in vault.keyring.persons()]
            vault.lock()
        finally:
            place.close()
        return names


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> House:
    """A shelter with two people, a case, a travel passphrase and one backup on the stick."""
    root = tmp_path_factory.mktemp("house")
    (root / "stick").mkdir()
    place = DataFolder(root / "data").open()
    founder = NewPerson(DIRECTOR, PASSPHRASE, (Role.DIRECTOR,))
    vault, pages = Vault.create(place, founder, CHEAP)
    keyholding.confirm_pages(vault, pages.pages[:2])
    keyholding.add_person(vault, NewPerson(COUNSELLOR, HERS, (Role.COUNSELLOR,)), CHEAP)
    keyholding.set_travel_passphrase(vault, TRAVEL, CHEAP)
    fill_case(vault)
    generation = make_backup(vault, root / "stick", Progress()).generation
    vault.lock()
    place.close()
    (root / "data" / "ballast").unlink(missing_ok=True)
    return House(root, pages, generation)


@pytest.fixture
def house(template: House, tmp_path: Path) -> House:
    """A copy of the shelter that a test may change."""
    root = tmp_path / "house"
    shutil.copytree(template.root, root)
    return House(root, template.pages, root / template.generation.relative_to(template.root))
