"""A referral to a service: prepared with her, sent, and chased until it is answered."""

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy.orm import Mapped
from typing_extensions import override

from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import COUNSELLING, ITEMS, Area
from shelterdesk.records.base import Happening, Record, field

_TEXT: Final[dict[str, Any]] = {"envelope": COUNSELLING, "writers_own": True}
"""What stands in a letter is sealed to those who write letters: whoever reads what one of its items
says does not read the others."""


class Referral(Record):
    """One request to one organisation under a random number; it carries only what she agreed to."""

    __tablename__ = "referral"
    title = N_("Referral")
    happenings = (Happening("created_at", "", ("reference", "organisation_id", "state")),)
    own_path = True
    order = (
        ("delivered_at", "answered_at"),
        ("service_from", "service_until"),
    )
    area = Area.CONSENT
    columns = (
        "reference",
        "organisation_id",
        "service",
        "state",
        "answer_by",
    )

    case_id: Mapped[str] = field(Kind.LINK, N_("Case"), required=True, links_to="case")
    reference: Mapped[str | None] = field(Kind.TEXT, N_("Number"))
    organisation_id: Mapped[str] = field(
        Kind.LINK, N_("To"), required=True, links_to="organisation"
    )
    service: Mapped[str | None] = field(
        Kind.CHOICE, N_("Service asked for"), codes="service_type", envelope=ITEMS
    )
    priority: Mapped[str | None] = field(Kind.CHOICE, N_("Urgency"), codes="referral_priority")
    state: Mapped[str | None] = field(Kind.CHOICE, N_("State"), codes="referral_state")
    need: Mapped[str | None] = field(
        Kind.NOTE, N_("What is asked for"), disclosure="need_requested", **_TEXT
    )
    already_given: Mapped[str | None] = field(
        Kind.NOTE, N_("What has been given already"), disclosure="service_given", **_TEXT
    )
    answer_by: Mapped[date | None] = field(Kind.DATE, N_("Answer wanted by"))
    consent_id: Mapped[str | None] = field(Kind.LINK, N_("Consent"), links_to="consent")
    delivery: Mapped[str | None] = field(
        Kind.CHOICE, N_("How it is delivered"), codes="referral_delivery"
    )
    copies: Mapped[int | None] = field(Kind.NUMBER, N_("Copies printed"))
    delivered_at: Mapped[datetime | None] = field(
        Kind.MOMENT, N_("Delivered"), past=True, asked_after=1
    )
    answered_at: Mapped[datetime | None] = field(
        Kind.MOMENT, N_("Answered"), past=True, asked_after=1
    )
    answer: Mapped[str | None] = field(Kind.NOTE, N_("Answer"), **_TEXT)
    appointment: Mapped[datetime | None] = field(Kind.MOMENT, N_("Appointment"))
    letter_id: Mapped[str | None] = field(Kind.FILE, N_("Letter"))
    delivered_by: Mapped[str | None] = field(Kind.TEXT, N_("Delivered by"))
    received_by: Mapped[str | None] = field(Kind.TEXT, N_("Received there by"))
    waiting_until: Mapped[date | None] = field(Kind.DATE, N_("On the waiting list until"))
    decline_reason: Mapped[str | None] = field(
        Kind.CHOICE, N_("Why the service declined"), codes="referral_decline_reason"
    )
    service_from: Mapped[date | None] = field(Kind.DATE, N_("Service began"))
    service_until: Mapped[date | None] = field(Kind.DATE, N_("Service ended"))
    outcome: Mapped[str | None] = field(
        Kind.CHOICE, N_("What became of it"), codes="referral_outcome"
    )
    next_step: Mapped[str | None] = field(Kind.NOTE, N_("Next step"), **_TEXT)
    closing_reason: Mapped[str | None] = field(
        Kind.NOTE, N_("Why it was called back or has no answer"), **_TEXT
    )

    @property
    @override
    def shown(self) -> str:
        return self.reference or ""
