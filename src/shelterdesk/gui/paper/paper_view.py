"""A paper that is kept here, on the screen: drawn outside the window, or said not to be shown."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import _
from shelterdesk.gui.drawn.view import DrawnView
from shelterdesk.gui.parts.plain import plain_label
from shelterdesk.gui.parts.style.measures import PAPER_LIKED


class PaperView(QStackedWidget):
    """Shows one paper; or says that none is chosen, or that this one cannot be shown."""

    def __init__(self, empty: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ""
        self.empty, self.not_shown = plain_label(empty, "quiet"), plain_label("", "warning")
        self.drawn = DrawnView()
        self.drawn.refused.connect(self._refused)
        for words in (self.empty, self.not_shown):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for view in (self.empty, self.not_shown, self.drawn):
            self.addWidget(view)

    def show_paper(self, content: bytes, media_type: str, title: str) -> None:
        """Show what was read from the vault; the title is named if that cannot be done."""
        self._title = title
        self.setCurrentWidget(self.drawn)
        self.drawn.show_drawn(content, media_type)

    def clear(self) -> None:
        """Take away what was shown."""
        self.drawn.clear()
        self.not_shown.setText("")
        self.setCurrentWidget(self.empty)

    def _refused(self, fault: DeskError) -> None:
        told = _("“{title}” cannot be shown.").format(title=self._title)
        self.not_shown.setText(f"{told}\n{fault}")
        self.setCurrentWidget(self.not_shown)

    @override
    def sizeHint(self) -> QSize:
        return QSize(*PAPER_LIKED)
