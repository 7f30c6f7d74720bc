"""What is brought in is drawn by another process, and whatever that does, the window goes on."""

import random
import struct
import sys
from collections.abc import Callable, Iterator

import psutil
import pytest
from PySide6.QtCore import QCoreApplication, QObject, QProcess, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.core.errors import DeskError
from shelterdesk.gui.drawn import paper as paper_module
from shelterdesk.gui.drawn import process as process_module
from shelterdesk.gui.drawn.frames import (
    DOT,
    MOST_DRAWN,
    MOST_PAGES,
    Answer,
    Frame,
    Size,
    drawn_size,
    packed_sizes,
)
from shelterdesk.gui.drawn.paper import CannotDraw, DrawnPaper, Incomplete, Unreadable
from shelterdesk.gui.drawn.process import end_all
from shelterdesk.gui.drawn.view import MOST_KEPT, DrawnView
from shelterdesk.gui.paper.paper_view import PaperView
from shelterdesk.services.case.case_papers import TooLarge
from tests.gui.paper.hostile_papers import (
    TIMES,
    endless_drawing,
    file_of,
    giant_png,
    pdf_of,
    scene,
    unhurried,
)

__all__ = ["unhurried"]

WAITED = {name: getattr(paper_module, name) for name in TIMES}
PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"


def processes() -> list[QProcess]:
    application = QCoreApplication.instance()
    assert application is not None
    running = QProcess.ProcessState.NotRunning
    found = application.findChildren(QProcess, "drawing")
    return [process for process in found if process.state() != running]


@pytest.fixture(autouse=True)
def nothing_left(qtbot: QtBot) -> Iterator[None]:
    """See that no process that draws outlives its test."""
    yield
    end_all()
    qtbot.waitUntil(lambda: not processes())


class Heard(QObject):
    """A paper and everything that it told."""

    def __init__(self, content: bytes, media_type: str) -> None:
        super().__init__()
        self.told: list[object] = []
        self.paper = DrawnPaper(content, media_type, self)
        self.paper.known.connect(lambda: self.told.append("known"))
        self.paper.drawn.connect(
            lambda number, image, text: self.told.append((number, image, text))
        )
        self.paper.failed.connect(self.told.append)
        self.paper.refused.connect(lambda fault: self.told.append(type(fault)))
        self.paper.cleaned.connect(self.told.append)

    def opened(self, qtbot: QtBot) -> object:
        """Open the paper and return what it told first."""
        self.paper.open()
        qtbot.waitUntil(lambda: bool(self.told), timeout=130_000)
        return self.told[0]

    def asked(self, qtbot: QtBot, number: int, width: int) -> object:
        """Ask for a page and return what is told of it."""
        before = len(self.told)
        self.paper.ask(number, width)
        qtbot.waitUntil(lambda: len(self.told) > before, timeout=130_000)
        return self.told[-1]


# -- good papers --------------------------------------------------------------------------------


def test_a_page_comes_as_points_in_the_width_that_was_asked_for(qtbot: QtBot) -> None:
    heard = Heard(pdf_of(3), PDF)
    assert heard.opened(qtbot) == "known"
    assert heard.paper.sizes == [Size(595, 842)] * 3
    told = heard.asked(qtbot, 2, 300)
    assert isinstance(told, tuple)
    number, image, _text = told
    assert isinstance(image, QImage)
    assert (number, image.width(), image.height()) == (2, 300, int(300 * 842 / 595))


def test_one_process_draws_one_paper_and_ends_with_its_owner(qtbot: QtBot) -> None:
    owner = QWidget()
    first, second = (DrawnPaper(pdf_of(), PDF, owner) for _ in range(2))
    for paper in (first, second):
        with qtbot.waitSignal(paper.known, timeout=130_000):
            paper.open()
    assert len(processes()) == 2
    second.end()
    qtbot.waitUntil(lambda: len(processes()) == 1)
    owner.deleteLater()
    qtbot.waitUntil(lambda: not processes())


