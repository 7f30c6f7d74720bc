"""The one line in which a problem is told, on every page alike; it goes when somebody mends it."""

from typing import Final
from weakref import WeakSet

from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QLineEdit, QPlainTextEdit, QWidget

from shelterdesk.core.i18n import _
from shelterdesk.gui.parts.plain import PlainLabel, named, show_if

_PAGE: Final = "page_name"


class ProblemLine(PlainLabel):
    """Says what is wrong until something is typed or chosen on its page: then it is being mended.

    What was wrong is said again where it still is, at the next try.
    """

    def __init__(self) -> None:
        super().__init__("")
        self._heard: WeakSet[QWidget] = WeakSet()

    def listen(self) -> None:
        """Hear of what is typed and chosen on the page from now on, also in what is new on it."""
        page = self._page()
        fields = page.findChildren(QLineEdit) + page.findChildren(QPlainTextEdit)
        for field in [*fields, *page.findChildren(QComboBox)]:
            if field in self._heard:
                continue
            self._heard.add(field)
            if isinstance(field, QLineEdit):
                field.textEdited.connect(self._mended)
            elif isinstance(field, QComboBox):
                field.activated.connect(self._mended)
            else:
                field.textChanged.connect(self._typed)

    def _page(self) -> QWidget:
        page: QWidget = self
        while not (hasattr(page, _PAGE) or isinstance(page, QDialog)):
            above = page.parentWidget()
            if above is None:
                break
            page = above
        return page

    def _typed(self) -> None:
        """Tell what a hand has typed from what the page has put in by itself."""
        field = self.sender()
        if isinstance(field, QPlainTextEdit) and field.hasFocus():
            self._mended()

    def _mended(self, *_what: object) -> None:
        if self.text():
            tell(self, "")


def problem_line() -> QLabel:
    """Return the line in which a problem is told, empty and out of the way."""
    line = named(ProblemLine(), "problem", _("Problem"))
    line.hide()
    return line


def tell(line: QLabel, text: str) -> None:
    """Show a problem in its line, or take the line away."""
    line.setText(text)
    show_if(line, bool(text))
    if text and isinstance(line, ProblemLine):
        line.listen()
