"""A house with everybody who gives, takes and is there."""

from collections.abc import Iterator

import pytest

from tests.factories import Shelter
from tests.services.kept.seats import Sitting


@pytest.fixture
def house(shelter: Shelter) -> Iterator[Sitting]:
    sitting = Sitting(shelter)
    yield sitting
    sitting.desk.lock()
