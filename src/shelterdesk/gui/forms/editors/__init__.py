"""One editor for each kind of field; `editor_for` finds it."""

from collections.abc import Callable
from typing import Final

from shelterdesk.core.fields import Field, Kind
from shelterdesk.gui.forms.editors.answering import YesNoEditor
from shelterdesk.gui.forms.editors.base import Choices, Editor
from shelterdesk.gui.forms.editors.choosing import ChoiceEditor, LinkEditor
from shelterdesk.gui.forms.editors.filing import FileEditor
from shelterdesk.gui.forms.editors.several import ChoicesEditor
from shelterdesk.gui.forms.editors.timing import DateEditor, MomentEditor
from shelterdesk.gui.forms.editors.written import LineEditor, MoneyEditor, NoteEditor, NumberEditor

__all__ = ["Choices", "Editor", "editor_for"]

_EDITORS: Final[dict[Kind, Callable[[str, Field], Editor]]] = {
    Kind.TEXT: LineEditor,
    Kind.NOTE: NoteEditor,
    Kind.DATE: DateEditor,
    Kind.MOMENT: MomentEditor,
    Kind.CHOICE: ChoiceEditor,
    Kind.CHOICES: ChoicesEditor,
    Kind.YES_NO: YesNoEditor,
    Kind.NUMBER: NumberEditor,
    Kind.MONEY: MoneyEditor,
}


def editor_for(name: str, field: Field, choices: Choices | None = None) -> Editor:
    """Return a new editor for a field; its inner widget is called `name`.

    `choices` gives what a link, or a file, can point to.
    """
    if field.kind is Kind.LINK:
        return LinkEditor(name, field, choices)
    if field.kind is Kind.FILE:
        return FileEditor(name, field, choices)
    return _EDITORS[field.kind](name, field)
