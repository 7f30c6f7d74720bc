"""Belongings and money in the window: the acts counted, the stops said, what is told onwards."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.core.permissions import Role
from shelterdesk.gui.pages.incident.incidents import CASH, IncidentsPage
from shelterdesk.gui.pages.kept.carried import CarriedPage
from shelterdesk.gui.pages.kept.kept import KeptPage
from shelterdesk.records.case.case import Case
from shelterdesk.services.access.guard import seat_all
from shelterdesk.services.desk import Desk
from tests.drivers.form import type_keys
from tests.drivers.pages import PageDriver
from tests.drivers.tables import rows_of
from tests.factories import Shelter, add_person
from tests.services.kept.seats import SIGNED, kept, lak, with_
from tests.services.living.staying import lives_here

pytestmark = pytest.mark.usefixtures("in_english")
Key = Qt.Key
MANY = ("2 shirts", "3 trousers", "telephone")


@pytest.fixture
def words(shelter: Shelter) -> str:
    """Let Pa be able to open the records too; return her passphrase."""
    made = add_person(shelter.vault, "Pa", Role.HOUSE_MOTHER)
    seat_all(shelter.vault)
    return made


@pytest.fixture
def seated(shelter: Shelter, words: str) -> Desk:
    assert words
    return Desk(shelter.vault)


@pytest.fixture
def dok(seated: Desk) -> Case:
    return lives_here(seated, "Dok")


def opened(qtbot: QtBot, desk: Desk, about: str = "") -> PageDriver:
    return PageDriver(qtbot, KeptPage(desk, about))


def strike(driver: PageDriver, key: Key, table: str = "list") -> None:
    found: QWidget = driver.page
    for name in table.split("."):
        found = getattr(found, name)
    found.setFocus()
    driver.press(found, key)


def typed(driver: PageDriver, name: str, text: str) -> QWidget:
    found = driver.part(QWidget, name)
    found.setFocus()
    type_keys(found, text)
    return found


def she_signs(driver: PageDriver) -> None:
    """Say in the form that is open that she signs."""
    for form in driver.page.asking.open_one.forms:  # type: ignore[attr-defined]
        if "she_signed" in form.cells:
            form.editor("she_signed").set_raw("yes")


def test_three_things_take_six_actions_and_stand_on_one_receipt(
    qtbot: QtBot, seated: Desk, dok: Case
) -> None:
    driver, actions = opened(qtbot, seated), 0
    strike(driver, Key.Key_B)
    actions += 1
    what = driver.part(QWidget, "what")
    assert what.hasFocus()
    for line in MANY:
        type_keys(what, line)
        driver.press(what, Key.Key_Return)
        actions += 1
    assert kept(seated, dok) == {}  # Enter begins the next line and saves nothing
    driver.choose("witness_id", with_(seated, "Pa")["witness_id"])
    actions += 1
    driver.press(what, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    actions += 1
    assert actions == len(MANY) + 3
    assert kept(seated, dok) == {"shirts": 2, "trousers": 3, "telephone": 1}
    [line] = rows_of(driver.page.list)  # type: ignore[attr-defined]
    assert line.startswith(f"{dok.shown} | 6")


def test_money_takes_five_actions(qtbot: QtBot, seated: Desk, dok: Case) -> None:
    driver, actions = opened(qtbot, seated), 0
    strike(driver, Key.Key_K)
    actions += 1
    amount = typed(driver, "amount", "150,000")
    actions += 1
    currency = driver.part(QComboBox, "amount_currency")
    assert currency.currentText() == "LAK"
    driver.choose("witness_id", with_(seated, "Pa")["witness_id"])
    actions += 1
    driver.press(amount, Key.Key_Return)
    actions += 1
    assert actions <= 5
    [line] = seated.purse.of(dok.id).lines
    assert (line.amount.currency, int(line.amount.amount), line.taken_by) == (
        *("LAK", 150_000, seated.name),
    )
    assert "Kept for her: 150,000 LAK" in driver.text()


def test_half_a_kip_and_one_name_twice_are_stopped_beside_their_fields(
    qtbot: QtBot, seated: Desk, dok: Case
) -> None:
    driver = opened(qtbot, seated)
    strike(driver, Key.Key_K)
    amount = typed(driver, "amount", "10.5")
    driver.press(amount, Key.Key_Return)
    assert "Kip have no fractions." in driver.text()
    driver.type_into("amount", "10")
    driver.type_into("given_by", seated.name)
    driver.press(amount, Key.Key_Return)
    assert "Two different names are needed: who gives, who takes." in driver.text()
    assert seated.purse.of(dok.id).lines == ()


def test_more_than_is_kept_is_stopped_and_what_is_typed_stays(
    qtbot: QtBot, seated: Desk, dok: Case
) -> None:
    seated.purse.put(dok.id, "deposit", lak(9000), SIGNED)
    driver = opened(qtbot, seated)
    strike(driver, Key.Key_W)
    amount = typed(driver, "amount", "10000")
    she_signs(driver)
    driver.press(amount, Key.Key_Return)
    assert "Only 9,000 LAK are kept for her." in driver.text()
    assert driver.typed("amount") == "10000"


def test_a_telephone_is_lent_by_its_key_and_undone_by_its_opposite(
    qtbot: QtBot, seated: Desk, dok: Case
) -> None:
    seated.things.take_in(dok.id, [("telephone", 1)], SIGNED)
    driver = opened(qtbot, seated)
    strike(driver, Key.Key_G, "hers.things")
    driver.choose("event", "lent_out")
    she_signs(driver)
    driver.press(driver.part(QWidget, "quantity"), Key.Key_Return)
    assert kept(seated, dok) == {"telephone": 0}
    strike(driver, Key.Key_U, "hers.things")
    driver.type_into("why_corrected", "it was her friend's telephone that went")
    she_signs(driver)
    driver.press(driver.part(QWidget, "why_corrected"), Key.Key_Return)
    assert kept(seated, dok) == {"telephone": 1}
    assert len(seated.things.of(dok.id)[0].rows) == 3


def test_all_goes_back_on_one_receipt_and_an_exchange_is_one_act(
    qtbot: QtBot, seated: Desk, dok: Case
) -> None:
    seated.things.take_in(dok.id, [("ring", 1), ("bag", 2)], SIGNED)
    seated.purse.put(dok.id, "deposit", lak(200_000), SIGNED)
    driver = opened(qtbot, seated)
    strike(driver, Key.Key_A)
    she_signs(driver)
    driver.press(driver.part(QWidget, "taken_by"), Key.Key_Return)
    assert kept(seated, dok) == {"ring": 0, "bag": 0}
    strike(driver, Key.Key_E)
    gives, gets = driver.page.asking.open_one.forms  # type: ignore[attr-defined]
    gives.editor("amount").set_raw("LAK 43,000")
    gets.editor("amount").set_raw("THB 66.50")
    she_signs(driver)
    driver.press(gives.editor("amount").inner, Key.Key_Return)
    assert [f"{m.currency} {m.amount}" for m in seated.purse.of(dok.id).kept] == [
        *("LAK 157000", "THB 66.5"),
    ]


def test_the_box_is_counted_and_a_difference_opens_an_incident_filled_in(
    qtbot: QtBot, seated: Desk, dok: Case
) -> None:
    seated.purse.put(dok.id, "deposit", lak(50_000), SIGNED)
    driver = opened(qtbot, seated)
    strike(driver, Key.Key_C)
    counted = typed(driver, "counted", "49500")
    driver.choose("witness_id", with_(seated, "Pa")["witness_id"])
    driver.press(counted, Key.Key_Return)
    told = "500 LAK are missing in the cash box: counted 49,500 LAK, by the lines 50,000 LAK."
    assert told in driver.text()
    with qtbot.waitSignal(driver.page.go) as went:  # type: ignore[attr-defined]
        driver.click("tell-cash")
    [page, about] = went.args
    assert (page, about.startswith(CASH)) == ("incident", True)
    incident = PageDriver(qtbot, IncidentsPage(seated, about))
    assert incident.typed("words") == told
    incident.press(incident.part(QWidget, "words"), Key.Key_Return)
    [one] = seated.incidents.lately()
    assert (one.kind, one.words) == ("cash_difference", told)


def test_she_says_whether_she_was_there_by_one_key(
    qtbot: QtBot, shelter: Shelter, words: str
) -> None:
    desk = Desk(shelter.vault)
    dok = lives_here(desk, "Dok")
    for thing in ("ring", "bag"):
        desk.things.take_in(dok.id, [(thing, 1)], with_(desk, "Pa"))
    desk.lock()
    hers = Desk(shelter.unlock("Pa", words))
    driver = PageDriver(qtbot, CarriedPage(hers))
    assert len(list(rows_of(driver.page.list))) == 2  # type: ignore[attr-defined]
    strike(driver, Key.Key_Y)
    strike(driver, Key.Key_N)
    assert hers.second_names.mine() == []
    assert "No act carries your name" in driver.text()
    hers.lock()


def test_a_deposit_of_the_night_is_counted_again_by_one_key(
    qtbot: QtBot, shelter: Shelter, words: str
) -> None:
    desk = Desk(shelter.vault)
    dok = lives_here(desk, "Dok")
    desk.purse.put(dok.id, "deposit", lak(50_000), {})
    mine = opened(qtbot, desk)
    strike(mine, Key.Key_N, "hers.money")
    assert "The witness must be another person." in mine.text() or desk.purse.of(dok.id).to_count
    desk.lock()
    hers = Desk(shelter.unlock("Pa", words))
    driver = opened(qtbot, hers, dok.id)
    assert "to be counted again: 1" in driver.text()
    strike(driver, Key.Key_N, "hers.money")
    assert hers.purse.of(dok.id).to_count == frozenset()
    hers.lock()


def test_what_becomes_of_it_is_a_directors_to_sign(
    qtbot: QtBot, shelter: Shelter, words: str
) -> None:
    desk = Desk(shelter.vault)
    dok = lives_here(desk, "Dok")
    desk.things.take_in(dok.id, [("ring", 1)], SIGNED)
    driver = opened(qtbot, desk)
    strike(driver, Key.Key_S)
    driver.type_into("wish", "her aunt fetches the ring on Friday")
    she_signs(driver)
    driver.press(driver.part(QWidget, "wish"), Key.Key_Return)
    assert "Signed by her and a director: her aunt fetches the ring" in driver.text()
    desk.lock()
    hers = Desk(shelter.unlock("Pa", words))
    other = opened(qtbot, hers)
    assert other.page.acts["S"].isHidden()  # type: ignore[attr-defined]
    strike(other, Key.Key_S)
    assert other.page.asking.open_one is None  # type: ignore[attr-defined]
    hers.lock()
