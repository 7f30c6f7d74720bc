"""Marks drawn at random: vowels and tones after Lao letters, and whatever else joins onto a letter.

A word may be anything that a keyboard can write: two readers have to copy it from the sheet as it
was put in, with every mark behind the letter that carries it.
"""

import re
import unicodedata

import pytest
from hypothesis import example, given, reject, settings
from hypothesis import strategies as st

from shelterdesk.core.disclosed import DisclosedItem
from shelterdesk.documents.page import NoLetter
from shelterdesk.documents.referral_letter import referral_letter
from tests.documents.papers import OFFICES, disclosed, everything_in, facts
from tests.documents.read_back import by_pdfium, by_poppler

CONSONANTS = "ກຂຄງຈສຊຍດຕຖທນບປຜຝພຟມຢຣລວຫອຮໜໝ"
BEFORE = "ເແໂໃໄ"
ABOVE_AND_BELOW = "ັິີຶືຸູົຼໍ"
TONES = "່້໊໋໌"
AFTER = "ະາຳຽ"


def folded(text: str) -> str:
    """Return a text without white space and break marks, NFC: lines may have been broken."""
    return unicodedata.normalize("NFC", re.sub(r"[\s\u200b]", "", text))


def maybe(letters: str) -> st.SearchStrategy[str]:
    return st.one_of(st.just(""), st.sampled_from(letters))


syllables = st.tuples(
    maybe(BEFORE),
    st.sampled_from(CONSONANTS),
    maybe(ABOVE_AND_BELOW),
    maybe(TONES),
    maybe(AFTER),
).map("".join)
lao_words = st.lists(syllables, min_size=1, max_size=8).map("".join)
lao_lines = st.lists(lao_words, min_size=1, max_size=4).map(" ".join)


def block(first: int, last: int) -> st.SearchStrategy[str]:
    """Return the letters of a block."""
    return st.characters(categories=["Lu", "Ll", "Lo"], min_codepoint=first, max_codepoint=last)


def joined(letter: st.SearchStrategy[str], marks: tuple[int, int]) -> st.SearchStrategy[str]:
    """Return words of one script: letters, each with up to two marks of a block."""
    mark = st.characters(categories=["Mn", "Mc"], min_codepoint=marks[0], max_codepoint=marks[1])
    one = st.tuples(letter, st.text(mark, max_size=2)).map("".join)
    return st.lists(one, min_size=1, max_size=8).map("".join)


SCRIPTS = {
    "Latin": joined(block(0x41, 0x24F), (0x300, 0x336)),
    "Thai": joined(block(0x0E01, 0x0E2E), (0x0E31, 0x0E4E)),
    "Lao": joined(st.sampled_from(CONSONANTS), (0x0EB1, 0x0ECE)),
    "Khmer": joined(block(0x1780, 0x17A2), (0x17B6, 0x17D3)),
    "Burmese": joined(block(0x1000, 0x1020), (0x102B, 0x103E)),
}


def letter_with(text: str, language: str) -> bytes:
    item = DisclosedItem("need_requested", "Need", text)
    let_out = disclosed((), language, items=(item,))
    return referral_letter(let_out, OFFICES[language], facts(language))


@given(lao_lines, st.sampled_from(["lo", "en"]))
@example("ນ້ຳຜຶ້ງ ກຸ້ງ ເຂົ້າໜຽວ ຫຼິ້ນ ຟຼີ ປໍ້", "lo")
@example("ກ່ຳກ້ຳກ໊ຳກ໋ຳ", "en")
@settings(max_examples=60)
def test_lao_with_any_vowels_and_tones_is_copied_as_it_was_written(
    text: str, language: str
) -> None:
    pdf = letter_with(text, language)
    for read in (by_pdfium, by_poppler):
        assert folded(text) in folded(read(pdf))


@pytest.mark.parametrize("script", SCRIPTS)
@given(st.data())
@settings(max_examples=20)
def test_any_letter_with_any_marks_of_its_script_is_spelled_out_as_it_was_put_in(
    script: str, data: st.DataObject
) -> None:
    text = data.draw(SCRIPTS[script])
    try:
        pdf = letter_with(text, "en")
    except NoLetter:  # said before anything is printed, and tested where it is said
        reject()
    spelled = bytes.fromhex("".join(re.findall("ActualText <feff([0-9a-f]*)>", everything_in(pdf))))
    shown = re.sub(r"[\s\u200b]", "", spelled.decode("utf-16-be"))
    assert re.sub(r"[\s\u200b]", "", text) in shown
