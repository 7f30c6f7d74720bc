"""F1: the keys that work on the present page, read off the page itself."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QWidget,
)

from shelterdesk.core.i18n import _
from shelterdesk.gui.parts.card import Dialogue
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.plain import DOES, button, plain_label, press_by
from shelterdesk.gui.parts.scrolled import scrolling
from shelterdesk.gui.parts.style.measures import DIALOGUE, INSIDE, SHEET, TIGHT, grown

KEY = "F1"


def keys_of(window: QWidget) -> Iterator[tuple[str, str]]:
    """Yield each key that works now, with what it does, each once.

    What a button does stands on it; what is no button says so by itself.
    """
    told: set[tuple[str, str]] = set()
    for made in window.findChildren(QShortcut):
        around = made.parent()
        if not (isinstance(around, QWidget) and around.isVisible() and around.isEnabled()):
            continue
        keys = made.key().toString(QKeySequence.SequenceFormat.NativeText)
        on_it = around.accessibleName() if isinstance(around, QAbstractButton) else ""
        does = str(made.property(DOES) or on_it)
        if does and (keys, does) not in told:
            told.add((keys, does))
            yield keys, does


class KeysSheet(Dialogue):
    """The list of keys, closed by Esc or Enter; F1 goes on to the help."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "keys", _("Keys on this page"))
        self.inside.addWidget(plain_label(_("Keys on this page"), "title"))
        table = QWidget()
        grid = QGridLayout(table)
        grid.setHorizontalSpacing(INSIDE)
        grid.setVerticalSpacing(TIGHT)
        grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        for row, (key, does) in enumerate(keys_of(window)):
            grid.addWidget(label_as(key, "strong"), row, 0)
            grid.addWidget(plain_label(does), row, 1)
        grid.setColumnStretch(1, 1)
        self.inside.addWidget(scrolling(table, "keys-scroll", _("Keys on this page")), 1)
        self.wants_help = False
        more = button(_("Help with this page (F1)"), "keys_help")
        more.clicked.connect(self._go_on)
        press_by(more, KEY)
        leave = button(_("Close"), "keys_close")
        leave.clicked.connect(self.accept)
        self.foot(leave, more)
        self.resize(grown(DIALOGUE), SHEET[1])
        leave.setFocus()

    def _go_on(self) -> None:
        self.wants_help = True
        self.accept()
