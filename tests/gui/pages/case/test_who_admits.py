"""The button to admit somebody: drawn for whoever may admit, and for nobody else who sees the list.

Who may is copied by hand from the design (security, roles and permissions): the letters at `house`.
"""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.core.permissions import Role
from shelterdesk.gui.pages.today.people import PeoplePage
from tests.drivers.pages import PageDriver
from tests.services.conftest import Sit, seven, sit

pytestmark = pytest.mark.usefixtures("in_english")

__all__ = ["seven", "sit"]

ADMITS = {
    Role.DIRECTOR: True,
    Role.COUNSELLOR: True,
    Role.LEGAL_OFFICER: False,
    Role.NURSE: False,
    Role.HOUSE_MOTHER: True,
}
"""Everybody who sees the list, and whether she writes down who comes into the house."""


@pytest.mark.parametrize(("role", "admits"), ADMITS.items())
def test_only_who_may_admit_somebody_is_offered_it(
    qtbot: QtBot, sit: Sit, role: Role, *, admits: bool
) -> None:
    at = sit(role)
    at.setting("own")
    driver = PageDriver(qtbot, PeoplePage(at.desk))
    assert driver.can_see("search")
    assert driver.can_see("main") == admits
    assert ("Admit" in driver.text()) == admits
    driver.press(driver.part(QWidget, "search"), Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert driver.went == ([("admission", "")] if admits else [])
    driver.page.close()
