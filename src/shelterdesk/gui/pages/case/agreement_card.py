"""The house agreement in her case: how the rules were explained, and the page for herself."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from typing_extensions import override

from shelterdesk.core.i18n import _
from shelterdesk.gui.forms.record_form import RecordForm
from shelterdesk.gui.forms.section import SectionCard
from shelterdesk.gui.forms.section_place import Section
from shelterdesk.gui.paper.print_preview import OnPaper, show_before_print
from shelterdesk.gui.parts.plain import show_if
from shelterdesk.gui.parts.rows import small
from shelterdesk.records.base import Record
from shelterdesk.records.house.agreement import HouseAgreement
from shelterdesk.services.desk import Desk


class AgreementCard(SectionCard):
    """A new one begins with this hour and the edition that is explained now."""

    def __init__(self, desk: Desk, hook: Record, section: Section) -> None:
        self.rules = small(_("The rules, for her"), "print-rules")
        super().__init__(desk, hook, section)
        self.rules.clicked.connect(self._print_rules)
        show_if(self.rules, self._writes)
        self.top.insertWidget(self.top.count() - 2, self.rules)

    def _begun(self) -> dict[str, Any]:
        return {"at": self._desk.now(), "edition": self._desk.agreements.edition()}

    @override
    def _form(self, record: Record | None) -> RecordForm:
        form = super()._form(record)
        if record is None:
            form.begin(HouseAgreement(**self._begun()))
        return form

    @override
    def _add(self, values: Mapping[str, Any]) -> None:
        super()._add(self._begun() | dict(values))

    def _print_rules(self) -> None:
        draw = self._desk.agreements.sheet
        paper = OnPaper("rules", _("The rules, for her"), partial(draw, preview=True), draw)
        show_before_print([paper], self)
