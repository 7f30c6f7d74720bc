"""Paper from memory: a PDF goes to the printer or to a file that somebody chooses, nowhere else.

On Linux the bytes go through a pipe to `lp`: Qt's own way over CUPS would write a plain temporary
file first. On Windows the pages are painted on the printer. Papers that are printed here never lie
on the disk by our doing; what the system's print service keeps is its own matter.
"""

import sys
from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QObject,
    QProcess,
    QRect,
    QSizeF,
    QStandardPaths,
    Qt,
    QTimer,
)
from PySide6.QtGui import QPagedPaintDevice, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.hearing import ask
from shelterdesk.gui.paper.windows_printers import whole_sheet, windows_printers
from shelterdesk.gui.parts.card import Dialogue
from shelterdesk.gui.parts.file_choice import ask_to_save
from shelterdesk.gui.parts.lines import ChoiceBox, rows
from shelterdesk.gui.parts.plain import button, named, plain_label
from shelterdesk.services.disclosure.saved_files import save_file

DOTS: Final = 300
"""Dots per inch on paper; the printer's best would be a picture of ten thousand dots a line."""

_JOB: Final = "ShelterDesk"
"""What the print service shows of a paper: nothing of what stands on it."""

_PATIENCE: Final = 30_000
"""Milliseconds for the print service to take the pages."""

_AT_ONCE: Final = 300
"""Milliseconds in which it usually has taken them: nothing is shown for so short a time."""

_still_giving: Final[set[QProcess]] = set()
"""What was not waited for: it goes on giving its pages until it has ended by itself."""

_LIES_THERE: Final = N_("Saved as {name} in the folder {folder}.")
_still_asking: Final[set[QProcess]] = set()
"""What was asked for the printers and has not answered yet."""

_SOMEBODY: Final = N_("Is somebody at the printer? The paper must not lie there.")


class NoPrintService(DeskError):
    """The system has no program that takes pages for a printer."""

    sentence = N_(
        "This computer cannot print: the program “lp” is missing. Save the paper as a PDF, or have "
        "printing set up."
    )


class NoPrinter(DeskError):
    """Windows knows no printer that prints on paper."""

    sentence = N_(
        "This computer knows no printer. Switch it on and have it set up in Windows, or save the "
        "paper as a PDF."
    )


class PrinterRefused(DeskError):
    """The print service did not take the pages."""

    sentence = N_(
        "The printer did not take the paper. Is it switched on, and is it the right one? Nothing "
        "was printed."
    )


class PrinterSilent(DeskError):
    """The print service has not answered: nobody knows whether the paper will come."""

    sentence = N_(
        "The print service has not answered. The paper may still come: look at the printer before "
        "you print once more."
    )


def opened(pdf: bytes, parent: QWidget | None = None) -> QPdfDocument:
    """Return a PDF as a document to draw pages of; it is read from memory."""
    document = QPdfDocument(parent)  # type: ignore[arg-type]
    lying = QBuffer(document)
    lying.setData(QByteArray(pdf))
    lying.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(lying)
    return document


def print_pdf(parent: QWidget, pdf: bytes, copies: int = 1) -> bool:
    """Ask for a printer and print; False when the person would rather not.

    Raises NoPrintService, NotPrinted.
    """
    out = ask_printer(parent, copies)
    if out is not None:
        out(pdf)
    return out is not None


def ask_printer(parent: QWidget, copies: int = 1) -> Callable[[bytes], None] | None:
    """Ask for a printer; returns what prints a PDF there, which may raise NotPrinted.

    Asked before a letter gets its number, so that "not now" leaves no trace. None for "not now".
    Raises NoPrintService, NoPrinter.
    """
    known = _known_printers()
    asked = AskPrinter(known, parent)
    wanted = ask(asked)
    printer = str(asked.printer.currentData() or "")
    asked.deleteLater()
    if not wanted:
        return None
    if sys.platform == "win32":
        return partial(_on_windows, printer=printer or known[0], copies=copies)
    return partial(to_printer, printer=printer, copies=copies, parent=parent)


def _known_printers() -> list[str]:
    """Return the printers that are known at once; raises NoPrintService, and NoPrinter on Windows.

    Elsewhere the print service is asked while the question for one stands there already.
    """
    if sys.platform == "win32":
        known = windows_printers()
        if not known:
            raise NoPrinter
        return known
    if not QStandardPaths.findExecutable("lp"):
        raise NoPrintService
    return []


