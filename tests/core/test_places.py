"""Provinces and districts: all of them, in both languages, found by every name they have."""

import re
import unicodedata

import pytest

from shelterdesk.core import places
from shelterdesk.core.i18n import LANGUAGES

LAO = re.compile("[\u0e81-\u0edf]")
COUNTS = (9, 7, 5, 7, 5, 12, 10, 11, 7, 11, 7, 10, 15, 8, 4, 10, 5, 5)
DISTRICTS = {f"{code:02}": count for code, count in enumerate(COUNTS, 1)}
EVERY_ID = [
    *DISTRICTS,
    *(
        f"{province}{place:02}"
        for province, count in DISTRICTS.items()
        for place in range(1, count + 1)
    ),
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_eighteen_provinces_and_148_districts_are_there(language: str) -> None:
    assert list(places.provinces(language)) == list(DISTRICTS)
    found = [code for province in DISTRICTS for code in places.districts(province, language)]
    assert len(found) == 148
    assert found == EVERY_ID[18:]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_names_of_a_picker_are_the_same(language: str) -> None:
    pickers = [
        places.provinces(language),
        *(places.districts(code, language) for code in DISTRICTS),
    ]
    assert [names for names in pickers if len(set(names.values())) < len(names)] == []


def test_names_are_written_in_their_language() -> None:
    for code in EVERY_ID:
        lao, english = places.label(code, "lo"), places.label(code, "en")
        assert LAO.match(lao)
        assert not LAO.search(english)
        assert english == english.strip() != ""
        assert unicodedata.is_normalized("NFC", lao)
        assert not re.search("[\u200b\ufeff]", lao)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_is_found_by_its_name(language: str) -> None:
    assert [
        code for code in EVERY_ID if code not in places.named(places.label(code, language))
    ] == []


def test_every_province_has_its_own_code_of_the_standard() -> None:
    codes = {province["iso"] for province in places._provinces().values()}
    assert len(codes) == 18
    assert all(re.fullmatch("LA-[A-Z]{2}", code) for code in codes)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ວຽງຈັນ", ("10",)),
        ("Viangchan", ("01", "10")),
        ("ກຳແພງນະຄອນວຽງຈັນ", ("01",)),
        (" vientiane  CAPITAL ", ("01",)),
        ("ຫລວງພະບາງ", ("06", "0601")),
        ("Louangphabang", ("06",)),
        ("ນະຄອນໄກສອນ ພົມວິຫານ", ("1301",)),
        ("Khanthabouly", ("1301",)),
        ("ວຽງທອງ", ("0703", "1106")),
        ("Phonthong", ("0612", "1606")),
        ("Xékong", ("15",)),
        ("Paris", ()),
        ("", ()),
    ],
)
def test_other_spellings_and_former_names_are_found(typed: str, meant: tuple[str, ...]) -> None:
    assert places.named(typed) == meant


def test_what_is_no_place_of_ours_is_shown_as_it_is() -> None:
    assert places.label("9999", "lo") == "9999"
    assert places.label("", "en") == ""


def test_a_province_that_there_is_not_is_our_mistake() -> None:
    with pytest.raises(KeyError):
        places.districts("19", "en")


def test_what_a_caller_does_to_a_picker_stays_with_the_caller() -> None:
    places.provinces("en").clear()
    places.districts("01", "en").clear()
    assert len(places.provinces("en")) == 18
    assert len(places.districts("01", "en")) == 9
