"""Lines of which she chooses which leave: where the records know several under one item."""

from collections.abc import Iterable, Mapping
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.parts.fields import item_label
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.plain import named, show_if
from shelterdesk.gui.parts.style.measures import INDENT, NONE, TIGHT

_CHOOSE: Final = N_("Choose with her which of these leave")


class ToldLines(QObject):
    """A box for each line, below the box of its item; none is ticked from the start."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lines: Mapping[str, Mapping[str, str]] = {}
        self._ticked: set[str] = set()
        self._places: dict[str, QWidget] = {}
        self._boxes: dict[str, list[QCheckBox]] = {}

    def offer(self, lines: Mapping[str, Mapping[str, str]]) -> None:
        """Take what there is to choose from: item, record, words; what was ticked stays so."""
        self._lines, self._places, self._boxes = lines, {}, {}
        self._ticked &= {one for of_item in lines.values() for one in of_item}

    def place_of(self, item: str) -> QWidget | None:
        """Make the boxes of an item that has several lines, to stand below its own."""
        lines = self._lines.get(item)
        if not lines:
            return None
        self._places[item] = made = named(QWidget(), f"lines_{item}")
        column = QVBoxLayout(made)
        column.setContentsMargins(INDENT, NONE, NONE, TIGHT)
        column.addWidget(label_as(_(_CHOOSE), "quiet", f"choose_{item}", wraps=True))
        for place, (record_id, words) in enumerate(lines.items(), 1):
            spoken = f"{item_label(item)}: {words}"
            box = named(QCheckBox(words.replace("&", "&&")), f"line_{item}_{place}", spoken)
            box.setChecked(record_id in self._ticked)
            box.toggled.connect(lambda on, one=record_id: self._toggled(one, on=on))
            self._boxes.setdefault(record_id, []).append(box)
            column.addWidget(box)
        return made

    def _toggled(self, record_id: str, *, on: bool) -> None:
        (self._ticked.add if on else self._ticked.discard)(record_id)
        self.changed.emit()

    def show_for(self, items: Iterable[str]) -> None:
        """Show the lines of the items that are ticked."""
        wanted = set(items)
        for item, place in self._places.items():
            show_if(place, item in wanted)

    def tick(self, record_ids: Iterable[str]) -> None:
        """Tick exactly these, as far as they are there."""
        wanted = set(record_ids)
        for record_id, boxes in self._boxes.items():
            for box in boxes:
                box.setChecked(record_id in wanted)

    def chosen(self) -> tuple[str, ...]:
        """Return the ids of the records that are ticked."""
        return tuple(sorted(self._ticked))

    def shown(self, items: Iterable[str]) -> dict[str, dict[str, str]]:
        """Return the lines of these items that are ticked, in the words that stand here."""
        return {
            item: {one: words for one, words in self._lines[item].items() if one in self._ticked}
            for item in items
            if item in self._lines
        }

    def missing(self, items: Iterable[str]) -> bool:
        """Tell whether one of these items has several lines, and none of them is ticked."""
        several = (self._lines[item] for item in items if item in self._lines)
        return any(self._ticked.isdisjoint(lines) for lines in several)
