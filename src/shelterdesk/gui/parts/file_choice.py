"""Asking for a file or a folder: nothing of what was chosen is written down anywhere.

Qt's own window is used and not the system's, which would keep lists of recent files. Qt's keeps a
history as well, in the account's own settings; `forget_choices` takes that way from it.
"""

import os
import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSettings, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from shelterdesk.gui.hearing import heard
from shelterdesk.gui.parts.place_choice import Told, choose_place

_OURS: Final = QFileDialog.Option.DontUseNativeDialog


def forget_choices() -> None:
    """Give Qt's own notes no place: they would hold folders and names of files that were chosen.

    On Linux the place is one where no file can be; on Windows the notes lie in the registry and are
    taken out after every choice.
    """
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    for form in (QSettings.Format.IniFormat, QSettings.Format.NativeFormat):
        for scope in (QSettings.Scope.UserScope, QSettings.Scope.SystemScope):
            QSettings.setPath(form, scope, os.devnull)


def ask_to_open(parent: QWidget, title: str, kinds: str) -> Path | None:
    """Ask for a file that is there, on a drive that is put in or elsewhere; None for "not now"."""

    def lying_in(folder: str) -> Path | None:
        with heard():
            chosen, _kind = QFileDialog.getOpenFileName(parent, title, folder, kinds, options=_OURS)
        return _chosen(chosen)

    place = choose_place(parent, title, lambda: lying_in(_begin()))
    return lying_in(str(place)) if place is not None and place.is_dir() else place


def ask_folder(
    parent: QWidget, title: str, about: Told | None = None, *, waits: bool = False
) -> Path | None:
    """Ask for a drive or a folder; None for "not now". `about` says more of each drive.

    With `waits` a stick that is not in yet is waited for.
    """

    def any_folder() -> Path | None:
        with heard():
            return _chosen(QFileDialog.getExistingDirectory(parent, title, _begin(), _OURS))

    return choose_place(parent, title, any_folder, about=about, waits=waits)


def ask_to_save(parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
    """Ask where to save, exactly under the name that stands there then; None for "not now".

    Whether a file of that name may be written over is asked by the window itself.
    """

    def any_place() -> Path | None:
        begin = str(Path(_begin()) / name)
        with heard():
            chosen, _kind = QFileDialog.getSaveFileName(parent, title, begin, kinds, options=_OURS)
        return _chosen(chosen)

    return choose_place(parent, title, any_place, name=name)


def _chosen(place: str) -> Path | None:
    if sys.platform == "win32":
        QSettings(QSettings.Scope.UserScope, "QtProject").remove("FileDialog")
    return Path(place) if place else None


def _begin() -> str:
    """Return where the person's own papers lie, for the window to begin with; else her folder."""
    papers = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return papers if Path(papers).is_dir() else str(Path.home())
