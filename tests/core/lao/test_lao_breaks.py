"""Lines of Lao break between words, and nowhere that would tear a letter from its marks."""

import re
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shelterdesk.core.lao.breaks import BREAK, LONGEST_UNKNOWN, breakable, breaks, plain
from shelterdesk.core.lao.letters import unified
from shelterdesk.core.paths import resources

GOLD = [
    line
    for line in Path(__file__).with_name("lao_gold.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
CLINGS = frozenset("ະາຳຽໆຯ")
LEADS = frozenset("ເແໂໃໄ")
LAO = [chr(code) for code in range(0x0E80, 0x0F00) if unicodedata.name(chr(code), "")]
LETTERS = "ກຂຄງຈສຊຍດຕຖທນບປຜຝພຟມຢຣລວຫອຮໜໝ"
SYLLABLES = [f"{first}{last}" for first in "ກສຫວໜ" for last in ("າ", "ັນ", "ິ່ງ", "ໍ້", "ອງ", "ຳ", "ະ")]
WORDS = ["ຜູ້ຖືກເຄາະຮ້າຍ", "ຫຼື", "ຫລື", "ນ້ຳ", "ນໍ້າ", "ນ\u0ec9\u0ecdາ", "ໜັງສື", "ຫນັງສື", "ເເມ່", "ຯລຯ", "ອື່ນໆ"]

wild = st.text(st.sampled_from([*LAO, BREAK, " ", "a", "7", ".", "\n", "\u0301", "\u200d"]))
written = st.lists(st.sampled_from([*WORDS, *SYLLABLES, *LETTERS, *LEADS, " ", "16", BREAK]))
texts = st.one_of(wild, written.map("".join))


def marked(line: str) -> list[int]:
    """Return the offsets in the plain text that `line` marks with a bar."""
    parts = line.split("|")
    return [sum(map(len, parts[:count])) for count in range(1, len(parts))]


def test_the_gold_list_is_large_and_sound() -> None:
    assert len(GOLD) >= 200
    assert len(set(GOLD)) == len(GOLD)
    assert sum(map(len, map(marked, GOLD))) >= 1200
    assert all(unicodedata.is_normalized("NFC", line) for line in GOLD)


def test_lines_break_where_a_reader_would_break_them() -> None:
    right = wrong = missed = 0
    for line in GOLD:
        found, wanted = set(breaks(line.replace("|", ""))), set(marked(line))
        right += len(found & wanted)
        wrong += len(found - wanted)
        missed += len(wanted - found)
    assert 2 * right / (2 * right + wrong + missed) >= 0.95  # F1 over the places
    assert right / (right + wrong) >= 0.95
    assert right / (right + missed) >= 0.95


@pytest.mark.parametrize(
    "line",
    [
        "ຜູ້ຖືກເຄາະຮ້າຍ|ຢູ່|ບ້ານພັກ",
        "ລາວ|ໄດ້|ຍິນຍອມ|ແລ້ວ",
        "ຂໍ|ຖອນ|ການຍິນຍອມ",
        "ໜັງສືສົ່ງຕໍ່|ຫາ|ໂຮງໝໍ|ມະໂຫສົດ",
        "ແຂວງ|ບໍລິຄຳໄຊ|ເມືອງ|ປາກຊັນ",
        "ຊ້າໆ|ຄ່ອຍໆ",
        "ເຂົ້າ ນ້ຳ ຯລຯ",
    ],
)
def test_words_of_the_house_are_known(line: str) -> None:
    assert breaks(line.replace("|", "")) == marked(line)


@pytest.mark.parametrize(
    "spellings",
    [
        ("ກິນ|ນ້ຳ|ຫຼາຍ", "ກິນ|ນໍ້າ|ຫລາຍ", "ກິນ|ນ\u0ec9\u0ecdາ|ຫຼາຍ"),
        ("ສົ່ງ|ໜັງສື|ຫາ|ໝໍ", "ສົ່ງ|ຫນັງສື|ຫາ|ຫມໍ"),
        ("ແມ່|ຂອງ|ລາວ", "ເເມ່|ຂອງ|ລາວ"),
    ],
)
def test_it_does_not_matter_how_a_word_was_typed(spellings: tuple[str, ...]) -> None:
    assert len({spelling.count("|") for spelling in spellings}) == 1
    for spelling in spellings:
        assert breaks(spelling.replace("|", "")) == marked(spelling)


def test_a_name_that_nobody_knows_stays_whole_unless_it_is_too_long() -> None:
    name = "ຊຼິກຊຼິກຟຼູບ"
    assert breaks(f"ລາວ{name}ມາ") == [3, 3 + len(name)]
    places = breaks(name, longest_unknown=4)
    assert [name[place] for place in places] == ["ຊ", "ຟ"]
    assert len(breaks(name * 3)) > 0
    assert len(name) < LONGEST_UNKNOWN < len(name * 3)


def test_letters_without_a_vowel_stay_with_the_word_before_them() -> None:
    assert breaks("ແມ່ຄຄ") == []
    assert breaks("ຄຄແມ່") == [2]


@pytest.mark.parametrize("text", ["", "a b", "12/2026", "Nguyễn Thị", "ภาษาไทย", "ລາວ", "໑໒໓"])
def test_where_no_two_lao_words_meet_there_is_no_break(text: str) -> None:
    assert breaks(text) == []
    assert breakable(text) == text


def test_only_what_stands_inside_lao_is_parted() -> None:
    assert breakable("(ລາວມາ)16ປີ, ລາວ-ໄທ") == f"(ລາວ{BREAK}ມາ)16ປີ, ລາວ-ໄທ"


@given(texts)
@example("ຫໜຫຼຫລ")
@example("ຳ້ຳ")
@example(f"ລາ{BREAK}ວ")
def test_for_display_only(text: str) -> None:
    shown = breakable(text)
    assert plain(shown) == plain(text)
    assert breakable(shown) == shown
    assert BREAK not in plain(shown)
    assert BREAK * 2 not in shown


@given(texts)
@example("ກາຫລກາຫນກາ")
def test_no_line_begins_or_ends_where_it_must_not(text: str) -> None:
    for before, after in pairwise(breakable(text).split(BREAK)):
        assert not unicodedata.category(after[0]).startswith("M")
        assert after[0] not in CLINGS
        assert before[-1] not in LEADS
        assert before[-1] in LAO
        assert after[0] in LAO
        assert not re.search("ຫ$", before) or not re.match("[ງຍນມຣລວ]", after)


@given(texts)
def test_places_are_offsets_inside_the_text(text: str) -> None:
    text = plain(text)
    places = breaks(text)
    assert places == sorted(set(places))
    assert not set(places) & {0, len(text)}


def words_of(name: str) -> list[str]:
    lines = (resources() / "words" / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def test_the_dictionary_is_in_one_spelling_sorted_and_without_doubles() -> None:
    words = words_of("lao_words.txt")
    assert len(words) > 25_000
    assert [word for word in words if unified(word) != word] == []
    assert words == sorted(set(words))
    assert [word for word in words if not re.fullmatch("[\u0e81-\u0ecd]{2,}", word)] == []


def test_our_own_words_are_lao_as_it_is_typed_each_once() -> None:
    words = words_of("shelter_words.txt")
    assert len(words) > 400
    assert len(set(map(unified, words))) >= len(words) - 10  # places are known in two spellings
    assert len(set(words)) == len(words)
    assert [word for word in words if not re.fullmatch("[\u0e81-\u0edd]{2,}", word)] == []


def test_the_notice_of_the_dictionary_is_kept() -> None:
    text = (resources() / "words" / "lao_words.txt").read_text(encoding="utf-8")
    assert "Mozilla Public License, v. 2.0" in text[:1000]
    assert "hunspell-lo" in text[:1000]


@pytest.mark.parametrize("word", words_of("shelter_words.txt"))
def test_our_own_words_stay_whole(word: str) -> None:
    assert breaks(word) == []
