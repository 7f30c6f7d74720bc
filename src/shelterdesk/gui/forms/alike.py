"""Whoever may be in the records already: said in one line while somebody is written down.

She may sit there and read along, so a name is shown only where somebody opens the line. It has its
room from the start: nothing on the page moves while somebody types.
"""

from collections.abc import Iterator
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from shelterdesk.core.calendar.dates import PartialDate
from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.forms.editors.base import Editor
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.parts.card import emptied
from shelterdesk.gui.parts.case_line import called
from shelterdesk.gui.parts.elided import Elided
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.plain import button, named, plain_label, show_if
from shelterdesk.gui.parts.rows import as_line, small
from shelterdesk.gui.parts.style.measures import NO_MARGINS, NONE, TIGHT
from shelterdesk.services.alike import Candidate, Sought
from shelterdesk.services.desk import Desk
from shelterdesk.services.search import RELATIVE

IS_IT_HER: Final = N_(
    "Somebody like her is in the records. Is it her? Then open her case, and nothing is asked of "
    "her twice."
)
IS_IT_THIS: Final = N_(
    "Somebody like this is in the records. Is it this person? Then choose, and nothing is typed "
    "twice."
)
_TOLD_HERE: Final = N_("Records that look alike are told here.")
_ONE: Final = N_("1 record looks alike – compare …")
_SOME: Final = N_("{count} records look alike – compare …")
_TOGETHER: Final = (
    *(("alias",), ("given_name", "family_name"), ("given_name_latin", "family_name_latin")),
    ("other_names",),
)
"""Fields by which somebody is known; what stands in them together is one name."""

_PAUSE_MS: Final = 250
"""How long nothing is typed before it is looked for: nobody waits for a name that is half there."""

_NUMBERS: Final = ("code", "id_number", "value")
_BIRTH: Final = "birth_date"
_ASKED: Final = frozenset({*(n for names in _TOGETHER for n in names), *_NUMBERS, _BIRTH})


