"""Passphrases: the same key from every keyboard, weak ones refused with a reason, good ones not."""

import math
import random
import re
import string
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shamir_mnemonic.wordlist import WORDLIST

from shelterdesk.core.i18n import use_language
from shelterdesk.core.lao.letters import normalised, unified
from shelterdesk.core.passphrases import (
    GENERATED_WORDS,
    TOO_COMMON,
    TOO_EVEN,
    TOO_KNOWN,
    TOO_SHORT,
    Language,
    canonical,
    generated,
    looks_like_recovery_words,
    offered,
    weakness,
)
from shelterdesk.core.paths import program_root, resources

HOUSE = ("Ban Pak Suay", "Noy Phommachanh", "ບ້ານພັກສວຍ", "ນ້ອຍ ພົມມະຈັນ")
LANGUAGES: tuple[Language, ...] = ("en", "lo")
TONES = re.compile("[\u0ec8-\u0ecb]")


def words_in(name: str) -> list[str]:
    """Return the words of a list in `resources/words`."""
    lines = (resources() / "words" / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


# --- the key ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ນ້ຳຂອງໄຫຼແຮງ", "ນໍ້າຂອງໄຫລເເຮງ"),
        ("ໝາກໄມ້", "ຫມາກໄມ້"),
        ("น้ำใส", "นํ้าใส"),
        ("ປີ ໒໐໒໖", "ປີ 2026"),
        ("  rice \u00a0 in\tthe morning\n", "rice in the morning"),
        ("ແມ່\u200bຂອງ", "ແມ່ຂອງ"),
        (unicodedata.normalize("NFD", "Phở sáng"), "Phở sáng"),
    ],
)
def test_what_looks_the_same_gives_the_same_key(one: str, other: str) -> None:
    assert one != other
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Rice", "rice"), ("ma", "má"), ("ຂ້າວ", "ຂ່າວ"), ("two words", "twowords"), ("a.", "a")],
)
def test_what_differs_gives_another_key(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


def test_the_bytes_never_change() -> None:
    assert canonical("ນ້ຳ  Mekong ໗") == "ນ\u0ecd\u0ec9\u0eb2 Mekong 7".encode()
    assert canonical("\ud83d") == b"\xed\xa0\xbd"


@given(st.text())
def test_the_key_of_a_key_is_itself(text: str) -> None:
    assert canonical(canonical(text).decode()) == canonical(text)


@given(st.text(string.ascii_letters, min_size=1, max_size=3), st.integers(64, 5000))
def test_nothing_is_cut_off(end: str, length: int) -> None:
    assert len(canonical("a" * length + end)) == length + len(end)


# --- weak and good ones -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("passphrase", "reason"),
    [
        ("", TOO_SHORT),
        ("Xk7#qP2m!vR9tL", TOO_SHORT),
        ("ຝົນຕົກຢູ່ນາ", TOO_SHORT),
        ("a" + " " * 30 + "b", TOO_SHORT),
        ("apple rice sun go", None),
        ("aaaaaaaaaaaaaaaaaaaa", TOO_EVEN),
        ("abcabcabcabcabcabcab", TOO_EVEN),
        ("randomtwelverandomtwelve", TOO_EVEN),
        ("aabbcabbbacababcbaabac", TOO_EVEN),
        ("apple apple apple apple apple", TOO_EVEN),
        ("abcdefghijklmnopqrst", TOO_EVEN),
        ("qwertyuiopasdfghjkl", TOO_EVEN),
        ("lkjhgfdsapoiuytrewq", TOO_EVEN),
        ("1qaz2wsx3edc4rfv5tgb", TOO_EVEN),
        ("12345678901234567890", TOO_EVEN),
        ("02055512345 2026", TOO_EVEN),
        ("ກຂຄງຈສຊຍດຕຖທນບປຜ", TOO_EVEN),
        ("ຢຟໂຖຸູຄຕຈຂຊໍຢຟໂຖຸູ", TOO_EVEN),
        ("passwordpassword1", TOO_COMMON),
        ("p@ssw0rd princess 2026", TOO_COMMON),
        ("dragon monkey sunshine", TOO_COMMON),
        ("dr@g0n m0nk3y $unsh1n3", TOO_COMMON),
        ("1999 Football football football", TOO_COMMON),
        ("Vientiane shelter 2026!", TOO_KNOWN),
        ("sabaidee vientiane lao", TOO_KNOWN),
        ("Ban Pak Suay Lao 2026", TOO_KNOWN),
        ("noy phommachanh 1984", TOO_KNOWN),
        ("PHOMMACHANH-Noy-Vientiane", TOO_KNOWN),
        ("ວຽງຈັນ ສະບາຍດີ 2026", TOO_KNOWN),
        ("ວຽງຈັນ ບ້ານພັກສວຍ ໒໐໒໖", TOO_KNOWN),
        ("ນ້ອຍ ພົມມະຈັນ ພົມມະຈັນ", TOO_KNOWN),
        ("Xk7#qP2m!vR9tLw4", None),
        ("83920174836291047562", None),
        ("my mother planted six mango trees", None),
        ("the boat to Pakse leaves at dawn", None),
        ("tôi thích ăn phở buổi sáng", None),
        ("ແມ່ເຮັດແກງໜໍ່ໄມ້ຢູ່ຫຼັງເຮືອນ", None),
        ("ຝົນຕົກຕອນແລງຢູ່ທົ່ງນາ", None),
        ("ยายปลูกมะม่วงไว้หลังบ้าน", None),
        ("abcdefgh and then my own long words", None),
    ],
)
def test_weak_ones_are_refused_with_the_reason(passphrase: str, reason: str | None) -> None:
    assert weakness(passphrase, HOUSE) == reason


