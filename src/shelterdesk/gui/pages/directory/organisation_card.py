"""One organisation of the directory to be read: whom to ask, where, and what it offers."""

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shelterdesk.core.errors import DeskError, InvalidFields
from shelterdesk.core.house_settings import VERIFIED_DAYS
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.permissions import Area, Right
from shelterdesk.gui.forms.read_or_change import ReadOrChange
from shelterdesk.gui.forms.record_editor import RecordEditor
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.loosely import loosely
from shelterdesk.gui.pages.directory.organisation_offers import OffersCard
from shelterdesk.gui.parts.card import Card, heading
from shelterdesk.gui.parts.plain import button, plain_label, press_by, show_if
from shelterdesk.gui.parts.problem import tell
from shelterdesk.gui.parts.scrolled import EdgeColumn, scrolling_column
from shelterdesk.gui.parts.style.measures import NO_MARGINS
from shelterdesk.gui.parts.typed import put_back, typed_on
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.services.desk import Desk

_STALE: Final = N_("not verified for {days} days")
_STALE_LINE: Final = N_(
    "Not verified for {days} days: ring up and check before a letter goes there."
)
_ENDS_ONE: Final = N_(
    "1 consent to tell this place ends with this change, and she is asked anew. If it is right, "
    "save once more."
)
_ENDS: Final = N_(
    "{count} consents to tell this place end with this change, and each of them is asked anew. If "
    "it is right, save once more."
)


def stale_words(desk: Desk) -> str:
    """Return what stands beside an entry that was not verified for as long as the house allows."""
    return _(_STALE).format(days=desk.settings.number(VERIFIED_DAYS))


def stale_line(desk: Desk) -> str:
    """Return the same as a sentence, with what is to be done."""
    return _(_STALE_LINE).format(days=desk.settings.number(VERIFIED_DAYS))


class OrganisationCard(QWidget):
    """One entry as a page reads it; *Change* opens its form in place, for who may change it.

    One Save keeps what is typed here and in the services below.
    """

    saved = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.organisation = Organisation()
        self.about = ""
        """The id of the entry that is shown; "" for a new one."""
        may = desk.may(Area.DIRECTORY, Right.WRITE)
        self.form = RecordForm(Organisation, read_only=not may)
        self.form.doubts = loosely(self._ended_by)
        self.editor = RecordEditor(desk, self.form, loosely(self._keep), may_leave=True)
        self.editor.saved.connect(self._saved)
        self.editor.given_up.connect(self._give_up)
        self.page = ReadOrChange(self.editor, "organisation", writes=may)
        self.page.opened.connect(self._show_actions)
        self.stale = plain_label(stale_line(desk), "warning")
        around = EdgeColumn(self, NO_MARGINS)
        around.addWidget(self.stale)
        area, column = scrolling_column(_("Organisation"))
        around.reach(area)
        made = Card()
        self.name = heading("")
        made.top.addWidget(self.name, 1)
        made.top.addWidget(self.page.change)
        made.inside.addWidget(self.page)
        self.offers = OffersCard(desk, self.organisation)
        self.offers.opened.connect(self._show_actions)
        self.offers.saved.connect(lambda: self.saved.emit(self.organisation.id))
        for card in (made, self.offers):
            column.addWidget(card)
        column.addStretch()
        around.addWidget(self.editor.foot)
        press_by(self.editor.button, "Ctrl+S")
        self.verify = button(_("Verified today"), "verify")
        self.verify.clicked.connect(self._verified)
        show_if(self.verify, may)
        self.editor.add_action(self.verify)
        self._show_actions()

    def _show_actions(self) -> None:
        """Offer to save while a form is open, and *Not now* while it is that of a known entry."""
        show_if(self.editor.button, self.page.is_open or self.offers.editor is not None)
        show_if(self.editor.leave, self.page.is_open and bool(self.about))

    def _give_up(self) -> None:
        """Go back to reading; what was typed is given up."""
        if self.about:
            self.form.load(self.organisation)
            self.page.fold()

    def show_organisation(self, organisation: Organisation) -> None:
        """Show an entry, or an empty form for a new one.

        What is typed into the entry that is shown already stays.
        """
        is_known = bool(organisation.created_by)
        before, self.about = self.about, organisation.id if is_known else ""
        stays = is_known and before == self.about
        typed = self.form.draft() if stays else {}
        self.organisation = organisation
        self.form.load(organisation if is_known else None)
        self.name.setText(organisation.shown if is_known else _("New organisation"))
        self.page.read(organisation if is_known else None)
        if typed:
            self.form.restore(typed)
        elif is_known:
            self.page.fold()
        else:
            self.page.open()
        self._show_actions()
        show_if(self.stale, is_known and self._desk.organisations.stale(organisation))
        self.verify.setEnabled(is_known)
        show_if(self.offers, is_known)
        if stays:
            self.offers.refresh()
        else:
            self.editor.say_nothing()
            self.offers.show_offers_of(organisation)

    def _ended_by(self, typed: Mapping[str, object]) -> dict[str, str]:
        """Say beside what was changed how many agreements it would end, before it is saved."""
        ending = self._desk.organisations.would_end(self.organisation, typed) if self.about else {}
        words = {name: _ENDS_ONE if count == 1 else _ENDS for name, count in ending.items()}
        return {name: _(words[name]).format(count=count) for name, count in ending.items()}

    def _keep(self, values: dict[str, Any]) -> None:
        kept, records = self.organisation, self._desk.records
        if not self.about:
            kept = records.save(Organisation(**values))
        elif values:
            kept = records.change(kept, values)
        self.form.load(kept)
        self.show_organisation(kept)

    def _saved(self) -> None:
        if not self.offers.keep_all():
            self.editor.say_nothing()
            tell(self.editor.problem, _(InvalidFields.sentence))
        self.saved.emit(self.organisation.id)

    def _verified(self) -> None:
        self.editor.say_nothing()
        try:
            self.show_organisation(self._desk.organisations.verify(self.organisation))
        except DeskError as fault:
            tell(self.editor.problem, str(fault))
        else:
            self.saved.emit(self.organisation.id)

    def draft(self) -> dict[str, str]:
        """Return what is typed and not saved, here and of what it offers; empty for nothing."""
        return typed_on(self)

    def restore(self, values: dict[str, str]) -> None:
        """Put back what was typed; over something newer it waits for a choice."""
        put_back(self, values)
