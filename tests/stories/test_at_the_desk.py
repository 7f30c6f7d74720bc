"""Two stories through the real window: a girl comes at night; people take turns at the desk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelterdesk.core.i18n import use_language
from shelterdesk.core.permissions import Role
from shelterdesk.gui.parts.style import dress
from tests.factories import add_person, new_shelter
from tests.stories.seat import Seat

NAME, UNCLE = "ຈັນດາ", "ສົມພອນ"
STAFF = {
    "Dao": Role.COUNSELLOR,
    "Mali": Role.NURSE,
    "Pa": Role.HOUSE_MOTHER,
    "Kham": Role.DATA_OFFICER,
}


@pytest.fixture(autouse=True)
def in_english(qapp: QApplication) -> Iterator[None]:
    dress(qapp)
    use_language("en")
    yield
    use_language("en")


@pytest.fixture
def words(tmp_path: Path) -> dict[str, str]:
    """Make a shelter with its staff; returns everybody's passphrase."""
    shelter = new_shelter(tmp_path / "data")
    given = {name: add_person(shelter.vault, name, role) for name, role in STAFF.items()}
    shelter.vault.lock()
    shelter.place.close()
    return given


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path, words: dict[str, str]) -> Seat:
    """The chair before the window of that shelter."""
    assert words
    return Seat(qtbot, tmp_path / "data")


def admitted(seat: Seat, words: dict[str, str]) -> None:
    """Let the counsellor take down what is known at night: a name to call her by, and a bed."""
    seat.sit_down("Dao", words["Dao"])
    seat.click("main")
    seat.write("alias", "ຈຳປາ")
    seat.write("bed", "2A")
    seat.click("main")
    assert "Saved" in seat.text()


@pytest.mark.slow
def test_a_girl_arrives_at_night_without_papers(seat: Seat, words: dict[str, str]) -> None:
    admitted(seat, words)
    seat.get_up()
    assert seat.anew == 1

    seat.sit_down("Dao", words["Dao"])
    seat.find("ຈຳ")
    seat.do_with_case("admission")
    seat.click("step-person")
    seat.write("given_name", NAME)
    seat.write("birth_date", "16 ປີ")
    seat.click("main")

    seat.click("step-family")
    seat.click("add-relation")
    seat.write("given_name", UNCLE)
    seat.choose("relation", "aunt_uncle")
    seat.choose("involved", "suspected")
    seat.click("is_guardian")
    seat.click("main")
    assert "cannot be her guardian" in seat.text()
    seat.click("is_guardian_no")
    seat.click("main")
    assert seat.can_see("barred")

    seat.click("step-decisions")
    seat.click("photo_audio-refused")
    seat.click("law_enforcement_statement-refused")

    seat.click("nav_home")
    assert "In the house: 1" in seat.text()
    seat.find("Chanda")  # in Latin letters, though only her Lao name was written down
    assert "15–17 years" in seat.text()  # what an age that was told can mean by its year
    seat.get_up()


@pytest.mark.slow
def test_each_who_sits_down_sees_exactly_her_part(seat: Seat, words: dict[str, str]) -> None:
    admitted(seat, words)
    seat.find("ຈຳ")
    seat.do_with_case("admission")
    seat.click("step-person")
    seat.write("given_name", NAME)
    seat.click("main")
    seat.get_up()

    seat.sit_down("Mali", words["Mali"])
    assert seat.places() == {
        "home",
        "people",
        "beds",
        "organisations",
        "release",
        "staff",
        "settings",
        "help",
    }
    seat.find("ຈຳ")
    assert not seat.can_see("note")
    assert not seat.can_see("consent")
    seat.get_up()

    seat.sit_down("Pa", words["Pa"])
    assert seat.places() == {"home", "people", "beds", "staff", "settings", "help"}
    seat.write("search", NAME)
    assert "ຈຳປາ" not in "".join(seat.hits())  # her legal name finds nothing for the house
    seat.write("search", "")
    seat.find("ຈຳ")
    assert NAME not in seat.text()
    seat.get_up()

    seat.sit_down("Kham", words["Kham"])
    assert seat.places() == {"home", "backup", "staff", "settings", "help"}
    assert "ຈຳປາ" not in seat.text()
    seat.get_up()
    assert seat.anew == 4
