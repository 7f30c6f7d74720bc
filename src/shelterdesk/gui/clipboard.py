"""The one way to the clipboard: plain text, kept out of histories, taken away at lock and exit.

Whatever is copied here (a code from a list, a sentence from a note, by key or by menu) goes through
`copy`. Windows is told not to keep it in the clipboard's history, not to send it to other devices
and not to show it to programs that watch; KDE is told that it is a secret. A program that watches
nevertheless cannot be kept away.
"""

import secrets
from typing import Final

from PySide6.QtCore import QByteArray, QEvent, QMimeData, QObject, qAddPostRoutine
from PySide6.QtGui import QClipboard, QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)
from typing_extensions import override

from shelterdesk.core.lao.breaks import plain
from shelterdesk.gui.hearing import Listener

_LINE_ENDS: Final = str.maketrans({"\u2028": "\n", "\u2029": "\n"})
_NO: Final = (0).to_bytes(4, "little")
"""A DWORD of 0, as Windows reads the two formats that say "may not"."""


def _windows(name: str) -> str:
    return f'application/x-qt-windows-mime;value="{name}"'


NOT_KEPT: Final = {
    _windows("ExcludeClipboardContentFromMonitorProcessing"): b"1",
    _windows("CanIncludeInClipboardHistory"): _NO,
    _windows("CanUploadToCloudClipboard"): _NO,
    _windows("Clipboard Viewer Ignore"): b"1",
    "x-kde-passwordManagerHint": b"secret",
}
"""What lies beside every text: Windows' formats (Microsoft: Clipboard formats, Cloud clipboard),
and the one of KDE's Klipper."""

_OURS: Final = "application/x-shelterdesk"
_THIS_PROCESS: Final = secrets.token_bytes(16)
"""What tells our own text from everybody else's, on every system."""

_Key: Final = QKeySequence.StandardKey


def marked(text: str) -> QMimeData:
    """Return a text as it is put on the clipboard, with what keeps it out of histories."""
    data = QMimeData()
    data.setText(plain(text).translate(_LINE_ENDS))
    for form, content in (*NOT_KEPT.items(), (_OURS, _THIS_PROCESS)):
        data.setData(form, QByteArray(content))
    return data


def is_ours(data: QMimeData | None) -> bool:
    """Tell whether what lies there was put there by `copy`, in this process."""
    return data is not None and bytes(data.data(_OURS).data()) == _THIS_PROCESS


def copy(text: str) -> None:
    """Put a text on the clipboard; nothing for an empty one."""
    if text:
        qAddPostRoutine(clear_clipboard)
        QGuiApplication.clipboard().setMimeData(marked(text))


def clear_clipboard() -> None:
    """Take away what we have put there, if it is still ours; also what is only selected (X11).

    At the latest when the application goes, however it goes (`copy` sees to that): the platform's
    clipboard outlives it and Python, and would destroy an object of ours by asking a Python that
    has gone, which is a segmentation fault.
    """
    clipboard = QGuiApplication.clipboard()
    if clipboard.ownsClipboard() or is_ours(clipboard.mimeData()):
        clipboard.clear(QClipboard.Mode.Clipboard)
    if clipboard.supportsSelection() and clipboard.ownsSelection():
        clipboard.clear(QClipboard.Mode.Selection)


class OneWay(Listener):
    """Stands before every copy of Qt's own, by key or by menu, and does it by `copy`."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._shown: QMenu | None = None
        self.listen()
        application.clipboard().dataChanged.connect(self._mark)

    def _mark(self) -> None:
        """Mark what a part of Qt that stands nowhere above has put there by itself."""
        clipboard = QGuiApplication.clipboard()
        if clipboard.ownsClipboard() and not is_ours(clipboard.mimeData()):
            copy(clipboard.text())

    @override
    def heard(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(watched, event)
        if kind is QEvent.Type.ContextMenu and isinstance(event, QContextMenuEvent):
            return self._menu(watched, event)
        return False

    def _key(self, watched: QObject, event: QKeyEvent) -> bool:
        """Copy or cut by ourselves; every other key goes on."""
        copies, cuts = event.matches(_Key.Copy), event.matches(_Key.Cut)
        if not (copies or cuts) or not isinstance(watched, _COPYING):
            return False
        copy_from(watched, cut=cuts)
        event.accept()
        return True

    def _menu(self, watched: QObject, event: QContextMenuEvent) -> bool:
        around = watched.parent()
        edit = around if isinstance(around, QPlainTextEdit) else watched
        if not isinstance(edit, QLineEdit | QPlainTextEdit):
            return isinstance(watched, QLabel)
        self._shown = edit.createStandardContextMenu()  # held: the wrapper would take it along
        lead(self._shown, edit)
        self._shown.popup(event.globalPos())
        return True


_COPYING: Final = (QLineEdit, QPlainTextEdit, QLabel, QAbstractItemView)
"""What of Qt copies by itself, whatever of ours it is made into."""


def lead(menu: QMenu, edit: QLineEdit | QPlainTextEdit) -> None:
    """Let the copying lines of an editor's own menu go our way."""
    for action in menu.actions():
        if action.objectName() in ("edit-copy", "edit-cut"):
            action.triggered.disconnect()
            cuts = action.objectName() == "edit-cut"
            action.triggered.connect(lambda _on=False, cut=cuts: copy_from(edit, cut=cut))


def copy_from(widget: QWidget, *, cut: bool) -> None:
    """Copy what is selected in a widget, and take it out of one that can be written into.

    Of a list the first column of the chosen line is copied: it is a code, never a name.
    """
    if isinstance(widget, QLineEdit):
        if widget.echoMode() is QLineEdit.EchoMode.Normal and widget.hasSelectedText():
            copy(widget.selectedText())
            if cut and not widget.isReadOnly():
                widget.del_()
    elif isinstance(widget, QPlainTextEdit):
        cursor = widget.textCursor()
        copy(cursor.selectedText())
        if cut and not widget.isReadOnly():
            cursor.removeSelectedText()
    elif isinstance(widget, QLabel):
        copy(widget.selectedText())
    elif isinstance(widget, QAbstractItemView):
        _copy_line(widget)


def _copy_line(view: QAbstractItemView) -> None:
    """Let a list of ours copy its own way; of others the first column of the line."""
    own = getattr(view, "copy_codes", None)
    if own is not None:
        own()
        return
    index = view.currentIndex()
    if index.isValid():
        copy(str(index.siblingAtColumn(0).data() or ""))
