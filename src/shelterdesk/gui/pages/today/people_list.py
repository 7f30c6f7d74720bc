"""The list of people and cases as a table sees it: what each column shows, and who is in it."""

from collections.abc import Callable
from typing import Final

from shelterdesk.core.i18n import N_, _
from shelterdesk.gui.parts.case_line import coded
from shelterdesk.services.case.case_rows import CaseRow

IN_HOUSE, OPEN, MINE, CLOSED, ALL = "in_house", "open", "mine", "closed", "all"

FILTERS: Final[dict[str, tuple[str, Callable[[CaseRow], bool]]]] = {
    IN_HOUSE: (N_("In the house ({count})"), lambda row: row.in_house),
    OPEN: (N_("Open ({count})"), lambda row: not row.closed),
    MINE: (N_("Mine ({count})"), lambda row: row.own and not row.closed),
    CLOSED: (N_("Closed ({count})"), lambda row: row.closed),
    ALL: (N_("All ({count})"), lambda _row: True),
}
"""What the small buttons above the list choose, each with its name."""


def _place(row: CaseRow) -> str:
    if not row.in_house:
        return ""
    return row.bed or _("in the house")


COLUMNS: Final[tuple[tuple[str, Callable[[CaseRow], str]], ...]] = (
    (N_("Case code"), lambda row: row.code),
    (N_("Name she chose"), lambda row: row.alias),
    (N_("Name"), lambda row: row.name),
    (N_("Age"), lambda row: row.age),
    (N_("State"), lambda row: coded("case_state", row.state)),
    (N_("Bed"), _place),
    (N_("Counsellor"), lambda row: row.owner),
)
"""Heading, and what stands below it."""

AGE_COLUMNS: Final = (2, 3)
"""Columns that are shown only to who may know names and ages."""


def cells(row: CaseRow) -> tuple[str, ...]:
    """Return what stands in the columns of a line."""
    return tuple(told(row) for _heading, told in COLUMNS)
