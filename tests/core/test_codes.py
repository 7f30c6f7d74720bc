"""The lists of choices: complete, named for good, in both languages, and read when needed."""

import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from shelterdesk.core import codes, paths
from shelterdesk.core.i18n import LANGUAGES
from tests.quality.reference import FILE, place_in_alphabet, standard_lists

FOLDER = paths.resources() / "codes"
FROZEN = Path(__file__).parents[1] / "files" / "code_ids.txt"
OWN = [name for name in codes.names() if name not in codes.STANDARD_LISTS]
PLATFORMS = (
    "facebook instagram whats_app telegram facebook_messenger viber snap_chat line 4sale we_chat"
    " qq q_zone tik_tok twitter"
)
SAME_IN_BOTH = {("online_platform", code) for code in PLATFORMS.split()}
SNAKE = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")
LAO = re.compile("[\u0e81-\u0edf]")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
NEVER_SAID = re.compile(
    r"(?i)\b(?:victims?|clients?|beneficiar(?:y|ies)|absconded|escaped|VoTs?)\b"
    "|ເຫຍື່ອ|ເຄາະຮ້າຍ|ລູກຄ້າ|ຫຼົບໜີ|ຫລົບໜີ"
)


def every_label() -> Iterator[tuple[str, str, str, str]]:
    """Yield list, code, English and Lao."""
    for name in codes.names():
        english, lao = codes.labels(name, "en"), codes.labels(name, "lo")
        assert set(english) == set(lao)
        yield from ((name, code, english[code], lao[code]) for code in english)


def frozen_ids() -> dict[str, list[str]]:
    """Return list -> ids as they were first released."""
    lines = FROZEN.read_text(encoding="utf-8").splitlines()
    pairs = (line.split(": ") for line in lines if not line.startswith("#"))
    return {name: ids.split() for name, ids in pairs}


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that the lists are read from."""
    (tmp_path / "codes").mkdir()
    monkeypatch.setattr(codes, "resources", lambda: tmp_path)
    return tmp_path / "codes"


def test_no_list_and_no_id_was_ever_renamed() -> None:
    assert {name: list(codes._own(name)) for name in OWN} == frozen_ids()


def test_ids_are_plain_words() -> None:
    ids = {code for name in OWN for code in (name, *codes._own(name))}
    assert {code for code in ids if not SNAKE.fullmatch(code)} == set()


def test_no_label_is_empty_padded_or_carries_what_cannot_be_seen() -> None:
    texts = [text for *_, english, lao in every_label() for text in (english, lao)]
    assert len(texts) > 1000
    assert [text for text in texts if not text or text != text.strip()] == []
    assert [text for text in texts if INVISIBLE.search(text)] == []
    assert [text for text in texts if not unicodedata.is_normalized("NFC", text)] == []


def test_english_is_english_and_lao_is_lao() -> None:
    assert [english for _, _, english, _ in every_label() if LAO.search(english)] == []
    latin = {(name, code) for name, code, _, lao in every_label() if not LAO.search(lao)}
    assert latin == SAME_IN_BOTH


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", codes.names())
def test_no_two_choices_of_a_list_read_the_same(name: str, language: str) -> None:
    texts = list(codes.labels(name, language).values())
    assert len(texts) > 1
    assert len(set(texts)) == len(texts)


def test_nobody_is_called_what_she_is_not() -> None:
    assert [row for row in every_label() if any(map(NEVER_SAID.search, row[2:]))] == []


@pytest.mark.parametrize("name", OWN)
def test_a_file_holds_nothing_but_what_the_program_reads(name: str) -> None:
    text = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    assert text.startswith("# Source: ")
    assert "# The Lao has " in text
    for facts in codes._own(name).values():
        assert {"en", "lo"} <= set(facts) <= {"en", "lo", "htcds", "retired"}


def test_values_of_the_standard_are_those_that_ids_were_made_from() -> None:
    taken = {
        (name, code): codes.htcds(name, code)
        for name in OWN
        if name != "case_state"
        for code in codes._own(name)
    }
    of_standard = {place: value for place, value in taken.items() if value}
    differing = {
        code
        for (_, code), value in of_standard.items()
        if code.replace("_", "") != value.replace("_", "").lower()
    }
    assert len(of_standard) == 153
    assert differing == {"restricts_movement"}


def test_a_list_of_the_standard_has_a_value_for_every_code() -> None:
    of_standard = {
        name for name in OWN if any(codes.htcds(name, code) for code in codes._own(name))
    }
    missing = [
        (name, code)
        for name in of_standard - {"case_state"}
        for code in codes._own(name)
        if not codes.htcds(name, code)
    ]
    assert len(of_standard) == 19
    assert missing == []


def test_every_state_from_intake_on_has_its_status_in_the_standard() -> None:
    known = {codes.htcds("htcds_case_status", code) for code in codes._own("htcds_case_status")}
    states = {code: codes.htcds("case_state", code) for code in codes._own("case_state")}
    without = {code for code, value in states.items() if not value}
    assert without == {"enquiry", "screening", "not_admitted"}
    assert set(states.values()) - {""} == known


def test_labels_come_in_the_order_of_the_list() -> None:
    assert list(codes.labels("risk_level", "en").items()) == [
        ("high", "High"),
        ("medium", "Medium"),
        ("low", "Low"),
    ]
    assert list(codes.labels("risk_level", "lo").values()) == ["ສູງ", "ປານກາງ", "ຕ່ຳ"]


def test_what_a_caller_does_to_labels_stays_with_the_caller() -> None:
    codes.labels("risk_level", "en").clear()
    codes.labels("country", "en").clear()
    assert len(codes.labels("risk_level", "en")) == 3
    assert len(codes.labels("country", "en")) == 249


def test_a_retired_code_is_not_offered_but_still_read(own_folder: Path) -> None:
    (own_folder / "weather.toml").write_text(
        'wet = { en = "Wet", lo = "ຝົນ", retired = true }\ndry = { en = "Dry", lo = "ແລ້ງ" }\n',
        encoding="utf-8",
    )
    assert codes.labels("weather", "en") == {"dry": "Dry"}
    assert codes.label("weather", "wet", "lo") == "ຝົນ"


def test_a_code_that_nobody_knows_is_shown_as_it_is() -> None:
    assert codes.label("gender", "of_a_later_version", "lo") == "of_a_later_version"
    assert codes.label("country", "XX", "en") == "XX"
    assert codes.htcds("gender", "of_a_later_version") == ""
    assert codes.htcds("country", "LA") == ""


@pytest.mark.parametrize("name", ["no_such_list", "", "../places/laos", "gender.toml"])
def test_a_list_that_there_is_not_is_our_mistake(name: str) -> None:
    with pytest.raises(KeyError):
        codes.labels(name, "en")
    with pytest.raises(KeyError):
        codes.label(name, "x", "en")


@pytest.mark.parametrize("name", ["gender", "country"])
def test_a_language_that_we_do_not_speak_is_our_mistake(name: str) -> None:
    with pytest.raises(KeyError):
        codes.labels(name, "fr")


LAZY = """
import sys
opened = []
sys.addaudithook(lambda event, args: event == "open" and opened.append(str(args[0])))
from shelterdesk.core import codes
for step in range(3):
    if step:
        codes.labels("gender", "lo"), codes.label("gender", "feminine", "en")
    print(*[name for name in opened if name.endswith((".toml", ".json"))])
    opened.clear()
