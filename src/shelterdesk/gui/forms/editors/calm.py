"""The box to choose from of a form: in a narrow place, and quick with a long list."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QSizePolicy
from typing_extensions import override

from shelterdesk.gui.parts.lines import ChoiceBox

SEARCHED = 15
"""Entries from which on a list is searched by typing a part of the word."""

_LETTERS = 9
"""Letters that a box has room for, however narrow the page is."""


class CalmCombo(ChoiceBox):
    """A box that never grows wider than its place, and is filled only when it is needed."""

    def __init__(self) -> None:
        super().__init__()
        self.setMaxVisibleItems(16)
        self.setMinimumContentsLength(_LETTERS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @override
    def sizeHint(self) -> QSize:
        """Ask for the least room; measuring two hundred entries takes long."""
        return self.minimumSizeHint()

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Make no list, with its frame and its scroll bars, for a box that is still empty."""
        if event.type() is not QEvent.Type.StyleChange or self.count():
            super().changeEvent(event)

    @override
    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        if self.count():
            self.name_parts()

    def name_parts(self) -> None:
        """Say the same name for the box, for its list, and for the line that is typed into."""
        for part in (self.view(), self.lineEdit()):
            if part is not None:
                part.setAccessibleName(self.accessibleName())

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Give the proposals their name before the first of them is shown."""
        completer = self.completer()
        proposals = completer.popup() if completer else None
        if proposals is not None:
            proposals.setAccessibleName(self.accessibleName())
        super().focusInEvent(event)

    def search_by_typing(self) -> None:
        """Let entries be found by any part of their words."""
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = self.completer()
        assert completer is not None  # noqa: S101 - Qt makes one for every box that is typed into
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
