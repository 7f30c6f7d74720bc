"""The same vault as in the tests of the store, and the desk at it."""

import pytest

from shelterdesk.services.desk import Desk
from tests.factories import Shelter
from tests.store.conftest import shelter, stick, template

__all__ = ["shelter", "stick", "template"]


@pytest.fixture
def desk(shelter: Shelter) -> Desk:
    """The director at her desk."""
    return Desk(shelter.vault)
