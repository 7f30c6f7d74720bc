"""Papers that somebody might bring in to harm, or that a broken copy has made of good ones."""

import struct
import zlib
from typing import Final

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter

from shelterdesk.gui.drawn import paper

TIMES: Final = {"PATIENCE": 5_000, "OPENING": 10_000, "CLEANING": 20_000, "START": 30_000}
"""What the program waits for, in milliseconds, by the name of the figure."""


def pdf_of(
    pages: int = 1,
    box: str = "0 0 595 842",
    drawing: bytes = b"0 0 m 99 99 l S",
    extra: bytes = b"",
) -> bytes:
    """Return a PDF whose pages share one drawing, with a true table of its objects."""
    packed = zlib.compress(drawing, 9)
    kids = b" ".join(b"%d 0 R" % (number + 4) for number in range(pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] /MediaBox [%s] >>" % (pages, kids, box.encode()),
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed),
        *([b"<< /Type /Page /Parent 2 0 R /Contents 3 0 R >>"] * pages),
        *([extra] if extra else []),
    ]
    made, places = bytearray(b"%PDF-1.5\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    return bytes(made) + b"startxref\n%d\n%%%%EOF\n" % table


def endless_drawing() -> bytes:
    """Return a PDF of some hundred kilobytes that is 100 MB of lines to draw."""
    return pdf_of(drawing=b"0 0 m 595 842 l 0 842 l 595 0 l S 1 0 0 RG\n" * 2_400_000)


def chunk(name: bytes, body: bytes) -> bytes:
    """Return one chunk of a PNG."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_of(width: int, height: int, lines: bytes, *, interlaced: bool = False) -> bytes:
    """Return a grey PNG of 8 bits; `lines` are its points as they are packed."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, interlaced)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines, 9)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def giant_png(side: int = 30_000) -> bytes:
    """Return a small file that is a picture of 900 million points."""
    packer = zlib.compressobj(9)
    line = bytes(side + 1)
    points = b"".join(packer.compress(line) for _ in range(side)) + packer.flush()
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", points) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def scene(width: int = 800, height: int = 600) -> QImage:
    """Return a picture with so much in it that every part of its file matters."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    for number in range(400):
        painter.setPen(QColor.fromHsv(number * 7 % 360, 200, 40 + number * 11 % 200))
        painter.drawLine(number * 13 % width, 0, number * 29 % width, height)
    painter.end()
    return image


def file_of(image: QImage, kind: bytes, *, progressive: bool = False, quality: int = 85) -> bytes:
    """Return a picture as a file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(kind))
    writer.setQuality(quality)
    writer.setProgressiveScanWrite(progressive)
    assert writer.write(image)
    return bytes(buffer.data().data())


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a busy machine take its time, where a test is not about the time that a paper has."""
    for name in TIMES:
        monkeypatch.setattr(paper, name, 120_000)
