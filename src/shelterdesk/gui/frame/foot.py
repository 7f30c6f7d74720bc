"""What is always at hand at the edge of the window: the keys, and the language of the screen."""

from PySide6.QtWidgets import QBoxLayout, QWidget

from shelterdesk.core.i18n import _
from shelterdesk.gui.language import LanguageBox
from shelterdesk.gui.parts.plain import button, named, press_by, tip
from shelterdesk.gui.parts.style.measures import NEAR, NO_MARGINS, TIGHT

KEYS = "F1"


class Foot(QWidget):
    """Two small choices: below the door in a row, in the navigation as narrow as it is."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "foot")
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(*NO_MARGINS)
        self.keys = button("", "show_keys")
        press_by(self.keys, KEYS)
        self.language = LanguageBox()
        self._line.addWidget(self.keys)
        self._line.addWidget(self.language)
        self._folded = False
        self.fold(folded=False)

    def fold(self, *, folded: bool) -> None:
        """Stand in a row with words, or below each other as drawings do."""
        self._folded = folded
        way = QBoxLayout.Direction.TopToBottom if folded else QBoxLayout.Direction.LeftToRight
        self._line.setDirection(way)
        self._line.setSpacing(TIGHT if folded else NEAR)
        self.language.shorten(short=folded)
        self.name_keys()

    def name_keys(self) -> None:
        """Say in the language of now what the button does."""
        words = _("Keys (F1)")
        self.keys.setText(KEYS if self._folded else words)
        self.keys.setAccessibleName(words)
        tip(self.keys, words)
