"""The help in the window: at the task of the page, at the door, found by a word, on paper."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot

from shelterdesk.core.help.topics import help_topics
from shelterdesk.gui.frame.help_sheet import HelpSheet
from shelterdesk.gui.frame.keys_sheet import KeysSheet
from shelterdesk.gui.pages.help import help as help_page
from shelterdesk.gui.pages.help.help import HelpPage
from shelterdesk.gui.pages.help.view import HelpPicture, HelpView
from shelterdesk.services.desk import Desk
from tests.drivers.window import WindowDriver
from tests.factories import PASSPHRASE, fill_case, new_shelter

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    shelter = new_shelter(tmp_path / "data")
    fill_case(shelter.vault)
    shelter.vault.lock()
    shelter.place.close()
    return tmp_path / "data"


def shown(view: HelpView) -> str:
    return view.list.currentItem().text()


def words(view: HelpView) -> str:
    labels = view.area.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if not label.isHidden())


def in_front(sheet: QDialog) -> None:
    """Wait until keys go to it."""
    for _turn in range(200):
        if QApplication.activeWindow() is sheet:
            return
        QTest.qWait(10)


def f1_twice(window: WindowDriver, then: Callable[[QDialog], None] = lambda _sheet: None) -> None:
    """Press F1 in the window and in the list of keys that comes up; `then` is for what follows."""

    def follow() -> None:
        sheet = QApplication.activeModalWidget()
        assert isinstance(sheet, KeysSheet)
        sheet.activateWindow()
        in_front(sheet)
        QTimer.singleShot(100, answer)
        QTest.keyClick(sheet, Qt.Key.Key_F1)

    def answer() -> None:
        over = QApplication.activeModalWidget()
        if isinstance(over, QDialog):
            then(over)
            over.reject()

    QTimer.singleShot(100, follow)
    QTest.keyClick(window.window, Qt.Key.Key_F1)
    QTest.qWait(150)


def test_f1_twice_opens_the_task_of_the_page_and_back_returns(qtbot: QtBot, data: Path) -> None:
    driver = WindowDriver(qtbot, data)
    driver.unlock(PASSPHRASE)
    place = driver.window.workplace
    assert place is not None
    [case] = place.room.desk.cases.rows()
    place.go("case", case.id)
    f1_twice(driver)
    assert isinstance(place.page, HelpPage)
    assert shown(place.page.view) == "Working on a case"
    assert "Process notes, findings of the nurse" in words(place.page.view)
    place.page.back.click()
    assert place.where == ("case", case.id)


def test_f1_twice_at_the_door_tells_what_to_do_without_a_passphrase(
    qtbot: QtBot, data: Path
) -> None:
    driver, told = WindowDriver(qtbot, data), list[str]()

    def look(over: QDialog) -> None:
        assert isinstance(over, HelpSheet)
        told.append(f"{shown(over.view)}\n{words(over.view)}")

    f1_twice(driver, look)
    [said] = told
    assert said.startswith("A passphrase is lost")
    assert "“Every passphrase is lost …”" in said


def test_what_is_looked_for_is_shown_and_enter_goes_to_it(qtbot: QtBot) -> None:
    view = HelpView()
    qtbot.addWidget(view)
    with qtbot.waitExposed(view):
        view.show()
    assert view.list.count() == len(help_topics("en"))
    view.search.setFocus()
    QTest.keyClicks(view.search, "withdraw")
    assert view.list.isHidden()
    assert view.nowhere.isVisible()
    view.search.setText("travel passphrase")
    assert shown(view) == "Backup, and bringing one back"
    assert "Type two recovery pages" in words(view)
    QTest.keyClick(view.search, Qt.Key.Key_Return)
    assert view.list.hasFocus()


@pytest.mark.parametrize("width", [420, 1400])
def test_a_picture_is_never_wider_than_its_place_nor_larger_than_it_is(
    qtbot: QtBot, width: int
) -> None:
    picture = HelpPicture("my-day")
    qtbot.addWidget(picture)
    picture.resize(width, picture.heightForWidth(width))
    picture.show()
    drawn = picture.pixmap().deviceIndependentSize()
    assert drawn.width() == min(width, picture.sizeHint().width())
    assert abs(drawn.height() - picture.heightForWidth(width)) <= 1


def test_a_picture_that_is_not_there_takes_no_room() -> None:
    assert not HelpPicture("nothing").is_there


def test_all_of_it_goes_onto_paper(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, out = HelpPage(desk), list[bytes]()
    qtbot.addWidget(page)
    monkeypatch.setattr(help_page, "ask_place", lambda _page, _name, _told: out.append)
    monkeypatch.setattr(help_page, "ask_printer", lambda _page: None)
    page.save.click()
    page.print.click()
    [pdf] = out
    assert pdf.startswith(b"%PDF")