def test_the_lock_ends_every_process_and_none_begins_anew(qtbot: QtBot) -> None:
    view = DrawnView()
    qtbot.addWidget(view)
    view.resize(500, 500)
    view.show()
    view.show_drawn(endless_drawing(), PDF)
    qtbot.waitUntil(lambda: bool(view.page_count()), timeout=130_000)
    qtbot.wait(200)
    end_all()
    qtbot.wait(200)
    assert processes() == []


def test_only_what_is_seen_is_drawn_and_little_is_kept(qtbot: QtBot) -> None:
    small = pdf_of(3000)
    assert len(small) < 300_000
    before = psutil.Process().memory_info().rss
    view = DrawnView()
    qtbot.addWidget(view)
    view.resize(700, 600)
    view.show()
    view.show_drawn(small, PDF)
    qtbot.waitUntil(lambda: view.page(0) is not None, timeout=130_000)
    assert view.page_count() == 3000
    assert view.page(5) is None
    bar = view.verticalScrollBar()
    for place in range(1, 60):
        bar.setValue(bar.maximum() * place // 60)
        qtbot.waitUntil(lambda: all(view.page(n) is not None for n in view._in_view()))
    assert view.kept_bytes() <= MOST_KEPT
    assert psutil.Process().memory_info().rss - before < 3 * MOST_KEPT


@pytest.mark.parametrize("kind", [b"PNG", b"JPG"])
def test_the_largest_picture_is_taken_in_and_shown(qtbot: QtBot, kind: bytes) -> None:
    image = scene(7000, 7000)
    heard = Heard(file_of(image, kind), PNG if kind == b"PNG" else JPEG)
    assert heard.opened(qtbot) == "known"
    heard.paper.ask_clean()
    qtbot.waitUntil(lambda: len(heard.told) > 1, timeout=130_000)
    assert isinstance(heard.told[1], bytes)
    told = heard.asked(qtbot, 0, 700)
    assert isinstance(told, tuple)


def test_a_page_has_five_seconds() -> None:
    assert WAITED == TIMES


# -- papers that harm -------------------------------------------------------------------------


def test_a_page_that_takes_for_ever_is_given_up_and_the_next_one_is_shown(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper_module, "PATIENCE", 1500)
    heard = Heard(endless_drawing(), PDF)
    assert heard.opened(qtbot) == "known"
    first = processes()[0].processId()
    turns: list[int] = []
    clock = QTimer(heard)
    clock.timeout.connect(lambda: turns.append(1))
    clock.start(20)
    assert heard.asked(qtbot, 0, 600) == 0
    assert len(turns) > 10, "the window went on all the time"
    qtbot.waitUntil(lambda: not psutil.pid_exists(first) or not processes())
    assert heard.asked(qtbot, 0, 600) == 0, "it is tried anew, by another process"


def test_a_paper_that_ends_process_after_process_is_given_up(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper_module, "PATIENCE", 700)
    heard = Heard(endless_drawing(), PDF)
    heard.opened(qtbot)
    for _ in range(paper_module.MOST_STARTS):
        if heard.asked(qtbot, 0, 600) is CannotDraw:
            break
    else:
        assert heard.asked(qtbot, 0, 600) is CannotDraw


@pytest.mark.parametrize(
    "box", ["0 0 1000000000 842", "0 0 1000000000 1000000000", "0 0 595 0", "0 0 1 100000"]
)
def test_a_page_of_no_size_is_said_not_to_be_shown(qtbot: QtBot, box: str) -> None:
    view = DrawnView()
    qtbot.addWidget(view)
    view.resize(500, 500)
    view.show()
    refusals: list[object] = []
    view.refused.connect(refusals.append)
    view.show_drawn(pdf_of(2, box), PDF)
    qtbot.waitUntil(lambda: bool(view.page_count() or refusals), timeout=130_000)
    qtbot.waitUntil(lambda: bool(refusals or view.failed_pages() or view.page(0)), timeout=130_000)
    page = view.page(0)
    assert page is None or page.width() * page.height() <= MOST_DRAWN


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (giant_png(), PNG),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), PNG),
        (b"\xff\xd8\xff\xe0", JPEG),
        (b"%PDF-1.7 not a pdf at all %%EOF", PDF),
        (pdf_of(MOST_PAGES + 1), PDF),
        (pdf_of(extra=b"<< >>").replace(b"/Root 1 0 R", b"/Root 9 0 R"), PDF),
    ],
    ids=["giant", "no chunks", "no jpeg", "no pdf", "too many pages", "no root"],
)
def test_what_cannot_be_read_is_told_and_its_process_ends(
    qtbot: QtBot, content: bytes, media_type: str
) -> None:
    heard = Heard(content, media_type)
    assert heard.opened(qtbot) in (Unreadable, Incomplete, TooLarge)
    qtbot.waitUntil(lambda: not processes())


