"""The process that draws: one document comes in through a pipe, pixels go out through another.

It knows no records and no keys, opens no file of its own choice, and ends when the window closes
its pipe. `python -m shelterdesk --draw` starts it; nobody else has a reason to.
"""

import os
import sys
from typing import BinaryIO, Final, Protocol

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QMessageLogContext,
    QSize,
    Qt,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QGuiApplication, QImage, QImageReader, QImageWriter, QPainter
from PySide6.QtPdf import QPdfDocument

from shelterdesk.core.system.process_guard import guard_process
from shelterdesk.gui.drawn.frames import (
    LARGEST_CLEAN,
    MOST_PAGES,
    MOST_TEXT,
    Answer,
    DocumentKind,
    Frame,
    Order,
    Size,
    drawn_size,
    packed_sizes,
    read_document,
    read_order,
    sizes_of,
)
from shelterdesk.gui.drawn.limits import limit_addresses, limit_process
from shelterdesk.gui.drawn.whole import is_whole

MOST_DOTS: Final = 50_000_000
"""Points of the largest picture that is read (design: security, S24)."""

_FORMATS: Final = {DocumentKind.PNG: b"PNG", DocumentKind.JPEG: b"JPG"}
_QUALITY: Final = 85
_MOST_LOOSE: Final = 16
"""Bytes between the last point and the end of a JPEG that some cameras leave there."""


class Refused(Exception):
    """The document cannot be drawn; `answer` says how that is told."""

    def __init__(self, answer: Answer = Answer.REFUSED) -> None:
        super().__init__()
        self.answer = answer


class Document(Protocol):
    """What can be drawn page by page."""

    def sizes(self) -> list[Size]:
        """Return the size of every page."""

    def page(self, number: int, size: QSize) -> tuple[QImage, str]:
        """Return a page drawn at a size, and the text on it."""

    def clean(self) -> bytes:
        """Return the document without anything that stood beside its points."""


def lying(content: bytes) -> QBuffer:
    """Return bytes as a file in memory, open for reading."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    return buffer


class Pages:
    """A PDF; raises Refused for one that is damaged, empty, too long or needs a password."""

    def __init__(self, content: bytes) -> None:
        self._file = lying(content)
        self._document = QPdfDocument()
        self._document.load(self._file)
        self._count = self._document.pageCount()
        if not 1 <= self._count <= MOST_PAGES:
            raise Refused

    def sizes(self) -> list[Size]:
        """Return the size of every page, in points of 1/72 inch."""
        points = (self._document.pagePointSize(number) for number in range(self._count))
        return [Size(each.width(), each.height()) for each in points]

    def page(self, number: int, size: QSize) -> tuple[QImage, str]:
        """Return a page as points without ground, and its text."""
        drawn = self._document.render(number, size)
        return drawn, self._document.getAllText(number).text()

    def clean(self) -> bytes:
        """Refuse: a PDF is kept as it is."""
        raise Refused


class DrawnPicture:
    """A picture, the right way up; raises Refused for a broken, incomplete or giant one."""

    def __init__(self, content: bytes, kind: DocumentKind) -> None:
        self._kind = kind
        self._file = lying(content)
        self._reader = QImageReader(self._file, QByteArray(_FORMATS[kind]))
        self._reader.setAutoTransform(True)
        size = self._reader.size()
        if size.width() * size.height() > MOST_DOTS:
            raise Refused(Answer.TOO_LARGE)
        if not is_whole(kind, content):
            raise Refused(Answer.INCOMPLETE)
        if not size.isValid():
            raise Refused
        self._image = self._read()

    def _read(self) -> QImage:
        """Decode the picture; what the decoder had to make up is told by its warnings only."""
        heard: list[str] = []

        def hear(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
            heard.append(message)

        before = qInstallMessageHandler(hear)
        image = self._reader.read()
        qInstallMessageHandler(before)
        if any(made_up(message) for message in heard):
            raise Refused(Answer.INCOMPLETE)
        if image.isNull():
            raise Refused
        return image

    def sizes(self) -> list[Size]:
        """Return the one size, in points of the picture."""
        return [Size(self._image.width(), self._image.height())]

    def page(self, _number: int, size: QSize) -> tuple[QImage, str]:
        """Return the picture at a size; it has no text."""
        ignore, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode
        return self._image.scaled(size, ignore, smooth.SmoothTransformation), ""

    def clean(self) -> bytes:
        """Return the points alone, as a file of the same kind: no place, no time, no maker."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QImageWriter(buffer, QByteArray(_FORMATS[self._kind]))
        writer.setQuality(_QUALITY)
        if not writer.write(on_white(self._image)):
            raise Refused
        made = bytes(buffer.data().data())
        if len(made) > LARGEST_CLEAN:
            raise Refused(Answer.TOO_LARGE)
        return made


