"""The cover: one key, and nothing on the screen tells what was there."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget
from typing_extensions import override

from shelterdesk.core.i18n import _
from shelterdesk.gui.parts.plain import button, named, plain_label
from shelterdesk.gui.parts.style.colours import TOKENS


def leave_dialogues() -> None:
    """Take every question and menu off the screen, unanswered: they stand above the cover."""
    while (open_menu := QApplication.activePopupWidget()) is not None:
        open_menu.close()
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QDialog) and window.isVisible():
            window.reject()


class Cover(QWidget):
    """An empty sheet over the whole window, that takes every key and click while it lies there."""

    go_on = Signal()
    """Pressed below a problem that the lock has left; the lock then goes on."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        named(self, "cover", "ShelterDesk")
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(TOKENS["cover"]))
        self.setPalette(palette)
        self._inside = QVBoxLayout(self)
        self._inside.addStretch()
        window.installEventFilter(self)
        self.hide()

    def _fill_window(self) -> None:
        self.setGeometry(self.window().rect())

    def lie_down(self) -> None:
        """Cover the window at once, whatever stands in it, and paint it before anything else."""
        self._fill_window()
        self.raise_()
        self.show()
        self.setFocus()
        self.repaint()

    def tell(self, problem: str) -> None:
        """Show why the records could not be closed well, with a way to go on."""
        said = plain_label(problem, "warning")
        on = button(_("Go on"), "go_on")
        on.clicked.connect(self.go_on)
        for part in (said, on):
            self._inside.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        self._inside.addStretch()
        on.setFocus()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._fill_window()
        return super().eventFilter(watched, event)
