"""The list of people and cases: found as one types, filtered, opened with Enter."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from shelterdesk.core.i18n import use_language
from shelterdesk.core.permissions import Role
from shelterdesk.gui.drafting import Drafting
from shelterdesk.gui.forms.record_table import RecordTable
from shelterdesk.gui.pages.today.people import PeoplePage
from shelterdesk.records.case.case import Case
from shelterdesk.services.desk import Desk
from tests.drivers.pages import PageDriver, as_somebody
from tests.factories import Shelter, add_person

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def cases(desk: Desk) -> dict[str, Case]:
    """Three women: one in the house, one at home, one whose case is closed."""
    made = {
        "here": desk.cases.admit(
            {"case": {"alias": "Mali"}, "person": {"given_name": "ສົມພອນ"}, "stay": {"bed": "A1"}}
        ),
        "home": desk.cases.open_case("Dao"),
        "over": desk.cases.open_case("Bua"),
    }
    desk.cases.close(made["over"], "goals_met_agreed")
    return made


def shown(driver: PageDriver) -> list[str]:
    """Return the names in the list, in order."""
    model = driver.part(RecordTable, "cases").model()
    return [model.index(row, 1).data() for row in range(model.rowCount())]


@pytest.mark.parametrize("typed", ["ສົມພອນ", "sompon", "somphone", "ສົມພອມ"])
def test_a_name_is_found_in_lao_in_latin_and_misspelt(
    qtbot: QtBot, desk: Desk, cases: dict[str, Case], typed: str
) -> None:
    driver = PageDriver(qtbot, PeoplePage(desk))
    driver.type_into("search", typed)
    assert shown(driver) == ["Mali"]
    driver.press(driver.page.search, Qt.Key.Key_Return)  # type: ignore[attr-defined]
    assert driver.went == [("case", cases["here"].id)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("in_house", {"Mali"}),
        ("open", {"Mali", "Dao"}),
        ("mine", {"Mali", "Dao"}),
        ("closed", {"Bua"}),
        ("all", {"Mali", "Dao", "Bua"}),
    ],
)
@pytest.mark.usefixtures("cases")
def test_the_small_buttons_filter_and_count(
    qtbot: QtBot, desk: Desk, name: str, expected: set[str]
) -> None:
    driver = PageDriver(qtbot, PeoplePage(desk))
    driver.click(f"filter-{name}")
    assert set(shown(driver)) == expected
    assert f"({len(expected)})" in driver.page.chips.buttons[name].text()  # type: ignore[attr-defined]


@pytest.mark.usefixtures("cases")
def test_who_is_typed_is_found_whatever_filter_is_on(qtbot: QtBot, desk: Desk) -> None:
    driver = PageDriver(qtbot, PeoplePage(desk))
    driver.click("filter-in_house")
    driver.type_into("search", "Bua")
    assert shown(driver) == ["Bua"]


def test_the_list_is_walked_and_opened_by_keys_alone(
    qtbot: QtBot, desk: Desk, cases: dict[str, Case]
) -> None:
    driver = PageDriver(qtbot, PeoplePage(desk))
    driver.click("filter-open")
    table = driver.part(RecordTable, "cases")
    table.setFocus()
    driver.press(table, Qt.Key.Key_Down)
    driver.press(table, Qt.Key.Key_Return)
    assert driver.went == [("case", cases["here"].id)]


def test_copying_takes_the_code_and_no_name(
    qtbot: QtBot, desk: Desk, cases: dict[str, Case]
) -> None:
    driver = PageDriver(qtbot, PeoplePage(desk))
    driver.click("filter-in_house")
    driver.press(
        driver.part(RecordTable, "cases"), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier
    )
    assert QGuiApplication.clipboard().text() == cases["here"].code


def test_an_empty_list_says_what_to_do(qtbot: QtBot, desk: Desk) -> None:
    assert "admit her: a code is enough" in PageDriver(qtbot, PeoplePage(desk)).text()


@pytest.mark.usefixtures("cases")
def test_nothing_found_says_how_to_look(qtbot: QtBot, desk: Desk) -> None:
    driver = PageDriver(qtbot, PeoplePage(desk))
    driver.type_into("search", "xqzw")
    assert "Nobody found" in driver.text()


@pytest.mark.usefixtures("cases")
def test_a_house_mother_sees_no_name_and_no_age(qtbot: QtBot, shelter: Shelter) -> None:
    passphrase = add_person(shelter.vault, "Dao", Role.HOUSE_MOTHER)
    driver = PageDriver(qtbot, PeoplePage(as_somebody(shelter, "Dao", passphrase)))
    table = driver.part(RecordTable, "cases")
    assert [table.isColumnHidden(place) for place in (1, 2, 3)] == [False, True, True]
    driver.type_into("search", "ສົມພອນ")
    assert shown(driver) == []


@pytest.mark.usefixtures("cases")
def test_what_is_typed_survives_a_change_of_language(qtbot: QtBot, desk: Desk) -> None:
    first = PageDriver(qtbot, PeoplePage(desk))
    first.click("filter-all")
    first.type_into("search", "ma")
    page = PeoplePage(desk)
    page.restore(first.page.draft())  # type: ignore[attr-defined]
    second = PageDriver(qtbot, page)
    assert second.typed("search") == "ma"
    assert second.page.chips.chosen() == "all"  # type: ignore[attr-defined]


@pytest.mark.usefixtures("cases")
def test_what_was_searched_for_is_no_unfinished_text(qtbot: QtBot, desk: Desk) -> None:
    driver = PageDriver(qtbot, PeoplePage(desk))
    drafting = Drafting(desk)
    drafting.follow(driver.page, "people")
    driver.click("filter-all")
    driver.type_into("search", "ma")
    drafting.end()
    assert desk.drafts.mine() == []


@pytest.mark.usefixtures("cases")
@pytest.mark.parametrize("language", ["lo", "en"])
def test_everything_that_takes_the_focus_has_a_name(
    qtbot: QtBot, desk: Desk, language: str
) -> None:
    use_language(language)
    assert PageDriver(qtbot, PeoplePage(desk)).nameless() == []
