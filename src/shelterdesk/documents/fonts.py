"""The fonts that paper is printed with, each ready for shaping and for embedding.

One font file serves two libraries: HarfBuzz chooses and places glyphs, ReportLab embeds the part
of the font that was used. ReportLab names glyphs by character, so every glyph that no character
reaches by itself (a Lao mark in its raised form, a ligature) gets a code of the Unicode private use
area. The codes depend on the font alone; equal input therefore gives equal bytes.
"""

import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import uharfbuzz as hb
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from shelterdesk.core.paths import resources

FAMILIES = (
    *("NotoSans", "NotoSansLao", "NotoSansThai", "NotoSansKhmer", "NotoSansMyanmar", "NotoSansSC"),
)
"""Families in the order in which a character is looked for."""

_PRIVATE_USE = range(0xE000, 0xF900)
_NOTDEF = 0


class Weight(StrEnum):
    """The two weights that are bundled of every family."""

    REGULAR = "Regular"
    BOLD = "Bold"


class Glyph(NamedTuple):
    """One placed glyph; lengths in thousandths of the type size.

    `code` is the character that stands for it in the embedded font, `advance` the way to the next
    glyph, `dx` and `dy` its shift from the pen, `natural` the width that the PDF viewer adds.
    """

    code: str
    advance: float
    dx: float
    dy: float
    natural: float


class Run(NamedTuple):
    """Neighbouring glyphs of one font."""

    font: "Font"
    glyphs: tuple[Glyph, ...]


class Font:
    """One font file, open for HarfBuzz and registered with ReportLab under its file's name."""

    def __init__(self, path: Path) -> None:
        self.pdf = TTFont(path.stem, str(path), asciiReadable=False)
        self._face = self.pdf.face
        self._hb = hb.Font(hb.Face(hb.Blob.from_file_path(path)))
        self._scale = 1000 / self._hb.face.upem
        self._codes = self._name_every_glyph()
        pdfmetrics.registerFont(self.pdf)

    def _name_every_glyph(self) -> dict[int, str]:
        """Return the character for each glyph number, giving private ones to nameless glyphs."""
        characters: dict[int, int] = self._face.charToGlyph
        named = {g: c for c, g in sorted(characters.items(), reverse=True) if g != _NOTDEF}
        free = (code for code in _PRIVATE_USE if code not in characters)
        nameless = (glyph for glyph in range(len(self._face.hmetrics)) if glyph not in named)
        for glyph, code in list(zip(nameless, free, strict=False)):
            named[glyph] = code
            characters[code] = glyph
            self._face.charWidths[code] = round(self._face.hmetrics[glyph][0] * self._scale)
        return {glyph: chr(code) for glyph, code in named.items()}

    def has(self, character: str) -> bool:
        """Tell whether the font draws `character`."""
        return bool(self._hb.get_nominal_glyph(ord(character)))

    def box(self) -> Run:
        """Return the visible box that stands for a character which no font has."""
        width = float(self._face.hmetrics[_NOTDEF][0] * self._scale)
        return Run(self, (Glyph(self._codes[_NOTDEF], width, 0, 0, width),))

    def shape(self, text: str) -> Run:
        """Return `text` as placed glyphs, left to right.

        The language is fixed, since HarfBuzz would otherwise take it from the computer's settings
        and the same letter could differ from one computer to the next. Latin letters are not
        joined, so that each of them can be compared with a paper or typed again.
        """
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "ltr"
        buffer.language = "und"
        hb.shape(self._hb, buffer, {"liga": buffer.script != "Latn"})
        scale, widths = self._scale, self._face.charWidths
        codes = [self._codes[info.codepoint] for info in buffer.glyph_infos]
        glyphs = (
            Glyph(code, x * scale, dx * scale, dy * scale, widths[ord(code)])
            for code, (dx, dy, x, _) in zip(codes, _places(buffer), strict=True)
        )
        return Run(self, tuple(glyphs))


def _places(buffer: hb.Buffer) -> Iterator[tuple[int, int, int, int]]:
    """Return shifts and advances, each across and up, of shaped glyphs, in units of the font."""
    return (place.position for place in buffer.glyph_positions)


@cache
def fonts(weight: Weight) -> tuple[Font, ...]:
    """Return the fonts of one weight in the order in which characters are looked for.

    A family that is bundled in one weight only serves for both; without any file it is left out.
    """
    folder = resources() / "fonts"
    choices = ([folder / f"{f}-{w}.ttf" for w in (weight, Weight.REGULAR)] for f in FAMILIES)
    found = (next((path for path in paths if path.exists()), None) for paths in choices)
    return tuple(_opened(path) for path in found if path)


@cache
def _opened(path: Path) -> Font:
    return Font(path)


def _silent(character: str) -> bool:
    """Tell whether a character has no picture of its own and may be passed over when unknown."""
    return unicodedata.category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f"


@lru_cache(8192)
def _home(character: str, weight: Weight) -> tuple[Font | None, bool, bool]:
    """Return the first font that has a character, whether it joins the one before, and is silent.

    Remembered for single characters only, of which no name can be put together again.
    """
    silent = _silent(character)
    joins = silent or unicodedata.category(character).startswith("M")
    return next((f for f in fonts(weight) if f.has(character)), None), joins, silent


def _itemise(text: str, weight: Weight) -> Iterator[tuple[Font | None, str]]:
    """Give each character of `text` its font: the first that has it, None when none has.

    A mark stays with the letter before it whenever that letter's font has the mark too.
    """
    font: Font | None = None
    for character in text:
        found, joins, silent = _home(character, weight)
        if not (font and joins and font.has(character)):
            if found is None and silent:
                continue
            font = found
        yield font, character


def shape(text: str, weight: Weight) -> tuple[tuple[Run, ...], str]:
    """Return the runs that draw `text`, and the characters that no font has (drawn as boxes)."""
    runs: list[Run] = []
    missing = ""
    for font, group in groupby(_itemise(text, weight), key=lambda pair: pair[0]):
        characters = "".join(character for _, character in group)
        if font:
            runs.append(font.shape(characters))
        else:
            missing += characters
            runs += [fonts(weight)[0].box()] * len(characters)
    return tuple(runs), missing
