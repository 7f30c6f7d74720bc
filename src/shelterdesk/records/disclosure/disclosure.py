"""One time that something about her left the house."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Mapped

from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import CONSENTING, ITEMS, Area
from shelterdesk.records.base import Happening, Record, field


class Disclosure(Record):
    """What left, to whom, by which way, on which ground; written once and never changed."""

    __tablename__ = "disclosure"
    title = N_("Disclosure")
    area = Area.CONSENT
    happenings = (Happening("at", "", ("organisation_id", "medium")),)
    changed_for = timedelta(0)
    own_path = True
    columns = (
        "at",
        "organisation_id",
        "medium",
        "items",
        "basis",
    )

    case_id: Mapped[str] = field(Kind.LINK, N_("Case"), required=True, links_to="case")
    at: Mapped[datetime] = field(Kind.MOMENT, N_("When"), past=True, required=True)
    items: Mapped[tuple[str, ...]] = field(
        Kind.CHOICES, N_("What left"), required=True, codes="disclosure_item", envelope=ITEMS
    )
    lines: Mapped[str | None] = field(
        Kind.NOTE, N_("Records that were told from"), envelope=CONSENTING
    )
    """Ids of records of which a case may have several, so that a letter printed again tells the
    same ones."""
    organisation_id: Mapped[str | None] = field(
        Kind.LINK, N_("Recipient organisation"), links_to="organisation"
    )
    recipient_person: Mapped[str | None] = field(Kind.TEXT, N_("Recipient person"))
    medium: Mapped[str] = field(
        Kind.CHOICE, N_("By which way"), required=True, codes="disclosure_medium"
    )
    basis: Mapped[str] = field(
        Kind.CHOICE, N_("On which ground"), required=True, codes="disclosure_basis"
    )
    consent_id: Mapped[str | None] = field(Kind.LINK, N_("Consent"), links_to="consent")
    law: Mapped[str | None] = field(Kind.TEXT, N_("Law cited"))
    told_on: Mapped[date | None] = field(Kind.DATE, N_("She was told on"), past=True)
    reason: Mapped[str | None] = field(Kind.NOTE, N_("Reason"), envelope=CONSENTING)
    referral_id: Mapped[str | None] = field(Kind.LINK, N_("Referral"), links_to="referral")
    second_person: Mapped[str | None] = field(Kind.TEXT, N_("Second person"))
    review_by: Mapped[date | None] = field(Kind.DATE, N_("To be reviewed by"))
    warned: Mapped[str | None] = field(Kind.YES_NO, N_("Told not to pass it on"))
    content_digest: Mapped[str | None] = field(
        Kind.TEXT, N_("Checksum of what left"), envelope=CONSENTING
    )
