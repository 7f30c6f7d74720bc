"""Items that are told by a released sentence only: to whose work each belongs, who keeps it."""

from typing import Final

from shelterdesk.core.permissions import Area, Compartment

HEALTH: Final = (
    *("health_reason", "health_history", "pregnancy", "hiv_sti", "mental_health"),
    "medication_allergy",
)
_RETURN: Final = (
    *("return_plan", "visit_pretext", "travel_needs", "new_address"),
    "current_location_general",
)
_TOLD: Final = ("exploitation_type", "exploitation_summary", "perpetrator_info")

RELEASED_IN: Final[dict[str, Area]] = {
    **dict.fromkeys(HEALTH, Area.MEDICAL),
    **dict.fromkeys(("legal_matter", "interview_conditions", "deadline"), Area.LEGAL),
    **dict.fromkeys(_RETURN, Area.RETURN),
    **dict.fromkeys(_TOLD, Area.TESTIMONY),
    **dict.fromkeys(("plan_summary", "safety_risk_for_provider"), Area.CASE_WORK),
}
"""Item -> the area that somebody must be able to write in to release a sentence about it."""


def keepers_of(item: str) -> tuple[Compartment, ...]:
    """Return to whom a sentence about an item is sealed: its keeper's compartment and counselling.

    An item that no sentence is released for is counselling's alone.
    """
    area = RELEASED_IN.get(item, Area.TESTIMONY)
    keeper = Compartment.TESTIMONY if area is Area.CASE_WORK else Compartment(area.value)
    return tuple(dict.fromkeys((Compartment.TESTIMONY, keeper)))
