"""Choosing a stick: the drives that are put in, each by its name, with its free space.

What else a computer shows of its folders stands behind *Another folder*: most people want the
stick, and would otherwise have to find it by the path that the system has given it.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from PySide6.QtCore import QStorageInfo, QTimer
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from shelterdesk.core.i18n import N_, _
from shelterdesk.core.system.drives import lettered_drives
from shelterdesk.gui.hearing import ask
from shelterdesk.gui.parts.card import Dialogue
from shelterdesk.gui.parts.lines import rows
from shelterdesk.gui.parts.plain import button, named, plain_label, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.style.measures import HAIR
from shelterdesk.gui.parts.written_line import WrittenLine

_WHERE_STICKS_ARE: Final = ("/media/", "/run/media/", "/Volumes/")
_FREE: Final = N_("{size} GB free")
_THERE: Final = N_("A file of this name is there already. Press once more to replace it.")
_NO_NAME: Final = N_("Please type a name for the file.")
_WAITS: Final = N_(
    "No stick is in yet. Put it in: as soon as this computer has it, the work goes on by itself."
)
_LOOKS_EVERY_MS: Final = 1000

Told = Callable[[Path], str]
"""Says something about a place, for its line; "" for nothing."""


class Drive(NamedTuple):
    """A drive that is put in: where it is, what it is called, bytes that are free."""

    root: Path
    name: str
    free: int


def drives() -> list[Drive]:
    """Return the drives that can be written to and are not this computer's own."""
    found = [one for one in _volumes() if one.isReady() and not one.isReadOnly()]
    own = QStorageInfo.root().rootPath()
    return [
        Drive(Path(one.rootPath()), one.name() or one.displayName(), one.bytesAvailable())
        for one in found
        if one.rootPath() != own
        and (sys.platform == "win32" or one.rootPath().startswith(_WHERE_STICKS_ARE))
    ]


def _volumes() -> list[QStorageInfo]:
    """Return what the system has mounted; of Windows' drives only those that hold a disk.

    Qt asks every letter there whether it is ready: one whose server is gone holds the window up
    for a minute, and a letter saved on a network drive lies on somebody else's computer.
    """
    if sys.platform == "win32":
        return [QStorageInfo(str(root)) for root in lettered_drives()]
    return QStorageInfo.mountedVolumes()


class PlaceChoice(Dialogue):
    """The drives, one under the other, and a line for the name where a file is to be saved.

    They are no `RecordTable`: nothing is kept about them, and there are two or three.

    `chosen` is the folder or the file; `elsewhere` tells that she would rather look for another.
    What is put in or taken out meanwhile is seen. Opened while nothing is in, it goes on with the
    stick that comes first.
    """

    def __init__(
        self,
        found: list[Drive],
        title: str,
        parent: QWidget,
        *,
        name: str = "",
        about: Told | None = None,
    ) -> None:
        super().__init__(parent, "place_choice", title)
        self.chosen: Path | None = None
        self.elsewhere = False
        self._drives: list[Drive] = []
        self._about, self._asked_over = about, Path()
        self.list = named(QListWidget(), "drives", title)
        self.list.setSpacing(HAIR)
        self.waits = plain_label(_(_WAITS), "quiet")
        self.list.itemDoubleClicked.connect(lambda _line: self._take())
        self.name = named(WrittenLine(name), "file_name", _("Name of the file"))
        self.problem = problem_line(room=1)
        inside = self.inside
        inside.addWidget(plain_label(title, "title"))
        asked = rows((_("Name of the file"), self.name))
        asked.setRowVisible(0, bool(name))
        inside.addLayout(asked)
        inside.addWidget(self.waits)
        inside.addWidget(self.list)
        inside.addWidget(self.problem)
        self._buttons(saves=bool(name))
        self._saves = bool(name)
        self._offer(found)
        (self.list if found else self.other).setFocus()
        self._looking = QTimer(self)
        self._looking.timeout.connect(self._look)
        self._looking.start(_LOOKS_EVERY_MS)

    def _offer(self, found: list[Drive]) -> None:
        """Show these drives; the one that was chosen stays so."""
        row = self.list.currentRow()
        before = self._drives[row].root if 0 <= row < len(self._drives) else None
        self._drives = list(found)
        self.list.clear()
        for drive in found:
            facts = [_(_FREE).format(size=round(drive.free / 1e9, 1))]
            facts += [self._about(drive.root)] if self._about else []
            self.list.addItem(QListWidgetItem("\n".join(filter(None, (drive.name, *facts)))))
        roots = [drive.root for drive in found]
        self.list.setCurrentRow(roots.index(before) if before in roots else 0)
        show_if(self.waits, not found)
        show_if(self.list, bool(found))
        self.go.setEnabled(bool(found))

    def _look(self) -> None:
        """Look once more what is in; who waited for a stick goes on with it."""
        found, waited = drives(), not self._drives
        if [drive.root for drive in found] == [drive.root for drive in self._drives]:
            return
        self._offer(found)
        if waited and len(found) == 1 and not self._saves:
            self._take()

    def _buttons(self, *, saves: bool) -> None:
        leave = button(_("Not now"), "place_leave")
        leave.clicked.connect(self.reject)
        self.other = button(_("Another folder …"), "place_other")
        self.other.clicked.connect(self._go_elsewhere)
        self.go = button(_("Save") if saves else _("Choose"), "main")
        self.go.clicked.connect(self._take)
        self.foot(leave, self.other, go=self.go)

    def _go_elsewhere(self) -> None:
        self.elsewhere = True
        self.reject()

    def _take(self) -> None:
        root = self._drives[max(0, self.list.currentRow())].root
        typed = self.name.text().strip()
        problem = _(_NO_NAME) if self._saves and not typed else ""
        place = root / typed if self._saves else root
        if not problem and self._saves and place.exists() and self._asked_over != place:
            problem, self._asked_over = _(_THERE), place
        tell(self.problem, problem)
        show_if(self.problem, bool(problem))
        if not problem:
            self.chosen = place
            self.accept()


def choose_place(
    parent: QWidget,
    title: str,
    elsewhere: Callable[[], Path | None],
    *,
    name: str = "",
    about: Told | None = None,
    waits: bool = False,
) -> Path | None:
    """Ask for a drive, or a file on one; where there is none, or she wants it, for any folder.

    What `waits` for a stick is asked where none is in, too: it goes on when one is. None for "not
    now". What is chosen is written down nowhere.
    """
    found = drives()
    if not found and not waits:
        return elsewhere()
    asked = PlaceChoice(found, title, parent, name=name, about=about)
    ask(asked)
    chosen, goes_on = asked.chosen, asked.elsewhere
    asked.deleteLater()
    return elsewhere() if goes_on else chosen
