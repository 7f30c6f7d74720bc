"""A backup brought back from the open desk: two people agree, it takes over, the program locks."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from shelterdesk.core.work import Progress
from shelterdesk.store.backup.backup import make_backup
from tests.drivers.window import WindowDriver
from tests.factories import PASSPHRASE, add_person, fill_case, new_shelter

pytestmark = pytest.mark.usefixtures("in_english")


def test_two_people_bring_a_backup_back_and_go_back_again(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, stick = tmp_path / "data", tmp_path / "stick"
    stick.mkdir()
    shelter = new_shelter(data)
    hers = add_person(shelter.vault, "Dao")
    make_backup(shelter.vault, stick, Progress())
    fill_case(shelter.vault, large=10)
    shelter.vault.lock()
    shelter.place.close()
    driver = WindowDriver(qtbot, data)
    driver.unlock(PASSPHRASE)
    driver.click("nav_backup")

    def sign() -> None:
        dialog = driver.top()
        driver.type_into("second_passphrase", hers)
        driver.click("second_sign")
        driver._bot.waitUntil(lambda: not dialog.isVisible())

    driver.click("have")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    driver.click("look")
    driver.type_into("first", " ".join(shelter.pages.pages[0]))
    driver.type_into("second", " ".join(shelter.pages.pages[2]))
    QTimer.singleShot(0, lambda: driver.click("second_leave"))
    driver.click("main")
    assert "the records of now stay" in driver.text()
    assert driver.anew == 0
    QTimer.singleShot(0, sign)
    driver.click("main")
    assert driver.anew == 1
    assert driver.title() == "Open the records"
    driver.unlock(PASSPHRASE)
    assert driver.window.room is not None
    assert driver.window.room.desk.cases.all_cases() == []
    assert len(list(data.glob("vault-*"))) == 2
    driver.click("nav_backup")
    assert re.search(r"Set aside on \d+/\d+/\d{4} \d\d:\d\d, kept until", driver.text())
    QTimer.singleShot(0, lambda: driver.click("second_leave"))
    driver.click("go_back")
    assert "the records of now stay" in driver.text()
    QTimer.singleShot(0, sign)
    driver.click("go_back")
    assert driver.anew == 2
    driver.unlock(PASSPHRASE)
    assert driver.window.room is not None
    assert len(driver.window.room.desk.cases.all_cases()) == 1
