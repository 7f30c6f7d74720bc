"""What leaves the house about somebody: the one value from which a paper about her can be made.

Only the door (`services.disclosures`) makes one, after it has asked what she agreed to. Letters,
calls and copies take it and nothing else, so that no paper can hold what was not agreed.
"""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class DisclosedItem:
    """One item as it leaves: its code in the list `disclosure_item`, its label, its words."""

    code: str
    label: str
    text: str

    def __repr__(self) -> str:
        return "<DisclosedItem>"


@dataclass(frozen=True, slots=True)
class Recipient:
    """To whom it goes: an organisation of the directory, a person there, or herself."""

    organisation_id: str | None = None
    organisation: str = ""
    person: str = ""

    def __repr__(self) -> str:
        return "<Recipient>"


@dataclass(frozen=True, slots=True)
class Basis:
    """On which ground it leaves: a code of the list `disclosure_basis`, with what it needs.

    A law or a court order must be cited; a danger to life needs its reason in a sentence. `told_on`
    is the day on which she was told that a law demands it.
    """

    code: str = "consent"
    law: str = ""
    reason: str = ""
    told_on: date | None = None

    def __repr__(self) -> str:
        return "<Basis>"


@dataclass(frozen=True, slots=True)
class Disclosed:
    """Exactly what may leave, to whom, by which way, on which ground, in one language."""

    items: tuple[DisclosedItem, ...]
    recipient: Recipient
    medium: str
    basis: str
    language: str
    at: datetime
    until: date | None = None
    reference: str = ""
    agreed_on: date | None = None
    agreed_in: str = ""
    """The language in which it was explained to her, in words; "" unless that may leave too."""
    law: str = ""
    by_both: bool = False
    """Whether the person responsible for a child has agreed as well as the child."""
    approved_by: str = ""
    """The director who has agreed that it leaves on the ground of a law."""
    told_on: date | None = None
    """When she was told that it leaves on the ground of a law."""

    def __repr__(self) -> str:
        return "<Disclosed>"

    def text_of(self, code: str) -> str:
        """Return the words of one item, or nothing when it may not leave."""
        return next((item.text for item in self.items if item.code == code), "")
