"""A file that somebody brings in: read once, looked at, and made harmless where that can be done.

Pictures are drawn anew, so that where and when they were taken does not come along. A PDF stays as
it is; it is shown by the same reader as our own papers and never opened by another program.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter, QPainter
from PySide6.QtWidgets import QFileDialog, QWidget

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.printing import opened
from shelterdesk.services.case_papers import LARGEST, TooLarge, media_type

MOST_DOTS: Final = 50_000_000
"""Points of the largest picture that is read (design: security, S24)."""

_FORMATS: Final = {"image/png": b"PNG", "image/jpeg": b"JPG"}
_QUALITY: Final = 85
_FILES: Final = "(*.pdf *.jpg *.jpeg *.png *.PDF *.JPG *.JPEG *.PNG)"


class Unreadable(DeskError):
    """A file that was brought in cannot be read or shown."""

    sentence = N_(
        "This file cannot be read. It may be damaged or protected by a password; scan the paper "
        "once more."
    )


@dataclass(frozen=True)
class BroughtIn:
    """What was read from a file: content, what it is, how many pages."""

    content: bytes
    media_type: str
    pages: int

    def __repr__(self) -> str:
        return "<BroughtIn>"


def ask_file(parent: QWidget) -> Path | None:
    """Ask for a file to bring in; None for "not now". Nothing remembers which one it was."""
    chosen, _kind = QFileDialog.getOpenFileName(
        parent,
        _("Which paper"),
        "",
        f"PDF, JPEG, PNG {_FILES}",
        options=QFileDialog.Option.DontUseNativeDialog,
    )
    return Path(chosen) if chosen else None


def bring_in(path: Path) -> BroughtIn:
    """Read a file; raises Unreadable, TooLarge, UnknownPaper."""
    content = _read(path)
    kind = media_type(content)
    if kind in _FORMATS:
        return BroughtIn(_drawn_anew(content, _FORMATS[kind]), kind, 1)
    pages = opened(content).pageCount()
    if pages < 1:
        raise Unreadable
    return BroughtIn(content, kind, pages)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as fault:
        raise Unreadable from fault
    if len(content) > LARGEST:
        raise TooLarge
    return content


def picture_of(content: bytes) -> QImage:
    """Return a picture, turned the right way up; raises Unreadable, also for a giant one."""
    lying = QBuffer()
    lying.setData(QByteArray(content))
    lying.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(lying)
    reader.setAutoTransform(True)
    size: QSize = reader.size()
    if not size.isValid() or size.width() * size.height() > MOST_DOTS:
        raise Unreadable
    image = reader.read()
    if image.isNull():
        raise Unreadable
    return image


def _drawn_anew(content: bytes, image_format: bytes) -> bytes:
    """Return the picture without anything that stood beside it in the file."""
    image = picture_of(content)
    clean = QImage(image.size(), QImage.Format.Format_RGB32)
    clean.fill(Qt.GlobalColor.white)
    painter = QPainter(clean)
    painter.drawImage(0, 0, image)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(image_format))
    writer.setQuality(_QUALITY)
    if not writer.write(clean):
        raise Unreadable
    return bytes(buffer.data().data())
