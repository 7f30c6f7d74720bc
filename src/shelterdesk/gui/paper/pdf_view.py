"""A paper as it will be printed, on the screen, from memory."""

from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPixmap, QResizeEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from shelterdesk.core.i18n import _
from shelterdesk.gui.paper.printing import opened
from shelterdesk.gui.parts.plain import named
from shelterdesk.gui.parts.scrolled import CalmArea
from shelterdesk.gui.parts.style.measures import NEAR, NO_MARGINS, PAPER_LIKED

_SETTLED: Final = 60
"""Milliseconds without a new size before the pages are drawn anew."""


class PdfView(QWidget):
    """The pages under each other, each as wide as there is room; arrows and Page keys scroll.

    A screen reader is given the text of each page.
    """

    def __init__(self, spoken: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: QPdfDocument | None = None
        self._inside = QWidget()
        self._pages = QVBoxLayout(self._inside)
        self._pages.setContentsMargins(NEAR, NEAR, NEAR, NEAR)
        self._pages.setSpacing(NEAR)
        self.area = named(CalmArea(), "paper", spoken or _("The paper"))
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.area.setWidgetResizable(True)
        self.area.setWidget(self._inside)
        around = QVBoxLayout(self)
        around.setContentsMargins(*NO_MARGINS)
        around.addWidget(self.area)
        self.setFocusProxy(self.area)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLED)
        self._settling.timeout.connect(self._draw)

    def show_pdf(self, pdf: bytes) -> None:
        """Show another paper, from its head; empty bytes show none."""
        if self._document is not None:
            self._document.deleteLater()
        self._document = opened(pdf, self) if pdf else None
        self.area.verticalScrollBar().setValue(0)
        self._draw()

    def page_count(self) -> int:
        """Return how many pages are shown."""
        return self._document.pageCount() if self._document else 0

    def text(self) -> str:
        """Return what stands on the pages, as a screen reader says it."""
        document = self._document
        if document is None:
            return ""
        return "\n".join(document.getAllText(n).text() for n in range(document.pageCount()))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settling.start()

    @override
    def sizeHint(self) -> QSize:
        return QSize(*PAPER_LIKED)

    def _draw(self) -> None:
        """Draw the pages as wide as there is room now."""
        while self._pages.count():
            taken = self._pages.takeAt(0)
            old = taken.widget() if taken is not None else None
            if old is not None:
                old.deleteLater()
        document = self._document
        if document is None:
            return
        for number in range(document.pageCount()):
            self._pages.addWidget(self._page(document, number))
        self._pages.addStretch()

    def _page(self, document: QPdfDocument, number: int) -> QLabel:
        width = max(self.area.viewport().width() - 2 * NEAR, 100)
        points, dots = document.pagePointSize(number), self.devicePixelRatioF()
        size = QSize(width, round(width * points.height() / points.width()))
        drawn = document.render(number, size * dots)
        white = QImage(drawn.size(), QImage.Format.Format_RGB32)
        white.fill(Qt.GlobalColor.white)
        picture = QPixmap.fromImage(_on_paper(white, drawn))
        picture.setDevicePixelRatio(dots)
        page = named(QLabel(), "sheet_of_paper", document.getAllText(number).text())
        page.setTextFormat(Qt.TextFormat.PlainText)
        page.setPixmap(picture)
        page.setFixedSize(size)
        return page


def _on_paper(white: QImage, drawn: QImage) -> QImage:
    """Lay what was drawn on white paper: a PDF page itself has no ground."""
    painter = QPainter(white)
    painter.drawImage(0, 0, drawn)
    painter.end()
    return white
