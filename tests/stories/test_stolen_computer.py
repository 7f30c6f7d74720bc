"""Story 5: computer and passphrase are gone; the stick and two recovery pages are left."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from shelterdesk.core.i18n import use_language
from shelterdesk.core.work import Progress
from shelterdesk.gui.parts.style import dress
from shelterdesk.services.desk import Desk
from shelterdesk.store.backup.backup import make_backup
from tests.drivers.window import WindowDriver
from tests.factories import new_shelter

NEW = "copper willow engine basket tunnel"


@pytest.fixture(autouse=True)
def in_english(qapp: QApplication) -> Iterator[None]:
    dress(qapp)
    use_language("en")
    yield
    use_language("en")


@pytest.fixture
def saved(tmp_path: Path) -> tuple[Path, list[str]]:
    """A stick with a backup of a house with one girl, and the words of two recovery pages."""
    stick = tmp_path / "stick"
    stick.mkdir()
    shelter = new_shelter(tmp_path / "stolen")
    case = Desk(shelter.vault).cases.admit({"case": {"alias": "Champa"}, "stay": {"bed": "B2"}})
    Desk(shelter.vault).cases.write_note(case, "ນາງນອນຫຼັບດີ")
    make_backup(shelter.vault, stick, Progress())
    shelter.vault.lock()
    shelter.place.close()
    return stick, [" ".join(page) for page in shelter.pages.pages[1:]]


@pytest.mark.slow
def test_a_new_computer_works_again_with_the_stick_and_two_pages(
    qtbot: QtBot,
    tmp_path: Path,
    saved: tuple[Path, list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stick, pages = saved
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    driver = WindowDriver(qtbot, tmp_path / "new computer")
    driver.click("have")
    driver.click("look")
    for box, words in zip(("first", "second"), pages, strict=True):
        driver.type_into(box, words)
    driver.click("main")
    assert "The backup is in place" in driver.text()

    driver.click("lost")
    driver.type_into("first", pages[0])
    driver.type_into("second", pages[0])
    driver.type_into("new_name", "Vanh")
    driver.type_into("new_passphrase", NEW)
    driver.type_into("new_again", NEW)
    driver.click("main")
    assert "two different pages" in driver.text()
    driver.type_into("second", pages[1])
    driver.click("main")
    assert "Vanh can open the records now" in driver.text()

    driver.type_into("passphrase", NEW)
    driver.click("main")
    assert "At the desk: Vanh" in driver.text()
    assert "Champa" in driver.text()
