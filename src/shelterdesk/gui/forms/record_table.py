"""Lists of records: the one table there is, over `RecordTableModel`.

A page hands over ready texts and, to filter, the ids that are to be seen.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QTableView
from typing_extensions import override

from shelterdesk.core.i18n import _
from shelterdesk.core.lao.breaks import BREAK, breakable
from shelterdesk.gui.clipboard import copy
from shelterdesk.gui.forms.table_rows import RecordTableModel, Rows, sign_of
from shelterdesk.gui.parts.delegates import PlainDelegate, WrappingDelegate
from shelterdesk.gui.parts.plain import named, plain_label, show_if
from shelterdesk.gui.parts.scrolled import in_a_scroll, show_place
from shelterdesk.gui.parts.style.measures import HAIR, NEAR, NONE, SIGN, grown

_SAMPLE: Final = 200
"""Rows that are measured to find the widths of the columns."""
_GAP: Final = 28
_CLOSE: Final = 28
"""What stands beside the words of a column at least: the room inside its cells."""
_BREAKS: Final = re.compile(f"[\\s{BREAK}]+")


class RecordTable(QTableView):
    """The table on the screen: Enter or a double click opens, Ctrl+C copies codes and no more.

    A row is one line; where it `wraps`, it is as high as its words need in the columns as they are.
    With `lines` the list itself is as high as its rows, from so many to so many; a longer one
    scrolls. On a page that scrolls it is as high as all its rows: the page goes along with the
    cursor. `copied` is the column that holds codes, None for a list that has none: there is
    nothing to copy from it then.
    """

    opened = Signal(str)
    chosen_another = Signal(str)

    def __init__(
        self,
        headers: Sequence[str] = (),
        name: str = "table",
        spoken: str = "",
        *,
        wraps: bool = False,
        copied: int | None = 0,
        lines: tuple[int, int | None] | None = None,
    ) -> None:
        super().__init__()
        self._copied, self._lines = copied, lines
        named(self, name, spoken or _("List"))
        self.records = RecordTableModel(headers, self)
        self.setModel(self.records)
        self._empty = plain_label("", "empty")
        self.count_label: QLabel = plain_label("", "count", wraps=False)
        self._set_up()
        self._yielding: tuple[int, ...] = ()
        self._words: dict[int, int] = {}
        """The width of the longest word of each column, measured when it is first asked for."""
        self._widest: dict[int, int] = {}
        """The same of the longest text."""
        self._widest_text: dict[int, int] = {}
        """The longest text alone, without what is around it."""
        self._settling = QTimer(self)
        self._listen()
        if wraps:
            self._wrap()
        self._tell()

    def _listen(self) -> None:
        self._settling.setSingleShot(True)
        self._settling.timeout.connect(self._settle)
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentRowChanged.connect(self._say_chosen)
        self.records.modelReset.connect(self._tell)

    def _set_up(self) -> None:
        self._empty.setParent(self.viewport())
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setItemDelegate(PlainDelegate(self))
        self.setIconSize(QSize(grown(SIGN), grown(SIGN)))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSortingEnabled(True)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        across.setSortIndicatorClearable(True)
        across.setHighlightSections(False)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setStretchLastSection(True)
        across.setMinimumSectionSize(NONE)  # of a short text the heading would ask for more
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(round(self.fontMetrics().lineSpacing() * 1.7))

    def _wrap(self) -> None:
        """Let words go on in a next line, and keep each row as high as that needs."""
        self.setItemDelegate(WrappingDelegate(self))
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        down = self.verticalHeader()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        down.setMinimumSectionSize(down.defaultSectionSize())
        self.horizontalHeader().sectionResized.connect(lambda *_widths: self._settling.start(0))
        self.records.layoutChanged.connect(self._settle)
        self.records.dataChanged.connect(lambda *_which: self._settling.start(0))

    def _settle(self) -> None:
        """Give the rows their heights where they wrap, and the list the height of its rows."""
        if self.wordWrap():
            self.resizeRowsToContents()
        if self._lines is None:
            return
        down, (fewest, most) = self.verticalHeader(), self._lines
        bars = Qt.ScrollBarPolicy
        most = down.count() if most is None or in_a_scroll(self) else most
        scrolls = self.records.rowCount() > most
        self.setVerticalScrollBarPolicy(
            bars.ScrollBarAsNeeded if scrolls else bars.ScrollBarAlwaysOff
        )
        heights = [down.sectionSize(row) for row in range(min(down.count(), most))]
        missing = max(0, fewest - len(heights)) * down.defaultSectionSize()
        across = self.horizontalHeader()
        head = max(across.sizeHint().height(), across.minimumHeight())
        self.setFixedHeight(head + sum(heights) + missing + 2 * self.frameWidth() + HAIR)

    def let_yield(self, *columns: int) -> None:
        """Leave these columns out, in this order, where the words of all have no room."""
        self._yielding = columns

    def set_rows(self, rows: Rows) -> None:
        """Show these rows, give the columns their widths, and keep the chosen row chosen."""
        chosen = self.chosen()
        self._words.clear()
        self._widest.clear()
        self.records.set_rows(rows)
        self.fit_columns()
        self._settle()
        self.choose(chosen)

    def show_only(self, ids: Sequence[str] | None) -> None:
        """Narrow the list to these records; None shows all."""
        chosen = self.chosen()
        self._words.clear()
        self._widest.clear()
        self.records.show_only(ids)
        self.choose(chosen)

    def choose_or_first(self, record_id: str = "") -> None:
        """Put the cursor on a record, or where that is not in the list on its first row."""
        known = self.records.index_of(record_id or self.chosen())
        self.setCurrentIndex(known if known.isValid() else self.records.index(0, 0))

    def choose_none(self) -> None:
        """Take the cursor out of the list."""
        self.clearSelection()
        self.setCurrentIndex(QModelIndex())

    def chosen(self) -> str:
        """Return the id of the record on which the cursor stands; "" for none."""
        return self.records.id_at(self.currentIndex())

    def shown_ids(self) -> list[str]:
        """Return the ids of the records that are seen, in the order in which they stand."""
        return [
            self.records.id_at(self.records.index(n, 0)) for n in range(self.records.rowCount())
        ]

    def choose(self, record_id: str) -> None:
        """Put the cursor on a record and bring it into view, if it is in the list."""
        index = self.records.index_of(record_id)
        if index.isValid():
            self.setCurrentIndex(index)

    def choose_new(self, before: Iterable[str]) -> None:
        """Put the cursor on what has come into the list: the next key is meant for that."""
        known = set(before)
        self.choose(next((one for one in self.shown_ids() if one not in known), ""))

    def set_empty_text(self, text: str) -> None:
        """Say what to do next when the list is empty."""
        self._empty.setText(text)
        self._tell()

    def fit_columns(self) -> None:
        """Give each column the width of its longest text; if there is no room, long ones yield.

        A code in the first column is never cut. Where rows wrap no word is cut while there is room
        for it: columns that yield go first, and room that is left belongs to all.
        """
        if self.wordWrap():
            self._let_go()
        seen = [n for n in range(self.records.columnCount()) if not self.isColumnHidden(n)]
        room, wanted = self.viewport().width(), [self._wanted(column) for column in seen]
        if self.wordWrap() and seen:
            widths = _spread(wanted, [self._least(column) for column in seen], room)
        elif sum(wanted) <= room:
            widths = _beside_the_code(wanted, room)
        else:
            widths = self._close_together(seen, wanted, room)
        for column, width in zip(seen, widths, strict=True):
            self.setColumnWidth(column, width)
        self._break_headings(dict(zip(seen, widths, strict=True)))

    def _close_together(self, seen: list[int], wanted: list[int], room: int) -> list[int]:
        """Return widths where there is little room: less between columns, headings in two lines."""
        letters, heads, least = self.horizontalHeader().fontMetrics(), [], []
        for column in seen:
            half = in_two(self.records.heading(column), letters.horizontalAdvance).split("\n")
            heads.append(max(map(letters.horizontalAdvance, half)) + _CLOSE)
            least.append(max(heads[-1], self._widest_text[column] + _CLOSE))
        if sum(least) <= room:
            return _spread(wanted, least, room)
        heads[0] = least[0]  # a code is never cut; of the rest long texts are, and no heading
        return _spread(least, heads, room)

    def _break_headings(self, widths: Mapping[int, int]) -> None:
        """Show a heading that is wider than its column in two lines."""
        letters, across = self.horizontalHeader().fontMetrics(), self.horizontalHeader()
        broken = {
            column: in_two(self.records.heading(column), letters.horizontalAdvance)
            for column, width in widths.items()
            if letters.horizontalAdvance(self.records.heading(column)) + _CLOSE > width
        }
        if self.records.show_in_two(broken):
            across.setMinimumHeight(2 * letters.lineSpacing() + 2 * NEAR if broken else NONE)
            self._settling.start(0)  # the list is as high as its rows and its headings

    def _let_go(self) -> None:
        """Hide of the columns that yield as many as there is no room for."""
        least = {n: self._least(n) for n in range(self.records.columnCount())}
        room = self.viewport().width()
        for column in self._yielding:
            self.setColumnHidden(column, sum(least.values()) > room)
            if self.isColumnHidden(column):
                del least[column]

    def _texts(self, column: int) -> set[str]:
        return {str(cells[column]) for cells in self.records.first(_SAMPLE)}

    def _width_of(self, column: int, pieces: Iterable[str]) -> int:
        """Return the width of a column for the widest of these texts and its heading."""
        model, metrics = self.records, self.fontMetrics()
        if column == 0:
            strong = QFont(self.font())
            strong.setWeight(QFont.Weight.DemiBold)
            metrics = QFontMetrics(strong)
        heading = model.heading(column)
        header = self.horizontalHeader().fontMetrics().horizontalAdvance(heading)
        signs = any(sign_of(cells[column]) for cells in model.first(_SAMPLE))
        widest = max(map(metrics.horizontalAdvance, pieces), default=0)
        widest += signs * (grown(SIGN) + NEAR)
        self._widest_text[column] = widest
        return max(header + _GAP // 2, widest) + _GAP

    def _wanted(self, column: int) -> int:
        """Return the width that the first rows of a column and its heading need."""
        if column not in self._widest:
            lines = {line for text in self._texts(column) for line in text.split("\n")}
            self._widest[column] = self._width_of(column, lines)
        return self._widest[column]

    def _least(self, column: int) -> int:
        """Return the width without which a word of a column would be cut."""
        if column not in self._words:
            texts = self._texts(column)
            words = {word for text in texts for word in _BREAKS.split(breakable(text))}
            self._words[column] = self._width_of(column, words)
        return self._words[column]

    @override
    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Show a row; of a list that scrolls with its page, where the keyboard is in it."""
        super().scrollTo(index, hint)
        if self._lines is not None and self.hasFocus():
            row = self.visualRect(index)
            show_place(self.viewport(), row.top(), row.bottom())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_codes()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and not event.modifiers():
            last = self.records.rowCount() - 1
            self.selectRow(last if event.key() == Qt.Key.Key_End else 0)
        else:
            super().keyPressEvent(event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self._settle()  # by now it is known in what it lies
        super().showEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._empty.setGeometry(self.viewport().rect().adjusted(24, 24, -24, -24))
        self.fit_columns()

    def _say_chosen(self) -> None:
        self.chosen_another.emit(self.chosen())

    def _open(self, index: QModelIndex) -> None:
        if record_id := self.records.id_at(index):
            self.opened.emit(record_id)

    def copy_codes(self) -> None:
        """Copy the codes of the chosen rows, never names; of a list without codes nothing."""
        if self._copied is None:
            return
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        copy("\n".join(str(self.records.index(row, self._copied).data()) for row in rows))

    def _tell(self) -> None:
        """Say how many rows are shown, and what to do when there are none."""
        shown, all_rows = self.records.rowCount(), self.records.all_rows()
        if shown == all_rows:
            text = str(all_rows)
        else:
            text = _("{shown} of {all}").format(shown=shown, all=all_rows)
        self.count_label.setText(text)
        show_if(self._empty, shown == 0)


def in_two(heading: str, wide: Callable[[str], int]) -> str:
    """Return a heading in two lines, broken between words where both are narrowest."""
    shown = breakable(heading)
    places = [found.span() for found in _BREAKS.finditer(shown)]
    halves = [(shown[:begin], shown[end:]) for begin, end in places if begin and shown[end:]]
    if not halves:
        return heading
    best = min(halves, key=lambda both: max(map(wide, both)))
    return "\n".join(half.replace(BREAK, "") for half in best)


def _shared(wanted: list[int], room: int) -> list[int]:
    """Return a width for each column: what it wants, or of those above a fair share less."""
    fair = room // len(wanted) if wanted else 0
    spare = max(0, room - sum(min(width, fair) for width in wanted))
    long_ones = sum(max(0, width - fair) for width in wanted) or 1
    return [
        width if width <= fair else fair + min(width - fair, spare * (width - fair) // long_ones)
        for width in wanted
    ]


def _beside_the_code(wanted: list[int], room: int) -> list[int]:
    """Return a width for each column: the first is a code and whole, unless half is too little."""
    if not wanted or wanted[0] > room // 2:
        return _shared(wanted, room)
    return [wanted[0], *_shared(wanted[1:], room - wanted[0])]


def _spread(wanted: list[int], least: list[int], room: int) -> list[int]:
    """Return a width for each column: its longest word, and of the rest what its texts ask for."""
    spare = room - sum(least)
    if spare < 0:
        return _shared(least, room)
    asked = [max(0, most - few) for most, few in zip(wanted, least, strict=True)]
    given = _shared(asked, spare)
    left = max(0, spare - sum(asked)) // len(least)
    return [few + more + left for few, more in zip(least, given, strict=True)]
