"""What is asked of an incident: what happened, who was in it, what was done, what is learnt."""

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from shelterdesk.core.fields import Field
from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.forms.editors import Editor
from shelterdesk.gui.forms.editors.written import NoteEditor
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.pages.house.bed_forms import ShortEditor, Values
from shelterdesk.gui.pages.house.call_card import call_lines
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.style.measures import NO_MARGINS, TIGHT
from shelterdesk.records.house.incident import Incident, IncidentPerson, IncidentStep
from shelterdesk.services.desk import Desk

ASKED: Final = ("kind", "words", "at", "place", "injuries", "told", "done")
_LATER: Final = ("told", "injuries")
_SAFE: Final = N_("Is she safe now? Does she need a doctor?")
_ENTER: Final = N_("Enter saves; Shift+Enter begins a new line.")


class PersonForm(RecordForm):
    """Who was in it, and how; it may stay empty where an incident is written down."""

    def __init__(self, desk: Desk) -> None:
        names = ("case_id", "part")
        super().__init__(IncidentPerson, names, choices={"case_id": desk.incidents.to_choose})

    @override
    def check(self) -> bool:
        return self.is_blank() or super().check()


class _WordsEditor(NoteEditor):
    """A text in which Enter is left to the form, which saves; Shift+Enter begins a new line."""

    def __init__(self, name: str, field: Field) -> None:
        super().__init__(name, field)
        self.text.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not is_enter or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            return super().eventFilter(watched, event)
        QCoreApplication.sendEvent(self, event)
        return True


class _IncidentForm(RecordForm):
    """The questions of an incident; what happened is told in a few lines, and Enter saves."""

    @override
    def _editor_for(self, name: str) -> Editor:
        if name != "words":
            return super()._editor_for(name)
        return _WordsEditor(name, self.kind.fields()[name])


def new_editor(desk: Desk, usual: Mapping[str, Any], case_id: str = "") -> ShortEditor:
    """Return the questions of a new incident; `usual` stands in them, `case_id` was in it."""
    form, person = _IncidentForm(Incident, ASKED), PersonForm(desk)
    form.without_first_heading()
    begun = {"at": desk.now(), **usual}
    form.begin(Incident(**begun))
    if case_id:
        person.begin(IncidentPerson(case_id=case_id, part="there"))

    def keep(values: Values) -> None:
        said = {**begun, **values}
        about = person.values()
        case, part = about.get("case_id"), about.get("part")
        desk.incidents.report(said, {str(case): str(part)} if case and part else {})

    made = ShortEditor(desk, form, keep, more=(person,))
    made.add_action(label_as(_(_ENTER), "quiet"))
    made.add_above_form(_is_she_safe(desk))
    return made


def _is_she_safe(desk: Desk) -> QWidget:
    """Return what comes before all writing, with whom to call."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(*NO_MARGINS)
    column.setSpacing(TIGHT)
    column.addWidget(label_as(_(_SAFE), "strong", "is-she-safe", wraps=True))
    column.addWidget(call_lines(desk.who_to_call.lines()))
    return made


def change_editor(desk: Desk, incident_id: str) -> ShortEditor:
    """Return what may be changed: all of it by its writer within the shift, else what is added."""
    account = desk.incidents.account(incident_id)
    form = RecordForm(Incident, ASKED if account.is_mine else _LATER)
    form.without_first_heading()
    form.load(account.incident)

    def keep(values: Values) -> None:
        desk.incidents.change(incident_id, values)

    return ShortEditor(desk, form, keep)


def person_editor(desk: Desk, incident_id: str) -> ShortEditor:
    """Return the question who else was in it."""
    form = PersonForm(desk)

    def keep(values: Values) -> None:
        desk.incidents.add_person(
            incident_id, str(values.get("case_id") or ""), str(values.get("part") or "")
        )

    return ShortEditor(desk, form, keep)


def step_editor(desk: Desk, incident_id: str) -> ShortEditor:
    """Return the question what was done since."""
    form = RecordForm(IncidentStep, ("what", "at"))
    form.begin(IncidentStep(at=desk.now()))

    def keep(values: Values) -> None:
        desk.incidents.add_step(incident_id, values.get("what") or "", values.get("at"))

    return ShortEditor(desk, form, keep)


def review_editor(desk: Desk, incident_id: str) -> ShortEditor:
    """Return the question what is done otherwise from now on; it may stay empty."""
    form = RecordForm(Incident, ("lesson",))
    form.load(desk.incidents.account(incident_id).incident)
    form.without_first_heading()

    def keep(values: Values) -> None:
        desk.looked_at.review(incident_id, values.get("lesson") or "")

    return ShortEditor(desk, form, keep)
