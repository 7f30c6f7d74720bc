"""The recovery page: one of three sheets of paper, any two of which open the records again.

It has to be understood years later by somebody frightened, perhaps by candlelight: big words, a
quiet grid, Lao and English side by side, and nothing that tells a stranger whose records they are.
The 33 words are one SLIP-39 share of a 256-bit secret; each stands beside its place in the list of
1024 words, since either may be typed (keys page, "Passphrases").
"""

from dataclasses import dataclass, field
from datetime import date

from shelterdesk.documents.fonts import Weight
from shelterdesk.documents.page import HEIGHT, MARGIN, WIDTH, Page
from shelterdesk.documents.type import Style
from shelterdesk.documents.words.recovery_words import ENGLISH, LAO, Wording

WORDS = 33
"""Words of one share of a 256-bit secret (SLIP-39, "Format of the share mnemonic")."""

PAGES = 3
LIST_LENGTH = 1024

_COLUMNS = 3
_ROWS = WORDS // _COLUMNS
_INNER = WIDTH - 2 * MARGIN
_GUTTER = 24.0
_HALF = (_INNER - _GUTTER) / 2
_GAP = 16.0
_COLUMN = (_INNER - 2 * _GAP) / _COLUMNS
_ROW = 26.0
_BASE = 18.8

_TITLE = Style(25, Weight.BOLD)
_SUBTITLE = Style(9.5, grey=0.25)
_LABEL = Style(8.5, grey=0.3)
_FIGURE = Style(34, Weight.BOLD)
_HEADING = Style(10, Weight.BOLD, leading=15.5)
_LAO_TEXT = Style(10.5, leading=15.5)
_ENGLISH_TEXT = Style(9.5, leading=15.5)
_POSITION = Style(9.5, grey=0.35)
_WORD = Style(16.5, Weight.BOLD, spacing=0.4)
_LIST_WORD = Style(11, Weight.BOLD, spacing=0.4)
_NUMBER = Style(13.5, spacing=0.4)


@dataclass(frozen=True)
class RecoveryPageWords:
    """What one of the three pages holds; the words stay out of its `repr`.

    `numbers` are the places of `words` in the list of 1024, counted from 1. Raises ValueError when
    the parts cannot belong to one page.
    """

    set_number: int
    page_number: int
    words: tuple[str, ...] = field(repr=False)
    numbers: tuple[int, ...] = field(repr=False)
    made_on: date
    of_list: tuple[str, ...] = ()
    """Four words that name the list of those who hold keys, the same on every page for ever."""

    def __post_init__(self) -> None:
        if not 1 <= self.page_number <= PAGES:
            raise ValueError("page number")
        if len(self.words) != WORDS or len(self.numbers) != WORDS:
            raise ValueError("number of words")
        if not all(1 <= number <= LIST_LENGTH for number in self.numbers):
            raise ValueError("place in the word list")


def recovery_page(words: RecoveryPageWords, mark: str = "") -> bytes:
    """Return the page as PDF, one A4 sheet; `mark` is printed at its head ("DEMO")."""
    page = Page(words.made_on, mark=mark)
    top = _head(page, words, HEIGHT - MARGIN)
    top = _notices(page, top)
    top = _grid(page, words, top)
    top = _use(page, top)
    _foot(page, words)
    return page.finish()


def _head(page: Page, words: RecoveryPageWords, top: float) -> float:
    """Draw the title on the left, set and page number large on the right; return the bottom."""
    page.type.line(MARGIN, top - 24, LAO.title, _TITLE)
    start = MARGIN + page.type.width(LAO.title, _TITLE) + 12
    page.type.line(start, top - 24, ENGLISH.title, _TITLE)
    page.type.line(MARGIN, top - 40, LAO.subtitle, _SUBTITLE)
    page.type.line(MARGIN, top - 52, ENGLISH.subtitle, _SUBTITLE)
    right = WIDTH - MARGIN
    _number(page, right - 104, top, _both("set_number"), str(words.set_number))
    _number(page, right, top, _both("page_number"), f"{words.page_number} / {PAGES}")
    page.rule(MARGIN, top - 58, _INNER, weight=1.2, grey=0)
    return _list_words(page, words, top - 68)


