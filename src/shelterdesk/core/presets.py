"""How much may be offered to each kind of recipient, and what always asks once more.

The ceilings lie in `resources/presets.toml`, one for every code of the list `referral_target`. A
recipient of no known kind gets no more than the code and what is asked for.
"""

import tomllib
from functools import cache
from typing import Final

from shelterdesk.core.paths import resources

ON_BY_DEFAULT: Final = ("case_code", "need_requested")
"""The only items that are ticked before she has said anything."""

ONLY_HERS: Final = "what_left"
"""The item that is told to nobody but herself: what others were told about her."""

ADDRESS_ITEMS: Final = frozenset(
    {
        *("phone_safe", "safe_contact", "new_address", "home_village", "family_contact"),
        *("current_location_general", "return_plan", "travel_needs"),
    }
)
"""Items that tell where she is or will be, or how she is reached: they pass the address guard."""


@cache
def _ceilings() -> dict[str, list[str]]:
    return tomllib.loads((resources() / "presets.toml").read_text(encoding="utf-8"))


def ceiling(target: str | None) -> tuple[str, ...]:
    """Return the items that may be offered to a kind of recipient, those on by default first."""
    return (*ON_BY_DEFAULT, *_ceilings().get(target or "", ()))
