"""Two recovery pages as somebody types them back from paper, or keeps them in a file."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from shelterdesk.cli.terminal import say_error, text_of, typed
from shelterdesk.core.errors import WrongPages
from shelterdesk.core.i18n import N_, _
from shelterdesk.services.keeping.recovery_paper import (
    WORDS_ON_A_PAGE,
    page_fault,
    pages_fault,
    read_words,
    word_number,
)

_BOTH: Final = 2 * WORDS_ON_A_PAGE
_TITLES: Final = (N_("First page"), N_("Second page"))


class WrongCount(WrongPages):
    """A file holds more or fewer words than two pages have."""

    sentence = N_(
        "The file {file} holds {count} words or numbers; two pages have 66. Write the 33 words, "
        "or the 33 numbers of four digits, of one page and then of another, and nothing else."
    )


def two_pages(file: Path | None) -> list[tuple[str, ...]]:
    """Return two pages, words or numbers, from `file` or typed one after the other.

    Whether they belong together is found out by whoever opens something with them. Raises
    WrongCount, UnreadableSecret, NoSecret.
    """
    if file is None:
        return [_typed_page(_(title), page) for page, title in enumerate(_TITLES, 1)]
    pages = _pages_in(text_of(file), str(file))
    fault = pages_fault(pages)
    if fault is not None:
        raise fault
    return pages


def _pages_in(text: str, file: str) -> list[tuple[str, ...]]:
    """Return the two pages of a file: divided by an empty line, or 33 words after 33."""
    parts = [part for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]
    if len(parts) == len(_TITLES):
        return [read_words(part) for part in parts]
    words = read_words(text)
    if len(words) == _BOTH - 1 and (met := _where_pages_meet(text)):
        return met
    if len(words) != _BOTH:
        raise WrongCount(file=file, count=len(words))
    return [words[:WORDS_ON_A_PAGE], words[WORDS_ON_A_PAGE:]]


def _where_pages_meet(text: str) -> list[tuple[str, ...]] | None:
    """Return the two pages of a text that is two whole ones at one of its gaps; None without one.

    The last word of a page and the first number of the next may be the same entry of the list,
    which reads as one word with its number.
    """
    for gap in re.finditer(r"\s+", text):
        pages = [read_words(text[: gap.start()]), read_words(text[gap.end() :])]
        if all(page_fault(page) is None for page in pages):
            return pages
    return None


def _typed_page(title: str, page: int) -> tuple[str, ...]:
    """Ask for one page until its own checksum holds, so that a slip is mended at once."""
    while True:
        words = _typed_words(title)
        fault = page_fault(words, page)
        if fault is None:
            return words
        say_error(str(fault))
        say_error(_(N_("The page once more, please.")))


def _typed_words(title: str) -> tuple[str, ...]:
    """Ask for 33 words; Enter may be pressed after any of them, as after a line on the paper."""
    words: tuple[str, ...] = ()
    ask = N_("{title}, from word or number {place} of {count} on")
    while len(words) < WORDS_ON_A_PAGE:
        question = _(ask).format(title=title, place=len(words) + 1, count=WORDS_ON_A_PAGE)
        words += _known(read_words(typed(question), len(words)), len(words) + 1)
    return words[:WORDS_ON_A_PAGE]


def _known(line: Sequence[str], place: int) -> tuple[str, ...]:
    """Return the words of a line up to the first that is in no list, and tell its place."""
    unknown = next((n for n, word in enumerate(line) if not _is_listed(word)), None)
    if unknown is None:
        return tuple(line)
    told = N_("Number {place} is not a word of the list. Go on from there.")
    say_error(_(told).format(place=place + unknown))
    return tuple(line[:unknown])


def _is_listed(word: str) -> bool:
    try:
        return word_number(word) > 0
    except KeyError:
        return False
