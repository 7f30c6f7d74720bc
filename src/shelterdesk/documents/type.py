"""Shaped text on a ReportLab canvas: fallback between fonts, line filling, text that copies out.

ReportLab places characters one after the other, which is wrong for Lao: marks have to climb over
each other, and lines break where nothing is written. Here HarfBuzz places the glyphs, and every
word carries its own spelling (`/ActualText`, ISO 32000-1, 14.9.4), so that what is searched, copied
or read aloud from the page is exactly what was put in.

U+200B marks the places inside a text where a line may break. It is never drawn and never copied.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from reportlab.pdfgen.canvas import Canvas

from shelterdesk.core.lao import breaks as lao_breaks
from shelterdesk.documents.fixed import is_fixed, marked
from shelterdesk.documents.fonts import Font, Weight, shape, shape_fixed

BREAK = lao_breaks.BREAK
"""Zero width space: a place where a line may break."""

Breaks = Callable[[str], str]
"""Takes a text and returns it with U+200B wherever a line may break besides the spaces."""

Align = Literal["left", "centre", "right"]

# Signs that belong to the letter before them (vowels and repetition marks of Lao and Thai) and
# signs that belong to the letter after them (leading vowels, the stackers of Khmer and Burmese).
_CLINGS = "ະາຳຽໆะาำๅๆฯ\u200d"
_LEADS = "ເແໂໃໄเแโใไ\u17d2\u1039\u200d"
_PAUSES = f" {BREAK}"
_UNITS = re.compile(f"[^{_PAUSES}]*[{_PAUSES}]+|[^{_PAUSES}]+")
_PIECES = re.compile(f"( )|{BREAK}")
_WORDS = re.compile(" +|[^ ]+ *")
_HYPHENED = re.compile("[^-]*-+|[^-]+")
_BLANKS = re.compile(r"[ \t]+")
_SPACES = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]")


def between_words(text: str) -> str:
    """Let lines break between Lao words; a text that carries U+200B has been marked by its author.

    Such a text is taken as it is, so that a printed form keeps its lines whatever the word list.
    """
    return text if BREAK in text else marked(text)


@dataclass(frozen=True)
class Style:
    """How a text looks: size, leading and letter spacing in points; grey from 0 black to 1 white.

    Without a leading of its own a line takes 1.5 times its size: Lao needs the room for a vowel
    with a tone mark above it, and for the vowel below the line before.
    """

    size: float
    weight: Weight = Weight.REGULAR
    leading: float = 0.0
    spacing: float = 0.0
    grey: float = 0.0

    @property
    def line(self) -> float:
        """The distance from one baseline to the next, in points."""
        return self.leading or self.size * 1.5


def _number(value: float) -> str:
    """Return a number as PDF writes it, without an exponent."""
    return f"{round(value, 2):.10g}"


def _letters(text: str) -> Iterator[str]:
    """Cut `text` where even a name that is longer than the line may be cut: never inside a letter.

    A piece is a letter with its marks and with the vowel signs written before and after it.
    """
    piece = ""
    for sign in text:
        joins = unicodedata.category(sign).startswith("M") or sign in _CLINGS
        if piece and not joins and piece[-1] not in _LEADS:
            yield piece
            piece = ""
        piece += sign
    if piece:
        yield piece


_Placed: TypeAlias = tuple[str, str, float, float, float, bool]
"""One glyph as the page shows it; lengths in thousandths of the type size.

