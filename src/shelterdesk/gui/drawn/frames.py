"""What goes through the two pipes between the window and the process that draws.

The window trusts nothing that comes back: every answer begins with a head of fixed size, whose
length is compared with the most that such an answer can have before a byte of it is kept.
"""

import math
import struct
from enum import IntEnum
from typing import BinaryIO, Final, NamedTuple

MOST_PAGES: Final = 9999
"""Pages of the longest paper that is shown."""

MOST_DRAWN: Final = 12_000_000
"""Points of the largest page that is drawn: 48 MB; a larger one is drawn coarser."""

MOST_TEXT: Final = 16_384
"""Bytes of a page's text that come along for a screen reader."""

LARGEST_CLEAN: Final = 25 << 20
"""Bytes of the largest picture that is handed back cleaned."""

DOT: Final = 4
"""Bytes of one point of a drawn page (QImage.Format_RGB32)."""

LONGEST_SIDE: Final = 20.0
"""How many times longer than the other a side of a page may be."""

_HEAD: Final = struct.Struct("<BIIII")
_DOCUMENT: Final = struct.Struct("<BI")
_ORDER: Final = struct.Struct("<BII")
_SIZE: Final = struct.Struct("<ff")


class DocumentKind(IntEnum):
    """What a document is."""

    PDF = 1
    JPEG = 2
    PNG = 3


class Order(IntEnum):
    """What the window asks for."""

    PAGE = 1
    CLEAN = 2


class Answer(IntEnum):
    """What the process answers; `REFUSED` and `INCOMPLETE` stand for the whole document."""

    READY = 1
    SIZES = 2
    PAGE = 3
    CLEAN = 4
    REFUSED = 5
    INCOMPLETE = 6
    TOO_LARGE = 7


MOST: Final = {
    Answer.READY: 0,
    Answer.SIZES: _SIZE.size * MOST_PAGES,
    Answer.PAGE: DOT * MOST_DRAWN + MOST_TEXT,
    Answer.CLEAN: LARGEST_CLEAN,
    Answer.REFUSED: 0,
    Answer.INCOMPLETE: 0,
    Answer.TOO_LARGE: 0,
}
"""The most bytes that each answer may have behind its head."""


class BrokenAnswer(Exception):
    """What came through the pipe is no answer that our own program gives."""


class Size(NamedTuple):
    """A page's width and height, in points of paper or of a picture."""

    width: float
    height: float


class Frame(NamedTuple):
    """One answer: what it is, its three numbers, and the bytes behind the head."""

    answer: Answer
    number: int = 0
    width: int = 0
    height: int = 0
    payload: bytes = b""

    def packed(self) -> bytes:
        """Return the frame as it goes through the pipe."""
        head = (self.answer, self.number, self.width, self.height, len(self.payload))
        return _HEAD.pack(*head) + self.payload

    def __repr__(self) -> str:
        return f"<Frame {self.answer.name}>"


class Answers:
    """Puts answers together from what comes through the pipe, never keeping more than one."""

    def __init__(self) -> None:
        self._kept = bytearray()

    def take(self, chunk: bytes) -> list[Frame]:
        """Return the answers that are complete with this chunk; raises BrokenAnswer."""
        self._kept += chunk
        frames = []
        while (frame := self._next()) is not None:
            frames.append(frame)
        return frames

    def _next(self) -> Frame | None:
        if len(self._kept) < _HEAD.size:
            return None
        code, number, width, height, length = _HEAD.unpack_from(self._kept)
        try:
            answer = Answer(code)
        except ValueError:
            raise BrokenAnswer from None
        if length > MOST[answer]:
            raise BrokenAnswer
        end = _HEAD.size + length
        if len(self._kept) < end:
            return None
        frame = Frame(answer, number, width, height, bytes(self._kept[_HEAD.size : end]))
        del self._kept[:end]
        return frame


# -- what stands behind a head ------------------------------------------------------------------


def packed_sizes(sizes: list[Size]) -> bytes:
    """Return the sizes of all pages as bytes; what is no size is written as 0 by 0."""
    usable = (size if _is_size(*size) else (0.0, 0.0) for size in sizes)
    return b"".join(_SIZE.pack(*size) for size in usable)


def sizes_of(frame: Frame) -> list[Size | None]:
    """Return the size of each page, None for one that nobody can draw; raises BrokenAnswer."""
    if frame.answer != Answer.SIZES or len(frame.payload) != _SIZE.size * frame.number:
        raise BrokenAnswer
    if frame.number < 1:
        raise BrokenAnswer
    pairs = _SIZE.iter_unpack(frame.payload)
    return [Size(*pair) if _is_size(*pair) else None for pair in pairs]


def _is_size(width: float, height: float) -> bool:
    """Tell whether a page of this size can be drawn: both sides there, neither endlessly longer."""
    if not (math.isfinite(width) and math.isfinite(height)) or min(width, height) <= 0:
        return False
    if max(width, height) > 1e6:
        return False
    return max(width, height) / min(width, height) <= LONGEST_SIDE


def drawn_size(size: Size, width: int) -> tuple[int, int]:
    """Return in how many points a page is drawn for a wanted width, never more than MOST_DRAWN."""
    ratio = size.height / size.width
    most = math.isqrt(int(MOST_DRAWN / ratio)) - 1
    wide = max(1, min(width, most))
    return wide, max(1, math.floor(wide * ratio))


def page_parts(frame: Frame, number: int, size: tuple[int, int]) -> tuple[bytes, str]:
    """Return points and text of the page that was asked for; raises BrokenAnswer."""
    dots = DOT * size[0] * size[1]
    is_asked = (frame.number, frame.width, frame.height) == (number, *size)
    if frame.answer != Answer.PAGE or not is_asked or len(frame.payload) < dots:
        raise BrokenAnswer
    if len(frame.payload) > dots + MOST_TEXT:
        raise BrokenAnswer
    return frame.payload[:dots], frame.payload[dots:].decode(errors="replace")


# -- what the window says ------------------------------------------------------------------------


def packed_document(kind: DocumentKind, content: bytes) -> bytes:
    """Return the head that goes before a document; the content follows it as it is."""
    return _DOCUMENT.pack(kind, len(content))


def packed_order(order: Order, number: int = 0, width: int = 0) -> bytes:
    """Return an order: a page of a width in points, or the picture cleaned."""
    return _ORDER.pack(order, number, width)


def read_document(pipe: BinaryIO) -> tuple[DocumentKind, bytes] | None:
    """Read what is to be drawn; None when the window went away."""
    head = pipe.read(_DOCUMENT.size)
    if len(head) < _DOCUMENT.size:
        return None
    kind, length = _DOCUMENT.unpack(head)
    content = pipe.read(length)
    return (DocumentKind(kind), content) if len(content) == length else None


def read_order(pipe: BinaryIO) -> tuple[Order, int, int] | None:
    """Read the next order; None when the window went away."""
    packed = pipe.read(_ORDER.size)
    if len(packed) < _ORDER.size:
        return None
    order, number, width = _ORDER.unpack(packed)
    return Order(order), number, width
