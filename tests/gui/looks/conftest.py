"""A whole house to look at, and the usual size of letters again after each look."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from shelterdesk.core.i18n import use_language
from shelterdesk.core.permissions import Role
from shelterdesk.gui.parts.style import dress
from tests.gui.every_page import Ids, full_house


@pytest.fixture(autouse=True)
def usual_size_again(qapp: QApplication) -> Iterator[None]:
    yield
    dress(qapp)
    use_language("en")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ids]:
    """A house of all roles in which every kind of record is filled."""
    root = tmp_path_factory.mktemp("house") / "data"
    return root, full_house(root, [lambda: "ຈຳປາ Champa"], roles=tuple(Role))
