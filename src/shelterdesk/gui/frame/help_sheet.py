"""The help where no records are open: at the door, where a passphrase may be what is lost."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from shelterdesk.core.i18n import _
from shelterdesk.gui.pages.help.view import HelpView
from shelterdesk.gui.parts.plain import button, named

DOOR = "door"
"""How a page of help names the door as what it belongs to."""


class HelpSheet(QDialog):
    """The help over the door, closed by Esc."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        named(self, "help", _("Help"))
        self.setWindowTitle(_("Help"))
        around = QVBoxLayout(self)
        self.view = HelpView(DOOR)
        around.addWidget(self.view, 1)
        leave = button(_("Close"), "help_close")
        leave.setAutoDefault(False)
        leave.clicked.connect(self.accept)
        around.addWidget(leave, 0, Qt.AlignmentFlag.AlignRight)
        self.resize(min(940, window.width() - 60), min(640, window.height() - 60))
        self.view.list.setFocus()
