"""A name typed in the other script than its field is for: said in place, and put where it belongs.

What is kept in two scripts stands in two fields. Nothing is refused: some names have one script
only, and then it may stay where it is.
"""

import unicodedata
from collections.abc import Mapping
from functools import cached_property
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from shelterdesk.core.i18n import N_, _
from shelterdesk.core.scripts import LATIN
from shelterdesk.gui.forms.open_question import QuestionCell
from shelterdesk.gui.parts.plain import plain_label, show_if
from shelterdesk.gui.parts.rows import small
from shelterdesk.gui.parts.style.measures import NO_MARGINS, TIGHT

_NOT_LATIN: Final = N_("These are no Latin letters. There is a field of its own for them.")
_IS_LATIN: Final = N_("These are Latin letters. There is a field of its own for them.")
_PUT: Final = N_("Put it into “{field}”")


def is_latin(text: str) -> bool | None:
    """Tell whether all letters of a text are Latin ones; None where both, or none, stand in it."""
    letters = [sign for sign in text if sign.isalpha()]
    found = {unicodedata.name(sign, "").startswith("LATIN") for sign in letters}
    return found.pop() if len(found) == 1 else None


class OtherScript(QWidget):
    """Stands below a field while what is typed there belongs into its twin of the other script."""

    def __init__(self, cell: QuestionCell, twin: QuestionCell, *, for_latin: bool) -> None:
        super().__init__()
        self._cell, self._twin, self._for_latin = cell, twin, for_latin
        self.hide()
        cell.add_below(self)
        for one in (cell, twin):
            one.changed.connect(self.look)

    @cached_property
    def put(self) -> QPushButton:
        """The button that lets the two change places, made with the words above it when needed."""
        column = QVBoxLayout(self)
        column.setContentsMargins(*NO_MARGINS)
        column.setSpacing(TIGHT)
        column.addWidget(plain_label(_(_NOT_LATIN if self._for_latin else _IS_LATIN), "caution"))
        name, label = self._cell.editor.name, _(self._twin.editor.field.label)
        made = small(_(_PUT).format(field=label), f"{name}-to-its-script")
        made.clicked.connect(self._change_places)
        column.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        return made

    def _is_other(self) -> bool:
        editor = self._cell.editor
        if self._cell.reason or editor.read_only or not editor.dirty():
            return False
        return is_latin(editor.raw()) is (not self._for_latin)

    def look(self) -> None:
        """Say it where it is so; nothing that stands rightly in the twin is ever taken away."""
        other, there = self._is_other(), self._twin.editor
        show_if(self, other)
        if other:
            right = is_latin(there.raw()) is (not self._for_latin)
            show_if(self.put, not (right or there.read_only))

    def _change_places(self) -> None:
        here, there = self._cell.editor, self._twin.editor
        here_raw, there_raw = here.raw(), there.raw()
        there.inner.setFocus(Qt.FocusReason.OtherFocusReason)
        self._twin.set_reason("")
        here.set_raw(there_raw)
        there.set_raw(here_raw)


def watch_scripts(cells: Mapping[str, QuestionCell]) -> list[OtherScript]:
    """Say in a form, for every field that has one, what belongs into its twin in Latin letters."""
    made = []
    for name, cell in cells.items():
        twin = cells.get(f"{name}{LATIN}")
        if twin is not None:
            made.append(OtherScript(cell, twin, for_latin=False))
            made.append(OtherScript(twin, cell, for_latin=True))
    return made