def test_bytes_gone_wrong_anywhere_never_reach_the_window(qtbot: QtBot) -> None:
    chance = random.Random(10)
    image = scene(200, 150)
    good = [(pdf_of(2), PDF), (file_of(image, b"PNG"), PNG), (file_of(image, b"JPG"), JPEG)]
    for _ in range(3):
        for content, media_type in good:
            wrong = bytearray(content)
            for _ in range(chance.randint(1, 30)):
                wrong[chance.randrange(8, len(wrong))] = chance.randrange(256)
            heard = Heard(bytes(wrong), media_type)
            told = heard.opened(qtbot)
            if told == "known":
                told = heard.asked(qtbot, 0, 100)
            assert told == 0 or isinstance(told, tuple) or issubclass(told, DeskError)  # type: ignore[arg-type]
            heard.paper.end()


# -- a process that lies ---------------------------------------------------------------------


def packed(
    answer: Answer, number: int = 0, width: int = 0, height: int = 0, body: bytes = b""
) -> bytes:
    return Frame(answer, number, width, height, body).packed()


READY = packed(Answer.READY)
TWO = packed(Answer.SIZES, 2, body=packed_sizes([Size(100, 100)] * 2))
THREE = packed(Answer.SIZES, 3, body=packed_sizes([Size(1, 1)]))
NO_SIZES = packed(Answer.SIZES, 1, body=struct.pack("<ff", float("nan"), float("inf")))
WIDE, HIGH = drawn_size(Size(100, 100), 50)
WHITE = b"\xff" * (WIDE * HIGH * DOT)
UNASKED = packed(Answer.PAGE, 1, WIDE, HIGH, WHITE)

LIES = {
    "nothing": "",
    "dies": "import os; os._exit(3)",
    "endless zeros": "while True: say(bytes(65536))",
    "endless readiness": f"while True: say({READY!r})",
    "endless errors": "import os\nwhile True: os.write(2, bytes(65536))",
    "an answer too large": f"say({READY!r}); say(b'\\x02' + b'\\xff' * 16); idle()",
    "an unknown answer": f"say({READY!r}); say(b'\\x63' + bytes(16)); idle()",
    "half an answer": f"say({READY!r}); say({TWO[:-3]!r}); idle()",
    "sizes of other pages": f"say({READY!r}); say({THREE!r}); idle()",
    "no page": f"say({READY!r}); say({packed(Answer.SIZES)!r}); idle()",
    "a page unasked": f"say({READY!r}); say({TWO!r}); say({UNASKED!r}); idle()",
    "cleaned unasked": f"say({READY!r}); say({packed(Answer.CLEAN, body=b'x')!r}); idle()",
}
PAGE_LIES = {
    "another page": packed(Answer.PAGE, 1, WIDE, HIGH, WHITE),
    "another size": packed(Answer.PAGE, 0, WIDE + 1, HIGH, WHITE),
    "too few points": packed(Answer.PAGE, 0, WIDE, HIGH, WHITE[4:]),
    "too much text": packed(Answer.PAGE, 0, WIDE, HIGH, WHITE + b"x" * 20_000),
    "a size of 2^32": packed(Answer.PAGE, 0, 2**32 - 1, 2**32 - 1, WHITE),
    "the wrong answer": packed(Answer.CLEAN, body=WHITE),
}
WAITS = """
import os
read = 0
while read < len(given) + 14:
    read += len(os.read(0, 65536))
"""
LIAR = """
import sys, time
def say(what):
    sys.stdout.buffer.write(what); sys.stdout.buffer.flush()
def idle():
    time.sleep(60)
"""


