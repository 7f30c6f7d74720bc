"""One stay in the house, from the door to the door."""

import re
from datetime import date, datetime
from typing import Final

from sqlalchemy.orm import Mapped
from typing_extensions import override

from shelterdesk.core.fields import Kind, SealedValue
from shelterdesk.core.i18n import N_
from shelterdesk.core.lao.letters import normalised
from shelterdesk.core.permissions import Area, Compartment
from shelterdesk.records.base import Happening, Record, field, open_questions

_WORD: Final = re.compile(
    r"^(?:bed|ຕຽງ|เตียง)(?:\s*(?:no\.?|nr\.?|ເລກທີ|ທີ|ที่))?(?=[\s.:#\d-])[\s.:#-]*(?=\S)",
    re.IGNORECASE,
)
_ZEROS: Final = re.compile(r"(?<![0-9])0+(?=[0-9])")


class Stay(Record):
    """When she came and with whom, where she sleeps, and how it ended; where she went is sealed."""

    __tablename__ = "stay"
    title = N_("Stay")
    happenings = (
        Happening("admitted_at", N_("Arrived"), ("bed",)),
        Happening("left_at", N_("Left"), ("exit_type",)),
    )
    order = (
        ("admitted_at", "left_at"),
        ("admitted_at", "expected_until"),
    )
    area = Area.HOUSE
    sections = (
        (
            N_("Arrival"),
            (
                "admitted_at",
                "came_from",
                "escorted_by",
            ),
        ),
        (
            N_("In the house"),
            (
                "state",
                "bed",
                "expected_until",
            ),
        ),
        (
            N_("End of the stay"),
            (
                "left_at",
                "exit_type",
                "exit_agreed",
                "destination",
            ),
        ),
    )
    columns = (
        "admitted_at",
        "state",
        "bed",
        "left_at",
    )

    case_id: Mapped[str] = field(Kind.LINK, N_("Case"), required=True, links_to="case")
    admitted_at: Mapped[datetime | None] = field(
        Kind.MOMENT, N_("Arrived"), past=True, disclosure="stay_period"
    )
    came_from: Mapped[str | None] = field(Kind.CHOICE, N_("Came from"), codes="incoming_source")
    escorted_by: Mapped[str | None] = field(Kind.TEXT, N_("Brought by"))
    state: Mapped[str | None] = field(Kind.CHOICE, N_("Where she is now"), codes="residence_state")
    bed: Mapped[str | None] = field(Kind.TEXT, N_("Bed"))
    expected_until: Mapped[date | None] = field(Kind.DATE, N_("Expected to stay until"))
    left_at: Mapped[datetime | None] = field(
        Kind.MOMENT, N_("Left"), past=True, disclosure="stay_period"
    )
    exit_type: Mapped[str | None] = field(Kind.CHOICE, N_("How the stay ended"), codes="exit_type")
    exit_agreed: Mapped[str | None] = field(Kind.YES_NO, N_("She agreed to leaving"))
    destination: Mapped[SealedValue | None] = field(
        Kind.NOTE,
        N_("Where she went"),
        compartment=Compartment.RETURN,
        disclosure="new_address",
    )
    unanswered: Mapped[dict[str, str] | None] = open_questions()

    @override
    def check(self) -> dict[str, str]:
        if self.state == "exited" and self.left_at is None:
            return {"state": N_("Write down that she leaves: when, and how her stay ended.")}
        return {}


def bare_bed(typed: str) -> str:
    """Return a bed without the word for it, which the screen says by itself."""
    return _WORD.sub("", typed.strip())


def is_same_bed(one: str, other: str) -> bool:
    """Tell whether two texts name one bed, however each was typed."""
    return _plain(one) == _plain(other) != ""


def _plain(typed: str) -> str:
    return _ZEROS.sub("", bare_bed(normalised(typed))).replace(" ", "")
