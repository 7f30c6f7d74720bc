"""A name in the letters of another alphabet, letter by letter or in an address is still the name.

The guard at the door, the mask in a text and the search box know it alike.
"""

import pytest

from shelterdesk.core.names.alike import known, may_mean
from shelterdesk.core.names.disguises import readings, scripts
from shelterdesk.core.names.finder import Finder
from shelterdesk.core.names.look_alikes import is_unread
from shelterdesk.core.names.within import names_within
from tests.core.names.name_figures import disguised


@pytest.mark.parametrize(("name", "written"), disguised())
def test_a_disguised_name_is_stopped_masked_and_found(name: str, written: str) -> None:
    him = known((name,), ("Vongsa",))
    assert may_mean(written, him)
    assert may_mean(f"Mr {written}, driver", him)
    assert may_mean(written, him, person=False)
    assert names_within(f"ask {written} there", [name])
    assert Finder([("he", (name,)), ("another", ("Keola",))]).find(written)[:1] == ["he"]


@pytest.mark.parametrize("written", sorted({written for _name, written in disguised()}))
def test_a_disguise_is_no_alarm_for_somebody_else(written: str) -> None:
    for name in ("Keola", "Viengxay", "ນິດຕະຍາ"):
        assert not may_mean(written, known((name,), ("Vongsa",)))


def test_a_name_that_was_written_down_in_other_letters_is_known_by_our_own() -> None:
    him = known(("Сомсак",), ("Вонгса",))
    assert may_mean("Mr Somsak Vongsa", him)
    assert names_within("ask Somsak", ["Сомсак"])


@pytest.mark.parametrize(
    ("text", "among"),
    [
        ("S o m s a k V o n g s a", "Somsak Vongsa"),
        ("to: somsak.vongsa88@mail.la, please", "to: somsak vongsa , please"),
        ("Ѕоmѕаk", "Somsak"),
        ("Сомсак", "Somsak"),
        ("Сомсак", "Comcak"),
        ("Mr S o m s a k", "Mr Somsak"),
        ("1 2 3", "1 2 3"),
        ("ask S0msak", "ask Somsak"),
        ("Kham1a", "Khamla"),
        ("Kham1a", "Khamia"),
    ],
)
def test_every_reading_of_a_text_is_given(text: str, among: str) -> None:
    assert among in readings(text)


def test_a_name_with_figures_is_masked_beside_one_without() -> None:
    assert names_within("ask S0msak Vongsa there", ["Somsak Vongsa"]) == [(4, 17)]


@pytest.mark.parametrize("figures", ["1", "໑", "๑", "12", "໑໒"])
def test_a_lao_name_with_figures_inside_is_masked_also_in_the_midst_of_words(figures: str) -> None:
    text = f"ຖາມສົມ{figures}ສັກແລ້ວ"
    assert names_within(text, ["ສົມສັກ"]) == [(3, 9 + len(figures))]
    assert names_within(f"ຫ້ອງ{figures}ຄົນ", ["ສົມສັກ"]) == []


@pytest.mark.parametrize(
    "text",
    ["DEMO-0001", "SD-2026-020216-M", "B12", "A4", "H2O", "COVID19", "1st floor", "10am", "Noi2"],
)
def test_a_code_and_a_number_are_no_disguise(text: str) -> None:
    assert scripts(text) == [text]


@pytest.mark.parametrize("text", ["K. Phommavong", "Somsak", "ສົມສັກ ວົງສາ", "Nguyễn", "J. R. Keo"])
def test_what_hides_nothing_has_one_reading(text: str) -> None:
    assert readings(text) == [text]
    assert scripts(text) == [text]


@pytest.mark.parametrize(
    "written",
    ["S000msak", "S0msak88", "S   o   m   s   a   k", "5om5ak_99", "Somsak 99", "Somsak 020 55 12"],
)
def test_a_disguise_with_a_number_behind_stops_at_the_door(written: str) -> None:
    assert may_mean(f"Mr {written}, driver", known(("Somsak",), ("Vongsa",)))


@pytest.mark.parametrize(
    "line",
    [
        *("Ms Dao, District office", "Mr. Khamla (driver)", "K. & B. Phommavong", "Nguyễn Thị Đào"),
        *("ທ່ານ ສົມສັກ, ຄົນຂັບ", "Unit 3/4, km 5 • Box 12", "somsak@mail.la", "N°5 Road", "O’Neil"),
        *("Tel. +856 20 5555 1234", "c/o Ms Noy", "Ms Noy (LWU) – Vientiane", "ດຣ. ນ້ອຍ ໑໒", "R&D"),
        *("Сомсак", "นายสมศักดิ์", "Müller Øster", "#4 Noy", "Noy & Co.", "COVID-19", "Łukasz"),
        *("SD-2026-020216-M", "Bed(1)", "ທ່ານ\u200bນ້ອຍ", "4/11/2026 07:00"),
    ],
)
def test_what_offices_write_can_be_read(line: str) -> None:
    assert not is_unread(line)
    assert not is_unread(line, person=False)


@pytest.mark.parametrize(
    "line",
    [
        "S*msak",
        "S?msak",
        "သောမ်စက်",
        "សុំសាក់",
        "颂萨",
        "ソムサック",
        "سومساك",
        "Som~sak",
        "S#msak",
        "S^msak",
    ],
)
def test_what_nobody_can_compare_is_told(line: str) -> None:
    assert is_unread(f"Mr {line}, driver")


def test_a_place_with_a_name_of_its_own_alphabet_is_no_disguise() -> None:
    assert not is_unread("Embassy of China 中国大使馆", person=False)
    assert is_unread("Som颂sak transport", person=False)


@pytest.mark.parametrize("written", sorted({written for _name, written in disguised()}))
def test_a_disguise_that_is_read_costs_no_look_besides(written: str) -> None:
    """Whoever is not on the list is not asked about for her handwriting alone."""
    assert not is_unread(written) or any(map(written.__contains__, "*=+|/\\[]()"))


@pytest.mark.parametrize(
    "text", ["+856 20 5555 1234", "4/11/2026", "10-11-2026 07:30", "A4/B5", "4x4", "H2O", "12ab34"]
)
def test_numbers_days_and_codes_name_nobody(text: str) -> None:
    for name in ("Somsak", "Keola", "Sy", "Bounmy", "ຄຳ", "ອີ"):
        assert not may_mean(text, known((name,), ("Vongsa",)))
        assert not names_within(f"on {text} there", [name])
