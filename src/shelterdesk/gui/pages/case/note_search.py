"""The line above a case's notes by which they are searched, in this case alone."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelterdesk.core.i18n import _
from shelterdesk.gui.parts.plain import named, plain_label, press_by, show_if
from shelterdesk.gui.parts.rows import small
from shelterdesk.gui.parts.scrolled import bring_into_view
from shelterdesk.gui.parts.style.measures import NEAR, NO_MARGINS
from shelterdesk.gui.parts.written_line import WrittenLine


class NoteSearch(QWidget):
    """Words that are looked for when Enter is pressed: each search is a line in the log."""

    asked = Signal(str)
    """What is looked for; "" for all notes again."""

    def __init__(self) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(*NO_MARGINS)
        line.setSpacing(NEAR)
        self.typed = named(WrittenLine(), "search-notes", _("In her notes"))
        self.typed.setPlaceholderText(_("Words in her notes, then Enter"))
        self.typed.returnPressed.connect(lambda: self.asked.emit(self.words()))
        self.look = small(_("Search her notes"), "look-in-notes")
        press_by(self.look, "Ctrl+F")
        self.look.clicked.connect(self._pressed)
        self.everything = small(_("All notes"), "all-notes")
        self.everything.clicked.connect(self._clear)
        self.told = plain_label("", "quiet")
        line.addWidget(self.typed, 2)
        for part in (self.look, self.everything):
            line.addWidget(part)
        line.addWidget(self.told, 1)
        self.tell(None)

    def words(self) -> str:
        """Return what is typed."""
        return self.typed.text().strip()

    def tell(self, found: int | None) -> None:
        """Say how many notes are shown; None when all of them are."""
        said = _("Nothing found in what you may read.") if not found else ""
        self.told.setText("" if found is None else said or _("Notes found: {n}").format(n=found))
        show_if(self.everything, found is not None)

    def _pressed(self) -> None:
        """Go into the line, or look for what stands there already."""
        if self.words() and self.typed.hasFocus():
            self.asked.emit(self.words())
        self.typed.setFocus()
        self.typed.selectAll()
        bring_into_view(self.typed)

    def _clear(self) -> None:
        self.typed.clear()
        self.asked.emit("")
