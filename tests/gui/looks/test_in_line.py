"""What is of one kind looks alike: lines for a day, the words above fields, buttons."""

from pathlib import Path
from typing import Any, Final

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.core.i18n import use_language
from shelterdesk.gui.forms.editors.timing import DateEditor, MomentEditor
from shelterdesk.gui.parts.fields import TypedDay
from tests.gui.every_page import Ids, parts_of, visits
from tests.gui.frame.test_workplace import at_the_desk

pytestmark = pytest.mark.usefixtures("in_english")

_ROWS: Final = ("row", "step", "place", "place_close")
"""Looks of buttons that are a line of a list, as wide as the list."""
_MORE: Final = 8
"""Pixels that a button may be wider than its word: so that two beside each other are alike."""


def wide_buttons(page: QWidget) -> set[str]:
    """Return the buttons that are wider than their words need."""
    found = [one for one in page.findChildren(QPushButton) if one.isVisible() and one.text()]
    return {
        f"{one.objectName()} {one.width()} > {one.sizeHint().width()}"
        for one in found
        if one.property("look") not in _ROWS
        and one.width() > max(one.sizeHint().width(), one.minimumWidth()) + _MORE
    }


def day_widths(page: QWidget) -> set[int]:
    """Return how wide the lines for a day are that are seen."""
    lines: list[QWidget] = list(page.findChildren(TypedDay))
    lines += [one.line for one in page.findChildren(DateEditor)]
    lines += [one.line for one in page.findChildren(MomentEditor)]
    return {line.width() for line in lines if line.isVisible()}


def other_labels(page: QWidget) -> set[str]:
    """Return the words that lead into a field and look otherwise than such words do."""
    return {
        label.text()
        for label in page.findChildren(QLabel)
        if label.isVisible()
        and label.buddy() is not None
        and not (_is_label(label) or label.text().isdigit())
        and not isinstance(label.buddy(), QAbstractButton)
    }


def _is_label(label: QLabel) -> bool:
    return label.property("look") == "label" or label.objectName() == "field_label"


@pytest.mark.slow
@pytest.mark.parametrize(("name", "language"), [("Noy", "lo"), ("Dao", "en")])
def test_what_is_of_one_kind_looks_alike_on_every_page(
    qtbot: QtBot, house: tuple[Path, Ids], name: str, language: str
) -> None:
    root, ids = house
    window: Any = at_the_desk(qtbot, root, name).window
    window.idle.end()
    window.resize(1366, 768)
    use_language(language)
    window.speak(language)
    found: dict[str, set[str]] = {}
    days: dict[int, str] = {}
    for page, record_id in visits(ids):
        window.workplace.go(page, record_id)
        for part in parts_of(window.workplace):
            QCoreApplication.processEvents()
            there, where = window.workplace.page, f"{page} {part}"
            if wrong := wide_buttons(there) | other_labels(there):
                found[where] = wrong
            days |= dict.fromkeys(day_widths(there), where)
    window.close()
    assert not found, "\n".join(f"{where}: {sorted(what)}" for where, what in found.items())
    assert len(days) == 1, days
