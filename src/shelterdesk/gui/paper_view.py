"""A paper of any kind that is kept here, on the screen, from memory: a PDF or a picture."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QStackedWidget, QWidget
from typing_extensions import override

from shelterdesk.core.i18n import _
from shelterdesk.gui.brought_in import picture_of
from shelterdesk.gui.pdf_view import PdfView
from shelterdesk.gui.plain import named, plain_label

_NOTHING, _PDF, _PICTURE = range(3)
_MARGIN: Final = 8


class PictureView(QScrollArea):
    """A picture as wide as there is room, never larger than it is; the rest scrolls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "picture", _("The paper"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._image = QImage()
        self._shown = QLabel()
        self._shown.setTextFormat(Qt.TextFormat.PlainText)
        self._shown.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setWidgetResizable(True)
        self.setWidget(self._shown)

    def show_picture(self, image: QImage) -> None:
        """Show another picture; an empty one shows none."""
        self._image = image
        self._draw()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw()

    def _draw(self) -> None:
        if self._image.isNull():
            self._shown.setPixmap(QPixmap())
            return
        wide = min(self.viewport().width() - 2 * _MARGIN, self._image.width())
        smooth = Qt.TransformationMode.SmoothTransformation
        self._shown.setPixmap(QPixmap.fromImage(self._image.scaledToWidth(max(wide, 1), smooth)))


class PaperView(QStackedWidget):
    """Shows one paper, or says that none is chosen."""

    def __init__(self, empty: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.empty = plain_label(empty, "quiet")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pdf = PdfView()
        self.picture = PictureView()
        for view in (self.empty, self.pdf, self.picture):
            self.addWidget(view)

    def show_paper(self, content: bytes, media_type: str) -> None:
        """Show what was read from the vault; raises Unreadable for a damaged picture."""
        if media_type == "application/pdf":
            self.pdf.show_pdf(content)
            self.setCurrentIndex(_PDF)
        else:
            self.picture.show_picture(picture_of(content))
            self.setCurrentIndex(_PICTURE)

    def clear(self) -> None:
        """Take away what was shown."""
        self.pdf.show_pdf(b"")
        self.picture.show_picture(QImage())
        self.setCurrentIndex(_NOTHING)

    @override
    def sizeHint(self) -> QSize:
        return QSize(480, 420)