def made_up(message: str) -> bool:
    """Tell whether a decoder says that points are missing.

    Some cameras leave a few bytes before the end of a JPEG, when every point has come.
    """
    loose, _, after = message.partition(" extraneous bytes before marker 0xd9")
    if after != message and loose.rpartition(" ")[2].isdigit() and "extraneous" in message:
        return int(loose.rpartition(" ")[2]) > _MOST_LOOSE
    return any(words in message for words in ("Corrupt JPEG", "Premature end", "Inconsistent"))


def on_white(image: QImage) -> QImage:
    """Return a picture on white paper: a PDF page has no ground, a picture may have holes."""
    white = QImage(image.size(), QImage.Format.Format_RGB32)
    if white.isNull():
        raise Refused
    white.fill(Qt.GlobalColor.white)
    painter = QPainter(white)
    painter.drawImage(0, 0, image)
    painter.end()
    return white


def opened(kind: DocumentKind, content: bytes) -> Document:
    """Return a document to draw; raises Refused."""
    if kind != DocumentKind.PDF:
        limit_addresses()
        return DrawnPicture(content, kind)
    if not is_whole(kind, content):
        raise Refused(Answer.INCOMPLETE)
    return Pages(content)


def answer_to(document: Document, size: Size | None, number: int, width: int) -> Frame:
    """Return a page drawn as wide as was asked; raises Refused."""
    if size is None:
        raise Refused
    wide, high = drawn_size(size, width)
    drawn, text = document.page(number, QSize(wide, high))
    if drawn.size() != QSize(wide, high):
        raise Refused
    paper = on_white(drawn)  # named: its points live as long as it does
    points = bytes(paper.constBits())
    said = text.encode(errors="replace")[:MOST_TEXT]
    return Frame(Answer.PAGE, number, wide, high, points + said)


def serve(given: BinaryIO, told: BinaryIO) -> None:
    """Read one document and answer until the window goes away or nothing can be drawn."""

    def tell(frame: Frame) -> None:
        told.write(frame.packed())
        told.flush()

    tell(Frame(Answer.READY))
    brought = read_document(given)
    if brought is None:
        return
    try:
        document = opened(*brought)
    except Refused as refused:
        tell(Frame(refused.answer))
        return
    measured = document.sizes()
    known = Frame(Answer.SIZES, len(measured), payload=packed_sizes(measured))
    sizes = sizes_of(known)
    tell(known)
    while (order := read_order(given)) is not None:
        what, number, width = order
        try:
            if what == Order.CLEAN:
                tell(Frame(Answer.CLEAN, payload=document.clean()))
            else:
                tell(answer_to(document, sizes[number], number, width))
        except Refused as refused:
            tell(Frame(refused.answer))


def draw() -> int:
    """Be the drawing process: nothing but answers goes out, whatever a library prints."""
    guard_process()
    limit_process()
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for channel in (1, 2):
        os.dup2(nowhere, channel)
    application = QGuiApplication(["shelterdesk", "-platform", "offscreen"])
    application.setQuitLockEnabled(False)
    serve(sys.stdin.buffer, answers)
    return 0