class AlikePeople(QWidget):
    """A line that says how many are alike; pressed, up to five people, each with why.

    What is found is what whoever is at the desk may know.
    """

    go = Signal(str, str)
    chosen = Signal(str)
    """Who is in the records already was chosen, by the id."""

    def __init__(self, desk: Desk, *, to_choose: bool = False) -> None:
        super().__init__()
        self._desk, self._to_choose = desk, to_choose
        self._forms: list[RecordForm] = []
        self._shown: list[Candidate] = []
        self._dirty: set[str] = set()
        self._saved: set[str] = set()
        self.but_case = self.but_person = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        around = QVBoxLayout(self)
        around.setContentsMargins(NONE, TIGHT, NONE, TIGHT)
        around.setSpacing(TIGHT)
        self.line = button("", "alike-open")
        self.line.setProperty("link", True)
        self.line.setCheckable(True)
        self.line.toggled.connect(self._open)
        around.addWidget(self.line, 0, Qt.AlignmentFlag.AlignLeft)
        self.opened = QWidget()
        inside = QVBoxLayout(self.opened)
        inside.setContentsMargins(*NO_MARGINS)
        inside.setSpacing(TIGHT)
        words = _(IS_IT_THIS if to_choose else IS_IT_HER)
        self.words: QLabel = named(plain_label(words, "warning"), "alike-names", words)
        inside.addWidget(self.words)
        self._lines = QVBoxLayout()
        inside.addLayout(self._lines)
        around.addWidget(self.opened)
        self._show([])

    def follow(self, form: RecordForm) -> None:
        """Look whenever something is typed into a form that says who somebody is.

        Once nothing more is typed; that nobody is alike any more is seen at once. It stands on the
        page of its forms and goes with it: a pause must not end after what was typed into has gone.
        """
        self._forms.append(form)
        for name in _ASKED & form.cells.keys():
            form.cells[name].changed.connect(self._typed)

    def _typed(self) -> None:
        self._dirty = {name for name, editor in self._fields() if editor.dirty()}
        sought = self._sought()
        if sought.names or sought.numbers or sought.birth:
            self._pause.start()
        else:
            self._pause.stop()
            self._show([])

    def _look(self) -> None:
        found = self._desk.alike.like(self._sought())
        if found != self._shown:
            self._show(found)

    def again(self) -> None:
        """Forget who was shown: what was typed is nothing any more."""
        self._pause.stop()
        self._saved, self._dirty = set(), set()
        self._show([])

    def is_saved(self) -> None:
        """Go on telling of whoever is like what was typed: saving it answers nothing.

        Who was shown stays shown, but for herself, who is in the records by now.
        """
        self._pause.stop()
        self._saved |= self._dirty
        before, is_open = {_key(one) for one in self._shown}, self.line.isChecked()
        found = self._desk.alike.like(self._sought()) if self._saved else []
        self._show(found)
        self.line.setChecked(is_open and bool(found) and {_key(one) for one in found} <= before)

    def _fields(self) -> Iterator[tuple[str, Editor]]:
        """Yield what tells who somebody is, by the names of the fields."""
        for form in self._forms:
            for name in _ASKED & form.cells.keys():
                yield name, form.cells[name].editor

    def _sought(self) -> Sought:
        """Return what was typed on this page; what stood there before was looked at then."""
        fields = dict(self._fields())
        new = {name for name, editor in fields.items() if editor.dirty()} | self._saved
        names = []
        for together in _TOGETHER:
            if not new.isdisjoint(together):
                there = (fields[name].raw() for name in together if name in fields)
                names.append(" ".join(there).strip())
        numbers = (fields[name].raw() for name in _NUMBERS if name in new & fields.keys())
        born = fields[_BIRTH].value() if _BIRTH in new & fields.keys() else None
        return Sought(
            tuple(names),
            born if isinstance(born, PartialDate) else None,
            tuple(numbers),
            self.but_case,
            self.but_person,
        )

    def _show(self, found: list[Candidate]) -> None:
        """Say how many are alike; whoever was shown is closed, so that no name comes by itself."""
        self._shown = found
        self.line.setChecked(False)
        self._open(on=False)
        words = _(_ONE if len(found) == 1 else _SOME).format(count=len(found))
        words = words if found else _(_TOLD_HERE)
        self.line.setText(words)
        self.line.setAccessibleName(words)
        self.line.setEnabled(bool(found))

    def _open(self, on: bool) -> None:
        lines = emptied(self._lines)
        for candidate in self._shown if on else ():
            lines.addWidget(self._line(candidate))
        show_if(self.opened, on)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc close who is shown, before it leaves the page."""
        if event.key() == Qt.Key.Key_Escape and self.line.isChecked():
            self.line.setChecked(False)
            self.line.setFocus()
        else:
            super().keyPressEvent(event)

    def _line(self, candidate: Candidate) -> QWidget:
        hit = candidate.hit
        line = named(as_line(QWidget()), "alike", called(hit))
        row = QHBoxLayout(line)
        row.setContentsMargins(*NO_MARGINS)
        told = QVBoxLayout()
        told.setSpacing(NONE)
        title, more = (hit.title, hit.detail) if hit.kind != RELATIVE else (called(hit), "")
        told.addWidget(Elided(title, "strong"))
        why = ", ".join(map(_, candidate.reasons))
        below = " – ".join(filter(None, (more, why)))
        told.addWidget(label_as(below, "quiet", "alike-why", wraps=True))
        row.addLayout(told, 1)
        if self._to_choose and hit.person_id:
            words = _("It is this person")
            take = small(words, "choose-alike", f"{words}: {called(hit)}")
            take.clicked.connect(partial(self.chosen.emit, hit.person_id))
            row.addWidget(take)
        elif not self._to_choose:
            words = _("Open that case")
            there = small(words, "open-alike", f"{words}: {called(hit)}")
            there.clicked.connect(partial(self.go.emit, hit.page, hit.id))
            row.addWidget(there)
        return line


def _key(candidate: Candidate) -> tuple[str, str, str]:
    """Return by what somebody is the same in two answers, whatever else is told of her."""
    return candidate.hit.kind, candidate.hit.id, candidate.hit.person_id
