"""What one organisation offers: its services, each with for whom, when, and what to bring."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget
from typing_extensions import override

from shelterdesk.core.errors import DeskError
from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.forms.record_editor import RecordEditor
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.forms.section import SectionCard
from shelterdesk.gui.forms.section_place import Section
from shelterdesk.gui.parts.flow import Flow
from shelterdesk.gui.parts.problem import problem_line, tell
from shelterdesk.gui.parts.rows import small
from shelterdesk.records.base import Record
from shelterdesk.records.disclosure.organisation import Organisation
from shelterdesk.records.disclosure.service_offer import ServiceOffer
from shelterdesk.services.desk import Desk

OFFERS: Final = Section(
    ServiceOffer,
    N_("What it offers"),
    N_("Add a service"),
    N_("Nothing is noted yet. Add what this organisation offers, so that it is found by it."),
    hangs_on="organisation_id",
    only_read=("verified_on",),
    called="offer",
)


class OffersCard(SectionCard):
    """The services of the organisation that is shown; what is written down counts as verified."""

    saved_with_page = True
    opened = Signal()
    """A form was opened below the lines, or went away."""

    def __init__(self, desk: Desk, organisation: Organisation) -> None:
        super().__init__(desk, organisation, OFFERS)
        self.problem = problem_line()
        self.inside.addWidget(self.problem)

    def show_offers_of(self, organisation: Organisation) -> None:
        """Show what another organisation offers; what was typed stays with whoever asked for it."""
        self._on = organisation
        self._aside.clear()
        self._shut()
        tell(self.problem, "")
        self.refresh()

    @override
    def _open(self, forms: dict[str, RecordForm], editor: RecordEditor, about: str = "") -> None:
        super()._open(forms, editor, about)
        self.opened.emit()

    @override
    def _shut(self) -> None:
        super()._shut()
        self.opened.emit()

    @override
    def _again(self, record: Record) -> QWidget:
        """Return the buttons of a line: asked again today, and changed."""
        if not self._writes or not isinstance(record, ServiceOffer):
            return super()._again(record)
        both, row = QWidget(), Flow()
        both.setLayout(row)
        row.add(self._verifier(record), super()._again(record))
        return both

    def _verifier(self, offer: ServiceOffer) -> QPushButton:
        if offer.verified_on == self._desk.today():
            told = small(_("Verified today"), "verified_service")
            told.setEnabled(False)
            return told
        made = small(_("Verified today"), "verify_service", _("Service verified today"))
        made.clicked.connect(partial(self._verify, offer))
        return made

    def _verify(self, offer: ServiceOffer) -> None:
        try:
            self._desk.organisations.verify_offer(offer)
        except DeskError as fault:
            tell(self.problem, str(fault))
            return
        self._done()

    @override
    def _add(self, values: Mapping[str, Any]) -> None:
        kept = {**values, "organisation_id": self._on.id, "verified_on": self._desk.today()}
        self._desk.organisations.save_offer(ServiceOffer(**kept))

    @override
    def _kept(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        return {**values, "verified_on": self._desk.today()}
