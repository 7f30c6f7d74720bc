"""What the house has settled, in words: what each setting does, what holds, who changed it last.

A director opens the form of one in its place; it is kept when a second person has signed.
"""

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from shelterdesk.core.house_settings import HouseSetting
from shelterdesk.core.i18n import N_, _, screen_language
from shelterdesk.core.shown import shown
from shelterdesk.gui.forms.editors import editor_for
from shelterdesk.gui.forms.open_question import QuestionCell
from shelterdesk.gui.forms.record_editor import RecordEditor
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.parts.look import label_as
from shelterdesk.gui.parts.moments import moment_text
from shelterdesk.gui.parts.plain import DOES, plain_label, show_if
from shelterdesk.gui.parts.rows import small
from shelterdesk.gui.parts.scrolled import bring_into_view
from shelterdesk.gui.parts.second_person import second_signature
from shelterdesk.gui.parts.style.measures import BETWEEN, HAIR, NEAR, NONE, TIGHT
from shelterdesk.records.base import Record
from shelterdesk.records.keeping.setting import Setting
from shelterdesk.services.desk import Desk
from shelterdesk.services.keeping.house_settings import WRITTEN, SettingNow

_NOT_SET: Final = N_("not set")
_AS_USUAL: Final = N_("As usual; nobody has changed it.")
_EMPTY: Final = N_("Nobody has written it yet.")
_CHANGED: Final = N_("Changed {when} by {name}.")
_CHANGED_WITH: Final = N_("Changed {when} by {name}, with {second}.")
_BY: Final = N_("Goes by: {citation}.")
_CHECKED: Final = N_("Checked by: {name}.")
_UNCHECKED: Final = N_("Nobody who knows the law has checked this yet.")
_WITHIN: Final = N_("From {least} to {most}; left empty, it is as usual: {usual}.")
_WITHIN_LAW: Final = N_("From {least} to {most}; leave it empty while the law is not known.")
_LEFT_EMPTY: Final = N_("Left empty, it is as usual: {usual}.")
_SETTLE: Final = N_("A setting of the house – {what}: {value}")


def in_words(of: HouseSetting, value: object) -> str:
    """Return a value as it is read: a number, or the words of what is chosen."""
    return shown(of.field, value, screen_language()) if value else ""


def _bounds(of: HouseSetting) -> str:
    usual = in_words(of, of.usual)
    if not of.is_number:
        return _(_LEFT_EMPTY).format(usual=usual)
    words = _(_WITHIN_LAW) if of.by_law else _(_WITHIN)
    return words.format(least=of.least, most=of.most, usual=usual)


class SettingForm(RecordForm):
    """The value of one setting, by its own kind of field, with the law it goes by."""

    def __init__(self, of: HouseSetting) -> None:
        self._of = of
        super().__init__(Setting, WRITTEN)

    @override
    def _add_field(self, name: str) -> None:
        if name != "value":
            super()._add_field(name)
            return
        cell = QuestionCell(editor_for(name, self._of.field), may_stay_open=False, parent=self)
        cell.add_below(plain_label(_bounds(self._of), "quiet"))
        cell.changed.connect(self.changed)
        self.cells[name] = cell

    @override
    def load(self, record: Record | None) -> None:
        super().load(record)
        kept = getattr(record, "value", None)
        self.editor("value").set_value(int(kept) if kept and self._of.is_number else kept)


