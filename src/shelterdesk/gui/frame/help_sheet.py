"""The help where no records are open: at the door, where a passphrase may be what is lost."""

from PySide6.QtWidgets import QWidget

from shelterdesk.core.i18n import _
from shelterdesk.gui.pages.help.view import HelpView
from shelterdesk.gui.parts.card import Dialogue
from shelterdesk.gui.parts.plain import button

DOOR = "door"
"""How a page of help names the door as what it belongs to."""


class HelpSheet(Dialogue):
    """The help over the door, closed by Esc."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "help", _("Help"), sheet=True)
        self.view = HelpView(DOOR)
        self.inside.addWidget(self.view, 1)
        leave = button(_("Close"), "help_close")
        leave.clicked.connect(self.accept)
        self.foot(leave)
        self.view.list.setFocus()