def ask_known(owner: QObject, tell: Callable[[list[str]], object]) -> None:
    """Ask the print service for its printers; nobody waits for it, and `owner` may be gone by then.

    One that says nothing for a while is asked no longer.
    """
    if not QStandardPaths.findExecutable("lpstat"):
        return
    asking = QProcess()
    _still_asking.add(asking)
    asking.finished.connect(lambda: _tell_known(asking, owner, tell))
    owner.destroyed.connect(asking.kill)
    QTimer.singleShot(_PATIENCE // 10, asking, asking.kill)
    asking.start("lpstat", ["-e"])


def _tell_known(asking: QProcess, owner: QObject, tell: Callable[[list[str]], object]) -> None:
    _still_asking.discard(asking)
    said = bytes(asking.readAllStandardOutput().data()).decode(errors="replace")
    if isValid(owner):
        tell(said.split())


def to_printer(
    pdf: bytes, printer: str = "", copies: int = 1, parent: QWidget | None = None
) -> None:
    """Give the pages to `lp` through a pipe; raises NotPrinted when it does not take them.

    Where it takes long, a dialogue above `parent` says so, and the window answers meanwhile.
    """
    to = ["-d", printer] if printer else []
    giving = QProcess()
    giving.start("lp", [*to, "-n", str(copies), "-t", _JOB, "-"])
    if not giving.waitForStarted(_PATIENCE):
        raise NoPrintService
    giving.write(QByteArray(pdf))
    giving.closeWriteChannel()
    if not giving.waitForFinished(_AT_ONCE if parent else _PATIENCE) and parent:
        waits = AtThePrinter(giving, parent)
        ask(waits)
        waits.deleteLater()
    if giving.state() != QProcess.ProcessState.NotRunning:
        _let_go_on(giving)
        raise PrinterSilent
    if giving.exitStatus() != QProcess.ExitStatus.NormalExit or giving.exitCode():
        raise PrinterRefused


def _let_go_on(giving: QProcess) -> None:
    """Keep what is still giving pages until it has ended: stopped now, half of them would come."""
    _still_giving.add(giving)
    giving.finished.connect(lambda: _still_giving.discard(giving))


class AtThePrinter(Dialogue):
    """Waits for the print service without holding the window; may be left before it answers."""

    def __init__(self, giving: QProcess, parent: QWidget) -> None:
        super().__init__(parent, "at_the_printer", _("Print"))
        self.inside.addWidget(plain_label(_("The paper is being given to the printer …")))
        leave = button(_("Do not wait for it"), "print_no_wait")
        leave.clicked.connect(self.reject)
        self.foot(leave)
        giving.finished.connect(self.accept)
        giving.errorOccurred.connect(self.accept)
        QTimer.singleShot(_PATIENCE, self, self.reject)
        if giving.state() == QProcess.ProcessState.NotRunning:  # it ended while this was made
            QTimer.singleShot(0, self, self.accept)


class AskPrinter(Dialogue):
    """Asks out of which printer the paper comes; Enter takes the usual one.

    The others join the list when the print service has answered which there are.
    """

    def __init__(self, known: list[str], parent: QWidget) -> None:
        super().__init__(parent, "ask_printer", _("Print"))
        self.printer = named(ChoiceBox(), "printer", _("Printer"))
        self.printer.addItem(_("The usual printer"), "")
        self._offer(known)
        if not known:
            ask_known(self, self._offer)
        self.inside.addLayout(rows((_("Printer"), self.printer)))
        self.inside.addWidget(plain_label(_(_SOMEBODY), "warning"))
        leave = button(_("Not now"), "print_leave")
        leave.clicked.connect(self.reject)
        self.go = button(_("Print"), "main")
        self.go.clicked.connect(self.accept)
        self.foot(leave, go=self.go)
        self.go.setFocus()

    def _offer(self, known: list[str]) -> None:
        for name in known:
            self.printer.addItem(name, name)


def _on_windows(pdf: bytes, printer: str, copies: int) -> None:
    """Paint the pages on a printer of Windows; raises NotPrinted."""
    paint_pages(pdf, whole_sheet(printer, copies, _JOB, DOTS))


def paint_pages(pdf: bytes, device: QPagedPaintDevice) -> None:
    """Paint every page over a whole sheet of the device; raises NotPrinted if it takes none."""
    document, painter = opened(pdf), QPainter()
    if not painter.begin(device):
        raise PrinterRefused
    for number in range(document.pageCount()):
        if number and not device.newPage():
            painter.end()
            raise PrinterRefused
        sheet = QRect(0, 0, painter.device().width(), painter.device().height())
        whole, keep = QSizeF(sheet.size()), Qt.AspectRatioMode.KeepAspectRatio
        size = document.pagePointSize(number).scaled(whole, keep).toSize()
        painter.drawImage(QRect(sheet.topLeft(), size), document.render(number, size))
    painter.end()


def ask_place(
    parent: QWidget, proposed_name: str, told: Callable[[str], object]
) -> Callable[[bytes], None] | None:
    """Ask where a PDF is to be saved; returns what saves one there, or None for "not now".

    Once it lies there, `told` gets the sentence that says under which name, and in which folder.

    The proposed name must carry a number or a code only. It is saved under exactly the name that
    she leaves there, and over a file only if the window has asked her. What is returned may raise
    IsThere, NoSpace, CannotWrite, MediumGone.
    """
    place = ask_to_save(parent, _("Where to"), f"{proposed_name}.pdf", "PDF (*.pdf)")
    if place is None:
        return None
    is_there = place.exists()

    def save(pdf: bytes) -> None:
        save_file(place, pdf, over=is_there)
        told(_(_LIES_THERE).format(name=place.name, folder=place.parent))

    return save
