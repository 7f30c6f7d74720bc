"""What is noted of the case itself: since when it is open, who sent her, its next review."""

from typing import Final

from typing_extensions import override

from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.forms.section import SectionCard
from shelterdesk.gui.forms.section_place import Section
from shelterdesk.gui.parts.elided import Elided
from shelterdesk.gui.parts.flow import Flow
from shelterdesk.gui.parts.plain import named
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.services.desk import Desk

CASE_FACTS: Final = Section(
    Case,
    N_("The case"),
    "",
    "",
    shows=("opened_on", "source", "risk_level", "next_review", "victim_status"),
    called="facts",
)


class CaseFactsCard(SectionCard):
    """One line with the facts that are known, and the form in which they are changed."""

    def __init__(self, desk: Desk, case: Case) -> None:
        super().__init__(desk, case, CASE_FACTS)

    @override
    def _found(self) -> list[Record]:
        return [self._on]

    @override
    def _all(self) -> list[Record]:
        return self._found()

    @override
    def _fill_line(self, flow: Flow, record: Record) -> None:
        fields = record.fields()
        told = [(name, self._words(fields[name], getattr(record, name))) for name in self._names()]
        for name, text in told:
            if text:
                flow.add(Elided(f"{_(fields[name].label)}: {text}", "quiet"))
        open_ones = [_(fields[name].label) for name, text in told if not text]
        if open_ones:
            words = _("Not filled in: {fields}").format(fields=", ".join(open_ones))
            flow.add(named(Elided(words, "quiet"), "not-filled-in", words))


CAME_WITH: Final = Section(
    Case,
    N_("Came with her mother"),
    "",
    "",
    shows=("population", "with_case_id"),
    called="came_with",
)


class CameWithCard(CaseFactsCard):
    """A child who came along or is born here: whose it is."""

    def __init__(self, desk: Desk, case: Case) -> None:
        SectionCard.__init__(self, desk, case, CAME_WITH)
