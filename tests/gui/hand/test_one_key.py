"""A key means one thing: no Alt key twice on any page, and no act that ends something by Ctrl+S."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QTabBar, QWidget
from pytestqt.qtbot import QtBot

import shelterdesk.gui
from shelterdesk.core.i18n import use_language
from shelterdesk.core.permissions import Role
from shelterdesk.gui.pages.case import standing
from shelterdesk.gui.pages.case.standing import Step, Workers
from shelterdesk.gui.pages.case.taking_back import TakingBack
from shelterdesk.gui.parts.ask_why import AskWhy
from tests.gui.every_page import Ids, full_house, parts_of, visits
from tests.gui.frame.test_workplace import at_the_desk
from tests.gui.hand.tab_walk import settled

GUI: Final = Path(shelterdesk.gui.__file__).parent
SAVES: Final = {
    "forms/record_editor.py: self.button",
    "pages/case/admission.py: self.keep",
    "pages/case/notes.py: self.editor.button",
    "pages/case/tasks.py: self.add",
    "pages/directory/organisation_card.py: self.editor.button",
    "pages/disclosure/call_after.py: self.keep",
    "pages/disclosure/referral_slip.py: self.keep",
    "pages/groups/groups.py: self.keep",
    "pages/keeping/letterhead.py: self.keep",
}
"""What Ctrl+S presses: each of them keeps what is typed, and ends nothing."""


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    use_language("en")


def alt_keys(window: QWidget) -> dict[str, set[str]]:
    """Return for every key with Alt what it does now, by the names of what it belongs to."""
    found: dict[str, set[str]] = defaultdict(set)
    for key in window.findChildren(QShortcut):
        around = key.parent()
        if isinstance(around, QWidget) and around.isVisible() and key.isEnabled():
            found[key.key().toString()].add(f"{id(key)} {around.objectName()}")
    for pressed in window.findChildren(QAbstractButton):
        if pressed.isVisible() and not pressed.shortcut().isEmpty():
            found[pressed.shortcut().toString()].add(f"{id(pressed)} {pressed.objectName()}")
    for tabs in window.findChildren(QTabBar):
        for place in range(tabs.count() if tabs.isVisible() else 0):
            mnemonic = QKeySequence.mnemonic(tabs.tabText(place))
            if not mnemonic.isEmpty():
                found[mnemonic.toString()].add(f"tab {place}")
    return {key: whose for key, whose in found.items() if "Alt+" in key}


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "lo"])
def test_no_alt_key_means_two_things_on_any_page(
    qtbot: QtBot, tmp_path: Path, language: str
) -> None:
    root = tmp_path / "data"
    ids: Ids = full_house(root, [lambda: "ຈຳປາ Champa"], roles=tuple(Role))
    window: Any = at_the_desk(qtbot, root, "Dao").window
    window.idle.end()
    window.speak(language)
    twice: dict[str, dict[str, set[str]]] = {}
    for page, record_id in visits(ids):
        window.workplace.go(page, record_id)
        for part in parts_of(window.workplace):
            settled()
            found = {key: who for key, who in alt_keys(window).items() if len(who) > 1}
            if found:
                twice[f"{page} {part}"] = found
    window.close()
    assert twice == {}


def test_the_key_that_saves_presses_what_saves_alone() -> None:
    found = set()
    for file in GUI.rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or getattr(call.func, "id", "") != "press_by":
                continue
            if isinstance(call.args[1], ast.Constant) and call.args[1].value == "Ctrl+S":
                found.add(f"{file.relative_to(GUI).as_posix()}: {ast.unparse(call.args[0])}")
    assert found == SAVES


def test_a_step_that_ends_something_is_not_done_by_the_key_that_saves() -> None:
    kinds = [kind for kind in vars(standing).values() if isinstance(kind, type)]
    steps = [kind for kind in kinds if issubclass(kind, Step) and kind is not Step]
    assert {kind.key for kind in steps if kind is not Workers} == {"Ctrl+Return"}
    assert len(steps) > 3


@pytest.mark.parametrize("kind", [AskWhy, TakingBack])
def test_what_calls_back_or_takes_back_is_not_done_by_it_either(
    qtbot: QtBot, kind: type[AskWhy | TakingBack]
) -> None:
    form = kind()
    qtbot.addWidget(form)
    keys = {key.key().toString() for key in form.findChildren(QShortcut)}
    assert keys == {"Ctrl+Return"}
