"""Pages that need more than the window has: they scroll, and follow the keyboard."""

from typing import Final, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid
from typing_extensions import override

from shelterdesk.gui.parts.plain import FIELD, named
from shelterdesk.gui.parts.style.measures import (
    BESIDE_BAR,
    BETWEEN,
    EDGE,
    NEAR,
    NO_MARGINS,
    NONE,
    ONE_COLUMN,
    PAGE_WITH_FOOT,
    SCROLL_BAR,
    grown,
)

Part = TypeVar("Part", bound=QWidget)

_NO_ALIGNMENT: Final = Qt.AlignmentFlag(0)
_ABOVE: Final = 24
"""Pixels that are seen above and below what is brought into view."""


class CalmArea(QScrollArea):
    """A place that scrolls, and that does not measure all it holds before it is shown.

    Qt does so whenever such a place gets a new parent, which gives every widget inside its look
    once for each frame around it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a press beside a field leaves it nothing
        self._ring: QFrame | None = None
        self._makes_room = self._is_on_edge = False
        self._at = QSize()
        self.is_long = False
        """Whether a page is read in it; the other kind is for windows too small for any page."""

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is by a ring, which pushes nothing in it aside."""
        super().focusInEvent(event)
        self._ring = self._ring or named(QFrame(self), "ring")
        self._ring.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._ring.setGeometry(self.rect())
        self._ring.show()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._ring is not None:
            self._ring.hide()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._ring is not None:
            self._ring.setGeometry(self.rect())
        if self._is_on_edge and self.size() != self._at:
            self._is_on_edge = False
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
            self.keep_its_width(NONE, self.verticalScrollBar().maximum())

    @override
    def event(self, event: QEvent) -> bool:
        unseen = event.type() is QEvent.Type.StyleChange and not self.isVisible()
        return unseen or super().event(event)

    @override
    def focusNextPrevChild(self, forward: bool) -> bool:
        """Follow the keyboard to what takes it by Tab; what only holds it is not scrolled to."""
        bars = self.verticalScrollBar(), self.horizontalScrollBar()
        before = [bar.value() for bar in bars]
        moved = super().focusNextPrevChild(forward)
        there = QApplication.focusWidget()
        if there is not None and not there.focusPolicy() & Qt.FocusPolicy.TabFocus:
            for bar, value in zip(bars, before, strict=True):
                bar.setValue(value)
        return moved

    def keep_its_width(self, _least: int, most: int) -> None:
        """Keep the place of the scroll bar free: what lies inside is as wide with it as without.

        Where it fits without the bar, and no longer once its place is kept, the bar stays until
        the size changes: otherwise the one would follow from the other for ever.
        """
        if self._makes_room or self._is_on_edge:
            return
        self._makes_room = True
        self.setViewportMargins(NONE, NONE, NONE if most else SCROLL_BAR, NONE)
        if bool(most) != bool(self.verticalScrollBar().maximum()):
            self._is_on_edge, self._at = True, self.size()
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
            self.setViewportMargins(*NO_MARGINS)
        self._makes_room = False


def stage() -> tuple[QScrollArea, QVBoxLayout]:
    """Return a place that scrolls when a page needs more than there is, and the layout for it.

    A page with large letters must never push the window beyond the edge of a small screen.
    """
    area, holder = _area(), QWidget()
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inside = _Floor(holder)
    inside.setContentsMargins(*NO_MARGINS)
    area.setWidget(holder)
    return area, inside


class _Floor(QVBoxLayout):
    """Asks for the least height that the page can do with, not for the one it would like best."""

    @override
    def hasHeightForWidth(self) -> bool:
        return False


def go_into(part: QWidget) -> bool:
    """Put the keyboard where the eye goes: into the first field of a part, else its first button.

    What stands in the field is not chosen, so that the next letter does not write over it. False
    where there is nothing that takes keys.
    """
    inside = [one for one in part.findChildren(QWidget) if _takes_keys(one)]
    fields = [one for one in inside if _is_field(one)]
    found = sorted(fields or inside, key=lambda one: _corner(one, part))
    if found:
        found[0].setFocus(Qt.FocusReason.OtherFocusReason)
        bring_into_view(found[0])
    return bool(found)


