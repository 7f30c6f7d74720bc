"""How the papers look: small grey pictures of sheets, to be compared with those that were approved.

After a wanted change, look at every sheet, then: python -m tests.documents.pictures
"""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter

from shelterdesk.core.presets import ceiling
from shelterdesk.documents.fonts import Weight
from shelterdesk.documents.page import HEIGHT, MARGIN, Page
from shelterdesk.documents.referral_letter import referral_letter
from shelterdesk.documents.type import Style
from tests.documents.name_lines import NAME_LINES
from tests.documents.papers import DAY, LANGUAGES, OFFICES, disclosed, every_paper, facts
from tests.documents.read_back import pdf_opened

FOLDER = Path(__file__).parent / "pictures"
_SIZE = QSize(446, 631)
"""Three quarters of a pixel for each point: the smallest at which a mark of Lao is still seen."""


def every_sheet() -> Iterator[tuple[str, bytes, int]]:
    """Return the name of each picture, the paper that it shows, and the sheet, counted from 0."""
    for language in LANGUAGES:
        for kind, pdf in every_paper(language).items():
            yield f"{kind}-{language}", pdf, 0
        law = disclosed(ceiling("court"), language, basis="law", law="41/2015, ມາດຕາ 9")
        preview = facts(language, is_preview=True, mark="DEMO")
        yield f"preview-{language}", referral_letter(law, OFFICES[language], preview), 0
    yield "names", _names(), 0


def _names() -> bytes:
    page = Page(DAY)
    for column, lines in enumerate((NAME_LINES[::4], NAME_LINES[2::4])):
        for row, line in enumerate(lines):
            style = Style(10, Weight.BOLD if row % 2 else Weight.REGULAR)
            page.type.line(MARGIN + 260 * column, HEIGHT - MARGIN - 17 * row, line, style)
    return page.finish()


def picture(pdf: bytes, sheet: int) -> QImage:
    """Return one sheet as a small grey picture."""
    document, buffer = pdf_opened(pdf)
    painted = document.render(sheet, _SIZE)
    document.close()
    buffer.close()
    paper = QImage(painted.size(), QImage.Format.Format_Grayscale8)
    paper.fill(255)
    painter = QPainter(paper)
    painter.drawImage(0, 0, painted)
    painter.end()
    return paper


def greys(image: QImage) -> bytes:
    """Return the grey of each pixel, without what stands in the padding of lines."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    pixels, stride, width = bytes(grey.constBits()), grey.bytesPerLine(), grey.width()
    starts = range(0, stride * grey.height(), stride)
    return b"".join(pixels[start : start + width] for start in starts)


def unlike(one: QImage, other: QImage) -> float:
    """Return the share of pixels, in thousandths, that differ by more than a quarter of the scale.

    Sizes that differ count as wholly unlike.
    """
    if one.size() != other.size():
        return 1000.0
    pairs = zip(greys(one), greys(other), strict=True)
    return sum(abs(a - b) > 64 for a, b in pairs) * 1000 / (one.width() * one.height())


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, pdf, sheet in every_sheet():
        assert picture(pdf, sheet).save(str(FOLDER / f"{name}.png"))
        print(name)
