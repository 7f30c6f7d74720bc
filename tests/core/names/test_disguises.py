"""A name in the letters of another alphabet, letter by letter or in an address is still the name.

The guard at the door, the mask in a text and the search box know it alike.
"""

import pytest

from shelterdesk.core.names.alike import known, may_mean
from shelterdesk.core.names.disguises import readings, scripts
from shelterdesk.core.names.finder import Finder
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