def test_the_names_of_the_house_count_only_where_they_are_known() -> None:
    assert weakness("noy phommachanh suay") is None
    assert weakness("noy phommachanh suay", HOUSE) == TOO_KNOWN


@settings(max_examples=40)
@given(st.text(string.ascii_lowercase, min_size=64, max_size=120).filter(lambda t: len(set(t)) > 9))
def test_long_ones_are_taken_whole_and_judged_in_all_forms(passphrase: str) -> None:
    assert weakness(passphrase) == weakness(passphrase.upper()) == weakness(f"  {passphrase} ")


def test_random_letters_of_the_least_length_are_good() -> None:
    chance = random.Random(20261123)
    made = ["".join(chance.choices(string.ascii_lowercase, k=15)) for _ in range(100)]
    assert [passphrase for passphrase in made if weakness(passphrase, HOUSE)] == []


def test_no_rule_on_composition_and_no_upper_limit() -> None:
    chance = random.Random(7)
    assert weakness("".join(chance.choices(string.ascii_lowercase, k=64))) is None
    assert weakness("".join(chance.choices("ກຂຄງຈສຊຍດຕຖທນບປຜຝພຟມຢຣລວຫອຮ", k=5000))) is None


def test_a_common_password_is_refused_with_digits_around_it() -> None:
    listed = words_in("blocklist.txt")
    chosen = random.Random(3).sample([word for word in listed if word.isalpha()], 100)
    padded = [f"2026 {word} 19840101 123" for word in chosen]
    assert [one for one in padded if len(one) >= 15 and weakness(one) is None] == []


@given(st.text())
def test_every_text_gets_an_answer(text: str) -> None:
    assert weakness(text, HOUSE) in {None, TOO_SHORT, TOO_EVEN, TOO_COMMON, TOO_KNOWN}
    if len(unified(text)) < 15 and len(unified(text).split()) < GENERATED_WORDS:
        assert weakness(text) == TOO_SHORT or "-" in text


# --- generated ones ---------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "letter"), [("lo", "[ກ-ໝ]"), ("en", "[a-z]")])
def test_what_is_offered_is_in_the_language_of_the_screen(language: str, letter: str) -> None:
    use_language(language)
    try:
        words = offered(6).split()
    finally:
        use_language("en")
    assert len(words) == 6
    assert all(re.search(letter, word) for word in words)


