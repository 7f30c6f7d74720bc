"""Every small page in which the window asks something, made as the window makes it."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QDialog

from shelterdesk.core.i18n import _
from shelterdesk.gui.frame.help_sheet import HelpSheet
from shelterdesk.gui.frame.keys_sheet import KeysSheet
from shelterdesk.gui.pages.keeping.reason_shown import ReasonShown
from shelterdesk.gui.paper.print_preview import OnPaper, PrintPreview
from shelterdesk.gui.paper.printing import AskPrinter, AtThePrinter
from shelterdesk.gui.parts.place_choice import Drive, PlaceChoice
from shelterdesk.gui.parts.second_person import SecondPerson
from shelterdesk.services.keeping.log_lines import LogLine
from tests.services.settling import AN_ACT

_WHY = "ນາງຂໍໃຫ້ອ່ານຄືນ ເພາະວ່າຊື່ຂຽນຜິດ She asked for it to be read again. " * 2


def dialogues(window: Any) -> Iterator[tuple[str, QDialog]]:
    """Yield every small page above a window in which records are open, each by a name."""
    desk = window.room.desk
    draw = desk.house_lists.out
    papers = [OnPaper(name, _("Who is out"), draw, draw) for name in ("one", "other")]
    sticks = [Drive(Path(name), name, 14_200_000_000) for name in ("SHELTER", "KINGSTON")]
    line = LogLine(7, None, "Noy", "SD-2026-0001", _("Show why"))
    yield "keys", KeysSheet(window)
    yield "help", HelpSheet(window)
    yield "print", PrintPreview(papers, window)
    yield "printer", AskPrinter(["Canon LBP6030"], window)
    giving = QProcess(window)
    giving.start(sys.executable, ["-c", "import time; time.sleep(60)"])
    yield "at the printer", AtThePrinter(giving, window)
    giving.kill()
    giving.waitForFinished()
    yield "second", SecondPerson(desk, AN_ACT, _(AN_ACT.kind.title), window)
    yield "stick", PlaceChoice(sticks, _("Where to"), window)
    yield "no stick", PlaceChoice([], _("Where to"), window)
    yield "file", PlaceChoice(sticks, _("Where to"), window, name="SD-2026-0001.pdf")
    yield "why", ReasonShown(line, _WHY, window)
