"""The same vault as in the tests of the store, and the desk at it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from shelterdesk.core.permissions import Role
from shelterdesk.services.desk import Desk
from tests.factories import Shelter
from tests.services.seven import AtDesk, at_desk, make_seven
from tests.store.conftest import shelter, stick, template

__all__ = ["shelter", "stick", "template"]

Sit = Callable[[Role], AtDesk]


@pytest.fixture
def desk(shelter: Shelter) -> Desk:
    """The director at her desk."""
    return Desk(shelter.vault)


@pytest.fixture(scope="session")
def seven(tmp_path_factory: pytest.TempPathFactory) -> tuple[Shelter, dict[Role, str]]:
    """A locked shelter with a person for each of the seven roles, and everybody's passphrase."""
    return make_seven(tmp_path_factory.mktemp("seven") / "data")


@pytest.fixture
def sit(seven: tuple[Shelter, dict[Role, str]], tmp_path: Path) -> Iterator[Sit]:
    """Let one of the seven sit down, in a copy of the shelter that is hers alone."""
    with ExitStack() as stack:
        yield lambda role: stack.enter_context(at_desk(*seven, role, tmp_path / role.value))
