"""Buttons in a line that goes on in the next line when there is no more room."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget
from typing_extensions import override

from shelterdesk.gui.parts.style.measures import NEAR, NO_MARGINS


class Flow(QLayout):
    """Stands what it holds beside each other as words stand in a text; what is hidden takes none.

    With large letters or Lao words a row of buttons would be wider than the page.
    """

    def __init__(self) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        """Width -> height, for as long as nothing inside changes: Qt asks some hundred times."""
        self._least: QSize | None = None
        self.setContentsMargins(*NO_MARGINS)

    def add(self, *widgets: QWidget) -> None:
        """Add widgets at the end."""
        for widget in widgets:
            self.addWidget(widget)

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self.invalidate()

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        taken = self._items.pop(index) if 0 <= index < len(self._items) else None
        self.invalidate()
        return taken

    @override
    def invalidate(self) -> None:
        """Measure anew: something inside was added, taken, shown, hidden or has changed."""
        self._heights.clear()
        self._least = None
        super().invalidate()

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._placed(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._placed(rect, move=True)

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSize()

    @override
    def minimumSize(self) -> QSize:
        if self._least is None:
            self._least = QSize(0, 0)
            for item in self._shown():
                self._least = self._least.expandedTo(item.minimumSize())
        return QSize(self._least)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _placed(self, room: QRect, *, move: bool) -> int:
        """Place the items line by line; returns the height that they take."""
        x, y, high = room.x(), room.y(), 0
        for item in self._shown():
            size = _in_room(item, room.width())
            if x > room.x() and x + size.width() > room.x() + room.width():
                x, y, high = room.x(), y + high + NEAR, 0
            if move:
                item.setGeometry(QRect(x, y, size.width(), size.height()))
            x, high = x + size.width() + NEAR, max(high, size.height())
        return y + high - room.y()


def _in_room(item: QLayoutItem, width: int) -> QSize:
    """Return the size that an item has in a line; words that must go on below grow in height."""
    wished = item.sizeHint()
    wide = max(min(wished.width(), width), item.minimumSize().width())
    narrowed = wide < wished.width() and item.hasHeightForWidth()
    high = max(item.heightForWidth(wide), wished.height()) if narrowed else wished.height()
    return QSize(wide, high)


class FlowRow(QWidget):
    """Widgets in a flow that is as high as its lines, also where the page around asks for less.

    A page measures by the least height of what it holds, and a flow has that in a single line.
    """

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self._flow = Flow()
        self._flow.add(*widgets)
        self.setLayout(self._flow)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needs = self._flow.heightForWidth(self.width())
        if needs != self.minimumHeight():
            self.setMinimumHeight(needs)
