"""Contact sheets: every page of every role as pictures beside each other, to be looked at.

    python -m tests.looks_sheet OUT [--role counsellor …] [--language lo …] [--percent 150 …]
                                    [--size 1024x700 …] [--page beds …] [--demo FOLDER] [--wide 3]

makes an invented shelter, sits down in it as each role, opens every page that she has, each with
its tabs, areas and steps, and scrolls to the end of each; then the dialogues. Every picture is kept
in OUT/pictures, and OUT holds one sheet for each role, language, percent and size.
Nothing judges what is drawn: whoever runs it looks at it.
"""

import argparse
import os
import tempfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageDraw
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QScrollArea, QWidget

from shelterdesk.core.calendar.clock import house_day, system_clock
from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import LANGUAGES, use_language
from shelterdesk.core.permissions import Role
from shelterdesk.gui.frame.page_table import PAGES, entries_for
from shelterdesk.gui.frame.window import DeskWindow
from shelterdesk.gui.parts.style import dress
from shelterdesk.gui.parts.style.colours import TOKENS
from shelterdesk.gui.walk.hand import Hand
from shelterdesk.records.case.case import Case
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.referral import Referral
from shelterdesk.services.demo.demo import make_demo
from shelterdesk.services.demo.staff import DIRECTOR, STAFF, passphrase_of
from shelterdesk.services.desk import held
from tests.gui.dialogues import dialogues
from tests.gui.every_page import ABOUT, parts_of

_KINDS: Final = {"case": Case, "referral": Referral, "organisation": Organisation}
_SEED: Final = 7
_MOST: Final = 4
"""Windows of one page, from its beginning to its end."""
_NAMES: Final = {Role.DIRECTOR: DIRECTOR} | {role: name for name, role, _words in STAFF}
_GAP: Final = 10
_LINE: Final = 30
_ON_A_SHEET: Final = 12


class Looker:
    """Sits in the window and takes a picture of everything that can be opened in it."""

    def __init__(self, data: Path, out: Path, only: tuple[str, ...]) -> None:
        self.out, self.only = out, only
        self.hand = Hand()
        self.taken: list[Path] = []
        self.window = DeskWindow(data, lambda: None)

    def sit_down(self, role: Role, width: int, height: int) -> None:
        """Open the records as somebody of a role; the door is looked at first."""
        window, hand = self.window, self.hand
        window.resize(width, height)
        window.show()
        hand.until(lambda: window.door.is_ready, "the door does not open")
        box = hand.part("name", QComboBox)
        box.setCurrentText(_NAMES[role])
        if not self.only:
            self.take("door", window)
        line = hand.part("passphrase", QLineEdit)
        line.setFocus()
        line.setText(passphrase_of(role))
        line.returnPressed.emit()
        hand.until(lambda: window.workplace is not None, "nobody is let in")
        hand.rest()
        window.idle.end()

    @property
    def place(self) -> Any:
        """The place of work in the window."""
        return self.window.workplace

    def go_round(self) -> None:
        """Open every page that this person has, and take each to its end; then the dialogues."""
        for page, record_id in self.pages():
            if self.only and page not in self.only:
                continue
            self.place.go(page, record_id)
            self.hand.rest()
            if self.place.where != (page, record_id):
                continue
            for part in parts_of(self.place):
                self.hand.rest()
                self.to_the_end(f"{page} {part}".strip())
        if not self.only or "dialogues" in self.only:
            self.ask()

    def pages(self) -> Iterator[tuple[str, str]]:
        """Yield the pages of the navigation in its order, then all others that can be opened."""
        desk = self.place.room.desk
        first = [entry.name for entry in entries_for(desk)]
        for page in [*first, *(name for name in PAGES if name not in first)]:
            if page not in ABOUT:
                yield page, ""
            elif about := self.about(page):
                yield page, about

    def about(self, page: str) -> str:
        """Return the record that a page is opened on: of cases one that is hers."""
        desk = self.place.room.desk
        try:
            found: list[Any] = desk.records.of(_KINDS[ABOUT[page]])
        except DeskError:
            return ""
        if ABOUT[page] == "case":
            me = desk.staff.me()
            found.sort(key=lambda case: (case.owner_id != me.id, case.closed_on is not None))
        elif page == "refer_on":
            found = [one for one in found if one.state == "draft"]
        return found[0].id if found else ""

    def to_the_end(self, name: str) -> None:
        """Take a page from its beginning to its end, one window after another."""
        areas = [one for one in self.place.page.findChildren(QScrollArea) if one.isVisible()]
        bars = [one.verticalScrollBar() for one in areas]
        bar = max(bars, key=lambda one: one.maximum(), default=None)
        for turn in range(_MOST):
            if bar is not None:
                bar.setValue(turn * bar.pageStep())
            self.hand.rest()
            self.take(f"{name} {turn}" if turn else name, self.window)
            if bar is None or bar.value() >= bar.maximum():
                break

    def ask(self) -> None:
        """Take every dialogue, each on a ground as large as the window."""
        for name, asked in dialogues(self.window):
            asked.show()
            self.hand.until(asked.isVisible, "no dialogue")
            for _turn in range(8):
                QApplication.processEvents()
            ground = QPixmap(self.window.size())
            ground.fill(QColor(TOKENS["cover"]))
            painter = QPainter(ground)
            painter.drawPixmap(20, 20, asked.grab())
            painter.end()
            self.keep(f"dialogue {name}", ground)
            asked.close()

    def take(self, name: str, part: QWidget) -> None:
        """Keep what a part shows as a picture."""
        self.keep(name, part.grab())

    def keep(self, name: str, picture: QPixmap) -> None:
        """Keep a picture, numbered in the order in which they were taken."""
        path = self.out / f"{len(self.taken):03d} {name}.png"
        picture.save(str(path))
        self.taken.append(path)


