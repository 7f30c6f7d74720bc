"""The place of work: who sees what in the navigation, shortcuts, search, saved, at every size."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.core.i18n import use_language
from shelterdesk.core.permissions import Role
from shelterdesk.gui.forms.record_table import RecordTable
from shelterdesk.gui.frame.page_table import NAVIGATION
from shelterdesk.gui.parts.style import dress
from tests.drivers.tables import rows_of
from tests.drivers.window import WindowDriver
from tests.factories import OTHER_PASSPHRASE, PASSPHRASE, add_person, fill_case, new_shelter

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def in_english(qapp: QApplication) -> Iterator[None]:
    dress(qapp)
    use_language("en")
    yield
    use_language("en")
    dress(qapp)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    shelter = new_shelter(tmp_path / "data")
    add_person(shelter.vault, "Dao", Role.DATA_OFFICER)
    add_person(shelter.vault, "Keo", Role.HOUSE_MOTHER)
    fill_case(shelter.vault, large=10)
    shelter.vault.lock()
    shelter.place.close()
    return tmp_path / "data"


def at_the_desk(qtbot: QtBot, data: Path, name: str) -> WindowDriver:
    driver = WindowDriver(qtbot, data)
    names = driver.part(QComboBox, "name")
    assert isinstance(names, QComboBox)
    names.setCurrentText(name)
    driver.unlock(PASSPHRASE if name == "Noy" else f"{OTHER_PASSPHRASE} {name.lower()}")
    return driver


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        (
            "Noy",
            {"home", "people", "beds", "organisations", "backup", "staff", "release"}
            | {"log", "settings", "help"},
        ),
        ("Dao", {"home", "backup", "staff", "settings", "help"}),
        ("Keo", {"home", "people", "beds", "staff", "settings", "help"}),
    ],
)
def test_only_what_the_role_may_do_is_drawn(
    qtbot: QtBot, data: Path, name: str, drawn: set[str]
) -> None:
    driver = at_the_desk(qtbot, data, name)
    assert {e.name for e in NAVIGATION if driver.can_see(f"nav_{e.name}")} == drawn


def test_ctrl_and_b_open_the_plan_of_the_beds(qtbot: QtBot, data: Path) -> None:
    driver = at_the_desk(qtbot, data, "Keo")
    driver.press(Qt.Key.Key_B, CONTROL)
    assert driver.title() == "House"


def test_ctrl_and_a_number_open_the_pages(qtbot: QtBot, data: Path) -> None:
    driver = at_the_desk(qtbot, data, "Noy")
    driver.press(Qt.Key.Key_4, CONTROL)
    assert driver.title() == "Backup and records"
    driver.press(Qt.Key.Key_7, CONTROL)
    assert driver.title() == "The log"
    driver.press(Qt.Key.Key_8, CONTROL)
    assert driver.title() == "Settings"


@pytest.mark.parametrize("name", ["Dao", "Keo"])
def test_a_page_has_the_same_key_for_everybody(qtbot: QtBot, data: Path, name: str) -> None:
    driver = at_the_desk(qtbot, data, name)
    driver.press(Qt.Key.Key_8, CONTROL)
    assert driver.title() == "Settings"
    driver.press(Qt.Key.Key_5, CONTROL)
    assert driver.title() == "Staff and access"
    driver.press(Qt.Key.Key_3, CONTROL)
    assert driver.title() == "Staff and access"


@pytest.mark.parametrize(
    ("key", "with_key"),
    [
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier),
    ],
)
def test_one_goes_back_page_by_page_and_what_is_typed_is_there_still(
    qtbot: QtBot, data: Path, key: Qt.Key, with_key: Qt.KeyboardModifier
) -> None:
    driver = at_the_desk(qtbot, data, "Noy")
    place = driver.window.workplace
    assert place is not None
    case = place.room.desk.cases.rows()[0].id
    place.go("admission", case)
    alias = driver.window.findChild(QLineEdit, "given_name")
    assert alias is not None
    driver.press(Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    driver.type_into("given_name", "Somphone")
    driver.press(Qt.Key.Key_8, CONTROL)
    driver.press(key, with_key)
    assert place.where == ("admission", case)
    assert "Somphone" in place.page.draft().values()
    driver.press(key, with_key)
    assert place.where[0] == "home"
    driver.press(key, with_key)
    assert place.where[0] == "home"


def test_alt_and_a_number_put_the_keyboard_into_that_part_and_choose_nothing(
    qtbot: QtBot, data: Path
) -> None:
    driver = at_the_desk(qtbot, data, "Noy")
    place = driver.window.workplace
    assert place is not None
    case = place.room.desk.cases.rows()[0].id
    for page in ("admission", "case"):
        place.go(page, case)
        driver.wait()
        seen: list[QWidget] = []
        for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_4):
            driver.press(key, Qt.KeyboardModifier.AltModifier)
            here = driver.window.focusWidget()
            assert here is not None
            assert here is not place.page
            assert not here.visibleRegion().isEmpty()
            assert not isinstance(here, QLineEdit) or not here.hasSelectedText()
            seen.append(here)
        assert len(set(seen)) == 3


def test_the_search_lists_as_one_types_and_enter_opens(
    qtbot: QtBot, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = at_the_desk(qtbot, data, "Noy")
    workplace = driver.window.workplace
    assert workplace is not None
    driver.press(Qt.Key.Key_K, CONTROL)
    search = driver.part(QWidget, "search")
    QTest.keyClicks(search, "champ")
    hits = driver.part(QListWidget, "hits")
    assert isinstance(hits, QListWidget)
    assert "Champa 1" in hits.item(0).text()
    opened: list[tuple[str, str]] = []
    monkeypatch.setattr(workplace, "go", lambda *where: opened.append(where))
    QTest.keyClick(search, Qt.Key.Key_Return)
    [(page_name, case_id)] = opened
    assert page_name == "case"
    assert workplace.room.desk.cases.get(case_id).alias == "Champa 1"
    assert not driver.can_see("hits")
    QTest.keyClicks(search, "qqqqxyz")
    assert "Nothing found" in hits.item(0).text()
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert not driver.can_see("hits")


def test_saving_is_told_quietly_and_the_page_reads_anew(qtbot: QtBot, data: Path) -> None:
    driver = at_the_desk(qtbot, data, "Noy")
    assert driver.window.workplace is not None
    driver.window.workplace.go("staff")
    desk = driver.window.workplace.room.desk
    me = desk.staff.me()
    assert me is not None
    desk.staff.change(me, {"position": "head of the house"})
    assert "Saved " in driver.window.status.text()
    qtbot.waitUntil(lambda: "head of the house" in _members(driver))


def _members(driver: WindowDriver) -> str:
    return "\n".join(rows_of(driver.part(RecordTable, "members")))


@pytest.mark.parametrize("language", ["en", "lo"])
def test_everything_of_the_frame_fits_at_one_and_a_half_times_the_size(
    qtbot: QtBot, qapp: QApplication, data: Path, language: str
) -> None:
    use_language(language)
    dress(qapp, 150)
    driver = at_the_desk(qtbot, data, "Noy")
    assert driver.window.minimumSizeHint().width() <= 1366
    assert driver.window.minimumSizeHint().height() <= 768
    for entry in (one for one in NAVIGATION if not one.within):
        line = driver.part(QWidget, f"nav_{entry.name}")
        assert line.width() >= line.minimumWidth()
        driver.click(f"nav_{entry.name}")
        assert driver.window.width() == 1366


def test_what_one_page_was_refused_is_not_told_above_the_next(qtbot: QtBot, data: Path) -> None:
    driver = at_the_desk(qtbot, data, "Keo")
    place = driver.window.workplace
    assert place is not None
    case = place.room.desk.cases.rows()[0].id
    place.go("refer", case)
    assert place.where[0] != "refer"
    assert driver.window.status.text()
    place.go("people")
    assert driver.window.status.text() == ""
