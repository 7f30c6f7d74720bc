"""What looks the same is the same: for search and matching, and once for what is kept."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shelterdesk.core.lao import letters as lao
from shelterdesk.core.lao.letters import normalised, stored, unified

MARKS = "\u0eb1\u0eb4\u0eb8\u0eba\u0ebb\u0ebc\u0ec8\u0ec9\u0ecc\u0ecd\u0e31\u0e38\u0e48\u0e4d\u0e4c"
HARD = st.text(st.sampled_from(f"ກຫຳາເແ{MARKS}นำเ\u0301\u0316\u0323đĐơß\u200b\u00ad \u00a0໒๒ 2"))
"""Texts full of what the rules touch, with foreign marks between."""

SAME = [
    ("ນ້ຳ", "ນ\u0ec9\u0ecd\u0eb2"),
    ("ນ້ຳ", "ນ\u0ecd\u0ec9\u0eb2"),
    ("ກໍ່", "ກ\u0ec8\u0ecd"),
    ("ຄົ້ນ", "ຄ\u0ec9\u0ebbນ"),
    ("ມື້", "ມ\u0ec9\u0eb7"),
    ("ໜ້າ", "ຫນ້າ"),
    ("ໝໍ", "ຫມໍ"),
    ("ຫຼວງ", "ຫລວງ"),
    ("ຫຼິ້ນ", "ຫ\u0eb4\u0ebc\u0ec9ນ"),
    ("ແມ່", "ເເມ່"),
    ("น้ำ", "นํ้า"),
    ("น้ำ", "น\u0e49\u0e4dา"),
    ("ที่", "ท\u0e48\u0e35"),
    ("แม่", "เเม่"),
    ("ສະບາຍດີ", "ສະ\u200bບາຍ\u200cດີ\ufeff"),
    ("ບ້ານ ນາ", "ບ້ານ\u00a0ນາ"),
    ("ປີ 2026", "ປີ ໒໐໒໖"),
    ("ปี 2026", "ปี ๒๐๒๖"),
    ("Lao", "\uff2c\uff41\uff4f"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_that_look_the_same_are_one(one: str, other: str) -> None:
    assert one != other
    assert unified(one) == unified(other)
    assert normalised(one) == normalised(other)


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Nguyễn Thị Ánh", "nguyen thi anh"),
        ("Đặng Đình", "dang dinh"),
        ("Straße", "STRASSE"),
        ("ĐIỆN BIÊN", "dien bien"),
        ("Café", "cafe\u0301"),
    ],
)
def test_capitals_and_latin_accents_do_not_count_in_a_search(written: str, typed: str) -> None:
    assert normalised(written) == normalised(typed)
    assert unified(written) != unified(typed) or written == "Café"


@pytest.mark.parametrize(
    ("one", "other"), [("ຂ້າວ", "ຂ່າວ"), ("ເສືອ", "ເສື້ອ"), ("ลาว", "ລາວ"), ("ຣ", "ລ"), ("ไม้", "ไม่")]
)
def test_words_that_differ_stay_different(one: str, other: str) -> None:
    assert normalised(one) != normalised(other)


@given(st.text() | HARD)
@example("\u0316\u0ecc\u0eb8")
@example("\u0eab\u0301\u0ebc")
def test_normalising_twice_changes_nothing(text: str) -> None:
    for form in (normalised, unified, stored):
        assert form(form(text)) == form(text)


@given(st.text() | HARD)
def test_the_normal_form_does_not_depend_on_how_unicode_was_composed(text: str) -> None:
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert unified(unicodedata.normalize(form, text)) == unified(text)


@given(st.text() | HARD)
def test_the_normal_form_has_no_stray_blanks_and_nothing_invisible(text: str) -> None:
    kept = normalised(text)
    assert kept == " ".join(kept.split())
    assert not set(kept) & set("\u00ad\u200b\u200c\u200d\u2060\ufeff\u00a0໑๑")


def test_every_character_settles() -> None:
    characters = map(chr, (*range(0x3000), *range(0xA000, 0xD800), *range(0xE000, 0x20000)))
    assert [c for c in characters if normalised(normalised(c)) != normalised(c)] == []


def test_what_is_kept_stays_as_typed_but_for_what_nobody_sees() -> None:
    assert stored(" ນາງ\u200bຄຳ \ufeff") == "ນາງຄຳ"
    assert stored("Ngu\u0079e\u0302\u0303n") == "Nguyễn"
    assert stored("ຫລວງ ໜ້າ ໒") == "ຫລວງ ໜ້າ ໒"
    assert stored("\u0915\u094d\u200d\u0937") == "\u0915\u094d\u200d\u0937"


def test_plain_text_takes_a_short_way_to_the_same_form() -> None:
    letters = [chr(c) for c in (*range(0x20, 0x7F), *range(0x0E80, 0x0F00), 0x200B, 0xE9, 0x0E33)]
    pairs = [f"ກ{one}{other}ນ" for one in letters for other in letters]
    for text in (*letters, *pairs, "ນາງ  ຈັນ ", " ເພັດ-2"):
        assert normalised(text) == lao._settled(lao._folded, text), text
