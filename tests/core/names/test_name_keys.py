"""Two spellings of a name are told to be one, measured on places and on invented people."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelterdesk.core import places
from shelterdesk.core.names.keys import SAME_PERSON, NameKey, folded, likeness, name_keys

DISTRICTS = {code: place for code, place in places._places().items() if len(code) == 4}
PEOPLE = [
    ("ຈັນດາ ວົງສາ", "Chanda Vongsa", "Janda Wongsa"),
    ("ບົວຄຳ ພົມມະຈັນ", "Bouakham Phommachanh", "Buakham Pommachan"),
    ("ສົມສີ ແກ້ວມະນີ", "Somsy Keomany", "Somsi Kaewmanee"),
    ("ນ້ອຍ", "Noy", "Noi"),
    ("ວຽງໄຊ ສີສຸກ", "Viengxay Sysouk", "Viangsai Sisuk"),
    ("ຄຳຫຼ້າ ໄຊຍະວົງ", "Khamla Xayavong", "Khamlar Saiyavong"),
    ("ດາວອນ ອິນທະວົງ", "Davone Inthavong", "Dawon Intavong"),
    ("ມະນີຈັນ ລາດຊະວົງ", "Manychanh Ratsavong", "Maneechan Latsavong"),
]
"""Invented people, each in Lao and in two Latin spellings."""


def rank(asked: NameKey, code: str, among: dict[str, NameKey]) -> int:
    """Return how many other places are more like what was asked than the one that was meant."""
    own = likeness(asked, among[code])
    return sum(likeness(asked, other) > own for other in among.values())


def test_lao_names_of_districts_lead_to_their_english_ones() -> None:
    english = {code: name_keys(place["en"]) for code, place in DISTRICTS.items()}
    ranks = [rank(name_keys(place["lo"]), code, english) for code, place in DISTRICTS.items()]
    assert len(ranks) == 148
    assert sum(place == 0 for place in ranks) / 148 >= 0.95
    assert sum(place < 3 for place in ranks) / 148 >= 0.97


def test_other_lao_spellings_of_districts_lead_to_the_usual_ones() -> None:
    lao = {code: name_keys(place["lo"]) for code, place in DISTRICTS.items()}
    renamed = {"ວຽງທອງ", "ຄັນທະບູລີ"}  # former names: nothing in common with those of today
    ranks = [
        rank(name_keys(alias), code, lao)
        for code, place in DISTRICTS.items()
        for alias in place.get("aliases", ())
        if alias >= "ກ" and alias not in renamed
    ]
    assert len(ranks) >= 20
    assert sum(place == 0 for place in ranks) / len(ranks) >= 0.95
    assert max(ranks) < 3


@pytest.mark.parametrize("names", PEOPLE, ids=[names[1] for names in PEOPLE])
def test_spellings_of_one_person_are_the_same_person(names: tuple[str, ...]) -> None:
    for one, other in combinations(names, 2):
        assert likeness(name_keys(one), name_keys(other)) >= SAME_PERSON


def test_different_people_are_not_the_same_person() -> None:
    keys = [name_keys(*names) for names in PEOPLE]
    assert [pair for pair in combinations(keys, 2) if likeness(*pair) >= SAME_PERSON] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ນາງ ຄຳ", "ຄຳ"),
        ("ນາງຄຳ", "Kham"),
        ("ທ້າວບຸນ", "Boun"),
        ("ບ້ານໂພນໄຊ", "Phonxay"),
        ("ເມືອງ ປາກເຊ", "ນະຄອນປາກເຊ"),
        ("ນ້ອຍ", "ນອຍ"),
        ("Vongsa Chanda", "ຈັນດາ ວົງສາ"),
    ],
)
def test_titles_tones_and_order_do_not_count(one: str, other: str) -> None:
    assert likeness(name_keys(one), name_keys(other)) == 1


def test_a_title_alone_is_a_name_and_part_of_a_name_is_no_title() -> None:
    assert name_keys("ນາງ").folded == (("nang",),)
    assert name_keys("ນາງາມ").folded == (("nangam",),)


def test_one_name_that_agrees_is_enough() -> None:
    assert likeness(name_keys("ຈັນດາ", "Noy"), name_keys("Bouavanh", "ນ້ອຍ")) == 1


def test_nobody_without_a_name_is_like_anybody() -> None:
    assert likeness(name_keys(), name_keys()) == 0
    assert likeness(name_keys("", " "), name_keys("Noy")) == 0


@pytest.mark.parametrize(
    ("spelling", "plain"),
    [
        ("Houaphanh", "huapan"),
        ("Nhommalath", "niumalat"),
        ("Phonhong", "punhung"),
        ("Khoune", "kun"),
        ("Xayaboury", "saiabuli"),
        ("Nonghed", "nunghet"),
        ("Ngern", "ngeun"),
        ("Nguyễn", "nguian"),
    ],
)
def test_habits_of_spelling_are_taken_away(spelling: str, plain: str) -> None:
    assert folded(spelling) == plain


def test_a_key_does_not_show_names() -> None:
    assert "chanda" not in repr(name_keys("Chanda")).lower()
    assert "canda" not in repr(name_keys("Chanda")).lower()


@given(st.lists(st.text(), max_size=3), st.lists(st.text(), max_size=3))
def test_any_names_can_be_compared_in_either_direction(one: list[str], other: list[str]) -> None:
    a, b = name_keys(*one), name_keys(*other)
    assert 0 <= likeness(a, b) <= 1
    assert likeness(a, b) == pytest.approx(likeness(b, a))


@given(st.permutations(["ຈັນດາ", "Vongsa", "ບົວ"]), st.text(max_size=20))
def test_the_order_of_words_never_matters(words: list[str], other: str) -> None:
    key = name_keys(other)
    usual = likeness(name_keys("ຈັນດາ Vongsa ບົວ"), key)
    assert likeness(name_keys(" ".join(words)), key) == usual
