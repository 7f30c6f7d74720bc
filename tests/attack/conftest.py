"""A house of four people, each with a passphrase of her own, copied for every attack."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attack.hands import Hands
from tests.attack.house import SECOND, own_passphrase, people_the_house
from tests.factories import Shelter, copied_shelter, new_shelter
from tests.services.house import House

HEADS = {
    "neutral": {"name": "Office", "address": "Office road 9", "phone": "021 555 000"},
    "official": {"name": "House", "address": "Yard 2", "phone": "021 555 999"},
}


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


@pytest.fixture(scope="session")
def headed(peopled: Shelter, tmp_path_factory: pytest.TempPathFactory) -> Shelter:
    """The house with its letterheads, locked."""
    made = copied_shelter(peopled, tmp_path_factory.mktemp("headed") / "data")
    for profile, values in HEADS.items():
        House(made).letters.set_letterhead(profile, values)
    made.vault.lock()
    made.place.close()
    return made


@pytest.fixture
def at_the_desk(headed: Shelter, tmp_path: Path) -> Iterator[tuple[House, Hands]]:
    """The counsellor at her desk, and the house mother's hands on the same files."""
    made = copied_shelter(headed, tmp_path / "data")
    made.vault.lock()
    made.unlock(SECOND, own_passphrase(SECOND))
    yield House(made), Hands(made.vault)
    made.vault.database.abandon()
    made.place.close()