"""


def test_a_list_is_read_once_and_only_when_it_is_asked_for() -> None:
    done = subprocess.run([sys.executable, "-c", LAZY], check=True, capture_output=True, text=True)
    none, first, again = done.stdout.split("\n")[:3]
    assert none == again == ""
    assert [Path(name).name for name in first.split()] == ["gender.toml"]


def test_countries_and_languages_are_what_cldr_says() -> None:
    assert FILE.read_text(encoding="utf-8") == standard_lists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_countries_are_those_of_the_standard_and_the_near_ones_come_first(language: str) -> None:
    countries = codes.labels("country", language)
    assert len(countries) == 249
    assert all(re.fullmatch("[A-Z]{2}", code) for code in countries)
    assert list(countries)[:7] == ["LA", "TH", "VN", "CN", "KH", "MM", "MY"]
    rest = list(countries.values())[7:]
    assert rest == sorted(rest, key=place_in_alphabet)


def test_the_languages_spoken_in_laos_are_there() -> None:
    spoken = {
        "lo",
        "kjg",
        "hmn",
        "mww",
        "hnj",
        "blt",
        "khb",
        "ium",
        "ahk",
        "tth",
        "brv",
        "sss",
        "lso",
    }
    assert spoken <= set(codes.labels("language", "lo"))
    assert codes.label("language", "kjg", "lo") == "ກຶມມຸ"
    assert codes.label("language", "mww", "en") == "White Hmong"


def test_a_vowel_before_its_consonant_counts_after_it_in_the_alphabet() -> None:
    assert sorted(["ໂກ", "ຂາ", "ກາ", "ເຄ"], key=place_in_alphabet) == ["ກາ", "ໂກ", "ຂາ", "ເຄ"]


def test_districts_lie_within_their_province_and_without_one_all_are_offered() -> None:
    everywhere = codes.labels("district", "lo")
    for province in codes.labels("province", "lo"):
        there = codes.labels_within("district", province, "lo")
        assert there
        assert set(there) == {code for code in everywhere if code[:2] == province}
    assert codes.labels_within("district", "", "lo") == everywhere
    assert codes.labels_within("district", "elsewhere", "lo") == everywhere
