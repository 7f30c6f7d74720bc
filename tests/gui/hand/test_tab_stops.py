"""Tab leads through a page: every stop is seen, and a list is one stop, with its first act."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelterdesk.core.i18n import use_language
from shelterdesk.core.permissions import Role
from shelterdesk.gui.parts.style import dress
from tests.gui.every_page import Ids, full_house, parts_of, visits
from tests.gui.frame.test_workplace import at_the_desk
from tests.gui.hand.tab_walk import Walk

_PEOPLE = 3


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ids]:
    root = tmp_path_factory.mktemp("house") / "data"
    number = count(1)
    texts = [lambda: f"ຈຳປາ Champa {next(number)}"] * _PEOPLE
    return root, full_house(root, texts, roles=tuple(Role), crowded=True)


@pytest.fixture(autouse=True)
def as_it_looks(qapp: QApplication) -> Iterator[None]:
    flash = qapp.cursorFlashTime()
    qapp.setCursorFlashTime(0)
    dress(qapp)
    use_language("en")
    yield
    qapp.setCursorFlashTime(flash)
    dress(qapp)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["Noy", "Dao"])
def test_every_stop_is_seen_and_no_list_takes_more_than_two(
    qtbot: QtBot, house: tuple[Path, Ids], name: str
) -> None:
    root, ids = house
    window: Any = at_the_desk(qtbot, root, name).window
    window.idle.end()
    window.resize(1366, 768)
    found: dict[str, list[str]] = {}
    once = {kind: numbers[:1] for kind, numbers in ids.items()}
    for page, record_id in visits(once):
        window.workplace.go(page, record_id)
        if window.workplace.where != (page, record_id):
            continue
        for part in parts_of(window.workplace):
            walk = Walk(window.workplace.page)
            if wrong := walk.unseen + walk.too_many():
                found[f"{page} {part}".strip()] = wrong
    window.close()
    assert not found, "\n".join(f"{where}: {what}" for where, what in found.items())
