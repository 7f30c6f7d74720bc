"""Every model that a list shows keeps Qt's rules for models, whatever is done with it."""

import importlib
import pkgutil
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

import shelterdesk.gui
from shelterdesk.core.i18n import use_language
from shelterdesk.gui.pages.today.people_list import COLUMNS, PeopleModel

TESTED = {
    "PeopleModel": "below",
    "RecordTableModel": "in test_record_table",
}
"""The models of the window, by name, and where each is tested."""

Warns = QAbstractItemModelTester.FailureReportingMode.Warning


@pytest.fixture(autouse=True)
def in_english(qapp: QApplication) -> Iterator[None]:
    assert qapp is not None
    use_language("en")
    yield
    use_language("en")


def models() -> set[str]:
    """Return the names of all models that are made in the window's own modules."""
    for module in pkgutil.walk_packages(shelterdesk.gui.__path__, "shelterdesk.gui."):
        importlib.import_module(module.name)
    found, waiting = set(), [QAbstractItemModel]
    while waiting:
        kinds = waiting.pop().__subclasses__()
        waiting += kinds
        found |= {kind.__name__ for kind in kinds if kind.__module__.startswith("shelterdesk.")}
    return found


def test_every_model_is_tested() -> None:
    assert models() <= TESTED.keys()


def row(number: int) -> Any:
    """Return a line of the list with something in every column."""
    return SimpleNamespace(
        id=str(number),
        code=f"K7Q-{number:03}",
        alias="ດອກຈານ",
        name=f"Name {number % 3}",
        age=str(number),
        state="support",
        in_house=number % 2 == 0,
        bed="",
        owner="Dao",
    )


def test_the_list_of_people_keeps_the_rules_while_it_changes(qtlog: Any) -> None:
    model = PeopleModel()
    tester = QAbstractItemModelTester(model, Warns)
    for count in (0, 1, 7, 3, 0, 40):
        model.show_rows([row(number) for number in range(count)])
        assert model.rowCount() == count
        for column in range(len(COLUMNS)):
            for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
                model.sort(column, order)
                assert {model.case_id(n) for n in range(count)} == set(map(str, range(count)))
    model.sort(-1)
    assert model.case_id(40) == ""
    assert tester.model() is model
    assert [said.message for said in qtlog.records if "FAIL" in said.message] == []
