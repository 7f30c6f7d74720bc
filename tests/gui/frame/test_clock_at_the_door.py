"""The window asks what day and hour it is, once and calmly, and goes by the answer."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from shelterdesk.core.calendar import clock
from shelterdesk.core.calendar.clock import SKIPPED, house_day, today
from shelterdesk.core.i18n import use_language
from shelterdesk.gui.pages.keeping.clock_question import ClockQuestion
from shelterdesk.gui.parts.style import dress
from tests.drivers.window import WindowDriver
from tests.factories import BEGINNING, PASSPHRASE, new_shelter


@pytest.fixture(autouse=True)
def in_english(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    dress(qapp)
    use_language("en")
    monkeypatch.setattr(clock, "SKIPPED", SKIPPED)
    yield
    use_language("en")
    clock.take_clock(clock.system_clock)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Records that were last written in early November."""
    shelter = new_shelter(tmp_path / "data")
    shelter.vault.lock()
    shelter.place.close()
    return tmp_path / "data"


@pytest.mark.parametrize("language", ["en", "lo"])
def test_the_window_asks_and_goes_by_the_answer(qtbot: QtBot, data: Path, language: str) -> None:
    use_language(language)
    driver = WindowDriver(qtbot, data)
    names = driver.part(QComboBox, "name")
    assert names.count() == 1  # type: ignore[attr-defined]
    passphrase = driver.part(QLineEdit, "passphrase")
    passphrase.setText(PASSPHRASE)  # type: ignore[attr-defined]
    driver.click("main")
    qtbot.waitUntil(lambda: driver.can_see("day_and_hour"), timeout=30_000)
    line = driver.part(QLineEdit, "day_and_hour")
    assert isinstance(line, QLineEdit)
    line.setText("tomorrow")
    driver.click("main")
    assert "29/11/2026 10:30" in driver.text()
    line.setText("5/11/2569 10:30")
    assert "2026" in driver.text()
    driver.click("main")
    qtbot.waitUntil(lambda: driver.can_see("navigation"), timeout=30_000)
    assert today().isoformat() == "2026-11-05"
    driver.window.close()


def test_what_lies_before_the_log_is_asked_twice(qtbot: QtBot) -> None:
    question = ClockQuestion()
    qtbot.addWidget(question)
    assert question.said() is None
    question.ask("why", BEGINNING)
    question.show()
    question.line.setText("1/11/2026 08:00")
    assert question.said() is None
    assert "If it really is 1/11/2026 08:00" in question.why.text()
    assert question.why.property("look") == "warning"
    said = question.said()
    assert said is not None
    assert house_day(said).isoformat() == "2026-11-01"
    question.line.setText("4/11/2026 08:00")
    assert question.said() is not None
    assert question.findChildren(QPushButton) == []
