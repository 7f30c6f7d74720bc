"""A vault for every test of the store: the real encrypted one, with cheap key derivation."""

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from shelterdesk.records.case.case import Case
from shelterdesk.store.vault.vault import Vault
from tests.factories import Shelter, copied_shelter, fill_case, new_shelter

_LONGEST = 240
"""Seconds after which something hangs; a test here takes a few, on a busy machine some more."""


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Shelter:
    """A locked vault that tests get copies of."""
    made = new_shelter(tmp_path_factory.mktemp("template") / "data")
    made.vault.lock()
    made.place.close()
    return made


@pytest.fixture
def shelter(template: Shelter, tmp_path: Path) -> Iterator[Shelter]:
    """A vault with its director, two pages typed back."""
    made = copied_shelter(template, tmp_path / "data")
    yield made
    made.vault.database.abandon()
    made.place.close()


@pytest.fixture
def vault(shelter: Shelter) -> Vault:
    """The shelter's vault, unlocked by its director."""
    return shelter.vault


@pytest.fixture
def case(vault: Vault) -> Case:
    """A case with a record under each compartment and three small attachments."""
    return fill_case(vault, large=10)


@pytest.fixture
def no_waiting() -> Iterator[None]:
    """Fail where a pipe or an endless file is waited for."""

    def over(*_: object) -> None:
        raise TimeoutError("it hangs")

    if sys.platform == "win32":  # there the watch over the run ends what stands still
        yield
        return
    signal.signal(signal.SIGALRM, over)
    signal.alarm(_LONGEST)
    yield
    signal.alarm(0)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """An empty backup medium."""
    medium = tmp_path / "stick"
    medium.mkdir()
    return medium
