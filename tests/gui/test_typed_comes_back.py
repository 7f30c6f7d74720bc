"""Whatever is typed, on every page and in every form that opens there, comes back.

After the page was left, after a crash and after the lock alike. What does not is named here, with
its reason.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any, Final

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTabWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from shelterdesk.core.fields import Kind
from shelterdesk.core.permissions import Role
from shelterdesk.gui.forms.editors import Editor
from shelterdesk.gui.forms.editors.choosing import OneOfEditor
from shelterdesk.gui.frame import page_table
from shelterdesk.gui.frame.workplace import Workplace
from shelterdesk.gui.parts.fields import TypedDay
from shelterdesk.gui.parts.typed import keepers
from tests.gui.every_page import ABOUT, Ids, full_house
from tests.gui.frame.test_workplace import at_the_desk

pytestmark = pytest.mark.usefixtures("in_english")

OF_A_SHEET: Final = "what is typed in from a sheet: the story of the paper day locks amid it"
SEARCHES: Final = "it searches or narrows a list, and is done as soon as it has found"
CHOSEN: Final = "it is saved, or shown, as soon as it is chosen"
SIGNED: Final = "who signs a thing signs it now: it is never kept halfway"
SECRET: Final = "words that open the records are never kept"

NOT_KEPT: Final = {
    "search": SEARCHES,
    "search_organisation": SEARCHES,
    "service": SEARCHES,
    "slip_number": SEARCHES,
    "size": CHOSEN,
    "screen_language": CHOSEN,
    "sheet_language": CHOSEN,
    "search-notes": SEARCHES,
}
"""Fields that do not come back, by name, with the reason."""

UNSEEN: Final = "there is no unfinished letter of the box: it would tell who writes one"

NOT_KEPT_ON: Final = {
    "box": UNSEEN,
    "letters": UNSEEN,
    "people": SEARCHES,
    "log": SEARCHES,
    "paper_day": OF_A_SHEET,
    "help": SEARCHES,
    "paper": SECRET,
    "deputy": SECRET,
    "keyring": SECRET,
    "bring_back": SECRET,
}
"""Pages of which nothing comes back, with the reason."""

PAGES: Final = (
    "home", "admission", "case", "consent", "call", "refer", "refer_on", "referral",
    "release", "letterhead", "her_page", "organisation", "settings", "staff", "backup", "beds",
    "already_here", "leave", "roll", "visitors", "logbook", "shift", "incident",
    "places", "groups", "kept", "carried",
)  # fmt: skip

RAW: Final = {
    Kind.TEXT: "typed by hand",
    Kind.NOTE: "typed by hand",
    Kind.DATE: "4/11/2026",
    Kind.MOMENT: "3/11/2026 | 08:30",
    Kind.NUMBER: "7",
    Kind.MONEY: "LAK 7,000",
    Kind.YES_NO: "yes",
}

Typed = dict[tuple[str, int], str]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ids]:
    root = tmp_path_factory.mktemp("typed") / "data"
    return root, full_house(root, [lambda: "Champa"], roles=tuple(Role))


@pytest.fixture
def place(qtbot: QtBot, house: tuple[Path, Ids]) -> Iterator[Workplace]:
    driver = at_the_desk(qtbot, house[0], "Dao")
    driver.window.idle.end()
    assert isinstance(driver.window.workplace, Workplace)
    yield driver.window.workplace
    driver.window.close()


def settle() -> None:
    for _turn in range(3):
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def free(part: QWidget) -> bool:
    """Tell whether a field can be typed into now."""
    if not (part.isVisible() and part.isEnabled()) or part.objectName() in NOT_KEPT:
        return False
    if isinstance(part, QLineEdit):
        return not part.isReadOnly() and part.echoMode() is QLineEdit.EchoMode.Normal
    return not (isinstance(part, QPlainTextEdit) and part.isReadOnly())


def fields(page: QWidget) -> Iterator[tuple[tuple[str, int], QWidget]]:
    """Yield every field of a page that can be typed into, by its name and its number."""
    seen: Counter[str] = Counter()
    inside = {inner for made in page.findChildren(Editor) for inner in made.findChildren(QWidget)}
    for part in page.findChildren(QWidget):
        is_field = isinstance(part, QLineEdit | QPlainTextEdit | QComboBox | QSpinBox)
        own = isinstance(part.parentWidget(), QComboBox | QSpinBox)
        if isinstance(part, Editor) and not part.read_only and part.isVisible():
            name = f"editor {part.name}"
        elif is_field and not own and part not in inside and free(part):
            name = part.objectName()
        else:
            continue
        yield (name, seen[name]), part
        seen[name] += 1


def stands(part: Any) -> str:
    """Return what stands in a field."""
    if isinstance(part, Editor):
        return part.kept()
    if isinstance(part, TypedDay):
        return part.kept()
    if isinstance(part, QComboBox):
        return str(part.currentData())
    if isinstance(part, QSpinBox):
        return str(part.value())
    return str(part.text() if isinstance(part, QLineEdit) else part.toPlainText())


def put(part: Any) -> None:
    """Type into a field, or choose another answer than stands there."""
    if isinstance(part, OneOfEditor):
        offers = [value for value, _words in part.offers() if value != part.raw()]
        part.set_raw(offers[0] if offers else part.raw())
    elif isinstance(part, Editor):
        part.set_raw(RAW.get(part.field.kind, part.raw()))
    elif isinstance(part, QComboBox):
        last = part.count() - 1
        if last > 0:
            part.setCurrentIndex(last if part.currentIndex() != last else last - 1)
            part.activated.emit(part.currentIndex())
    elif isinstance(part, QSpinBox):
        part.setValue(7)
    elif isinstance(part, QLineEdit):
        part.setText("4/11/2026" if isinstance(part, TypedDay) else "typed by hand")
    else:
        part.setPlainText("typed by hand")


def type_all(page: QWidget) -> Typed:
    """Type into every field, also into those that appear meanwhile; returns what was changed."""
    before = {key: stands(part) for key, part in fields(page)}
    done: set[tuple[str, int]] = set()
    for _round in range(3):
        for key, part in list(fields(page)):
            if key not in done:
                done.add(key)
                put(part)
        settle()
    now = {key: stands(part) for key, part in fields(page)}
    return {key: text for key, text in now.items() if text != before.get(key, "") and key in done}


STEPS: Final = ("workers", "close-case", "leave-house")
"""What opens a form above the tabs of a case."""


def openers(page: QWidget, tab: int) -> list[str]:
    """Return the buttons that open a form on a tab, by name, each name once."""
    names = [made.objectName() for made in page.findChildren(QAbstractButton) if made.isVisible()]
    wanted = ("add-", "change-", "correct-note", "withdraw") + (() if tab else STEPS)
    return list(dict.fromkeys(name for name in names if name.startswith(wanted)))


def tabs(page: QWidget) -> list[int]:
    """Return the numbers of the tabs of a page; one without any has the number 0."""
    found = page.findChildren(QTabWidget)
    return list(range(found[0].count())) if found else [0]


def show(page: QWidget, tab: int, opener: str) -> None:
    """Bring a tab to the front and press what opens a form there."""
    for found in page.findChildren(QTabWidget):
        found.setCurrentIndex(tab)
    settle()
    if opener:
        page.findChild(QAbstractButton, opener).click()  # type: ignore[union-attr]
        settle()


def lost(place: Any, typed: Typed) -> dict[tuple[str, int], tuple[str, str]]:
    """Return what was typed and does not stand on the page, with what stands there instead."""
    now = {key: stands(part) for key, part in fields(place.page)}
    return {
        key: (text, now.get(key, "nothing")) for key, text in typed.items() if now.get(key) != text
    }


def left(place: Any) -> None:
    """Leave the page."""
    place.go("log")


def crashed(place: Any) -> None:
    """Let the program fall some seconds after the last key: nothing is told any more."""
    place.drafting.keep_now()
    place.drafting.follow(QWidget(), "nowhere")


def locked(place: Any) -> None:
    """Do what the lock does with what is being typed."""
    place.drafting.end()
    place.drafting.follow(QWidget(), "nowhere")


def test_every_page_is_tried_or_says_why_not() -> None:
    assert {*PAGES, *NOT_KEPT_ON} == {*page_table.PAGES} - {"organisations"}


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_what_is_typed_comes_back(place: Any, house: tuple[Path, Ids], page: str) -> None:
    where = (page, house[1][ABOUT[page]][0] if page in ABOUT else "")
    gone: dict[str, Any] = {}
    ways = cycle((left, crashed, locked))
    place.go(*where)
    settle()
    for tab in tabs(place.page):
        show(place.page, tab, "")
        for opener in ["", *openers(place.page, tab)]:
            place.room.desk.drafts.drop("/".join(filter(None, where)))
            place.drafting.follow(QWidget(), "nowhere")
            place.go(*where)
            show(place.page, tab, opener)
            typed = type_all(place.page)
            names = Counter(part.kept_as for part in keepers(place.page))
            assert max(names.values(), default=1) == 1, names
            way = next(ways)
            way(place)
            place.go(*where)
            settle()
            if found := lost(place, typed):
                gone[f"{way.__name__}: tab {tab} {opener}"] = found
    assert gone == {}