@pytest.fixture
def liar(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return what puts another program in the place of the one that draws."""

    def lie(program: str) -> None:
        line = [sys.executable, "-c", LIAR + program + "\nidle()"]
        monkeypatch.setattr(process_module, "command", lambda: line)
        for name in ("PATIENCE", "OPENING", "CLEANING"):
            monkeypatch.setattr(paper_module, name, 800)
        monkeypatch.setattr(paper_module, "START", 3000)

    return lie


@pytest.mark.parametrize("lie", LIES)
def test_a_process_that_lies_is_ended_and_said_so(
    qtbot: QtBot, liar: Callable[[str], None], lie: str
) -> None:
    liar(LIES[lie])
    before = psutil.Process().memory_info().rss
    heard = Heard(pdf_of(), PDF)
    told = heard.opened(qtbot)
    if told == "known":
        qtbot.waitUntil(lambda: not processes(), timeout=10_000)
        told = heard.asked(qtbot, 0, 50)
        assert told == 0
    else:
        assert told is CannotDraw
    heard.paper.end()
    qtbot.waitUntil(lambda: not processes())
    assert psutil.Process().memory_info().rss - before < 100 << 20


@pytest.mark.parametrize("lie", PAGE_LIES)
def test_a_page_that_is_not_the_one_asked_for_is_not_shown(
    qtbot: QtBot, liar: Callable[[str], None], lie: str
) -> None:
    program = (
        f"given = {pdf_of()!r}\nsay({READY!r}); say({TWO!r})\n{WAITS}\nsay({PAGE_LIES[lie]!r})"
    )
    liar(program)
    heard = Heard(pdf_of(), PDF)
    assert heard.opened(qtbot) == "known"
    assert heard.asked(qtbot, 0, 50) == 0


def test_a_size_that_is_none_means_a_page_that_is_not_shown(
    qtbot: QtBot, liar: Callable[[str], None]
) -> None:
    liar(f"say({READY!r}); say({NO_SIZES!r}); idle()")
    heard = Heard(pdf_of(), PDF)
    assert heard.opened(qtbot) == "known"
    assert heard.paper.sizes == [None]


def test_the_true_answer_of_such_a_process_would_be_shown(
    qtbot: QtBot, liar: Callable[[str], None]
) -> None:
    good = packed(Answer.PAGE, 0, WIDE, HIGH, WHITE + b"words")
    liar(f"given = {pdf_of()!r}\nsay({READY!r}); say({TWO!r})\n{WAITS}\nsay({good!r})")
    heard = Heard(pdf_of(), PDF)
    assert heard.opened(qtbot) == "known"
    told = heard.asked(qtbot, 0, 50)
    assert isinstance(told, tuple)
    assert (told[0], told[2]) == (0, "words")


def test_a_program_that_is_not_there_means_not_shown_and_never_drawn_here(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process_module, "command", lambda: ["/nowhere/shelterdesk", "--draw"])
    view = PaperView("")
    qtbot.addWidget(view)
    view.show_paper(pdf_of(), PDF, "Wage slip")
    qtbot.waitUntil(lambda: view.currentWidget() is view.not_shown)
    assert "“Wage slip” cannot be shown" in view.not_shown.text()
    assert view.drawn.page_count() == 0