def sheet(pictures: list[Path], wide: int, path: Path) -> None:
    """Put pictures beside each other, `wide` in a row, each under its name."""
    opened = [Image.open(one) for one in pictures]
    across = max(one.width for one in opened) + _GAP
    down = max(one.height for one in opened) + _LINE
    made = Image.new("RGB", (across * wide, down * -(-len(opened) // wide)), "white")
    writing = ImageDraw.Draw(made)
    for place, one in enumerate(opened):
        x, y = place % wide * across, place // wide * down
        writing.text((x + _GAP, y + _GAP), pictures[place].stem, fill="black", font_size=_LINE // 2)
        made.paste(one, (x, y + _LINE))
    made.save(path)


def look(data: Path, out: Path, asked: argparse.Namespace) -> None:
    """Make all the sheets that are asked for."""
    for role, language, percent, size in product(
        asked.role, asked.language, asked.percent, asked.size
    ):
        name = f"{role}-{language}-{percent}-{size}"
        pictures = out / "pictures" / name
        pictures.mkdir(parents=True, exist_ok=True)
        dress(QApplication.instance() or QApplication([]), percent)  # type: ignore[arg-type]
        use_language(language)
        looker = Looker(data, pictures, tuple(asked.page))
        looker.sit_down(Role(role), *map(int, size.split("x")))
        looker.go_round()
        looker.window.close()
        for part in range(0, len(looker.taken), _ON_A_SHEET):
            shown = looker.taken[part : part + _ON_A_SHEET]
            sheet(shown, asked.wide, out / f"{name}-{part // _ON_A_SHEET}.png")
        print(f"{name}: {len(looker.taken)} pictures")


def main() -> None:
    """Read what is asked for, make a shelter unless one is named, and look at it."""
    asking = argparse.ArgumentParser(description=__doc__)
    asking.add_argument("out", type=Path)
    asking.add_argument("--role", nargs="+", default=[str(role.value) for role in _NAMES])
    asking.add_argument("--language", nargs="+", default=list(LANGUAGES))
    asking.add_argument("--percent", nargs="+", type=int, default=[100, 150])
    asking.add_argument("--size", nargs="+", default=["1366x768", "1024x700"])
    asking.add_argument("--page", nargs="+", default=[])
    asking.add_argument("--demo", type=Path)
    asking.add_argument("--wide", type=int, default=3)
    asked = asking.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = asked.demo or Path(folder) / "shelter"
        if asked.demo is None:
            with held(data) as place:
                make_demo(place, _SEED, house_day(system_clock())).desk.lock()
        look(data, asked.out, asked)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main()
