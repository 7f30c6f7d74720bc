"""The stage of the window's tests: the house of the store's tests, and a window in English."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from shelterdesk.core.i18n import use_language
from shelterdesk.gui.parts.style import dress
from shelterdesk.services.desk import Desk
from tests.factories import Shelter
from tests.store.conftest import shelter, template

__all__ = ["shelter", "template"]


@pytest.fixture
def in_english(qapp: QApplication) -> Iterator[None]:
    """A window that is dressed as it should be, with English words."""
    dress(qapp)
    use_language("en")
    yield
    use_language("en")


@pytest.fixture
def desk(shelter: Shelter) -> Desk:
    """The director at her desk."""
    return Desk(shelter.vault)