class SettingRow(QWidget):
    """One setting to be read, and its form below it once it is to be changed."""

    changed = Signal(str)
    """Told the name of a setting that was settled anew."""
    shut = Signal()
    """The form was taken away: its text is saved or given up."""

    def __init__(self, desk: Desk, standing: SettingNow, *, may_change: bool) -> None:
        super().__init__()
        self._desk, self.of, self._standing = desk, standing.of, standing
        self.editor: RecordEditor | None = None
        label = _(self.of.field.label)
        self.value = label_as("", "strong", f"value-{self.of.name}")
        self.about = plain_label("", "quiet")
        self.unchecked = plain_label(_(_UNCHECKED), "caution")
        self.change = small(_("Change"), f"change-{self.of.name}", ": ".join((_("Change"), label)))
        self.change.clicked.connect(self.open)
        self._may_change = may_change
        keeps_its_place = self.change.sizePolicy()
        keeps_its_place.setRetainSizeWhenHidden(may_change)
        self.change.setSizePolicy(keeps_its_place)
        show_if(self.change, may_change)
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(NONE, TIGHT, NONE, TIGHT)
        self._inside.setSpacing(HAIR)
        self._inside.addLayout(self._head(label))
        for part in (plain_label(_(self.of.field.help), "quiet"), self.about, self.unchecked):
            self._inside.addWidget(part)
        self.show_standing(standing)

    def _head(self, label: str) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(BETWEEN)
        line.addWidget(label_as(label, "strong", wraps=True), 1)
        line.addWidget(self.value, 0, Qt.AlignmentFlag.AlignRight)
        line.addWidget(self.change)
        return line

    def show_standing(self, standing: SettingNow) -> None:
        """Show what holds now; a form in which something is typed stays as it is."""
        self._standing = standing
        holds = in_words(self.of, standing.holds) or _(_NOT_SET)
        self.value.setText(holds)
        self.value.setAccessibleName(f"{_(self.of.field.label)}: {holds}")
        self.about.setText(" ".join(self._facts(standing.row)))
        checked = standing.row.checked_by if standing.row else None
        show_if(self.unchecked, self.of.by_law and bool(standing.holds) and not checked)
        if self.editor is not None and not self.editor.form.dirty():
            self.editor.form.load(self._as_it_is())

    def _facts(self, row: Setting | None) -> list[str]:
        """Return who changed it last and when, the law it goes by, and who has checked that."""
        if row is None:
            return [_(_EMPTY if self.of.by_law else _AS_USUAL)]
        when, name = moment_text(row.changed_at), self._standing.changed_by
        words = _(_CHANGED_WITH) if row.second_person else _(_CHANGED)
        facts = [words.format(when=when, name=name, second=row.second_person)]
        if row.citation:
            facts.append(_(_BY).format(citation=row.citation))
        if row.checked_by:
            facts.append(_(_CHECKED).format(name=row.checked_by))
        return facts

    def _as_it_is(self) -> Setting:
        """Return what stands in the form at first: what holds, and what was written beside it."""
        row = self._standing.row
        beside = (row.citation, row.checked_by) if row else (None, None)
        given = dict(zip(WRITTEN, (self._standing.holds or None, *beside), strict=True))
        return Setting(name=self.of.name, **given)

    # -- changed in its place -----------------------------------------------------------------

    def open(self) -> None:
        """Open the form below the setting, with the keyboard in its first field."""
        self._made().form.go_to("value")
        bring_into_view(self)

    def _made(self) -> RecordEditor:
        if self.editor is None:
            form = SettingForm(self.of)
            self.editor = RecordEditor(self._desk, form, self._keep, may_leave=True)
            does = ": ".join((_("Save"), _(self.of.field.label)))
            self.editor.button.setAccessibleName(does)
            self.editor.key.setProperty(DOES, does)
            self.editor.given_up.connect(self._shut)
            self.editor.saved.connect(self._settled)
            self.editor.setContentsMargins(NONE, NEAR, NONE, NEAR)
            self._inside.addWidget(self.editor)
            form.load(self._as_it_is())
        show_if(self.change, wanted=False)
        return self.editor

    def _shut(self) -> None:
        """Take the form away with what is typed in it, and go back to the button that opened it."""
        if self.editor is not None:
            self.editor.hide()
            self.editor.deleteLater()
            self.editor = None
        show_if(self.change, self._may_change)
        self.change.setFocus()
        self.shut.emit()

    def _keep(self, _changed: Mapping[str, Any]) -> None:
        """Save the form; a second person signs first, where she must."""
        if self.editor is None or not self.editor.form.dirty():
            return
        values, settings = self.editor.form.values(), self._desk.settings
        second = None
        if settings.needs_second(self.of, values):
            for_what = settings.for_what(self.of, values)
            second = second_signature(self._desk, for_what, self, self._agreed_to(values))
        settings.change(self.of, values, second)

    def _agreed_to(self, values: Mapping[str, Any]) -> str:
        """Return in words what the second person signs for."""
        value = in_words(self.of, values["value"]) or in_words(self.of, self.of.usual)
        words = _(_SETTLE).format(what=_(self.of.field.label), value=value or _(_NOT_SET))
        goes_by = _(_BY).format(citation=values["citation"]) if values["citation"] else ""
        checked = _(_CHECKED).format(name=values["checked_by"]) if values["checked_by"] else ""
        return "\n".join(filter(None, (words, goes_by, checked)))

    def _settled(self) -> None:
        self._shut()
        self.changed.emit(self.of.name)

    # -- what was typed -----------------------------------------------------------------------

    def draft(self) -> dict[str, str]:
        """Return what is typed about this setting and not saved."""
        typed = self.editor.form.draft() if self.editor is not None else {}
        return {f"{self.of.name}|{name}": text for name, text in typed.items()}

    def restore(self, values: Mapping[str, str]) -> None:
        """Put back what was typed, in the open form."""
        head = f"{self.of.name}|"
        mine = {n.removeprefix(head): text for n, text in values.items() if n.startswith(head)}
        if mine and self._may_change:
            self._made().form.restore(mine)
