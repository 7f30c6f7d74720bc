"""The editor for several choices: what was chosen in words, and a list to tick in."""

import json
from functools import cached_property

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget
from typing_extensions import override

from shelterdesk.core import codes
from shelterdesk.core.fields import Field
from shelterdesk.core.i18n import _, screen_language
from shelterdesk.core.lao.letters import normalised
from shelterdesk.gui.forms.editors.base import Editor
from shelterdesk.gui.forms.editors.calm import SEARCHED
from shelterdesk.gui.parts.lines import NOTHING
from shelterdesk.gui.parts.plain import button, named, plain_label, show_if
from shelterdesk.gui.parts.style.measures import NEAR
from shelterdesk.gui.parts.written_line import WrittenLine

_LIST_WIDTH, _LIST_HEIGHT = 340, 360


class CheckList(QFrame):
    """The list that opens below the field: a line to search in, and one tick for each code.

    No `RecordTable`: what is ticked are codes of one field, and a row is pressed, never opened.
    """

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.search = named(WrittenLine(), f"{name}_search")
        self.list = named(QListWidget(), f"{name}_list")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(NEAR, NEAR, NEAR, NEAR)
        inside.addWidget(self.search)
        inside.addWidget(self.list)
        self.search.textChanged.connect(self._narrow)

    def offer(self, labels: dict[str, str], chosen: tuple[str, ...]) -> None:
        """Show the codes with their labels; those that are chosen are ticked and come first."""
        self.list.clear()
        for code in sorted(labels, key=lambda code: code not in chosen):
            item = QListWidgetItem(labels[code], self.list)
            item.setData(Qt.ItemDataRole.UserRole, code)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            ticked = Qt.CheckState.Checked if code in chosen else Qt.CheckState.Unchecked
            item.setCheckState(ticked)
        self.search.clear()
        show_if(self.search, len(labels) > SEARCHED)

    def _narrow(self, typed: str) -> None:
        part = normalised(typed)
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setHidden(part not in normalised(item.text()))


class ChoicesEditor(Editor):
    """Several codes of one list, in the order in which they were chosen."""

    def __init__(self, name: str, field: Field) -> None:
        self.open = button("", name)
        super().__init__(name, field, self.open)
        self._chosen: tuple[str, ...] = ()
        self.words = plain_label("", "chosen")
        self.row.addWidget(self.words, 1)
        self.row.addWidget(self.open, 0, Qt.AlignmentFlag.AlignTop)
        self.open.clicked.connect(self._open)
        self._say()

    @cached_property
    def popup(self) -> CheckList:
        """The list to tick in, made when it is first opened."""
        made = CheckList(self, self.name)
        made.list.itemChanged.connect(self._tick)
        return made

    @override
    def raw(self) -> str:
        return json.dumps(self._chosen) if self._chosen else ""

    @override
    def set_raw(self, text: str) -> None:
        self._set(tuple(json.loads(text)) if text else ())

    def _say(self) -> None:
        self.open.setText(_("Choose…"))
        self._show()

    @override
    def _read(self, raw: str) -> object:
        return self._chosen or None

    @override
    def _write(self, value: object) -> None:
        self._set(tuple(value) if isinstance(value, tuple) else ())

    @override
    def set_read_only(self, on: bool) -> None:
        super().set_read_only(on)
        show_if(self.open, not on)

    def _set(self, chosen: tuple[str, ...]) -> None:
        if chosen != self._chosen:
            self._chosen = chosen
            self._touched()
        self._show()

    def _label_of(self, code: str) -> str:
        return codes.label(self.field.codes, code, screen_language())

    def _show(self) -> None:
        text = ", ".join(map(self._label_of, self._chosen)) or NOTHING
        self.words.setText(text)
        if bool(self.words.property("empty")) == bool(self._chosen):
            self.words.setProperty("empty", not self._chosen)
            self.words.style().polish(self.words)
        self.open.setAccessibleName(f"{_(self.field.label)}: {text}")

    def _open(self) -> None:
        labels = codes.labels(self.field.codes, screen_language())
        labels |= {code: self._label_of(code) for code in self._chosen}
        self.popup.search.setAccessibleName(_("Search in the list"))
        self.popup.search.setPlaceholderText(_("Search in the list"))
        self.popup.list.setAccessibleName(_(self.field.label))
        self.popup.list.blockSignals(True)
        self.popup.offer(labels, self._chosen)
        self.popup.list.blockSignals(False)
        self.popup.resize(_LIST_WIDTH, min(_LIST_HEIGHT, 60 + 34 * len(labels)))
        self.popup.move(self.words.mapToGlobal(QPoint(0, self.words.height() + 4)))
        self.popup.show()
        first = self.popup.search if len(labels) > SEARCHED else self.popup.list
        first.setFocus()

    def _tick(self, item: QListWidgetItem) -> None:
        code = str(item.data(Qt.ItemDataRole.UserRole))
        others = tuple(chosen for chosen in self._chosen if chosen != code)
        ticked = item.checkState() is Qt.CheckState.Checked
        self._set((*others, code) if ticked else others)
