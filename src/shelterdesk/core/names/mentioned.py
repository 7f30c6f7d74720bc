"""Who is meant in a text that the whole house writes: a code after @.

A text keeps the code of whoever is meant, because a code never changes; on the screen it is read
with the name she has chosen. In the file of one person everybody else is another resident.
"""

import re
from collections.abc import Mapping
from typing import Final

from shelterdesk.core.i18n import N_

AT: Final = "@"
ANOTHER: Final = N_("another resident")
"""What is read in the file of one person in the place of anybody else."""

_CODE: Final = re.compile(r"@(DEMO-[0-9]{4}|[A-Z0-9]{3}-[A-Z0-9]{3})")


def named_in(text: str, called: Mapping[str, str]) -> str:
    """Return a text as the house reads it: after each code the chosen name, where it is known."""
    return _CODE.sub(lambda found: " ".join(filter(None, (found[1], called.get(found[1])))), text)


def told_of(text: str, code: str, another: str) -> str:
    """Return a text as it stands in the file of one person: everybody else is `another`."""
    return _CODE.sub(lambda found: found[1] if found[1] == code else another, text)
