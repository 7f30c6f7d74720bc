"""A desk with one girl, her family and a directory: what the pages about consent are tried on."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.core.calendar.dates import PartialDate
from shelterdesk.records.case.case import Case
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.people.person import Person
from shelterdesk.records.people.relation import Relation
from shelterdesk.services.desk import Desk
from tests.factories import Shelter

ADULT = date(2001, 5, 2)
CHILD = date(2010, 5, 2)


@dataclass
class Stage:
    """The desk, her case, and a legal aid office to tell."""

    desk: Desk
    case: Case
    office: Organisation

    @property
    def me(self) -> str:
        """The staff record of whoever is at the desk."""
        me = self.desk.staff.me()
        assert me is not None
        return me.id

    def relative(self, name: str, relation: str, **facts: Any) -> Person:
        """Add somebody to her family."""
        her = self.desk.cases.person_of(self.case)
        assert her is not None
        other = self.desk.records.save(Person(kind="family", given_name=name))
        self.desk.records.save(
            Relation(person_id=her.id, other_id=other.id, relation=relation, **facts)
        )
        return other

    def agree(self, *items: str, **other: Any) -> None:
        """Let her agree to items for the office, as an adult."""
        values = {
            "purpose": "referral",
            "organisation_id": self.office.id,
            "decision": "given",
            "actor": "self_adult",
            "language": "lo",
            "explained_by_id": self.me,
            "capacity_checked": "yes",
            **other,
        }
        self.desk.consents.record(self.case, values, dict.fromkeys(items, True))


def staged(shelter: Shelter, born: date = ADULT) -> Stage:
    """Return the stage with her born on a day."""
    desk = Desk(shelter.vault)
    her = {
        "kind": "survivor",
        "given_name": "ຈຳປາ",
        "family_name": "<b>Saeng</b>",
        "birth_date": PartialDate.of(born),
    }
    case = desk.cases.admit({"case": {"alias": "Champa"}, "person": her})
    office = Organisation(
        name="ຫ້ອງການກົດໝາຍ",
        name_latin="Legal aid office",
        target="legal_aid_moj",
        phone="021 000 111",
        address="Lane Xang road 5",
    )
    return Stage(desk, case, desk.records.save(office))


class Hands:
    """What a person does with a page, and what she reads there."""

    def __init__(self, qtbot: QtBot, page: QWidget) -> None:
        self._bot: Any = qtbot
        self.page = page
        qtbot.addWidget(page)
        page.resize(1160, 700)
        with qtbot.waitExposed(page):
            page.show()

    def part(self, name: str) -> Any:
        """Return the visible widget of this name."""
        found = [w for w in self.page.findChildren(QWidget, name) if w.isVisible()]
        assert found, f"nobody can see {name}"
        return found[-1]

    def click(self, widget: str | QAbstractButton) -> None:
        """Click with the left button."""
        target = self.part(widget) if isinstance(widget, str) else widget
        self._bot.mouseClick(target, Qt.MouseButton.LeftButton)

    def tick(self, box: QAbstractButton) -> None:
        """Press the space bar on a box."""
        self._bot.keyClick(box, Qt.Key.Key_Space)

    def type(self, name: str, text: str) -> None:
        """Type into a field after what stands there."""
        self._bot.keyClicks(self.part(name), text)

    def press(self, name: str, key: Qt.Key) -> None:
        """Press one key in a field."""
        self._bot.keyClick(self.part(name), key)

    def choose(self, name: str, data: str) -> None:
        """Choose a line of a box with the arrow keys, as far as it can be reached with them."""
        box = self.part(name)
        assert isinstance(box, QComboBox)
        if (completer := box.completer()) is not None and box.isEditable():
            self._bot.keyClick(box, Qt.Key.Key_Down)
            listed: Any = completer.popup()
            listed.setCurrentIndex(listed.model().index(box.findData(data), 0))
            self._bot.keyClick(listed, Qt.Key.Key_Return)
            return
        self._bot.keyClick(box, Qt.Key.Key_Home)
        for _step in range(box.count()):
            if box.currentData() == data:
                return
            self._bot.keyClick(box, Qt.Key.Key_Down)
        assert box.currentData() == data, f"{data} cannot be reached"

    def text(self) -> str:
        """Return everything that the labels show."""
        return "\n".join(w.text() for w in self.page.findChildren(QLabel) if w.isVisible())


def unnamed(page: QWidget) -> list[str]:
    """Return the kinds of widgets that can have the focus but say no name to a screen reader."""
    found = [w for w in page.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    own = [w for w in found if w.window() is page.window() and w.objectName()[:3] != "qt_"]
    return [type(w).__name__ for w in own if not w.accessibleName()]
