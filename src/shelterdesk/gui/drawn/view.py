"""A paper that was brought in, on the screen: its pages under each other, drawn as they are seen.

Only what is in view is asked for, and only so many pages are kept that the window stays small,
whatever the paper is.
"""

from bisect import bisect_right
from collections import OrderedDict
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget
from typing_extensions import override

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.signs import without_signs
from shelterdesk.gui.drawn.frames import Size
from shelterdesk.gui.drawn.paper import DrawnPaper
from shelterdesk.gui.parts.plain import named
from shelterdesk.gui.parts.style.measures import NEAR, PAPER_LIKED

MOST_KEPT: Final = 64 << 20
"""Bytes of drawn pages that are kept; what is in view stays, the rest goes first in, first out."""

_LEAST: Final = 100
_SETTLED: Final = 60
"""Milliseconds without a new size or place before pages are asked for."""

_STEP: Final = 40
_NOTICE_HEIGHT: Final = 160
_NOT_SHOWN: Final = N_("This page cannot be shown.")
_READING: Final = N_("Reading the paper …")
"""A page that is still to come must not look like an empty one."""


class DrawnView(QAbstractScrollArea):
    """The pages of one paper, each as wide as there is room; arrows and Page keys scroll.

    A picture is never shown larger than it is. A screen reader is given the text of the page that
    was drawn last.
    """

    refused = Signal(object)
    """The whole paper cannot be shown, as a DeskError says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "drawn_paper", _("The paper"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._paper: DrawnPaper | None = None
        self._grows = True
        self._tops: list[int] = []
        self._sizes: list[QSize] = []
        self._pages: OrderedDict[int, QImage] = OrderedDict()
        self._asked: dict[int, int] = {}
        self._failed: set[int] = set()
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLED)
        self._settling.timeout.connect(self._ask_next)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    def show_drawn(self, content: bytes, media_type: str) -> None:
        """Show a paper, from its head; `refused` says when nothing of it can be shown."""
        self.clear()
        self._grows = media_type == "application/pdf"
        paper = DrawnPaper(content, media_type, self)
        paper.known.connect(self._laid_out)
        paper.drawn.connect(self._drawn)
        paper.failed.connect(self._page_failed)
        paper.refused.connect(self._refused)
        self._paper = paper
        paper.open()

    def clear(self) -> None:
        """Show nothing, and end the process that drew."""
        paper, self._paper = self._paper, None
        if paper is not None:
            paper.end()
            paper.deleteLater()
        self._settling.stop()
        self._tops, self._sizes, self._failed = [], [], set()
        self._pages.clear()
        self._asked.clear()
        self.setAccessibleDescription("")
        self._range()
        self.verticalScrollBar().setValue(0)
        self.viewport().update()

    def page_count(self) -> int:
        """Return how many pages the paper has, as far as it is known."""
        return len(self._sizes)

    def page(self, number: int) -> QImage | None:
        """Return a page as it was drawn, if it is kept now."""
        return self._pages.get(number)

    def failed_pages(self) -> set[int]:
        """Return the pages that cannot be shown."""
        return set(self._failed)

    def kept_bytes(self) -> int:
        """Return how many bytes the drawn pages take."""
        return sum(page.sizeInBytes() for page in self._pages.values())

    # -- where each page lies ---------------------------------------------------------------

    def _laid_out(self) -> None:
        """Give each page its place; kept from what is said of it, not from what is drawn."""
        if self._paper is None:
            return
        room = max(self.viewport().width() - 2 * NEAR, _LEAST)
        self._sizes = [self._size(size, room) for size in self._paper.sizes]
        self._failed |= {n for n, size in enumerate(self._paper.sizes) if size is None}
        self._tops, top = [], NEAR
        for size in self._sizes:
            self._tops.append(top)
            top += size.height() + NEAR
        self._range()
        self._settling.start()
        self.viewport().update()

    def _size(self, size: Size | None, room: int) -> QSize:
        if size is None:
            return QSize(room, _NOTICE_HEIGHT)
        wide = room if self._grows else max(1, min(room, int(size.width)))
        return QSize(wide, max(1, round(wide * size.height / size.width)))

    def _range(self) -> None:
        whole = self._tops[-1] + self._sizes[-1].height() + NEAR if self._tops else 0
        bar, seen = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, whole - seen))
        bar.setPageStep(seen)
        bar.setSingleStep(_STEP)

    def _in_view(self) -> range:
        """Return the pages of which something is seen."""
        if not self._tops:
            return range(0)
        top = self.verticalScrollBar().value()
        first = max(0, bisect_right(self._tops, top) - 1)
        return range(first, bisect_right(self._tops, top + self.viewport().height()))

    # -- asked for and drawn ----------------------------------------------------------------

    def _ask_next(self) -> None:
        """Ask for the first page in view that is not there in this width."""
        paper = self._paper
        if paper is None or paper.is_busy:
            return
        for number in self._in_view():
            width = round(self._sizes[number].width() * self.devicePixelRatioF())
            fits = self._asked.get(number) == width and number in self._pages
            if number not in self._failed and not fits:
                self._asked[number] = width
                paper.ask(number, width)
                return

    def _drawn(self, number: int, image: QImage, text: str) -> None:
        self._pages[number] = image
        self._pages.move_to_end(number)
        self._forget()
        self.setAccessibleDescription(without_signs(text))
        self.viewport().update()
        self._ask_next()

    def _forget(self) -> None:
        seen = self._in_view()
        for number in list(self._pages):
            if self.kept_bytes() <= MOST_KEPT:
                return
            if number not in seen:
                del self._pages[number]

    def _page_failed(self, number: int) -> None:
        self._failed.add(number)
        self.viewport().update()
        self._settling.start()

    def _refused(self, fault: DeskError) -> None:
        """Tell that nothing more can be shown; a page that was drawn already goes as well."""
        self.clear()
        self.refused.emit(fault)

    # -- on the screen ----------------------------------------------------------------------

    def _scrolled(self) -> None:
        self.viewport().update()
        self._settling.start()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        bar = self.verticalScrollBar()
        at = bar.value() / max(bar.maximum(), 1)
        self._laid_out()
        bar.setValue(round(at * bar.maximum()))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        top = self.verticalScrollBar().value()
        if self._paper is not None and not self._tops:
            self._say(painter, self.viewport().rect(), _READING)
        for number in self._in_view():
            size = self._sizes[number]
            left = (self.viewport().width() - size.width()) // 2
            self._paint(painter, number, QRect(left, self._tops[number] - top, *size.toTuple()))
        painter.end()

    def _paint(self, painter: QPainter, number: int, place: QRect) -> None:
        painter.fillRect(place, Qt.GlobalColor.white)
        page = self._pages.get(number)
        if page is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, page)
        elif number in self._failed:
            self._say(painter, place, _NOT_SHOWN)
        else:
            self._say(painter, place, _READING)

    def _say(self, painter: QPainter, place: QRect, words: str) -> None:
        """Write words into the middle of what is seen of a place."""
        painter.setPen(Qt.GlobalColor.black)
        middle = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(place & self.viewport().rect(), middle, _(words))

    @override
    def sizeHint(self) -> QSize:
        return QSize(*PAPER_LIKED)
