"""What is needed later is read in pieces, and no longer than there is something to read."""

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from shelterdesk.core.errors import NotAllowed
from shelterdesk.gui.frame.reading_ahead import ReadingAhead


def test_it_reads_piece_by_piece_until_all_is_there(qtbot: QtBot) -> None:
    pieces = [False, False, True]
    parent = QObject()
    ahead = ReadingAhead(lambda: pieces.pop(0), parent)
    ahead.begin()
    qtbot.waitUntil(lambda: ahead.is_over)
    assert pieces == []


def test_it_ends_when_the_records_are_closed(qtbot: QtBot) -> None:
    asked: list[int] = []

    def closed() -> bool:
        asked.append(1)
        raise NotAllowed

    parent = QObject()
    ahead = ReadingAhead(closed, parent)
    ahead.begin()
    qtbot.waitUntil(lambda: ahead.is_over)
    assert asked == [1]