def follow_keyboard(now: QWidget) -> None:
    """Bring what the keyboard has come to by itself into view.

    What was pressed with the mouse stays where it is under the pointer.
    """
    if not QApplication.mouseButtons() and not _is_seen(now):
        bring_into_view(now)


def _is_seen(part: QWidget) -> bool:
    """Tell whether a part is seen whole; of one that is higher than its place, any of it."""
    seen = part.visibleRegion().boundingRect()
    tall = any(part.height() > area.viewport().height() for area in _areas_around(part))
    return not seen.isEmpty() if tall else seen == part.rect()


def hand_on(going: QWidget | None, heir: QWidget) -> None:
    """Give the keyboard to a neighbour before what it is in goes away.

    Else it leaps to the first field of the page, and the next letter is written there.
    """
    here = QApplication.focusWidget()
    if going is not None and here is not None and going.isAncestorOf(here) and heir.isVisible():
        heir.setFocus(Qt.FocusReason.OtherFocusReason)


def _corner(one: QWidget, part: QWidget) -> tuple[int, int]:
    corner = one.mapTo(part, QPoint(0, 0))
    return corner.y(), corner.x()


def _is_field(one: QWidget) -> bool:
    """Tell whether something is filled in there; a yes and a no are as good a field as a line."""
    return isinstance(one, QLineEdit | QPlainTextEdit | QComboBox) or bool(one.property(FIELD))


def _takes_keys(one: QWidget) -> bool:
    by_tab = bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus) and one.focusProxy() is None
    closed = isinstance(one, QLineEdit | QPlainTextEdit) and one.isReadOnly()
    inner = isinstance(one.parentWidget(), QComboBox | QTabBar)
    seen = one.isVisible() and one.isEnabled() and not isinstance(one, QScrollArea)
    return by_tab and seen and not closed and not inner


def bring_into_view(part: QWidget, first: QWidget | QLayout | None = None) -> None:
    """Scroll whatever a part lies in so that it is seen, as soon as it has found its place.

    `first` is what stands above it and belongs to it, like the field that a sentence is about: that
    is seen as well, where both have room.

    What is new is laid out from within, and each frame asks the one around it by an event. All of
    them are answered now, and once more when what was begun here is done: it may show more.
    """
    _settle_and_scroll_to(part, first)
    QTimer.singleShot(0, part, lambda: _settle_and_scroll_to(part, first))


def _settle_and_scroll_to(part: QWidget, first: QWidget | QLayout | None) -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    _scroll_to(part, first)


def _areas_around(part: QWidget) -> list[QScrollArea]:
    found, above = [], part.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            found.append(above)
        above = above.parentWidget()
    return found


def _scroll_to(part: QWidget, first: QWidget | QLayout | None) -> None:
    """Scroll to a part; of one that is higher than what can be seen, to where it begins."""
    for area in _areas_around(part):
        if not part.isVisible():
            continue
        if first is not None and isValid(first):
            seen_at = _seen_at(first, part, area.viewport())
            area.ensureVisible(0, area.verticalScrollBar().value() + seen_at, 0, _ABOVE)
        if part.height() > area.viewport().height():
            above = part.mapTo(area, QPoint(0, 0)).y()
            bar = area.verticalScrollBar()
            bar.setValue(bar.value() + above)
        else:
            area.ensureWidgetVisible(part, 0, _ABOVE)


def in_a_scroll(part: QWidget) -> bool:
    """Tell whether a part lies in what scrolls for its page."""
    around = _areas_around(part)
    return any(isinstance(area, CalmArea) and area.is_long for area in around)


def show_place(part: QWidget, top: int, bottom: int) -> None:
    """Scroll what a part lies in until it is seen from one of its heights to another."""
    for area in _areas_around(part):
        bar = area.verticalScrollBar()
        for height in (bottom, top):
            at = part.mapTo(area.viewport(), QPoint(0, height)).y()
            area.ensureVisible(0, bar.value() + at, 0, _ABOVE)


