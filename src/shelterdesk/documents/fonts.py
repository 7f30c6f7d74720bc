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
_PLAIN, _JOINED = {"liga": False}, {"liga": True}


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
        self._buffer = hb.Buffer()
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
        buffer = self._buffer
        buffer.reset()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "ltr"
        buffer.language = "und"
        hb.shape(self._hb, buffer, _PLAIN if buffer.script == "Latn" else _JOINED)
        scale, widths, codes = self._scale, self._face.charWidths, self._codes
        glyphs = []
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            code = codes[info.codepoint]
            dx, dy, x, _ = place.position
            glyphs.append(Glyph(code, x * scale, dx * scale, dy * scale, widths[ord(code)]))
        return Run(self, tuple(glyphs))


@cache
def _files(weight: Weight) -> tuple[Path, ...]:
    """Return the font files of one weight in the order in which characters are looked for.

    A family that is bundled in one weight only serves for both; without any file it is left out.
    """
    folder = resources() / "fonts"
    choices = ([folder / f"{f}-{w}.ttf" for w in (weight, Weight.REGULAR)] for f in FAMILIES)
    found = (next((path for path in paths if path.exists()), None) for paths in choices)
    return tuple(path for path in found if path)


def each_font(weight: Weight) -> Iterator[Font]:
    """Yield the fonts of one weight, each opened only when it is asked for: Chinese takes long."""
    return map(_opened, _files(weight))


@cache
def fonts(weight: Weight) -> tuple[Font, ...]:
    """Return all fonts of one weight."""
    return tuple(each_font(weight))


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
    return next((f for f in each_font(weight) if f.has(character)), None), joins, silent


def _itemised(text: str, weight: Weight) -> list[tuple[Font | None, str]]:
    """Cut `text` into pieces of one font each: the first that has it, None when none has.

    A mark stays with the letter before it whenever that letter's font has the mark too.
    """
    font: Font | None = None
    pieces: list[tuple[Font | None, str]] = []
    begun, kept = False, ""
    for character in text:
        found, joins, silent = _home(character, weight)
        if not (font and joins and font.has(character)):
            if found is None and silent:
                continue
            if begun and found is not font:
                pieces.append((font, kept))
                kept = ""
            font = found
        begun = True
        kept += character
    if kept:
        pieces.append((font, kept))
    return pieces


def shape(text: str, weight: Weight) -> tuple[tuple[Run, ...], str]:
    """Return the runs that draw `text`, and the characters that no font has (drawn as boxes)."""
    runs: list[Run] = []
    missing = ""
    for font, characters in _itemised(text, weight):
        if font:
            runs.append(font.shape(characters))
        else:
            missing += characters
            runs += [next(each_font(weight)).box()] * len(characters)
    return tuple(runs), missing


@cache
def shape_fixed(text: str, weight: Weight) -> tuple[tuple[Run, ...], str]:
    """Return the same for a piece of the fixed wording, remembered: it tells of nobody."""
    return shape(text, weight)
