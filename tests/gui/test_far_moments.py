"""Records with days before 1970 and after 3000 break no page, in any zone of the computer."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import use_language
from shelterdesk.gui.parts.style import dress
from shelterdesk.records.base import Record
from shelterdesk.services.desk import held
from shelterdesk.store.database.unit_of_work import MAINTENANCE
from shelterdesk.store.vault.vault import Vault
from tests.factories import DIRECTOR, PASSPHRASE
from tests.gui.every_page import Ids, full_house, parts_of, visits
from tests.gui.frame.test_workplace import at_the_desk

pytestmark = pytest.mark.slow

FAR = {
    "the first": ("0001-01-01", "0001-01-01T00:00:00.000000Z"),
    "before 1970": ("1969-12-31", "1969-12-31T23:59:59.000000Z"),
    "after 3000": ("3001-06-01", "3001-06-01T12:00:00.000000Z"),
    "the last": ("9999-12-31", "9999-12-31T23:59:59.999999Z"),
}


@pytest.fixture(autouse=True)
def far_from_here(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the computer stand in Los Angeles."""
    dress(qapp)
    use_language("en")
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def put_far(vault: Vault, day: str, moment: str) -> None:
    """Write a day and a moment into every such column of every record, past all rules."""
    with vault.database.writing() as session:
        connection = session.connection()
        connection.info[MAINTENANCE] = True
        for kind in Record.kinds:
            columns = {"created_at": moment, "changed_at": moment}
            for name, declared in kind.fields().items():
                if declared.kind is Kind.MOMENT and not declared.compartment:
                    columns[name] = moment
                if declared.kind is Kind.DATE and not (declared.partial or declared.compartment):
                    columns[name] = day
            for column, value in columns.items():
                keep = " WHERE closed_on IS NOT NULL" if column == "closed_on" else ""
                statement = f'UPDATE "{kind.__tablename__}" SET "{column}" = :value{keep}'
                connection.execute(text(statement), {"value": value})
        connection.info[MAINTENANCE] = False


@pytest.mark.parametrize("when", FAR)
def test_no_page_falls_over(qtbot: QtBot, tmp_path: Path, when: str) -> None:
    root = tmp_path / "data"
    ids: Ids = full_house(root, [lambda: "Champa"])
    with held(root) as held_place:
        vault = Vault.unlock(held_place, DIRECTOR, PASSPHRASE)
        put_far(vault, *FAR[when])
        vault.lock()
    driver = at_the_desk(qtbot, root, DIRECTOR)
    place: Any = driver.window.workplace
    seen = 0
    for page, record_id in visits(ids):
        place.go(page, record_id)
        QCoreApplication.processEvents()
        seen += place.where == (page, record_id)
        for _part in parts_of(place):
            QCoreApplication.processEvents()
    assert seen > 15
