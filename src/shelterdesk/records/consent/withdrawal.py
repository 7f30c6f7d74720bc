"""Her taking back of a consent: at once, without giving a reason."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Mapped

from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import CONSENTING, Area
from shelterdesk.records.base import Happening, Record, field


class Withdrawal(Record):
    """That a consent was taken back, and how she said so; the consent itself stays unchanged."""

    __tablename__ = "withdrawal"
    title = N_("Withdrawal")
    area = Area.CONSENT
    happenings = (Happening("at"),)
    changed_for = timedelta(0)
    own_path = True
    columns = (
        "at",
        "how",
    )

    case_id: Mapped[str] = field(Kind.LINK, N_("Case"), required=True, links_to="case")
    consent_id: Mapped[str] = field(Kind.LINK, N_("Consent"), required=True, links_to="consent")
    at: Mapped[datetime] = field(Kind.MOMENT, N_("When"), past=True, required=True)
    how: Mapped[str | None] = field(Kind.TEXT, N_("How she said so"), envelope=CONSENTING)
    told_by_id: Mapped[str | None] = field(
        Kind.LINK, N_("Who took it down"), links_to="staff_member"
    )
