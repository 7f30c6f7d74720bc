"""Why a director did what a line of the log tells: her sentence, opened for this look."""

from PySide6.QtWidgets import QWidget

from shelterdesk.core.i18n import _
from shelterdesk.gui.parts.card import Dialogue
from shelterdesk.gui.parts.plain import button, plain_label
from shelterdesk.services.keeping.log_lines import LogLine


class ReasonShown(Dialogue):
    """Shows one reason; nothing of it is kept when it is left."""

    def __init__(self, line: LogLine, reason: str, parent: QWidget) -> None:
        super().__init__(parent, "reason_shown", _("Why"))
        self.inside.addWidget(plain_label(line.what, "title"))
        about = _("{who} · file {file}").format(who=line.who, file=line.file)
        self.inside.addWidget(plain_label(about, "quiet"))
        self.inside.addWidget(plain_label(reason, "reason"))
        leave = button(_("Close"), "leave")
        leave.clicked.connect(self.reject)
        self.foot(leave)
        leave.setFocus()
