"""Printing on Windows: our own choice of printer, pages painted on it, never a file.

The system's own print window offers *print to file*, ranges of pages and copies; none of them is
for papers whose number says how many there are. So the printers are asked for by name, and those
that only make files are not among them.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QPageLayout, QPageSize

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_MAKES_FILES: Final = ("pdf", "xps", "onenote", "fax", "image writer", "document writer")
"""Parts of the names of printers that come with Windows or with programs and print on no paper."""


def on_paper(names: Iterable[str]) -> list[str]:
    """Return those printers that print on paper, as far as their names tell."""
    return [name for name in names if not any(part in name.casefold() for part in _MAKES_FILES)]


def windows_printers() -> list[str]:
    """Return the names of the printers that print on paper, the usual one first."""
    from PySide6.QtPrintSupport import QPrinterInfo

    usual = QPrinterInfo.defaultPrinterName()
    return sorted(on_paper(QPrinterInfo.availablePrinterNames()), key=lambda name: name != usual)


def whole_sheet(name: str, copies: int, job: str, dots: int) -> "QPrinter":
    """Return a printer set to whole sheets of A4; "" is the usual one."""
    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    if name:
        printer.setPrinterName(name)
    printer.setDocName(job)
    printer.setCopyCount(copies)
    printer.setResolution(dots)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)
    return printer
