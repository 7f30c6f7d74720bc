"""A box to choose from that does not change its answer when the page is scrolled over it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QSizePolicy
from typing_extensions import override

SEARCHED = 15
"""Entries from which on a list is searched by typing a part of the word."""


class CalmCombo(QComboBox):
    """A combo box that lets the wheel pass to the page and never grows wider than its place."""

    def __init__(self) -> None:
        super().__init__()
        self.setMaxVisibleItems(16)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    @override
    def setAccessibleName(self, name: str) -> None:
        """Say the same name for all parts that take the keys: box, list, line, proposals."""
        super().setAccessibleName(name)
        completer = self.completer()
        parts = (self.view(), self.lineEdit(), completer.popup() if completer else None)
        for part in parts:
            if part is not None:
                part.setAccessibleName(name)

    def search_by_typing(self) -> None:
        """Let entries be found by any part of their words."""
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = self.completer()
        assert completer is not None  # noqa: S101 - Qt makes one for every box that is typed into
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
