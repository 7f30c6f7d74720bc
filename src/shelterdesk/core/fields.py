"""The facts about one piece of data: what form, list, letter, search and audit all read.

A `Field` holds facts and one piece of behaviour, `problem`. It knows nothing of widgets, styles
or tables.
"""

from collections.abc import Sized
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Final

from shelterdesk.core.calendar.dates import PartialDate
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area, Compartment
from shelterdesk.core.signs import UNSEEN, has_signs


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
    Kind.FILE: (str,),
    Kind.CHOICE: (str,),
    Kind.CHOICES: (tuple,),
    Kind.YES_NO: (str,),
}

CURRENCIES: Final = ("LAK", "THB", "USD")
"""What is paid with in the house (ISO 4217)."""

WHOLE_ONLY: Final = frozenset({"LAK"})
"""Currencies of which no part is paid."""

NO_FRACTIONS: Final = N_("Kip have no fractions.")
NO_SUCH_PART: Final = N_("There is no part smaller than a hundredth, and no amount so large.")

_LARGEST: Final = 10**12

UNANSWERED: Final = "unanswered"
"""The code list of reasons why a question stays open; none of them is ever a fault."""


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in one currency; amounts of different currencies are never added up."""

    currency: str
    amount: Decimal

    def __post_init__(self) -> None:
        if self.currency not in CURRENCIES or not self.amount.is_finite():
            raise ValueError(self.currency)

    def problem(self) -> str:
        """Return why there are no notes and coins for it: whole kip, hundredths of the others."""
        is_whole = self.currency in WHOLE_ONLY
        if abs(self.amount) < _LARGEST and (self.amount * (1 if is_whole else 100)) % 1 == 0:
            return ""
        return NO_FRACTIONS if is_whole else NO_SUCH_PART


@dataclass(frozen=True, slots=True)
class SealedValue:
    """A value under a compartment's key: `value` is None for those who do not hold the key.

    `payload` is what is stored; it is None until the value was saved for the first time.
    """

    value: object = None
    payload: bytes | None = None

    @property
    def is_closed(self) -> bool:
        """Whether something is kept here that was not, or could not be, opened."""
        return self.value is None and self.payload is not None

    def __repr__(self) -> str:
        return "SealedValue()"


@dataclass(frozen=True, slots=True)
class Field:
    """One piece of data: its kind, its label in English, and who may see it."""

    kind: Kind
    label: str
    required: bool = False
    codes: str = ""
    """Name of the code list for choices."""
    within: str = ""
    """Name of another choice of the same record: once that is made, only codes that begin with its
    code are offered, as the districts of one province."""
    compartment: Compartment | None = None
    """Sealed under this key, and opened by itself only, which the log remembers."""
    envelope: tuple[Compartment, ...] = ()
    """Sealed to these; whoever holds one of the keys reads it together with its record."""
    writers_own: bool = False
    """An envelope that its writer can open as well, by whatever compartments are hers."""
    area: Area | None = None
    """Who may see it; None for what the whole kind of record belongs to."""
    disclosure: str = ""
    """Code in the list `disclosure_item`: the item under which it may leave, if she agrees."""
    partial: bool = False
    """A date of which the month or the day may be unknown: its values are `PartialDate`s."""
    past: bool = False
    """A day or moment at which something has happened: it never lies in the future."""
    asked_after: int = 10
    """Years from today, either way, from which a day is asked once more; fewer where it is written
    down while it happens."""
    links_to: str = ""
    """Name of the kind of record that a link points to."""
    help: str = ""

    @property
    def sealed(self) -> bool:
        """Whether its values lie under other keys than that of the vault."""
        return self.compartment is not None or self.envelope != ()

    @property
    def opened_by(self) -> tuple[Compartment, ...]:
        """The compartments any one of whose keys opens it; () for what is not sealed."""
        return self.envelope or ((self.compartment,) if self.compartment else ())

    def problem(self, value: object) -> str:
        """Return why `value` cannot be kept, as a translatable sentence; "" when it can.

        What is sealed and closed to whoever asks counts as filled in: it was measured when it was.
        """
        if isinstance(value, SealedValue):
            if value.is_closed:
                return ""
            value = value.value
        if value in (None, "", ()):
            return N_("Please fill this in.") if self.required else ""
        if not isinstance(value, self._types()):
            return N_("This is not of the right kind.")
        texts = value if isinstance(value, tuple) else (value,)
        if any(isinstance(text, str) and has_signs(text) for text in texts):
            return UNSEEN
        limit = _LIMITS.get(self.kind)
        if limit and isinstance(value, Sized) and len(value) > limit:
            return N_("This text is too long.")
        return value.problem() if isinstance(value, Money) else ""

    def _types(self) -> tuple[type, ...]:
        """Return the types that a value of this field can have."""
        if self.kind is Kind.MONEY:
            return (Money,)
        return (PartialDate,) if self.partial else _TYPES[self.kind]
