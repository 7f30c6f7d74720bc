"""A house of four people, each with a passphrase of her own, copied for every attack."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attack.house import people_the_house
from tests.factories import Shelter, copied_shelter, new_shelter


@pytest.fixture(scope="session")
def peopled(tmp_path_factory: pytest.TempPathFactory) -> Shelter:
    """The house, locked."""
    made = new_shelter(tmp_path_factory.mktemp("attacked") / "data")
    people_the_house(made)
    made.vault.lock()
    made.place.close()
    return made


@pytest.fixture
def house(peopled: Shelter, tmp_path: Path) -> Iterator[Shelter]:
    """The house, opened by its director."""
    made = copied_shelter(peopled, tmp_path / "data")
    yield made
    made.vault.database.abandon()
    made.place.close()
