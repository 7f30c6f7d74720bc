"""The window is never larger than its screen, nor beyond its edge; nor is what it asks."""

import pytest
from PySide6.QtCore import QRect, QSize, QTimer
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from shelterdesk.gui.frame.on_screen import fitted, keep_on_screen
from shelterdesk.gui.hearing import ask

SCREEN = QRect(0, 24, 1366, 744)


@pytest.mark.parametrize(
    ("wanted", "there"),
    [
        (QRect(40, 40, 1200, 700), QRect(40, 40, 1200, 700)),
        (QRect(0, 0, 1920, 1080), SCREEN),
        (QRect(1000, 500, 800, 600), QRect(566, 168, 800, 600)),
        (QRect(-300, -20, 800, 600), QRect(0, 24, 800, 600)),
    ],
)
def test_a_place_is_made_to_fit(wanted: QRect, there: QRect) -> None:
    assert fitted(wanted, SCREEN) == there


def test_a_window_larger_than_its_screen_becomes_as_large_as_that(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    screen = QGuiApplication.primaryScreen().availableGeometry()
    window.resize(screen.size() + QSize(400, 400))
    with qtbot.waitExposed(window):
        window.show()
    keep_on_screen(window)
    assert screen.contains(window.frameGeometry())


def test_a_question_is_no_larger_than_the_screen(qtbot: QtBot) -> None:
    sizes: list[QSize] = []

    class Asked(QDialog):
        @override
        def showEvent(self, event: QShowEvent) -> None:
            sizes.append(self.size())

    asked = Asked()
    qtbot.addWidget(asked)
    asked.resize(5000, 5000)
    QTimer.singleShot(0, asked, asked.reject)
    assert not ask(asked)
    screen = asked.screen().availableSize()
    assert sizes[0].width() <= screen.width()
    assert sizes[0].height() <= screen.height()
