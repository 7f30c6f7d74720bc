"""What stands on letters: an office at the head, official or neutral, and who signs at the foot."""

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelterdesk.core.errors import DeskError, InvalidFields
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.gui.forms.read_or_change import ReadOrChange
from shelterdesk.gui.forms.record_editor import RecordEditor
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.loosely import loosely
from shelterdesk.gui.parts.card import Card
from shelterdesk.gui.parts.case_line import coded
from shelterdesk.gui.parts.look import dress_page, label_as
from shelterdesk.gui.parts.plain import button, plain_label, press_by, show_if
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.scrolled import EdgeColumn, scrolling_column
from shelterdesk.gui.parts.style.measures import NEAR
from shelterdesk.records.base import Record
from shelterdesk.records.disclosure.letterhead import Letterhead
from shelterdesk.records.people.staff_member import StaffMember
from shelterdesk.services.desk import Desk

PROFILES: Final = ("neutral", "official")
_FIELDS: Final = ("name", "name_latin", "address", "address_latin", "phone")
_SIGNS: Final = ("position", "position_latin", "phone")
_ABOUT: Final = {
    "neutral": N_(
        "Used unless the directory says otherwise. It must not tell that letters come from a "
        "shelter."
    ),
    "official": N_("For offices that know the shelter: police, court, ministry."),
}
_NEVER: Final = N_("Never the address or telephone of the house where women live.")


class LetterheadPage(QWidget):
    """Both letterheads, and the positions of those who sign; a director changes them."""

    go = Signal(str, str)
    page_name = "letterhead"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._may = desk.may(Area.STAFF, Right.WRITE)
        dress_page(self)
        self.forms: dict[str, RecordForm] = {}
        self.pages: dict[str, ReadOrChange] = {}
        self._editors: list[RecordEditor] = []
        self.keep = button(_("Save"), "main")
        around = EdgeColumn(self)
        around.setSpacing(NEAR)
        head = QHBoxLayout()
        head.addWidget(plain_label(_("Letterheads"), "title"), 1)
        back = button(_("Back to the settings"), "back")
        back.clicked.connect(lambda: self.go.emit("settings", ""))
        head.addWidget(back)
        around.addLayout(head)
        around.addWidget(plain_label(_(_NEVER), "warning"))
        area, column = scrolling_column(_("Letterheads"))
        around.reach(area)
        for profile in PROFILES:
            column.addWidget(self._card(profile))
        self.signers = {one.id: one for one in desk.staff.members()}
        for staff_id in self.signers:
            column.addWidget(self._signer(staff_id))
        column.addStretch()
        self.problem = problem_line()
        around.addWidget(self.problem)
        around.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        """Return the one button that saves what is typed on every card."""
        row = QHBoxLayout()
        press_by(self.keep, "Ctrl+S")
        self.keep.clicked.connect(self.save)
        self._show_keep()
        row.addWidget(self.keep)
        row.addStretch()
        return row

    def save(self) -> None:
        """Save what was changed, card by card; what cannot be kept is said beside its field."""
        refused = [one for one in self._editors if one.form.dirty() and not one.save()]
        tell(self.problem, _(InvalidFields.sentence) if refused else "")

    def _card(self, profile: str) -> QWidget:
        made = Card(coded("letterhead", profile), profile)
        made.inside.addWidget(label_as(_(_ABOUT[profile]), "quiet", wraps=True))
        form = RecordForm(Letterhead, _FIELDS, read_only=not self._may)
        head = self._desk.letters.letterhead(profile)
        form.load(head)
        page = self._edited(made, profile, form)
        page.read(head)
        if head is None:
            page.open()
        return made

    def _signer(self, staff_id: str) -> QWidget:
        """Return a card with the position of somebody, as it stands under her letters."""
        one = self.signers[staff_id]
        made = Card(one.name)
        form = RecordForm(StaffMember, _SIGNS, read_only=not self._may)
        form.load(one)
        self._edited(made, staff_id, form).read(one)
        return made

    def _edited(self, made: Card, key: str, form: RecordForm) -> ReadOrChange:
        """Put a record on a card, to be read first; the button at the foot saves it."""
        self.forms[key] = form
        form.kept_as = key
        editor = RecordEditor(self._desk, form, partial(loosely(self._keep), key), may_leave=True)
        editor.leave_saving()
        editor.given_up.connect(partial(loosely(self._give_up), key))
        self._editors.append(editor)
        self.pages[key] = ReadOrChange(editor, key, writes=self._may)
        self.pages[key].opened.connect(self._show_keep)
        made.top.addWidget(self.pages[key].change)
        made.inside.addWidget(self.pages[key])
        return self.pages[key]

    def _give_up(self, key: str) -> None:
        """Go back to reading; what was typed is given up."""
        self.forms[key].load(self._kept(key))
        self.pages[key].fold()

    def _kept(self, key: str) -> Record | None:
        """Return what is kept of a letterhead, or of somebody who signs."""
        if key in self.signers:
            return self.signers[key]
        return self._desk.letters.letterhead(key)

    def _show_keep(self) -> None:
        """Offer to save while a form is open."""
        show_if(self.keep, any(page.is_open for page in self.pages.values()))

    def _keep(self, key: str, values: dict[str, object]) -> None:
        if key in self.signers:
            wanted = {name: value for name, value in values.items() if name in _SIGNS}
            self.signers[key] = self._desk.staff.change(self.signers[key], wanted)
        else:
            wanted = {name: value for name, value in values.items() if name in _FIELDS}
            self._desk.letters.set_letterhead(key, wanted)
        self._read(key)

    def _read(self, key: str) -> None:
        """Show what is kept, to be read."""
        kept = self._kept(key)
        self.forms[key].load(kept)
        self.pages[key].read(kept)
        self.pages[key].fold()

    def refresh(self) -> None:
        """Read anew what nobody is typing over."""
        try:
            for key, form in self.forms.items():
                if form.dirty():
                    continue
                if key in self.signers:
                    self.signers[key] = self._desk.records.get(StaffMember, key)
                kept = self._kept(key)
                form.load(kept)
                self.pages[key].read(kept)
        except DeskError as fault:
            tell(self.problem, str(fault))
