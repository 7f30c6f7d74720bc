"""The red line of every page while the records are doubted, and what is looked over unasked."""

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from shelterdesk.core.permissions import Role
from shelterdesk.core.work import Progress
from shelterdesk.services.desk import Desk
from shelterdesk.services.keeping.witnessing import in_words
from shelterdesk.store.backup.stick_marks import StickKnowsMore
from shelterdesk.store.log.witness import Doubted, StateDoubt
from tests.drivers.window import WindowDriver
from tests.factories import PASSPHRASE, Shelter, add_person, fill_case, new_shelter
from tests.store.looking import put

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def shelter(tmp_path: Path) -> Shelter:
    """Records of a director and a counsellor, locked; their notes are where they belong."""
    made = new_shelter(tmp_path / "data")
    made.hers = add_person(made.vault, "Dao", Role.COUNSELLOR)  # type: ignore[attr-defined]
    fill_case(made.vault, large=10)
    made.vault.lock()
    made.place.close()
    return made


def without_notes(shelter: Shelter) -> None:
    for path in (shelter.place.root / "seen.json", shelter.vault.folder / "seen.json"):
        path.unlink()


def desk_of(driver: WindowDriver) -> Desk:
    assert driver.window.room is not None
    return driver.window.room.desk


def test_the_line_is_on_every_page_until_two_have_looked(qtbot: QtBot, shelter: Shelter) -> None:
    without_notes(shelter)
    driver = WindowDriver(qtbot, shelter.place.root)
    driver.unlock(PASSPHRASE)
    for page in ("nav_home", "nav_people", "nav_staff", "nav_settings"):
        driver.click(page)
        assert "may be an old copy" in driver.text(), page

    def sign() -> None:
        name = driver.part(QComboBox, "second_name")
        assert isinstance(name, QComboBox)
        assert name.currentText() == "Dao"
        driver.type_into("second_passphrase", shelter.hers)  # type: ignore[attr-defined]
        driver.click("second_sign")

    QTimer.singleShot(0, sign)
    driver.click("looked")
    qtbot.waitUntil(lambda: "may be an old copy" not in driver.text())
    assert desk_of(driver).witnessing.doubt() == ""


@pytest.mark.parametrize(
    ("noted", "shown"), [("2026-11-05", "last seen 5/11/2026"), ("x", "last seen ?")]
)
def test_the_line_writes_days_as_the_screen_does(noted: str, shown: str) -> None:
    assert shown in in_words(Doubted(StateDoubt.OLDER, 2, noted))


def test_who_does_not_direct_sees_the_line_and_no_key(qtbot: QtBot, shelter: Shelter) -> None:
    without_notes(shelter)
    driver = WindowDriver(qtbot, shelter.place.root)
    name = driver.part(QComboBox, "name")
    assert isinstance(name, QComboBox)
    name.setCurrentText("Dao")
    driver.unlock(shelter.hers)  # type: ignore[attr-defined]
    assert "may be an old copy" in driver.text()
    assert "We have looked" not in driver.text()


def test_nothing_is_said_of_records_that_hold(qtbot: QtBot, shelter: Shelter) -> None:
    driver = WindowDriver(qtbot, shelter.place.root)
    driver.unlock(PASSPHRASE)
    looked_over = driver.window.workplace.looked_over  # type: ignore[union-attr]
    looked_over.look(desk_of(driver).checks)
    qtbot.waitUntil(lambda: not looked_over._worker.is_busy, timeout=20_000)
    assert looked_over.banners(desk_of(driver)) == []
    assert not desk_of(driver).checks.is_due()


def test_what_does_not_hold_is_told_in_red_without_anybody_asking(
    qtbot: QtBot, shelter: Shelter
) -> None:
    driver = WindowDriver(qtbot, shelter.place.root)
    driver.unlock(PASSPHRASE)
    put(desk_of(driver)._vault, "UPDATE case_note SET text = 'forged'")
    looked_over = driver.window.workplace.looked_over  # type: ignore[union-attr]
    looked_over.look(desk_of(driver).checks)
    qtbot.waitUntil(lambda: "without the program" in driver.text(), timeout=20_000)
    driver.click("nav_settings")
    assert "without the program" in driver.text()


def test_everything_is_looked_over_once_a_week_by_each(shelter: Shelter) -> None:
    shelter.place.open()
    desk = Desk(shelter.unlock())
    assert desk.checks.is_due()
    assert desk.checks.look_over(Progress()) == []
    assert not desk.checks.is_due()
    put(desk._vault, "UPDATE case_note SET text = 'forged'")
    assert desk.checks.look_over(Progress()) == []  # what letters rest on holds
    shelter.clock.pass_days(7)
    [said] = desk.checks.look_over(Progress())
    assert "without the program" in said
    desk.lock()
    hers = Desk(shelter.unlock("Dao", shelter.hers))  # type: ignore[attr-defined]
    assert hers.checks.is_due()
    hers.lock()
    shelter.place.close()


def test_a_stick_that_knows_more_has_a_sentence() -> None:
    assert "tell a director" in str(StickKnowsMore(name="2026-11-03T01-30-00Z"))
