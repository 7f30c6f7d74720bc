"""One meaning, one drawing: what is pressed under one drawing leads to one thing, everywhere."""

import ast
from collections import defaultdict
from pathlib import Path
from typing import Final

import shelterdesk.gui
from shelterdesk.core.paths import resources
from shelterdesk.gui.frame.page_table import NAVIGATION
from shelterdesk.gui.pages.case.head import _SHORTCUTS
from shelterdesk.gui.pages.case.standing import _WORDS
from shelterdesk.gui.pages.today.what_next import _WAYS

GUI: Final = Path(shelterdesk.gui.__file__).parent
DRAWINGS: Final = {file.stem for file in (resources() / "icons").glob("*.svg")}
MEANS: Final = {
    "archive": "close the case",
    "ban": "void",
    "bed": "beds",
    "building-2": "an organisation",
    "calendar-x": "run out",
    "check": "yes, done",
    "circle-question-mark": "help",
    "clock": "still to be done",
    "ellipsis": "what is done seldom",
    "eye": "look at it",
    "eye-off": "cover the screen",
    "file-check": "over, put away",
    "folder-open": "open the case again",
    "handshake": "consent",
    "hard-drive-download": "backup",
    "hourglass": "waiting",
    "house": "my day",
    "inbox": "asked of me",
    "lock": "lock",
    "log-out": "she leaves the house",
    "mail-check": "handed over",
    "pencil": "being written",
    "phone": "telephone",
    "plus": "a new one",
    "printer": "paper",
    "scroll-text": "the log",
    "search": "search",
    "send": "refer",
    "settings": "settings",
    "share": "may leave",
    "shield-check": "stays",
    "sticky-note": "a note",
    "trash-2": "take away",
    "triangle-alert": "take care",
    "undo-2": "taken back",
    "user-check": "who works on it",
    "user-plus": "admit",
    "users": "staff",
    "users-round": "people",
    "x": "no",
}


def test_every_drawing_has_one_meaning_written_down_and_no_two_the_same() -> None:
    assert MEANS.keys() == DRAWINGS
    assert len(set(MEANS.values())) == len(MEANS)


def test_what_is_pressed_under_one_drawing_leads_to_one_thing() -> None:
    leads: dict[str, set[str]] = defaultdict(set)
    for entry in NAVIGATION:
        leads[entry.icon].add(entry.within or entry.name)
    for way in _WAYS:
        leads[way.icon].add(way.page)
    for name, _word, drawing, _key, _area in _SHORTCUTS:
        leads[drawing].add({"admit": "admission"}.get(name, name))
    for name, (_words, drawing, _key) in _WORDS.items():
        leads[drawing].add({"take": "workers"}.get(name, name))
    for only in ("lock", "eye-off"):  # the two of the frame
        leads[only].add(only)
    assert {drawing: to for drawing, to in leads.items() if len(to) > 1} == {}


def test_every_drawing_is_used_somewhere() -> None:
    used = set()
    for file in GUI.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                used.add(node.value)
    assert used >= DRAWINGS
