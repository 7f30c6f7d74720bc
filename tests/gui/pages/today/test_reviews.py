"""What left without her consent, on My day: told in her case, looked at by a director."""

import pytest
from pytestqt.qtbot import QtBot

from shelterdesk.core.disclosed import Basis, Recipient
from shelterdesk.core.errors import NotAllowed
from shelterdesk.core.permissions import Role
from shelterdesk.gui.pages.today.home import HomePage
from shelterdesk.gui.parts.fields import item_label
from shelterdesk.records.case.case import Case
from shelterdesk.records.disclosure.disclosure import Disclosure
from shelterdesk.services.consent.reviews import OwnDisclosure
from shelterdesk.services.day_lines import DayLine, DayPart
from shelterdesk.services.desk import Desk
from tests.drivers.pages import PageDriver, as_somebody
from tests.factories import Shelter, add_person
from tests.gui.pages.today.test_home import admitted

pytestmark = pytest.mark.usefixtures("in_english")


def to_be_looked_at(desk: Desk) -> list[DayLine]:
    """Return the lines about what left without consent."""
    return [line for line in desk.home.my_day() if isinstance(line.record, Disclosure)]


def told_for_her_life(desk: Desk, case: Case) -> None:
    """Tell the ambulance her chosen name because her life is in danger."""
    ground = Basis("vital_interest", reason="She swallowed pills and does not wake up")
    to = Recipient(person="Ambulance 1195")
    desk.disclosures.disclose(case, ["alias"], to, ground, "phone")


def test_a_director_looks_at_what_left_at_once_and_marks_it_with_one_click(
    qtbot: QtBot, desk: Desk
) -> None:
    case = admitted(desk, "Mali")
    told_for_her_life(desk, case)
    driver = PageDriver(qtbot, HomePage(desk))
    for word in ("Ambulance 1195", "does not wake up", case.code, item_label("alias")):
        assert word in driver.text()
    driver.click("review")
    assert driver.went == [("case", case.id)]
    driver.click("looked-at")
    assert not driver.can_see("looked-at")
    assert to_be_looked_at(desk) == []
    (left,) = desk.disclosures.of_case(case)
    assert "reviewed" in [past.action for past in desk.history.of(left)]


def test_who_does_not_direct_is_not_asked_to_review_and_cannot(
    qtbot: QtBot, shelter: Shelter
) -> None:
    passphrase = add_person(shelter.vault, "Dao", Role.COUNSELLOR)
    dao = as_somebody(shelter, "Dao", passphrase)
    case = admitted(dao, "Mali")
    told_for_her_life(dao, case)
    driver = PageDriver(qtbot, HomePage(dao))
    assert not driver.can_see("looked-at")
    assert "A director looks at what was told to Ambulance 1195" in driver.text()
    assert [line.part(dao.today()) for line in to_be_looked_at(dao)] == [DayPart.WAITING]
    (left,) = dao.disclosures.of_case(case)
    with pytest.raises(NotAllowed):
        dao.consents.mark_reviewed(left)


def test_another_director_looks_at_what_one_director_has_told(
    qtbot: QtBot, shelter: Shelter, desk: Desk
) -> None:
    hers = add_person(shelter.vault, "Dara", Role.DIRECTOR)
    case = admitted(desk, "Mali")
    told_for_her_life(desk, case)
    driver = PageDriver(qtbot, HomePage(desk))
    assert "A director looks at what was told" in driver.text()
    assert not driver.can_see("looked-at")
    (left,) = desk.disclosures.of_case(case)
    with pytest.raises(OwnDisclosure):
        desk.consents.mark_reviewed(left)
    dara = as_somebody(shelter, "Dara", hers)
    driver = PageDriver(qtbot, HomePage(dara))
    driver.click("looked-at")
    assert not driver.can_see("review")
    assert to_be_looked_at(dara) == []


def test_the_house_mother_neither_sees_nor_drops_what_is_to_be_looked_at(
    qtbot: QtBot, shelter: Shelter, desk: Desk
) -> None:
    hers = add_person(shelter.vault, "Bua", Role.HOUSE_MOTHER)
    told_for_her_life(desk, admitted(desk, "Mali"))
    bua = as_somebody(shelter, "Bua", hers)
    assert bua.tasks.open_tasks() == []
    assert to_be_looked_at(bua) == []
    assert not PageDriver(qtbot, HomePage(bua)).can_see("review")