Font as embedded, code in that font, gap and rise that shift it from the pen, rest between the end
of its own width and the pen's next place, and whether letters are spaced after it. It is a plain
tuple because a sheet has five thousand of them.
"""


class _Shaped(NamedTuple):
    """A piece of text as glyphs: its width in thousandths of the size, and its spaced glyphs."""

    glyphs: tuple[_Placed, ...]
    width: float
    spaced: int


class _Pen:
    """Writes the operators of one line of text; lengths in thousandths of the type size."""

    def __init__(self, style: Style) -> None:
        self._size = style.size
        self._spacing = style.spacing * 1000 / style.size
        self._shown: list[str] = []
        self._font = ""
        self._rise = 0.0
        self._gap = 0.0
        self.operators: list[str] = []

    def word(self, spelling: str, glyphs: list[_Placed]) -> None:
        """Draw a word that copies out as `spelling`.

        The space after a word belongs to it: some viewers lose a space that stands alone.
        """
        self._show()
        actual = f"\ufeff{spelling}".encode("utf-16-be", "surrogatepass").hex()
        self.operators.append(f"/Span <</ActualText <{actual}>>> BDC")
        held, spacing = self._gap, self._spacing
        for font, shown, gap, rise, rest, spaced in glyphs:
            if font != self._font:
                self._show()
                self.operators.append(f"{font} {_number(self._size)} Tf")
                self._font = font
            if rise != self._rise:
                self._set_rise(rise)
            moved = round(held + gap, 2)
            self._shown.append(f"{_number(-moved)}{shown}" if moved else shown)
            held = rest + spacing if spaced else rest
        self._gap = held
        self._set_rise(0.0)
        self._show()
        self.operators.append("EMC")

    def _set_rise(self, rise: float) -> None:
        if rise != self._rise:
            self._show()
            self.operators.append(f"{_number(rise * self._size / 1000)} Ts")
            self._rise = rise

    def _show(self) -> None:
        if self._shown:
            self.operators.append(f"[{''.join(self._shown)}] TJ")
            self._shown.clear()


class Typesetter:
    """Sets text on one canvas.

    What was shaped is remembered for this canvas only, so that no name outlives its document.
    `missing` collects, each once, the characters that no font could draw; a visible box stands in
    their place, and they still copy out as what they are.
    """

    def __init__(self, canvas: Canvas, breaks: Breaks = between_words) -> None:
        self._canvas = canvas
        self._breaks = breaks
        self._pieces: dict[tuple[str, Weight], _Shaped] = {}
        self._widths: dict[tuple[str, Weight], tuple[float, int]] = {}
        self._marked: dict[str, str] = {}
        self._codes: dict[tuple[Font, str], tuple[str, str]] = {}
        self.missing: list[str] = []

    def width(self, text: str, style: Style) -> float:
        """Return the width of `text` on one line, in points."""
        wide, spaced = self._measured(text, style.weight)
        return wide * style.size / 1000 + spaced * style.spacing

    def _measured(self, text: str, weight: Weight) -> tuple[float, int]:
        """Return the width in thousandths of the size, and how many glyphs are spaced."""
        known = self._widths.get((text, weight))
        if known is None:
            wide: float = 0
            spaced = 0
            for piece in _PIECES.split(text):
                if piece:
                    shaped = self._shape(piece, weight)
                    wide += shaped.width
                    spaced += shaped.spaced
            known = self._widths[text, weight] = (wide, spaced)
        return known

    def lines(self, text: str, style: Style, width: float) -> list[str]:
        """Return `text` as lines no wider than `width` points, with their U+200B for `line`.

        Line ends in the text are kept, other white space is folded to one space. A word that is
        wider than a whole line is cut after a hyphen, else between two letters.
        """
        filled: list[str] = []
        for paragraph in text.splitlines() or [""]:
            filled += self._fill(self._breakable(paragraph), style, width)
        return filled

    def _breakable(self, paragraph: str) -> str:
        """Return a paragraph with its break marks and without needless blanks."""
        if paragraph not in self._marked:
            folded = _BLANKS.sub(" ", paragraph).strip(_PAUSES)
            self._marked[paragraph] = self._breaks(folded)
        return self._marked[paragraph]

    def _fill(self, marked: str, style: Style, width: float) -> Iterator[str]:
        size, spacing, weight = style.size, style.spacing, style.weight
        line, used = "", 0.0
        for unit in self._units(marked, style, width):
            solid = unit.rstrip(_PAUSES)
            wide, spaced = self._measured(solid, weight) if solid else (0, 0)
            if line and used + (wide * size / 1000 + spaced * spacing) > width:
                yield line.rstrip(_PAUSES)
                line, used = "", 0.0
            line += unit
            for _each in range(unit.count(" ", len(solid))):
                blank, is_spaced = self._measured(" ", weight)
                wide += blank
                spaced += is_spaced
            used += wide * size / 1000 + spaced * spacing
        yield line.rstrip(_PAUSES)

    def _units(self, marked: str, style: Style, width: float) -> Iterator[str]:
        for unit in _UNITS.findall(marked):
            solid = unit.rstrip(_PAUSES)
            if self.width(solid, style) > width:
                for part in _HYPHENED.findall(solid):
                    whole = self.width(part, style) <= width
                    yield from (
                        f"{piece}{BREAK}" for piece in ([part] if whole else _letters(part))
                    )
                yield unit[len(solid) :]
            else:
                yield unit

    def line(self, x: float, y: float, text: str, style: Style, align: Align = "left") -> float:
        """Draw one line with its baseline at `y`, starting, centred or ending at `x`.

        Returns its width in points. The line is not broken, whatever its length.
        """
        text = _SPACES.sub(" ", text)
        width = self.width(text, style)
        start = x - {"left": 0.0, "centre": width / 2, "right": width}[align]
        pen = _Pen(style)
        for word in _WORDS.findall(text):
            self._word(pen, word, style.weight)
        self._canvas.setFillGray(style.grey)
        place = f"1 0 0 1 {_number(start)} {_number(y)} Tm"
        self._write("BT", place, *pen.operators, "ET")
        return width

    def _write(self, *operators: str) -> None:
        """Put operators on the sheet, in the way ReportLab's own text object does."""
        self._canvas._code.extend(operators)  # type: ignore[attr-defined]

    def _word(self, pen: _Pen, word: str, weight: Weight) -> None:
        pieces = [self._shape(piece, weight) for piece in _PIECES.split(word) if piece]
        glyphs = [glyph for piece in pieces for glyph in piece.glyphs]
        if glyphs:
            pen.word(word.replace(BREAK, ""), glyphs)

    def _shape(self, piece: str, weight: Weight) -> _Shaped:
        known = self._pieces.get((piece, weight))
        if known is None:
            known = self._pieces[piece, weight] = self._place(piece, weight)
        return known

    def _place(self, piece: str, weight: Weight) -> _Shaped:
        runs, missing = (shape_fixed if is_fixed(piece) else shape)(piece, weight)
        self.missing += [each for each in dict.fromkeys(missing) if each not in self.missing]
        placed, width, spaced = [], 0.0, 0
        codes = self._codes
        for font, glyphs in runs:
            for code, advance, dx, dy, natural in glyphs:
                known = codes.get((font, code)) or self._code(font, code)
                is_spaced = advance > 0
                placed.append((*known, dx, dy, advance - dx - natural, is_spaced))
                width += advance
                spaced += is_spaced
        return _Shaped(tuple(placed), width, spaced)

    def _code(self, font: Font, character: str) -> tuple[str, str]:
        """Return the font subset that holds a glyph in this document, and its code in there."""
        known = self._codes.get((font, character))
        if known is None:
            document = self._canvas._doc  # type: ignore[attr-defined]
            ((subset, code),) = font.pdf.splitString(character, document)
            name = font.pdf.getSubsetInternalName(subset, document)
            known = self._codes[font, character] = (name, f"<{code.hex()}>")
        return known

    def block(self, x: float, top: float, width: float, text: str, style: Style) -> float:
        """Fill `width` points with `text` from `top` downwards; returns the bottom of the block.

        Each line takes `style.line`, with its baseline 72 % down: the marks of Lao stay inside.
        """
        for row in self.lines(text, style, width):
            self.line(x, top - style.line * 0.72, row, style)
            top -= style.line
        return top
