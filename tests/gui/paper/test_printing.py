"""Paper from memory: through a pipe to the print service, painted on a printer, or saved."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, Qt, QTimer
from PySide6.QtGui import QPdfWriter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.documents.recovery_page import RecoveryPageWords, recovery_page
from shelterdesk.gui.frame.presses import Presses
from shelterdesk.gui.pages.keeping.paper import PaperPage
from shelterdesk.gui.paper import printing
from shelterdesk.gui.paper.pdf_view import PdfView
from shelterdesk.gui.room import Remembered, Room
from shelterdesk.gui.tasks import Worker
from shelterdesk.services.desk import Desk
from tests.drivers.pages import PageDriver
from tests.factories import Shelter
from tests.privacy import traced

CANARY = "canary"
PIPES = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no lp")

LP = """#!/bin/sh
echo "$@" > "$PAPER_TRAY/asked"
cat > "$PAPER_TRAY/paper.pdf"
exit "$(cat "$PAPER_TRAY/answer")"
"""
LPSTAT = """#!/bin/sh
printf 'Office\\nWard-2\\n'
"""


def paper() -> bytes:
    """Return a page with words on it."""
    words = (CANARY, *("academic",) * 32)
    made_on = datetime(2026, 11, 3, tzinfo=UTC).date()
    return recovery_page(RecoveryPageWords(1, 1, words, (1,) * 33, made_on), "")


@pytest.fixture
def tray(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a print service in the program's way that keeps what it is given."""
    service, tray = tmp_path / "bin", tmp_path / "tray"
    service.mkdir()
    tray.mkdir()
    (tray / "answer").write_text("0", encoding="ascii")
    for name, script in (("lp", LP), ("lpstat", LPSTAT)):
        (service / name).write_text(script, encoding="ascii")
        (service / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{service}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PAPER_TRAY", str(tray))
    return tray


def answered(accept: bool, printer: str = "") -> None:
    """Answer the question for the printer once it stands there."""

    def answer() -> None:
        asked = QApplication.activeModalWidget()
        if not isinstance(asked, QDialog):
            QTimer.singleShot(10, answer)
            return
        box = asked.findChild(QComboBox, "printer")
        assert box is not None
        if printer and box.findData(printer) < 0:  # the print service has not answered yet
            QTimer.singleShot(10, answer)
            return
        box.setCurrentIndex(max(0, box.findData(printer)))
        asked.accept() if accept else asked.reject()

    QTimer.singleShot(0, answer)


@PIPES
def test_the_pages_go_whole_to_the_printer_that_was_chosen(qtbot: QtBot, tray: Path) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    answered(accept=True, printer="Ward-2")
    assert printing.print_pdf(page, paper())
    assert (tray / "paper.pdf").read_bytes() == paper()
    asked = (tray / "asked").read_text(encoding="ascii").split()
    assert asked == ["-d", "Ward-2", "-n", "1", "-t", "ShelterDesk", "-"]


@PIPES
def test_not_now_prints_nothing(qtbot: QtBot, tray: Path) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    answered(accept=False)
    assert not printing.print_pdf(page, paper())
    assert not (tray / "paper.pdf").exists()


@PIPES
def test_a_printer_that_refuses_is_told_of(qapp: QApplication, tray: Path) -> None:
    assert qapp is not None
    (tray / "answer").write_text("1", encoding="ascii")
    with pytest.raises(printing.PrinterRefused):
        printing.to_printer(paper())


SLOW_LP = """#!/bin/sh
cat > "$PAPER_TRAY/coming.pdf"
while [ ! -e "$PAPER_TRAY/go" ]; do sleep 0.02; done
mv "$PAPER_TRAY/coming.pdf" "$PAPER_TRAY/paper.pdf"
"""


def slow(tray: Path) -> None:
    """Let the print service take its time until there is a file named go."""
    (tray.parent / "bin" / "lp").write_text(SLOW_LP, encoding="ascii")


def when_waiting(then: Callable[[QDialog], object]) -> None:
    """Do something once the window waits for the print service, with its dialogue."""

    def look() -> None:
        waits = QApplication.activeModalWidget()
        if isinstance(waits, printing.AtThePrinter):
            then(waits)
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(0, look)


@PIPES
def test_the_window_answers_while_the_print_service_takes_its_time(
    qtbot: QtBot, tray: Path
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    slow(tray)
    when_waiting(lambda _waits: (tray / "go").touch())
    printing.to_printer(paper(), parent=page)
    assert (tray / "paper.pdf").read_bytes() == paper()


@PIPES
def test_a_paper_that_is_not_waited_for_may_come_and_nobody_says_that_it_did_not(
    qtbot: QtBot, tray: Path
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    slow(tray)
    when_waiting(lambda waits: QTest.keyClick(waits, Qt.Key.Key_Escape))
    with pytest.raises(printing.PrinterSilent) as told:
        printing.to_printer(paper(), parent=page)
    assert "may still come" in str(told.value)
    (tray / "go").touch()
    qtbot.waitUntil((tray / "paper.pdf").exists)
    qtbot.waitUntil(lambda: not printing._still_giving)
    assert (tray / "paper.pdf").read_bytes() == paper()


@PIPES
def test_enter_on_not_now_prints_nothing(qtbot: QtBot, tray: Path) -> None:
    page = QWidget()
    qtbot.addWidget(page)

    def answer() -> None:
        asked = QApplication.activeModalWidget()
        if not isinstance(asked, printing.AskPrinter):
            QTimer.singleShot(10, answer)
            return
        leave = asked.findChild(QPushButton, "print_leave")
        assert leave is not None
        leave.setFocus()
        QTest.keyClick(leave, Qt.Key.Key_Return)

    Presses(page)
    QTimer.singleShot(0, answer)
    assert not printing.print_pdf(page, paper())
    assert not (tray / "paper.pdf").exists()


@PIPES
def test_a_problem_with_the_printer_goes_when_the_pages_are_saved(
    shelter: Shelter, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    desk, remembered = Desk(shelter.vault), Remembered(shelter.place.root)
    page = PaperPage(Room(desk, Worker(), shelter.place, remembered, pages=shelter.pages))
    driver = PageDriver(qtbot, page)
    monkeypatch.setenv("PATH", str(tmp_path))
    driver.click("print_pages")
    assert page.problem.isVisible()
    page._save_to(tmp_path)
    assert not page.problem.isVisible()


@PIPES
def test_a_computer_without_a_print_service_says_so(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(printing.NoPrintService):
        printing.print_pdf(page, paper())


PRINTS = """
import sys
from PySide6.QtCore import QCoreApplication
from shelterdesk.gui.paper.printing import ask_known, to_printer
application, known = QCoreApplication(sys.argv), []
ask_known(application, known.extend)
while not known:
    application.processEvents()
to_printer(sys.stdin.buffer.read(), "Office")
"""


@PIPES
def test_printing_writes_no_file_and_opens_no_socket(tray: Path, tmp_path: Path) -> None:
    if why := traced.why_not():
        pytest.skip(why)
    trace = tmp_path / "trace"
    line = [*traced.command(trace), sys.executable, "-B", "-c", PRINTS]
    subprocess.run(line, input=paper(), check=True, env={**os.environ, "TMPDIR": str(tmp_path)})
    assert (tray / "paper.pdf").read_bytes() == paper()
    found = traced.calls(trace)
    assert traced.changed_outside(found, [tray, Path("/dev/null")]) == []
    assert traced.sockets(found) == []
    started = [call.arguments for call in found if call.name == "execve" and call.returned == "0"]
    assert any("/lp" in arguments for arguments in started)


@PIPES
def test_the_recovery_pages_are_printed_and_never_saved(
    qtbot: QtBot, shelter: Shelter, tray: Path
) -> None:
    desk, worker = Desk(shelter.vault), Worker()
    remembered = Remembered(shelter.place.root)
    page = PaperPage(Room(desk, worker, shelter.place, remembered, pages=shelter.pages))
    driver = PageDriver(qtbot, page)
    answered(accept=True)
    before = {path for path in tray.parent.rglob("*") if path.is_file()}
    driver.click("print_pages")
    assert shelter.pages.pages[2][0] in text_of((tray / "paper.pdf").read_bytes())
    assert page.saved_to.text() != ""
    made = {path for path in tray.parent.rglob("*.pdf") if path not in before}
    assert made == {tray / "paper.pdf"}


def text_of(pdf: bytes) -> str:
    """Return what stands on a paper."""
    document = printing.opened(pdf)
    return "\n".join(document.getAllText(n).text() for n in range(document.pageCount()))


def test_a_page_is_painted_over_the_whole_sheet(qapp: QApplication) -> None:
    assert qapp is not None
    lying = QBuffer()
    lying.open(QIODevice.OpenModeFlag.WriteOnly)
    device = QPdfWriter(lying)
    device.setResolution(printing.DOTS)
    printing.paint_pages(paper(), device)
    again = printing.opened(bytes(lying.data().data()))
    assert again.pageCount() == printing.opened(paper()).pageCount()
    drawn = again.render(0, again.pagePointSize(0).toSize())
    dark = [
        (x, y)
        for x in range(0, drawn.width(), 2)
        for y in range(0, drawn.height(), 2)
        if drawn.pixelColor(x, y).alpha() and drawn.pixelColor(x, y).lightness() < 128
    ]
    assert max(y for _x, y in dark) - min(y for _x, y in dark) > drawn.height() // 2


SILENT = """#!/bin/sh
exec sleep 30
"""


@PIPES
def test_a_print_service_that_says_nothing_does_not_hold_the_window(
    qtbot: QtBot, tray: Path
) -> None:
    (tray.parent / "bin" / "lpstat").write_text(SILENT, encoding="ascii")
    page = QWidget()
    qtbot.addWidget(page)
    answered(accept=True)
    begun = monotonic()
    assert printing.ask_printer(page) is not None
    assert monotonic() - begun < 2
    qtbot.waitUntil(lambda: not printing._still_asking)


def test_the_paper_is_shown_in_the_width_there_is_and_read_out(qtbot: QtBot) -> None:
    view = PdfView("The letter")
    qtbot.addWidget(view)
    view.resize(500, 400)
    with qtbot.waitExposed(view):
        view.show()
    view.show_pdf(paper())
    (sheet,) = view.findChildren(QLabel, "sheet_of_paper")
    assert CANARY in view.text()
    assert CANARY in sheet.accessibleName()
    narrow = sheet.width()
    view.resize(900, 400)
    qtbot.waitUntil(lambda: view.findChildren(QLabel, "sheet_of_paper")[-1].width() > narrow + 300)
    view.show_pdf(b"")
    QCoreApplication.processEvents()
    assert view.page_count() == 0
