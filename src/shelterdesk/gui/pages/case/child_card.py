"""With whom somebody came who lives here: a child has a case of its own, bound to its mother's."""

from typing import Final

from shelterdesk.core.i18n import N_
from shelterdesk.gui.forms.section import SectionCard
from shelterdesk.gui.forms.section_place import Section
from shelterdesk.gui.pages.case.case_facts import CaseFactsCard
from shelterdesk.records.case.case import Case
from shelterdesk.services.desk import Desk

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
