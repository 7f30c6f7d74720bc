"""Lines of My day about a letter, a sentence, a backup, a deputy open where it is dealt with."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.core.permissions import Role
from shelterdesk.gui.forms.opened_at import open_at
from shelterdesk.gui.pages.disclosure.referral import ReferralPage
from shelterdesk.gui.pages.disclosure.release import ReleasePage
from shelterdesk.services.day_lines import RELEASE
from tests.drivers.pages import as_somebody
from tests.drivers.window import at_the_desk
from tests.factories import Shelter, add_person
from tests.gui.pages.consent.stage import Stage, staged
from tests.gui.pages.disclosure.test_referral_page import delivered, printed

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def stage(shelter: Shelter) -> Stage:
    made = staged(shelter)
    head = {"name": "ຫ້ອງການ ສາຍທາງ", "phone": "021 555 000", "address": "Box 12"}
    made.desk.letters.set_letterhead("neutral", head)
    made.agree("case_code", "legal_name", "need_requested")
    return made


def keyboard(qtbot: QtBot, page: QWidget) -> QWidget | None:
    """Return where the keyboard is on a page that was just opened."""
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    page.activateWindow()
    qtbot.waitActive(page)
    page.setFocus()
    QCoreApplication.processEvents()
    return page.focusWidget()


def test_a_letter_that_waits_opens_at_its_answer(qtbot: QtBot, stage: Stage) -> None:
    page = ReferralPage(stage.desk, delivered(stage).id)
    assert keyboard(qtbot, page) is page.slip.answer


def test_a_letter_that_lies_here_opens_at_who_brought_it(qtbot: QtBot, stage: Stage) -> None:
    page = ReferralPage(stage.desk, printed(stage).id)
    assert keyboard(qtbot, page) is page.by


def test_a_sentence_that_is_asked_for_opens_ready_to_be_written(
    qtbot: QtBot, shelter: Shelter, stage: Stage
) -> None:
    letter = printed(stage)
    passphrase = add_person(shelter.vault, "Nang", Role.NURSE)
    for item in ("health_reason", "pregnancy"):
        stage.desk.releases.ask(stage.case, item, letter)
    nurse = as_somebody(shelter, "Nang", passphrase)
    lines = [line for line in nurse.home.my_day() if line.page == RELEASE]
    assert len(lines) == 2
    for line in lines:
        assert line.spot is not None
        open_at(nurse, line.record_id, line.spot)
        page = ReleasePage(nurse)
        assert keyboard(qtbot, page) is page.boxes[line.spot.record_id].text
        page.close()


def test_backup_and_deputy_open_with_the_keyboard_in_their_place(
    qtbot: QtBot, tmp_path: Path
) -> None:
    place: Any = at_the_desk(qtbot, tmp_path / "data").window.workplace
    place.go("backup", "")
    QCoreApplication.processEvents()
    assert QApplication.focusWidget() is place.page.save
    place.go("deputy", "")
    QCoreApplication.processEvents()
    assert QApplication.focusWidget() is place.page.fields.name
    place.window().close()
