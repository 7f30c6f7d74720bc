"""In which order the lines of a card stand: the newest first, or by one of their columns."""

from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtWidgets import QComboBox

from shelterdesk.core.fields import Field, Kind
from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.forms.sorting import sorted_by
from shelterdesk.gui.parts.fields import choice, chosen
from shelterdesk.records.base import Record

_BY_VALUE: Final = (Kind.DATE, Kind.MOMENT, Kind.NUMBER)
"""Columns that are sorted by what they hold, the latest first, and not by their letters."""

_BY: Final = N_("By: {column}")


class LineOrder:
    """By what the lines of a card are sorted; its box is made when there are lines enough."""

    def __init__(self, name: str, kind: type[Record]) -> None:
        self._name, self._kind = name, kind
        self.box: QComboBox | None = None

    @property
    def column(self) -> str:
        """The column that is chosen; "" for the newest first."""
        return chosen(self.box) if self.box is not None else ""

    def offered(self, readable: Iterable[str]) -> QComboBox:
        """Return the box, made anew: the newest first, or by a column that she may read."""
        fields, open_to_her = self._kind.fields(), set(readable)
        columns = [name for name in self._kind.columns if name in open_to_her]
        named = [(name, _(_BY).format(column=_(fields[name].label))) for name in columns]
        words = [("", _("Newest first")), *named]
        self.box = choice(f"order-{self._name}", _("Order of the lines"), words)
        self.box.removeItem(0)  # the line for nothing
        return self.box

    def sorted(self, found: list[Record], words: Callable[[Field, object], str]) -> list[Record]:
        """Return the lines by the column that is chosen; those without it come last."""
        name = self.column
        if not name:
            return found
        declared = self._kind.fields()[name]
        if declared.kind not in _BY_VALUE:
            return sorted_by(found, lambda one: words(declared, getattr(one, name)))
        filled = [one for one in found if getattr(one, name) is not None]
        empty = [one for one in found if getattr(one, name) is None]
        return sorted(filled, key=lambda one: getattr(one, name), reverse=True) + empty
