"""The recovery page: everything on it can be read back, and it says nothing about the house."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject
from shamir_mnemonic.wordlist import WORDLIST

from shelterdesk.documents.fonts import Weight
from shelterdesk.documents.page import HEIGHT, MARGIN, WIDTH, Page
from shelterdesk.documents.recovery_page import RecoveryPageWords, recovery_page
from shelterdesk.documents.type import BREAK, Style
from shelterdesk.documents.words.recovery_words import ENGLISH, LAO, Wording
from tests.documents.read_back import by_pdfium, by_poppler, operations, solid

PLACES = tuple((7 + 31 * step) % 1024 for step in range(33))
PAGE = RecoveryPageWords(
    set_number=4,
    page_number=2,
    words=tuple(WORDLIST[place] for place in PLACES),
    numbers=tuple(place + 1 for place in PLACES),
    made_on=date(2026, 11, 3),
    of_list=("academic", "dwarf", "velvet", "zero"),
)
GRID = [
    (str(position), word, f"{number:04}")
    for position, (word, number) in enumerate(zip(PAGE.words, PAGE.numbers, strict=True), 1)
]


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return recovery_page(PAGE)


def texts(wording: Wording) -> list[str]:
    """Return every heading and sentence of one language, without its break marks."""
    notices = [part for notice in wording.notices for part in (notice.heading, notice.text)]
    labels = [wording.title, wording.subtitle, wording.set_number, wording.page_number]
    labels += [
        wording.of_list,
        wording.kept_by,
        wording.kept_at,
        wording.kept_since,
        wording.signature,
    ]
    every = [*labels, *notices, wording.use_heading, *wording.use, wording.day(PAGE.made_on)]
    return [text.replace(BREAK, "") for text in every]


def drawn(pdf: bytes) -> list[tuple[float, float, str]]:
    """Return the left edge of the line, the type size and the spelling of each word."""
    left, size, word, found = 0.0, 0.0, "", []
    for operands, operator in operations(pdf):
        if operator == b"Tm":
            left = float(str(operands[4]))
        elif operator == b"Tf":
            size = float(str(operands[1]))
        elif operator == b"BDC":
            assert isinstance(operands[1], DictionaryObject)
            word = str(operands[1]["/ActualText"])
        elif operator == b"EMC":
            found.append((left, size, word))
    return found


def boxes(pdf: bytes) -> list[tuple[float, float, float, float]]:
    """Return left, top, right and bottom of each line of the sheet, in points from its top left."""
    found = re.findall(
        r'<line xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">',
        by_poppler(pdf, "-bbox-layout"),
    )
    return [(float(a), float(b), float(c), float(d)) for a, b, c, d in found]


@pytest.mark.parametrize("read", [by_pdfium, by_poppler])
def test_the_33_words_stand_in_order_each_with_place_and_number(
    pdf: bytes, read: Callable[[bytes], str]
) -> None:
    found = re.findall(r"^(\d\d?) ([a-z]+) (\d{4})\s*$", read(pdf), re.MULTILINE)
    assert found == GRID


@pytest.mark.parametrize("read", [by_pdfium, by_poppler])
@pytest.mark.parametrize("wording", [LAO, ENGLISH], ids=["Lao", "English"])
def test_every_sentence_copies_out_as_it_was_written(
    pdf: bytes, read: Callable[[bytes], str], wording: Wording
) -> None:
    text = read(pdf)
    assert BREAK not in text
    assert [sentence for sentence in texts(wording) if solid(sentence) not in solid(text)] == []


@pytest.mark.parametrize("wording", [LAO, ENGLISH], ids=["Lao", "English"])
def test_the_texts_are_normalised_and_the_lao_ones_can_be_broken(wording: Wording) -> None:
    every = texts(wording)
    assert all(text == unicodedata.normalize("NFC", text) for text in every)
    assert not any("|" in text or "  " in text for text in every)
    longest = max((notice.text for notice in LAO.notices), key=len)
    assert longest.count(BREAK) > 15


def test_lao_months_and_english_months_are_twelve_each() -> None:
    for wording in (LAO, ENGLISH):
        days = {wording.day(date(2027, month, 9)) for month in range(1, 13)}
        assert len(days) == len(set(wording.months)) == 12
    assert LAO.day(date(2026, 12, 31)).endswith("31 ທັນວາ 2026")


def test_it_is_one_page_and_equal_input_gives_equal_bytes(pdf: bytes) -> None:
    assert len(PdfReader(BytesIO(pdf)).pages) == 1
    assert recovery_page(PAGE) == pdf


def test_the_file_gives_nothing_away(pdf: bytes) -> None:
    metadata = PdfReader(BytesIO(pdf)).metadata
    assert metadata == {"/Title": "Document", "/CreationDate": "D:20261103"}
    assert not any(word.encode() in pdf for word in PAGE.words if len(word) > 6)


def test_set_and_page_number_are_the_largest_figures_on_the_sheet(pdf: bytes) -> None:
    words = drawn(pdf)
    largest = max(size for _, size, _ in words)
    assert [word.strip() for _, size, word in words if size == largest] == ["4", "2", "/", "3"]


def test_nothing_lies_outside_the_margins_or_upon_another_line(pdf: bytes) -> None:
    lines = boxes(pdf)
    assert len(lines) > 50
    for left, top, right, bottom in lines:
        assert MARGIN - 1 <= left < right <= WIDTH - MARGIN + 1
        assert 12 < top < bottom < HEIGHT - 12
    for number, (left, top, right, bottom) in enumerate(lines):
        for other in lines[number + 1 :]:
            shared = min(right, other[2]) - max(left, other[0])
            if shared > 1:
                middle, its = (top + bottom) / 2, (other[1] + other[3]) / 2
                assert abs(middle - its) > 11


def test_the_widest_words_of_the_list_have_room_beside_their_numbers() -> None:
    measure = Page(PAGE.made_on).type
    widest = sorted(WORDLIST, key=lambda word: measure.width(word, Style(10, Weight.BOLD)))[-33:]
    words = drawn(recovery_page(replace(PAGE, words=tuple(widest), numbers=(1024,) * 33)))
    pairs = [(one, after) for one, after in pairwise(words) if one[2] in widest]
    assert len(pairs) == 33
    for (left, size, word), (number, _, figures) in pairs:
        assert figures == "1024"
        spaced = Style(size, Weight.BOLD, spacing=size / 40)
        assert left + measure.width(word, spaced) < number - 8


def test_the_words_stay_out_of_messages_about_the_page() -> None:
    shown = repr(PAGE)
    assert "set_number=4" in shown
    assert not any(word in shown for word in PAGE.words)
    assert not any(f"{number}" in shown for number in PAGE.numbers if number > 99)


@pytest.mark.parametrize(
    "wrong",
    [
        {"page_number": 0},
        {"page_number": 4},
        {"words": PAGE.words[:-1]},
        {"numbers": PAGE.numbers[1:]},
        {"numbers": (0, *PAGE.numbers[1:])},
        {"numbers": (1025, *PAGE.numbers[1:])},
    ],
    ids=str,
)
def test_parts_that_cannot_belong_to_one_page_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"page number|words|word list"):
        replace(PAGE, **wrong)


def test_a_page_of_invented_records_is_marked(pdf: bytes) -> None:
    assert by_pdfium(recovery_page(PAGE, mark="DEMO")).split()[0] == "DEMO"
    assert "DEMO" not in by_pdfium(pdf)
