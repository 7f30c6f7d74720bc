"""The number of a referral as bars, so that a slip that comes back is found without typing."""

from shelterdesk.documents.page import Page

_BAR = 1.0
_HEIGHT = 24.0


def draw_barcode(page: Page, right: float, top: float, reference: str) -> float:
    """Draw `reference` as Code 128 (ISO/IEC 15417), ending at `right`; returns its bottom.

    It holds the number and nothing else, and needs no font: bars are drawn as rectangles.
    """
    # reportlab.graphics takes a tenth of a second to load, which the start of the program must not.
    from reportlab.graphics.barcode.code128 import Code128

    bars = Code128(reference, barWidth=_BAR, barHeight=_HEIGHT, quiet=0, humanReadable=0)
    page.canvas.setFillGray(0)
    bars.drawOn(page.canvas, right - bars.width, top - _HEIGHT)
    return top - _HEIGHT
