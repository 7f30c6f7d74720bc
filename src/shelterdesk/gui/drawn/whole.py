"""Whether a picture or a PDF is complete: a copy that broke off looks like a paper, half grey.

The readers of pictures go on where something is missing and fill the rest with grey. So each file
is walked through here first, block by block, as its format says (PNG: ISO/IEC 15948; JPEG: ITU-T
T.81; PDF: ISO 32000-1, 7.5.5).
"""

import math
import re
import struct
import zlib
from typing import Final

from shelterdesk.gui.drawn.frames import DocumentKind

_PNG_HEAD: Final = 8
_CHANNELS: Final = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Values of one point, by the colour type of a PNG."""

_ADAM7: Final = (
    *((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4)),
    *((0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)),
)
"""Left, top, step across, step down of the seven passes of an interlaced PNG."""

_STEP: Final = 1 << 20
_END_OF_SCAN: Final = re.compile(rb"\xff+[\x01-\xcf\xd8-\xfe]")
_RESTART: Final = re.compile(rb"\xff([\xd0-\xd7])")
_SOS, _EOI, _DHT, _JPG, _DAC = 0xDA, 0xD9, 0xC4, 0xC8, 0xCC
_COEFFICIENTS: Final = 64
_PDF_END: Final = 1024
"""Bytes from the end within which readers look for the last mark of a PDF."""

_PDF_PICTURE: Final = re.compile(rb"stream\r?\n(?=\xff\xd8\xff)")


def is_whole(kind: DocumentKind, content: bytes) -> bool:
    """Tell whether nothing of a file is missing, as far as its format can tell."""
    walk = {
        DocumentKind.PNG: _png_is_whole,
        DocumentKind.JPEG: jpeg_is_whole,
        DocumentKind.PDF: _pdf_is_whole,
    }[kind]
    try:
        return walk(content)
    except (IndexError, struct.error, zlib.error):
        return False


# -- PNG -----------------------------------------------------------------------------------------


def _png_is_whole(content: bytes) -> bool:
    """Walk the chunks: each with its checksum, and as many points as the head promises."""
    at, wanted, points = _PNG_HEAD, -1, zlib.decompressobj()
    count = 0
    while True:
        length, name = struct.unpack_from(">I4s", content, at)
        body = content[at + 8 : at + 8 + length]
        (checksum,) = struct.unpack_from(">I", content, at + 8 + length)
        if zlib.crc32(name + body) != checksum:
            return False
        at += 12 + length
        if name == b"IHDR":
            wanted = _png_bytes(*struct.unpack(">IIBBBBB", body))
        elif name == b"IDAT":
            count += _unpacked(points, body, wanted - count)
        elif name == b"IEND":
            return 0 <= wanted <= count


def _png_bytes(*head: int) -> int:
    """Return how many bytes the points of a PNG are, with the filter byte of each line."""
    width, height, depth, colour, _packing, _filters, interlaced = head
    bits = depth * _CHANNELS[colour] if colour in _CHANNELS else 0
    passes = _ADAM7 if interlaced else ((0, 0, 1, 1),)
    count = 0
    for left, top, across, down in passes:
        wide, high = math.ceil((width - left) / across), math.ceil((height - top) / down)
        if wide > 0 and high > 0:
            count += high * (1 + (wide * bits + 7) // 8)
    return count


def _unpacked(points: "zlib._Decompress", body: bytes, wanted: int) -> int:
    """Return how many bytes come out of a piece, never keeping them; no more than are wanted."""
    count, rest = 0, body
    while rest and count < wanted:
        count += len(points.decompress(rest, _STEP))
        rest = points.unconsumed_tail
    return count


# -- JPEG ----------------------------------------------------------------------------------------


class _Scans:
    """What of each component of a picture has come, bit by bit in a progressive one."""

    def __init__(self) -> None:
        self.progressive = False
        self.low: dict[int, list[int]] = {}

    def begin(self, marker: int, head: bytes) -> None:
        """Note the components that a frame's head promises."""
        self.progressive = marker in (0xC2, 0xCA)
        for place in range(head[5]):
            self.low[head[6 + 3 * place]] = [1] * _COEFFICIENTS

    def add(self, head: bytes) -> None:
        """Note what a scan brings: which coefficients, down to which bit."""
        count = head[0]
        first, last, bits = head[1 + 2 * count : 4 + 2 * count]
        if not self.progressive:
            first, last, bits = 0, _COEFFICIENTS - 1, 0
        for place in range(count):
            low = self.low.get(head[1 + 2 * place], [])
            low[first : last + 1] = [bits & 15] * len(low[first : last + 1])

    def all_there(self) -> bool:
        """Tell whether every component came down to its last bit."""
        return bool(self.low) and not any(any(low) for low in self.low.values())


def jpeg_is_whole(content: bytes) -> bool:
    """Walk the segments and scans up to the mark of the end; raises IndexError where it stops."""
    at, scans = 2, _Scans()
    while content[at] == 0xFF:
        while content[at] == 0xFF:
            at += 1
        marker = content[at]
        if marker == _EOI:
            return scans.all_there()
        (length,) = struct.unpack_from(">H", content, at + 1)
        segment = content[at + 3 : at + 1 + length]
        at += 1 + length
        if _is_frame(marker):
            scans.begin(marker, segment)
        elif marker == _SOS:
            scans.add(segment)
            end = _END_OF_SCAN.search(content, at)
            if end is None or not _in_turn(content[at : end.start()]):
                return False
            at = end.start()
    return False


def _is_frame(marker: int) -> bool:
    return 0xC0 <= marker <= 0xCF and marker not in (_DHT, _JPG, _DAC)


def _in_turn(scan: bytes) -> bool:
    """Tell whether the restart marks count 0 to 7 again and again: a piece left out breaks it."""
    return all(mark[1][0] & 7 == place % 8 for place, mark in enumerate(_RESTART.finditer(scan)))


# -- PDF -----------------------------------------------------------------------------------------


def _pdf_is_whole(content: bytes) -> bool:
    """Look for the mark of the end, and walk every photograph inside."""
    if b"%%EOF" not in content.rstrip(b"\0 \t\r\n")[-_PDF_END:]:
        return False
    return all(
        jpeg_is_whole(content[found.end() : _end_of_stream(content, found.end())])
        for found in _PDF_PICTURE.finditer(content)
    )


def _end_of_stream(content: bytes, begin: int) -> int:
    end = content.find(b"endstream", begin)
    return end if end >= 0 else len(content)
