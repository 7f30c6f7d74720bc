"""The facts about one piece of data: what form, list, letter, search and audit all read.

A `Field` holds facts and one piece of behaviour, `problem`. It knows nothing of widgets, styles
or tables.
"""

from collections.abc import Sized
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Final

from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Compartment


class Kind(Enum):
    """The closed list of what a piece of data can be; a new one is a deliberate act."""

    TEXT = "text"
    NOTE = "note"
    DATE = "date"
    MOMENT = "moment"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    NUMBER = "number"
    MONEY = "money"
    LINK = "link"
    FILE = "file"


TEXT_LIMIT: Final = 500
"""Letters in a one-line text; longer ones are notes."""

NOTE_LIMIT: Final = 200_000
"""Letters in a note: some sixty printed pages."""

_LIMITS: Final = {Kind.TEXT: TEXT_LIMIT, Kind.NOTE: NOTE_LIMIT}

_TYPES: Final[dict[Kind, tuple[type, ...]]] = {
    Kind.DATE: (date,),
    Kind.MOMENT: (datetime,),
    Kind.NUMBER: (int,),
    Kind.TEXT: (str,),
    Kind.NOTE: (str,),
    Kind.LINK: (str,),
}


@dataclass(frozen=True, slots=True)
class SealedText:
    """Text under a compartment's key: `text` is None for those who do not hold the key.

    `payload` is what is stored; it is None until the text was saved for the first time.
    """

    text: str | None = None
    payload: bytes | None = None

    def __repr__(self) -> str:
        return "SealedText()"


@dataclass(frozen=True, slots=True)
class Field:
    """One piece of data: its kind, its label in English, and who may see it."""

    kind: Kind
    label: str
    required: bool = False
    codes: str = ""
    """Name of the code list for choices."""
    compartment: Compartment | None = None
    searchable: bool = False
    """Its words are found by the search box; never true together with a compartment."""
    htcds: str = ""
    """Name of the field in the Human Trafficking Case Data Standard 2.0."""
    help: str = ""

    def problem(self, value: object) -> str:
        """Return why `value` cannot be kept, as a translatable sentence; "" when it can."""
        if isinstance(value, SealedText):
            value = value.text
        if value is None or value == "":
            return N_("Please fill this in.") if self.required else ""
        if self.kind in _TYPES and not isinstance(value, _TYPES[self.kind]):
            return N_("This is not of the right kind.")
        limit = _LIMITS.get(self.kind)
        if limit and isinstance(value, Sized) and len(value) > limit:
            return N_("This text is too long.")
        return ""
