"""The one line in which a problem is told, on every page alike; it goes when somebody mends it.

What is told never moves what was clicked. So a line that stands above or among buttons has its
room from the start; one beside a field is told by a button that does not scroll with it.
"""

from typing import Final
from weakref import WeakSet

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from typing_extensions import override

from shelterdesk.core.i18n import _
from shelterdesk.gui.parts.plain import PlainLabel, keep_room, named, show_if
from shelterdesk.gui.parts.scrolled import bring_into_view
from shelterdesk.gui.parts.style.measures import NONE

_TALL: Final = "ນ້ຳ ໝຼູ່ Åg"
"""Letters that reach as high and as low as any."""

_PAGE: Final = "page_name"


class ProblemLine(PlainLabel):
    """Says what is wrong until something is typed or chosen on its page: then it is being mended.

    What was wrong is said again where it still is, at the next try.
    """

    def __init__(self, room: int, *, beside: bool) -> None:
        super().__init__("")
        self.beside = beside
        """Whether it stands beside one field; the button that tells it stands elsewhere."""
        self._room = room
        keeps_its_place = self.sizePolicy()
        keeps_its_place.setRetainSizeWhenHidden(room > 0)
        self.setSizePolicy(keeps_its_place)
        self.hint: QWidget | None = None
        """What stands in its room while there is nothing to tell."""
        self._heard: WeakSet[QWidget] = WeakSet()

    def _at_least(self) -> int:
        """Return how high the room is: in the letters that it will have, Lao ones too."""
        if not self._room:
            return NONE
        self.ensurePolished()
        letters = self.fontMetrics()
        tall = letters.boundingRect(_TALL).height()
        return self._room * max(letters.lineSpacing(), tall)

    @override
    def heightForWidth(self, width: int) -> int:
        return max(super().heightForWidth(width), self._at_least())

    @override
    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(NONE, self._at_least()))

    @override
    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(QSize(NONE, self._at_least()))

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


def problem_line(room: int = 0, *, beside: bool = False) -> QLabel:
    """Return the line in which a problem is told, empty, with room for so many lines of it.

    Without `room` it takes none until something is told: for a place below all that is clicked, or
    `beside` a field.
    """
    line = named(ProblemLine(room, beside=beside), "problem", _("Problem"))
    line.hide()
    return line


def in_its_room(line: QLabel, hint: QWidget) -> QGridLayout:
    """Return the room of a problem line with a quiet hint in it: else it would be a hole.

    The hint gives way to what is told and comes back after it, and nothing around them moves.
    """
    room = QGridLayout()
    for part in (hint, line):
        room.addWidget(part, 0, 0, Qt.AlignmentFlag.AlignTop)
    keep_room(hint)
    if isinstance(line, ProblemLine):
        line.hint = hint
    return room


def tell_in_view(line: QLabel, text: str, field: QWidget | None = None) -> None:
    """Tell a problem where it may stand far from what was pressed, and bring it into view.

    It comes with its `field`; where none is named, one that stands beside a field comes with what
    stands right above it: the field and its label.
    """
    tell(line, text)
    if text:
        above = _above(line) if getattr(line, "beside", False) else None
        bring_into_view(line, field or above)


def _above(line: QLabel) -> QWidget | QLayout | None:
    """Return what stands right above a line in the same frame, as far as it is seen."""
    frame = line.parentWidget()
    around = _layout_with(line, frame.layout() if frame is not None else None)
    if around is None:
        return None
    for place in reversed(range(around.indexOf(line))):
        item = around.itemAt(place)
        if item is not None and not item.isEmpty():
            return item.widget() or item.layout()
    return None


def _layout_with(line: QWidget, layout: QLayout | None) -> QLayout | None:
    """Return the layout in which a line stands itself, inside another one."""
    if layout is None or layout.indexOf(line) >= 0:
        return layout
    items = (layout.itemAt(place) for place in range(layout.count()))
    inner = (_layout_with(line, item.layout()) for item in items if item is not None)
    return next((found for found in inner if found is not None), None)


def tell(line: QLabel, text: str) -> None:
    """Show a problem in its line, or take the line away."""
    line.setText(text)
    show_if(line, bool(text))
    if isinstance(line, ProblemLine):
        if line.hint is not None:
            show_if(line.hint, not text)
        if text:
            line.listen()
