"""The help as it is read: the tasks at the side, the one that was chosen beside them."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QListWidget, QVBoxLayout, QWidget
from typing_extensions import override

from shelterdesk.core.help.topics import HelpPart, HelpTopic, help_topics, picture_file, topic_for
from shelterdesk.core.i18n import N_, _, screen_language
from shelterdesk.gui.parts.card import Card, emptied
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.plain import named, plain_label, show_if
from shelterdesk.gui.parts.scrolled import scrolling
from shelterdesk.gui.parts.style.measures import (
    BESIDE_BAR,
    BETWEEN,
    NEAR,
    NO_MARGINS,
    NONE,
    SIDE_LIST,
    TIGHT,
    grown,
)
from shelterdesk.gui.parts.written_line import WrittenLine

_NOWHERE: Final = N_("No page of the help speaks of this. Try another word.")


class HelpPicture(QLabel):
    """A picture of the window, never larger than it is and never wider than there is room."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._drawn = QPixmap(str(picture_file(name, screen_language())))
        named(self, "help-picture", _("A picture of the page"))
        self.setMinimumWidth(SIDE_LIST)

    @property
    def is_there(self) -> bool:
        """Whether there is such a picture."""
        return not self._drawn.isNull()

    @override
    def sizeHint(self) -> QSize:
        return self._drawn.size()

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        wide = max(1, self._drawn.width())
        return self._drawn.height() * min(width, wide) // wide

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = min(self.width(), self._drawn.width())
        ratio = self.devicePixelRatio()
        smooth = Qt.TransformationMode.SmoothTransformation
        shown = self._drawn.scaledToWidth(int(width * ratio), smooth)
        shown.setDevicePixelRatio(ratio)
        self.setPixmap(shown)


class HelpView(QWidget):
    """All tasks with a line to look for a word; the one that is chosen stands beside them.

    The tasks are no `RecordTable`: they are pages to read, in the order of the work.
    """

    def __init__(self, window_page: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: list[HelpTopic] = []
        around = QHBoxLayout(self)
        around.setContentsMargins(*NO_MARGINS)
        around.setSpacing(BETWEEN)
        around.addWidget(self._side())
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(NONE, NONE, BESIDE_BAR, NONE)
        self._column.setSpacing(BETWEEN)
        self.area = scrolling(inside, "help-scroll", _("Help"))
        around.addWidget(self.area, 1)
        self._look_for("")
        self.show_topic(topic_for(window_page, screen_language()).name)

    def _side(self) -> QWidget:
        made = QWidget()
        made.setFixedWidth(grown(SIDE_LIST))
        column = QVBoxLayout(made)
        column.setContentsMargins(*NO_MARGINS)
        self.search = named(WrittenLine(), "help_search", _("Look for a word in the help"))
        self.search.setPlaceholderText(_("Look for a word in the help"))
        self.search.textChanged.connect(self._look_for)
        self.search.returnPressed.connect(self._to_what_was_found)
        self.list = named(QListWidget(), "help_pages", _("Tasks"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._show)
        self.nowhere = plain_label(_(_NOWHERE), "quiet")
        for part in (self.search, self.list, self.nowhere):
            column.addWidget(part)
        return made

    def _look_for(self, wanted: str) -> None:
        """List the pages that tell of what is looked for; the first of them is shown."""
        self._found = [page for page in help_topics(screen_language()) if page.tells_of(wanted)]
        self.list.clear()
        self.list.addItems([page.title for page in self._found])
        show_if(self.nowhere, not self._found)
        show_if(self.list, bool(self._found))
        self.list.setCurrentRow(0)

    def _to_what_was_found(self) -> None:
        if self._found:
            self.list.setFocus()

    def show_topic(self, name: str) -> None:
        """Show the help for a task, by its name."""
        names = [page.name for page in self._found]
        self.list.setCurrentRow(names.index(name))

    def _show(self, row: int) -> None:
        emptied(self._column)
        if not 0 <= row < len(self._found):
            return
        page = self._found[row]
        top = Card()
        top.inside.addWidget(plain_label(page.title, "title"))
        top.inside.addWidget(plain_label(page.opening))
        self._column.addWidget(top)
        for part in page.parts:
            self._column.addWidget(_card(part))
        self._column.addStretch(1)
        self.area.verticalScrollBar().setValue(0)


def _card(part: HelpPart) -> Card:
    made = Card(part.heading)
    if part.text:
        made.inside.addWidget(plain_label(part.text))
    if part.steps:
        made.inside.addLayout(_steps(part.steps))
    if part.note:
        made.inside.addWidget(plain_label(part.note, "caution"))
    picture = HelpPicture(part.picture) if part.picture else None
    if picture is not None and picture.is_there:
        made.inside.addWidget(picture)
    return made


def _steps(steps: tuple[str, ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(NEAR)
    grid.setVerticalSpacing(TIGHT)
    grid.setColumnStretch(1, 1)
    for number, step in enumerate(steps):
        grid.addWidget(label_as(f"{number + 1}.", "strong"), number, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(plain_label(step), number, 1)
    return grid
