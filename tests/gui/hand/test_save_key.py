"""Ctrl+S saves the innermost open form; where nothing is saved halfway it says so, and is kept."""

from pathlib import Path
from typing import Any, Final

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from tests.gui.every_page import ABOUT, Ids
from tests.gui.test_typed_comes_back import (
    CHOSEN,
    PAGES,
    fields,
    house,
    openers,
    place,
    settle,
    show,
    tabs,
    type_all,
)

__all__ = ["house", "place"]

pytestmark = pytest.mark.usefixtures("in_english")

NOTHING_HALFWAY: Final = ("consent", "call", "refer", "refer_on", "her_page")
"""What is decided here, or leaves, is done by its own button alone."""

ONE_FORM: Final = ("admission", "letterhead", "organisation")
"""Pages that are one form from top to bottom: the key is the whole page's."""

AT_ONCE: Final = {"hand-over": CHOSEN}
SAVE: Final = QKeySequence("Ctrl+S")
DIRECT: Final = Qt.FindChildOption.FindDirectChildrenOnly


def is_saved_within(part: QWidget | None) -> bool:
    """Tell whether a part lies in a form of its own that the key saves."""
    while part is not None:
        for key in part.findChildren(QShortcut, options=DIRECT):
            inner = key.context() is Qt.ShortcutContext.WidgetWithChildrenShortcut
            if key.key() == SAVE and key.isEnabled() and inner:
                return True
        part = part.parentWidget()
    return False


def dead_on(page: QWidget) -> set[str]:
    """Return the fields of a page that no form is around which the key would save."""
    named = [(name, part) for (name, _number), part in fields(page) if name not in AT_ONCE]
    return {name for name, part in named if not is_saved_within(part)}


@pytest.mark.slow
@pytest.mark.parametrize("page", [one for one in PAGES if one not in NOTHING_HALFWAY + ONE_FORM])
def test_every_field_lies_in_a_form_that_the_key_saves(
    place: Any, house: tuple[Path, Ids], page: str
) -> None:
    where = (page, house[1][ABOUT[page]][0] if page in ABOUT else "")
    dead: dict[str, set[str]] = {}
    place.go(*where)
    settle()
    for tab in tabs(place.page):
        show(place.page, tab, "")
        for opener in ["", *openers(place.page, tab)]:
            place.room.desk.drafts.drop("/".join(filter(None, where)))
            place.drafting.follow(QWidget(), "nowhere")
            place.go(*where)
            show(place.page, tab, opener)
            if found := dead_on(place.page):
                dead[f"tab {tab} {opener}"] = found
    assert dead == {}


@pytest.mark.parametrize("page", NOTHING_HALFWAY[:3])
def test_what_is_not_saved_halfway_is_kept_and_said_to_be(
    place: Any, house: tuple[Path, Ids], page: str
) -> None:
    told: list[str] = []
    place.told.connect(told.append)
    case = house[1]["case"][0]
    place.room.desk.drafts.drop(f"{page}/{case}")
    place.go(page, case)
    settle()
    type_all(place.page)
    typed = (*place.page.findChildren(QLineEdit), *place.page.findChildren(QPlainTextEdit))
    here = next(part for part in typed if part.isVisible() and part.isEnabled())
    QTest.keyClick(here, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert told[-1] == "Not saved yet: it is kept here as an unfinished text"
    assert f"{page}/{case}" in [text.page for text in place.room.desk.drafts.mine()]
