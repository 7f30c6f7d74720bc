"""The frame of every sheet: A4, margins, and a file that tells nothing about who made it.

The file carries no author, no program, no time of day: only a neutral title and the date that is
printed on the sheet anyway (security page, S25). Equal input gives equal bytes, so that a kept copy
can be compared with a fresh one.
"""

from datetime import date
from io import BytesIO

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFString
from reportlab.pdfgen.canvas import Canvas

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_
from shelterdesk.documents.fonts import Weight, each_font
from shelterdesk.documents.type import Breaks, Style, Typesetter, between_words

# Streams need not be letters: a file is a fifth smaller and made sooner without that.
rl_config.useA85 = 0

WIDTH, HEIGHT = A4
"""The sheet, in points: 210 by 297 mm (ISO 216)."""

MARGIN = 45.0
"""The free edge on all four sides, in points; laser printers leave up to 12 pt white."""

TITLE = "Document"
"""What viewers show as the name of the file: nothing about anybody."""


class NoLetter(DeskError):
    """A paper holds characters that no font of ours can draw: a name would go out as boxes."""

    sentence = N_(
        "This cannot be printed: there is no letter for {characters} in the fonts. Write that name "
        "or word in Lao or Latin letters, then try again."
    )


def _facts(title: str, made_on: date) -> PDFDictionary:
    """Return the document information dictionary (ISO 32000-1, 14.3.3): a title and a day only."""
    day = f"D:{made_on.isoformat().replace('-', '')}"
    facts = PDFDictionary({"Title": PDFString(title), "CreationDate": PDFString(day)})
    vars(facts)["digest"] = lambda fingerprint: fingerprint.update(f"{title} {day}".encode())
    return facts


class Page:
    """A document of A4 sheets being drawn; `canvas` for lines, `type` for text.

    `mark` is printed at the head of each sheet, for sheets that must not be taken for real ones.
    `language` (BCP 47) tells screen readers what they are about to read.
    """

    def __init__(
        self,
        made_on: date,
        *,
        title: str = TITLE,
        language: str = "lo",
        mark: str = "",
        breaks: Breaks = between_words,
    ) -> None:
        self._bytes = BytesIO()
        self.canvas = Canvas(
            self._bytes,
            pagesize=A4,
            invariant=1,
            pageCompression=1,
            pdfVersion=(1, 4),  # the first that knows /ActualText
            initialFontName=next(each_font(Weight.REGULAR)).pdf.fontName,  # type: ignore[arg-type]
            lang=language,
        )
        self.canvas._doc.info = _facts(title, made_on)  # type: ignore[attr-defined]
        self.type = Typesetter(self.canvas, breaks)
        self._mark = mark
        self._head()

    def _head(self) -> None:
        if self._mark:
            style = Style(9, Weight.BOLD, spacing=1)
            self.type.line(WIDTH / 2, HEIGHT - MARGIN / 2, self._mark, style, "centre")

    def wipe(self) -> None:
        """Take back what was drawn on this sheet, to set it anew; what was shaped stays known."""
        self.canvas._code.clear()  # type: ignore[attr-defined]
        self._head()

    def next_sheet(self) -> None:
        """End this sheet and begin the next."""
        self.canvas.showPage()
        self._head()

    def rule(
        self, x: float, y: float, length: float, *, weight: float = 0.5, grey: float = 0.6
    ) -> None:
        """Draw a level line from `x` to the right; all lengths in points."""
        self.canvas.setStrokeGray(grey)
        self.canvas.setLineWidth(weight)
        self.canvas.line(x, y, x + length, y)

    def finish(self, *, boxes: bool = False) -> bytes:
        """Return the whole document as PDF; nothing can be drawn afterwards.

        Raises NoLetter when a character has no picture, unless `boxes` may stand for it.
        """
        if self.type.missing and not boxes:
            raise NoLetter(characters=" ".join(self.type.missing))
        self.canvas.showPage()
        self.canvas.save()
        return self._bytes.getvalue()
