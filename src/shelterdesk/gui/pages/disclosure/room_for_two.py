"""Room for what is said of a recipient, so that nothing below moves when it is said."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from shelterdesk.gui.parts.style.measures import NO_MARGINS, TIGHT


class RoomForTwo(QWidget):
    """Sentences below each other: the two longest have their room there, said or unsaid.

    So that what is said of a recipient moves nothing. `told` is a problem in the same place.
    """

    def __init__(self, sentences: Sequence[QLabel], told: QLabel) -> None:
        super().__init__()
        self._sentences = [(one, one.text()) for one in sentences]
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(*NO_MARGINS)
        self._lines.setSpacing(TIGHT)
        for one in (*sentences, told):
            one.hide()
            self._lines.addWidget(one)
        self._lines.addStretch()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() == event.oldSize().width():
            return
        needed = []
        for one, longest in self._sentences:
            one.ensurePolished()
            said = one.text()
            one.setText(longest)
            needed.append(one.heightForWidth(event.size().width()))
            one.setText(said)
        self.setMinimumHeight(sum(sorted(needed)[-2:]) + TIGHT)