def _list_words(page: Page, words: RecoveryPageWords, top: float) -> float:
    """Draw the four words by which a person knows the list of keyholders; return the bottom."""
    if not words.of_list:
        return top
    used = page.type.line(MARGIN, top - 8, _both("of_list"), _LABEL)
    page.type.line(MARGIN + used + 10, top - 8, "  ".join(words.of_list), _LIST_WORD)
    return top - 18


def _both(name: str) -> str:
    return f"{getattr(LAO, name)} · {getattr(ENGLISH, name)}"


def _number(page: Page, right: float, top: float, label: str, number: str) -> None:
    page.type.line(right, top - 12, label, _LABEL, "right")
    page.type.line(right, top - 46, number, _FIGURE, "right")


def _sides() -> tuple[tuple[Wording, Style, float], ...]:
    """Return the two languages with their type and their left edge."""
    return (LAO, _LAO_TEXT, MARGIN), (ENGLISH, _ENGLISH_TEXT, MARGIN + _HALF + _GUTTER)


def _notices(page: Page, top: float) -> float:
    """Draw the notices in two columns, each pair starting on one line; return the bottom."""
    for index in range(len(LAO.notices)):
        bottoms = []
        for wording, style, left in _sides():
            notice = wording.notices[index]
            below = page.type.block(left, top, _HALF, notice.heading, _HEADING)
            bottoms.append(page.type.block(left, below, _HALF, notice.text, style))
        top = min(bottoms) - 6
    return top - 4


def _grid(page: Page, words: RecoveryPageWords, top: float) -> float:
    """Draw the numbered words, read down each column; return the bottom."""
    page.rule(MARGIN, top, _INNER, weight=1.2, grey=0)
    for column in range(_COLUMNS):
        left = MARGIN + column * (_COLUMN + _GAP)
        for row in range(_ROWS):
            index = column * _ROWS + row
            base = top - _ROW * row - _BASE
            page.type.line(left + 16, base, str(index + 1), _POSITION, "right")
            page.type.line(left + 24, base, words.words[index], _WORD)
            number = f"{words.numbers[index]:04}"
            page.type.line(left + _COLUMN, base, number, _NUMBER, "right")
            if row:
                page.rule(left, base + _BASE, _COLUMN, grey=0.75)
    bottom = top - _ROW * _ROWS
    page.rule(MARGIN, bottom, _INNER, weight=1.2, grey=0)
    return bottom - 10


def _use(page: Page, top: float) -> float:
    """Draw how the page is used, step by step in both languages; return the bottom."""
    bottoms = []
    for wording, style, left in _sides():
        below = page.type.block(left, top, _HALF, wording.use_heading, _HEADING)
        for step, text in enumerate(wording.use, 1):
            page.type.line(left, below - style.line * 0.72, f"{step}.", style)
            below = page.type.block(left + 14, below, _HALF - 14, text, style)
        bottoms.append(below)
    return min(bottoms)


def _foot(page: Page, words: RecoveryPageWords) -> None:
    """Draw the lines that the keeper fills in by hand, and the day of printing."""
    names = ("kept_by", "kept_at", "kept_since", "signature")
    for place, name in enumerate(names):
        left = MARGIN + (place % 2) * (_HALF + _GUTTER)
        base = MARGIN + 44 - (place // 2) * 29
        used = page.type.line(left, base, _both(name), _LABEL)
        page.rule(left + used + 6, base - 2, _HALF - used - 6, grey=0.3)
    day = f"{LAO.day(words.made_on)} · {ENGLISH.day(words.made_on)}"
    page.type.line(WIDTH / 2, MARGIN - 10, day, _LABEL, "centre")
