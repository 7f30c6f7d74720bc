"""Why a director did what a line of the log tells: her sentence, opened for this look."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk.core.i18n import _
from shelterdesk.gui.parts.plain import button, named, plain_label
from shelterdesk.gui.parts.style.measures import DIALOGUE
from shelterdesk.services.keeping.log_lines import LogLine


class ReasonShown(QDialog):
    """Shows one reason; nothing of it is kept when it is left."""

    def __init__(self, line: LogLine, reason: str, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "reason_shown", _("Why"))
        self.setWindowTitle(_("Why"))
        self.setModal(True)
        self.setMinimumWidth(DIALOGUE)
        inside = QVBoxLayout(self)
        inside.addWidget(plain_label(line.what, "title"))
        about = _("{who} · file {file}").format(who=line.who, file=line.file)
        inside.addWidget(plain_label(about, "quiet"))
        inside.addWidget(plain_label(reason, "reason"))
        foot = QHBoxLayout()
        foot.addStretch(1)
        leave = button(_("Close"), "leave")
        leave.clicked.connect(self.reject)
        foot.addWidget(leave)
        inside.addLayout(foot)
        leave.setFocus()