def test_nothing_but_the_language_of_the_screen_decides_what_is_offered() -> None:
    callers = [
        path.name
        for path in (program_root() / "src").rglob("*.py")
        if re.search(r"\bgenerated\(", path.read_text(encoding="utf-8"))
    ]
    assert callers == ["passphrases.py"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_generated_ones_are_good_and_typed_as_printed(language: Language) -> None:
    for words in (5, 6, 8):
        made = generated(words, language)
        assert len(made.split(" ")) == words
        assert canonical(made).decode() == unified(made)
        if len(set(made.split())) >= GENERATED_WORDS:
            assert weakness(made) is None
            assert weakness(made.replace(" ", "-").upper()) is None
    assert generated(language=language) != generated(language=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_generated_ones_hold_sixty_bits(language: Language) -> None:
    size = len(set(words_in({"en": "english.txt", "lo": "lao.txt"}[language])))
    assert size >= 4096
    assert len(generated(language=language).split()) * math.log2(size) >= 60


def test_fewer_than_five_words_are_not_made() -> None:
    with pytest.raises(ValueError, match="4"):
        generated(4)


def test_english_words_are_short_and_none_begins_another() -> None:
    words = words_in("english.txt")
    assert [word for word in words if not re.fullmatch("[a-z]{3,8}", word)] == []
    following = pairwise(words)
    assert [pair for pair in following if pair[1].startswith(pair[0])] == []


def test_lao_words_can_be_typed_in_one_way_only() -> None:
    words = words_in("lao.txt")
    assert [word for word in words if not re.fullmatch("[\u0e81-\u0edd]{3,8}", word)] == []
    bare = {TONES.sub("", normalised(word)) for word in words}
    assert len(bare) == len(words), "words that differ in tone marks alone"
    assert [word for word in words if re.search("ຫລ|ຫຼ|ຫນ|ຫມ|ຣ|ເເ|ໆ", word)] == []


@pytest.mark.parametrize("name", ["english.txt", "lao.txt", "blocklist.txt", "local.txt"])
def test_lists_name_their_source_and_stand_in_their_normal_form(name: str) -> None:
    text = (resources() / "words" / name).read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert text == unicodedata.normalize("NFC", text)
    assert len(set(words_in(name))) == len(words_in(name))
    assert [word for word in words_in(name) if word != word.strip() or not word] == []


def test_the_blocklist_is_long_enough() -> None:
    assert len(words_in("blocklist.txt")) >= 3000


# --- recovery words ---------------------------------------------------------------------------


def test_a_recovery_page_in_a_note_is_noticed() -> None:
    page = random.Random(1).sample(WORDLIST, 33)
    for text in (
        " ".join(page),
        " ".join(page[:10]).upper(),
        "ໃບທີ 1: " + ", ".join(page) + " ເກັບໄວ້",
        "\n".join(f"{place:02}. {word} ({place * 7:04})" for place, word in enumerate(page)),
    ):
        assert looks_like_recovery_words(text, frozenset(WORDLIST))


def test_numbers_of_a_recovery_page_are_noticed_when_they_are_known() -> None:
    numbers = [f"{number:04}" for number in range(1024)]
    text = "0417 0023 0999 0512 0071 0300 0644 0018 0800 0101"
    assert looks_like_recovery_words(text, frozenset(numbers))
    assert not looks_like_recovery_words(text, frozenset(WORDLIST))


def test_ordinary_notes_are_not_taken_for_a_recovery_page() -> None:
    page = random.Random(2).sample(WORDLIST, 33)
    scattered = " ".join(f"{word} she came and we sat down to talk" for word in page)
    for text in ("", " ".join(page[:9]), f"{page[0]} " * 40, scattered, "ນາງມາຮອດບ້ານພັກຕອນແລງ"):
        assert not looks_like_recovery_words(text, frozenset(WORDLIST))
