"""Each of the seven sits down at the same window, and sees exactly her part (story 10).

The table was written by hand from the design (security, roles and permissions); nothing in it is
worked out by the program.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QTabWidget
from pytestqt.qtbot import QtBot

from shelterdesk.core.i18n import use_language
from shelterdesk.core.permissions import Role
from shelterdesk.gui.frame.page_table import PAGES
from shelterdesk.gui.pages.case.areas import AreaPage
from shelterdesk.gui.parts.style import dress
from shelterdesk.records.case.case import Case
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.store.disk.data_folder import DataFolder
from shelterdesk.store.vault.vault import Vault
from tests.factories import DIRECTOR, PASSPHRASE
from tests.services.seven import NAMES, STRANGER, make_seven
from tests.stories.seat import Seat

ALIAS, NAME = "ຈຳປາ", "ຈັນດາ"
OTHER_ALIAS, OTHER_NAME = "ບົວ", "ມະນີ"

HEALTH, LAW = "health_visit", "legal_matter"
"""Kinds of a trade: under their names only who reads it is told that there is something."""


LIVING = ("stay", "house_agreement", "came_with")
"""How she lives in the house, which everybody who sees her case sees."""


def whole(*trades: str) -> tuple[str, ...]:
    """Return every part of a case, of the trades only these."""
    return (
        *("person", "papers", "notes", "tasks", "facts", *LIVING, "kept", *trades),
        *("consents", "disclosures", "return_plan", "timeline", "history"),
    )


HOUSE = ("person", "tasks", *LIVING, "return_plan", "timeline")
IN_HOUSE = ("person", "tasks", *LIVING, "kept", "return_plan", "timeline")
"""What house mothers see of everybody: her things and her money are in their hands."""


def papers(*trades: str) -> tuple[str, ...]:
    """Return what is seen of a case by who reads the papers of a trade."""
    return ("person", "papers", "tasks", *LIVING, *trades, "return_plan", "timeline")


@dataclass(frozen=True)
class Part:
    """What one role sees: places, parts of a case that is hers and of another, her name in both."""

    places: str
    hers: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    name: bool = False
    other_name: bool = False


PARTS = {
    Role.DIRECTOR: Part(
        "home people beds organisations release backup staff log settings help",
        whole(HEALTH, LAW),
        whole(HEALTH, LAW),
        name=True,
        other_name=True,
    ),
    Role.COUNSELLOR: Part(
        "home people beds organisations release staff settings help", whole(LAW), HOUSE, name=True
    ),
    Role.LEGAL_OFFICER: Part(
        "home people beds organisations release staff settings help",
        (
            *("person", "papers", "tasks", *LIVING, "kept", LAW, "consents", "disclosures"),
            *("return_plan", "timeline"),
        ),
        papers(LAW),
        name=True,
    ),
    Role.NURSE: Part(
        "home people beds organisations release staff settings help",
        papers(HEALTH),
        papers(HEALTH),
        name=True,
        other_name=True,
    ),
    Role.HOUSE_MOTHER: Part("home people beds staff settings help", IN_HOUSE, IN_HOUSE),
    Role.DATA_OFFICER: Part("home backup staff settings help"),
    Role.AUDITOR: Part("log home staff settings help"),
}


@pytest.fixture(autouse=True)
def in_english(qapp: QApplication) -> Iterator[None]:
    dress(qapp)
    use_language("en")
    yield
    use_language("en")


def fill(root: Path) -> dict[str, str]:
    """Put two women into the records, one of the counsellor and the legal officer; their ids."""
    place = DataFolder(root).open()
    vault = Vault.unlock(place, DIRECTOR, PASSPHRASE)
    with vault.database.writing() as session:
        staff = {member.name: member.id for member in session.query(StaffMember)}
        hers = Person(kind="survivor", given_name=NAME)
        other = Person(kind="survivor", given_name=OTHER_NAME)
        mine = Case(code="DEMO-0001", alias=ALIAS, person_id=hers.id)
        mine.owner_id, mine.legal_officer_id = staff["Dao"], staff["Lin"]
        foreign = Case(code="DEMO-0002", alias=OTHER_ALIAS, person_id=other.id)
        foreign.owner_id = staff[STRANGER]
        ids = {ALIAS: mine.id, OTHER_ALIAS: foreign.id}
        session.add_all([hers, other, mine, foreign])
    vault.lock()
    place.close()
    return ids


def look_at(seat: Seat, alias: str, name: str, wanted: tuple[str, ...], *, named: bool) -> None:
    """Open a case through the search and compare its parts and whether her name is shown."""
    seat.find(alias)
    shown: list[str] = []
    parts: list[str] = []
    tabs = seat.one(QTabWidget, "tabs")
    for number in range(tabs.count()):
        tabs.setCurrentIndex(number)
        seat.wait()
        shown.append(everything(seat))
        area = tabs.widget(number)
        assert isinstance(area, AreaPage)
        parts += area.parts
    assert parts == list(wanted)
    assert any(name in text for text in shown) == named, (alias, name)


def everything(seat: Seat) -> str:
    """Return what stands on the window, in labels, buttons and fields."""
    fields = seat.window.findChildren(QLineEdit)
    typed = [field.text() for field in fields if field.isVisible()]
    return "\n".join([seat.text(), *typed])


@pytest.mark.slow
def test_each_of_the_seven_sees_exactly_her_part(qtbot: QtBot, tmp_path: Path) -> None:
    _shelter, words = make_seven(tmp_path / "data")
    ids = fill(tmp_path / "data")
    seat = Seat(qtbot, tmp_path / "data")
    for number, (role, part) in enumerate(PARTS.items()):
        assert seat.anew == number
        seat.sit_down(NAMES[role], words[role])
        assert seat.places() == set(part.places.split()), role
        if part.hers:
            look_at(seat, ALIAS, NAME, part.hers, named=part.name)
            look_at(seat, OTHER_ALIAS, OTHER_NAME, part.others, named=part.other_name)
        else:
            closed_to_her(seat, ids)
        seat.get_up()
    assert set(PARTS) == set(Role)
    assert seat.anew == len(PARTS)


def closed_to_her(seat: Seat, ids: dict[str, str]) -> None:
    """Nothing of anybody is found, and no page about a case opens, even when asked by its id."""
    place: Any = seat.window.workplace
    for alias, name in ((ALIAS, NAME), (OTHER_ALIAS, OTHER_NAME)):
        for typed in (alias, name):
            seat.write("search", typed)
            assert alias not in seat.text()
            assert not seat.can_see("hits") or alias not in "".join(seat.hits())
        seat.write("search", "")
        for page in ("case", "admission", "consent", "call", "refer"):
            place.go(page, ids[alias])
            assert place.where[0] != page, page
    for page in PAGES:
        assert ALIAS not in seat.text(), page
