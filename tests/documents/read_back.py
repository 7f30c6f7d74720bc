"""Reads a PDF the way others will: two viewers' text, the operators, the ink."""

import re
import shutil
import subprocess
from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.generic import ContentStream
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument


def by_poppler(pdf: bytes, *options: str) -> str:
    """Return the text as pdftotext gives it, in the order of writing."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is not installed here")
    command = ["pdftotext", *(options or ("-raw",)), "-enc", "UTF-8", "-", "-"]
    read = subprocess.run(command, input=pdf, capture_output=True, check=True)
    assert not read.stderr, read.stderr
    return read.stdout.decode()


def pdf_opened(pdf: bytes) -> tuple[QPdfDocument, QBuffer]:
    """Return a PDF opened by the viewer of the program, with the bytes that it reads from."""
    buffer = QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    assert document.status() == QPdfDocument.Status.Ready
    return document, buffer


def by_pdfium(pdf: bytes) -> str:
    """Return the text as the program's own preview copies it."""
    document, buffer = pdf_opened(pdf)
    text = "\n".join(document.getAllText(page).text() for page in range(document.pageCount()))
    document.close()
    buffer.close()
    return text


def ink(pdf: bytes) -> int:
    """Return how many dark pixels the first sheet has, at three pixels a point.

    Lines of a picture are padded in memory; what stands in the padding is not ink.
    """
    document, buffer = pdf_opened(pdf)
    painted = document.render(0, QSize(3 * 595, 3 * 842))
    document.close()
    buffer.close()
    paper = QImage(painted.size(), QImage.Format.Format_Grayscale8)
    paper.fill(255)
    painter = QPainter(paper)
    painter.drawImage(0, 0, painted)
    painter.end()
    pixels, stride, width = bytes(paper.constBits()), paper.bytesPerLine(), paper.width()
    starts = range(0, stride * paper.height(), stride)
    return sum(value < 128 for start in starts for value in pixels[start : start + width])


def operations(pdf: bytes, sheet: int = 0) -> list[tuple[list[object], bytes]]:
    """Return the operands and operators of one sheet."""
    contents = PdfReader(BytesIO(pdf)).pages[sheet].get_contents()
    assert isinstance(contents, ContentStream)
    return list(contents.operations)


def solid(text: str) -> str:
    """Return `text` without any white space, for texts that were broken into lines."""
    return re.sub(r"\s", "", text)


def rows(text: str) -> list[str]:
    """Return the lines of a read text that are not empty."""
    return [row.rstrip() for row in re.split(r"[\r\n\f]+", text) if row.strip()]
