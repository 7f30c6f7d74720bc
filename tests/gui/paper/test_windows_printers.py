"""On Windows our own window asks for the printer, and only those that print on paper are named."""

import sys

import pytest
from PySide6.QtGui import QPageSize
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk.gui.paper import printing
from shelterdesk.gui.paper.windows_printers import on_paper, whole_sheet
from tests.gui.paper.test_printing import answered, paper


def test_printers_that_only_make_files_are_not_offered() -> None:
    names = ["Microsoft Print to PDF", "Canon LBP6030", "Fax", "OneNote (Desktop)", "EPSON L3110"]
    names += ["Microsoft XPS Document Writer", "ເຄື່ອງພິມຫ້ອງການ"]
    assert on_paper(names) == ["Canon LBP6030", "EPSON L3110", "ເຄື່ອງພິມຫ້ອງການ"]


def test_a_windows_without_a_printer_says_so(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(printing, "windows_printers", list)
    with pytest.raises(printing.NoPrinter):
        printing.ask_printer(page)


def test_on_windows_our_own_window_asks_for_the_printer(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(printing, "windows_printers", lambda: ["Canon LBP6030", "EPSON L3110"])
    taken: list[tuple[str, int]] = []
    monkeypatch.setattr(
        printing, "_on_windows", lambda _pdf, printer, copies: taken.append((printer, copies))
    )
    answered(accept=True)
    out = printing.ask_printer(page, copies=2)
    assert out is not None
    out(paper())
    assert taken == [("Canon LBP6030", 2)]


def test_a_sheet_is_a4_and_whole(qapp: QApplication) -> None:
    assert qapp is not None
    printer = whole_sheet("", 2, "ShelterDesk", 300)
    assert printer.pageLayout().pageSize().id() is QPageSize.PageSizeId.A4
    assert printer.fullPage()
    assert (printer.copyCount(), printer.docName()) == (2, "ShelterDesk")