def _seen_at(first: QWidget | QLayout, part: QWidget, place: QWidget) -> int:
    """Return at which height of a place something begins; a layout lies in the frame of `part`."""
    if isinstance(first, QWidget):
        return first.mapTo(place, QPoint(0, 0)).y()
    return part.mapTo(place, QPoint(0, first.geometry().y() - part.y())).y()


def scrolling(inside: QWidget, name: str, spoken_name: str) -> QScrollArea:
    """Return what scrolls up and down when it is longer than the window; never sideways."""
    area = named(_area(), name, spoken_name)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.is_long = True
    area.setWidget(inside)
    area.verticalScrollBar().rangeChanged.connect(area.keep_its_width)
    area.setViewportMargins(NONE, NONE, SCROLL_BAR, NONE)
    return area


def scrolling_column(spoken_name: str, *, at_edge: bool = True) -> tuple[QScrollArea, QVBoxLayout]:
    """Return a column that scrolls and takes no focus of its own, and the layout inside it.

    `at_edge` is one whose scroll bar stands at the edge of the window; another has it beside it.
    """
    inside, beside = named(QWidget(), "sheet"), BESIDE_BAR if at_edge else NEAR
    inside.setMaximumWidth(grown(ONE_COLUMN) + beside)
    area = scrolling(inside, "scrolled", spoken_name)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    column = QVBoxLayout(inside)
    column.setContentsMargins(NONE, NONE, beside, NONE)
    column.setSpacing(BETWEEN)
    return area, column


def scrolled(spoken_name: str, *parts: QWidget) -> QScrollArea:
    """Return parts below each other in a place that scrolls when the letters are large."""
    area, column = scrolling_column(spoken_name)
    for part in parts:
        column.addWidget(part)
    return area


def ends_at_edge(part: Part) -> Part:
    """Give a part that reaches to the edge of the window the usual margin at its right."""
    part.setContentsMargins(NONE, NONE, EDGE, NONE)
    return part


def beside_edge(part: QWidget | QLayout) -> QHBoxLayout:
    """Return a part with the usual margin at its right, on a page that reaches to the edge."""
    row = QHBoxLayout()
    if isinstance(part, QWidget):
        row.addWidget(part, 1)
    else:
        row.addLayout(part, 1)
    row.addSpacing(EDGE)
    return row


class EdgeColumn(QVBoxLayout):
    """The column of a page that scrolls in part: what scrolls reaches to the window's edge.

    All else ends at the margin of the page, and so does what is seen of what scrolls: its bar
    stands beside it.
    """

    def __init__(
        self, page: QWidget | None = None, margins: tuple[int, int, int, int] = PAGE_WITH_FOOT
    ) -> None:
        super().__init__(*(() if page is None else (page,)))
        self.setContentsMargins(*margins)

    def reach(self, part: QWidget | QLayout) -> None:
        """Add what reaches to the edge and takes the room that is left."""
        if isinstance(part, QWidget):
            super().addWidget(part, 1)
        else:
            super().addLayout(part, 1)

    @override
    def addWidget(
        self,
        part: QWidget,
        /,
        stretch: int | None = 0,
        alignment: Qt.AlignmentFlag = _NO_ALIGNMENT,
    ) -> None:
        super().addLayout(beside_edge(part), stretch)

    @override
    def addLayout(self, part: QLayout, /, stretch: int | None = 0) -> None:
        super().addLayout(beside_edge(part), stretch)


def scroll_page(page: QWidget, inside: QLayout) -> QScrollArea:
    """Put a layout into a page so that it can be scrolled up and down."""
    margins = inside.contentsMargins()
    if margins.right() == EDGE:
        margins.setRight(BESIDE_BAR)
        inside.setContentsMargins(margins)
    holder = QWidget()
    holder.setLayout(inside)
    area = scrolling(holder, "", "")
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    around = QVBoxLayout(page)
    around.setContentsMargins(*NO_MARGINS)
    around.addWidget(area)
    return area


def _area() -> CalmArea:
    area = CalmArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    return area
