"""What she agreed to: for which purpose, with whom, until when."""

from datetime import date

from sqlalchemy.orm import Mapped

from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import CONSENTING, Area
from shelterdesk.records.base import Happening, Record, field, found_by_day


class Consent(Record):
    """One decision of one person about one purpose and, for a referral, one recipient.

    A refusal and a decision put off are kept as well. Whether it is in force follows from its dates
    and its withdrawals and is never stored. For a minor her own assent and the guardian's consent
    are two of these, joined by `together_id`; what may leave is what both allow.
    """

    __tablename__ = "consent"
    __table_args__ = (found_by_day("valid_until"),)
    title = N_("Consent")
    happenings = (Happening("valid_from", "", ("purpose", "organisation_id", "decision")),)
    own_path = True
    order = (("valid_from", "valid_until"),)
    area = Area.CONSENT
    sections = (
        (
            N_("What is asked"),
            (
                "purpose",
                "organisation_id",
                "recipient_person",
            ),
        ),
        (
            N_("Her decision"),
            (
                "decision",
                "actor",
                "actor_person_id",
                "form",
                "limits",
                "valid_from",
                "valid_until",
            ),
        ),
        (
            N_("How it was explained"),
            (
                "language",
                "interpreter",
                "explained_by_id",
                "witness",
                "statement",
                "questions",
                "capacity_checked",
                "panel",
            ),
        ),
    )
    columns = (
        "purpose",
        "organisation_id",
        "decision",
        "valid_until",
    )

    case_id: Mapped[str] = field(Kind.LINK, N_("Case"), required=True, links_to="case")
    purpose: Mapped[str] = field(Kind.CHOICE, N_("Purpose"), required=True, codes="consent_purpose")
    decision: Mapped[str] = field(
        Kind.CHOICE, N_("Decision"), required=True, codes="consent_decision"
    )
    actor: Mapped[str] = field(Kind.CHOICE, N_("Who decided"), required=True, codes="consent_actor")
    actor_person_id: Mapped[str | None] = field(
        Kind.LINK, N_("Guardian or representative"), links_to="person"
    )
    organisation_id: Mapped[str | None] = field(
        Kind.LINK, N_("Recipient organisation"), links_to="organisation"
    )
    recipient_person: Mapped[str | None] = field(Kind.TEXT, N_("Recipient person"))
    form: Mapped[str | None] = field(
        Kind.CHOICE, N_("Form of the decision"), codes="consent_form_of"
    )
    language: Mapped[str | None] = field(
        Kind.CHOICE, N_("Language it was explained in"), codes="language"
    )
    interpreter: Mapped[str | None] = field(Kind.TEXT, N_("Interpreter"))
    explained_by_id: Mapped[str | None] = field(
        Kind.LINK, N_("Explained by"), links_to="staff_member"
    )
    witness: Mapped[str | None] = field(Kind.TEXT, N_("Witness"))
    statement: Mapped[str | None] = field(Kind.TEXT, N_("Version of the statement read to her"))
    questions: Mapped[str | None] = field(Kind.NOTE, N_("What she asked"), envelope=CONSENTING)
    limits: Mapped[str | None] = field(Kind.NOTE, N_("Limits she set"), envelope=CONSENTING)
    valid_from: Mapped[date] = field(Kind.DATE, N_("From"), past=True, required=True, asked_after=1)
    valid_until: Mapped[date | None] = field(Kind.DATE, N_("Until"))
    capacity_checked: Mapped[str | None] = field(
        Kind.YES_NO, N_("She understood and decided freely")
    )
    panel: Mapped[str | None] = field(
        Kind.NOTE, N_("Panel for her best interest: members and reasons"), envelope=CONSENTING
    )
    together_id: Mapped[str | None] = field(Kind.LINK, N_("Together with"), links_to="consent")
    evidence_id: Mapped[str | None] = field(Kind.FILE, N_("Signed sheet"))
