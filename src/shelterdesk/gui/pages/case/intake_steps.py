"""The steps of an intake: asked in pieces, in the order of what cannot wait."""

from typing import Final

from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area
from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.intake import Intake
from shelterdesk.records.case.stay import Stay
from shelterdesk.records.people.person import Person

_Part = tuple[str, type[Record], tuple[str, ...]]
STEPS: Final[tuple[tuple[str, str, Area, tuple[_Part, ...]], ...]] = (
    (
        "arrival",
        N_("Arrival"),
        Area.HOUSE,
        (
            ("stay", Stay, ("admitted_at", "came_from", "escorted_by", "bed", "expected_until")),
            ("case", Case, ("source", "risk_level")),
        ),
    ),
    (
        "needs",
        N_("Needs of the first hour"),
        Area.HOUSE,
        (
            (
                "intake",
                Intake,
                (
                    *("began_at", "urgent_health", "thoughts_of_death", "in_danger_now"),
                    *("child_waiting", "immediate_steps"),
                ),
            ),
        ),
    ),
    (
        "explained",
        N_("Explained to her"),
        Area.HOUSE,
        (
            (
                "intake",
                Intake,
                (
                    *("rights_explained", "explained_language", "interpreter"),
                    *("house_rules_explained", "belongings_received", "health_check_offered"),
                ),
            ),
        ),
    ),
    ("person", N_("Who she is"), Area.HOUSE, (("person", Person, ()),)),
    (
        "family",
        N_("Family and guardian"),
        Area.IDENTITY,
        (("intake", Intake, ("guardian_question", "her_wishes")),),
    ),
    ("decisions", N_("Her decisions"), Area.CONSENT, ()),
)
"""Name, title, area that must be open for writing, and which fields of which record it asks."""
