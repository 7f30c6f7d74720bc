"""Every model that a list shows keeps Qt's rules for models, whatever is done with it."""

import importlib
import pkgutil

from PySide6.QtCore import QAbstractItemModel

import shelterdesk.gui

TESTED = {
    "RecordTableModel": "in test_record_table",
}
"""The models of the window, by name, and where each is tested."""


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
