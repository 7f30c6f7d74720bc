"""A file that somebody brings in: read once, looked at, and made harmless where that can be done.

Pictures are drawn anew, so that where and when they were taken does not come along. A PDF stays as
it is. Neither is ever decoded here: that is done by a process of its own (`gui.drawn`).
"""

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from shelterdesk.core.i18n import _
from shelterdesk.gui.drawn.paper import KINDS, DrawnPaper, Unreadable
from shelterdesk.gui.parts.file_choice import ask_to_open
from shelterdesk.services.case.case_papers import LARGEST, TooLarge, UnknownPaper, media_type

_PDF: Final = "application/pdf"
_FILES: Final = "(*.pdf *.jpg *.jpeg *.png *.PDF *.JPG *.JPEG *.PNG)"
_AT_ONCE: Final = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""A pipe that nobody writes into, opened so, does not keep the window waiting."""


@dataclass(frozen=True)
class BroughtIn:
    """What was read from a file: content, what it is, how many pages."""

    content: bytes
    media_type: str
    pages: int

    def __repr__(self) -> str:
        return "<BroughtIn>"


def ask_file(parent: QWidget) -> Path | None:
    """Ask for a file to bring in; None for "not now". Nothing remembers which one it was."""
    return ask_to_open(parent, _("Which paper"), f"PDF, JPEG, PNG {_FILES}")


class BringingIn(QObject):
    """Reads a file now and has it looked at outside; `done` or `refused` follows.

    Making one raises Unreadable, TooLarge, UnknownPaper. It ends with its owner.
    """

    done = Signal(object)
    """A BroughtIn."""

    refused = Signal(object)
    """A DeskError that says why this file is not taken."""

    def __init__(self, path: Path, owner: QObject) -> None:
        self._content = _read(path)
        self._kind = media_type(self._content)
        if self._kind not in KINDS:
            raise UnknownPaper
        super().__init__(owner)
        self._paper = DrawnPaper(self._content, self._kind, self)
        self._paper.known.connect(self._known)
        self._paper.cleaned.connect(self._cleaned)
        self._paper.refused.connect(self._refused)
        self._paper.open()

    def end(self) -> None:
        """Do not bring it in after all."""
        self._paper.end()
        self.deleteLater()

    def _known(self) -> None:
        if self._kind == _PDF:
            self._finish(BroughtIn(self._content, self._kind, len(self._paper.sizes)))
        else:
            self._paper.ask_clean()

    def _cleaned(self, clean: bytes) -> None:
        """Take the picture drawn anew, if it is one of the same kind."""
        if not clean or len(clean) > LARGEST:
            self._refused(TooLarge())
        elif not clean.startswith(self._content[:3]):
            self._refused(Unreadable())
        else:
            self._finish(BroughtIn(clean, self._kind, 1))

    def _finish(self, made: BroughtIn) -> None:
        self.end()
        self.done.emit(made)

    def _refused(self, fault: Exception) -> None:
        self.end()
        self.refused.emit(fault)


def _read(path: Path) -> bytes:
    """Return what lies in a file, if it is one: no pipe, no device, nothing endless."""
    try:
        opened = os.open(path, os.O_RDONLY | _AT_ONCE)
        with os.fdopen(opened, "rb") as file:
            if not stat.S_ISREG(os.fstat(opened).st_mode):
                raise Unreadable
            content = file.read(LARGEST + 1)
    except OSError as fault:
        raise Unreadable from fault
    if len(content) > LARGEST:
        raise TooLarge
    return content
