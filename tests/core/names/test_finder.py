"""The search box: Lao and Latin, parts and misspellings, the best first, and nobody forgotten."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelterdesk.core import places
from shelterdesk.core.names.finder import Finder

PEOPLE = {
    "1": ("SD-000101", "Champa", "ຈັນດາ ວົງສາ"),
    "2": ("SD-000102", "Dao", "ບົວຄຳ ພົມມະຈັນ"),
    "3": ("SD-000201", "Kulap", "Somsy Keomany"),
    "4": ("SD-000202", "Dok", "ນ້ອຍ"),
    "5": ("SD-000203", "Bua", "ວຽງໄຊ ສີສຸກ"),
    "6": ("SD-000204", "Chan", "Nguyễn Thị Ánh"),
}


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder(PEOPLE.items())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sd-000101", "1"),
        ("Kulap", "3"),
        ("ຈັນດາ", "1"),
        ("ວົງ", "1"),
        ("ຽ", "5"),
        ("chanda", "1"),
        ("Chand", "1"),
        ("Janda", "1"),
        ("vongsa chanda", "1"),
        ("Bouakham", "2"),
        ("Buakam pom", "2"),
        ("ບົວ ຄຳ", "2"),
        ("ສົມສີ", "3"),
        ("Somsee", "3"),
        ("noi", "4"),
        ("ນອຍ", "4"),
        ("Viangsai", "5"),
        ("Viengxay Sisouk", "5"),
        ("nguyen anh", "6"),
    ],
)
def test_somebody_is_found_first_however_she_is_spelt(
    finder: Finder, typed: str, meant: str
) -> None:
    assert finder.find(typed)[0] == meant


@pytest.mark.parametrize(
    ("typed", "meant"), [("Bouakkmam", "2"), ("Viengzsay", "5"), ("ວຽງໄຊຍ", "5"), ("Chamda", "1")]
)
def test_misspelt_names_are_found(finder: Finder, typed: str, meant: str) -> None:
    assert meant in finder.find(typed)


@pytest.mark.parametrize(
    "typed", ["", "  ", "ຮຮຮ", "Gudrun", "SD-9", "zzzz", "sss", "nang aaaa", "ຈຈຈ"]
)
def test_nobody_is_found_by_nothing_or_by_what_nobody_has(finder: Finder, typed: str) -> None:
    assert finder.find(typed) == []


@pytest.mark.parametrize(
    "typed",
    ["ນາງ ຈັນດາ", "ນາງຈັນດາ", "Ms Chanda", "Mrs. Janda", "นาง จันดา", "Nang Chanda"],
)
def test_a_title_in_front_is_no_part_of_a_name(finder: Finder, typed: str) -> None:
    assert finder.find(typed)[0] == "1"


def test_a_title_that_is_a_name_is_found_first() -> None:
    finder = Finder([("1", ["Noy"]), ("2", ["Nang Noy"])])
    assert finder.find("Nang Noy") == ["2", "1"]
    assert finder.find("Nang")[0] == "2"


CODES = {"case": ["K7Q-42L", "K7Q42L"], "slip": ["SD-2026-493127-X", "SD2026493127X"]}


@pytest.mark.parametrize(
    "dash", ["-", "–", "—", "\u2011", "\u2010", "\u2212", "―", "", " ", ".", "/", " – ", "_"]
)
@pytest.mark.parametrize("row", CODES)
def test_a_code_is_found_with_any_dash_and_in_lao_digits(row: str, dash: str) -> None:
    finder = Finder(CODES.items())
    typed = CODES[row][0].replace("-", dash)
    lao = typed.translate({ord("0") + value: chr(0x0ED0 + value) for value in range(10)})
    for text in (typed, typed.lower(), lao, lao.lower(), typed[:-1]):
        assert finder.find(text) == [row]


def test_the_whole_name_comes_before_beginnings_and_those_before_parts() -> None:
    finder = Finder([("part", ["Pakseng"]), ("word", ["Noy Seng"]), ("start", ["Sengdao"])])
    finder.update("whole", ["Seng"])
    assert finder.find("seng") == ["whole", "start", "word", "part"]


def test_no_more_are_given_than_are_asked_for() -> None:
    finder = Finder((str(number), [f"Noy {number}"]) for number in range(200))
    assert len(finder.find("noy")) == 50
    assert len(finder.find("noy", 3)) == 3
    assert finder.find("noy", 0) == []


def test_a_changed_name_is_found_and_the_old_one_is_not() -> None:
    finder = Finder([("1", ["ຈັນດາ"])])
    finder.update("1", ["Bouavanh"])
    assert finder.find("ບົວວັນ") == ["1"]
    assert finder.find("ຈັນດາ") == finder.find("chanda") == []


def test_forgetting_somebody_who_is_not_there_changes_nothing() -> None:
    finder = Finder([("1", ["Noy"])])
    finder.forget("2")
    assert finder.find("noy") == ["1"]


def test_districts_are_found_by_their_name_in_the_other_script() -> None:
    known = {code: place for code, place in places._places().items() if len(code) == 4}
    finder = Finder((code, [place["lo"]]) for code, place in known.items())
    found = [code in finder.find(place["en"], 3) for code, place in known.items()]
    assert sum(found) / len(found) >= 0.9


names = st.lists(st.text(max_size=12) | st.sampled_from(["Noy", "ນ້ອຍ", "ຈັນດາ ວົງ"]), max_size=3)


@given(st.dictionaries(st.text("123", min_size=1, max_size=2), names), st.text(max_size=8))
def test_anything_can_be_typed_and_who_is_forgotten_is_never_found(
    rows: dict[str, list[str]], typed: str
) -> None:
    finder = Finder(rows.items())
    found = finder.find(typed)
    assert len(found) == len(set(found))
    assert set(found) <= set(rows)
    for row, texts in rows.items():
        finder.forget(row)
        assert not any(row in finder.find(text) for text in (typed, *texts))


@given(names, names)
def test_after_a_change_it_finds_as_if_made_anew(before: list[str], after: list[str]) -> None:
    changed = Finder([("1", before)])
    changed.update("1", after)
    anew = Finder([("1", after)])
    assert all(changed.find(text) == anew.find(text) for text in (*before, *after, "noy"))


def test_what_is_no_name_is_found_as_it_is_written() -> None:
    finder = Finder([("1", ["Zzz Top"]), ("2", ["Somsy"])])
    assert finder.find("zzz") == ["1"]


def test_a_hit_says_how_far_it_is_from_what_was_typed(finder: Finder) -> None:
    assert finder.ranked("Chanda")[0] == ("1", 0)
    assert dict(finder.ranked("Chamda"))["1"] == 2
