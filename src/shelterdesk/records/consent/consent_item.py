"""One item of a consent: the smallest piece that can leave, allowed or not."""

from sqlalchemy.orm import Mapped

from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import ITEMS, Area
from shelterdesk.records.base import Record, field


class ConsentItem(Record):
    """Her answer for one item of `disclosure_item`; what is not here is not allowed."""

    __tablename__ = "consent_item"
    title = N_("Item of a consent")
    area = Area.CONSENT
    own_path = True
    columns = (
        "item",
        "allowed",
    )

    case_id: Mapped[str] = field(Kind.LINK, N_("Case"), required=True, links_to="case")
    consent_id: Mapped[str] = field(Kind.LINK, N_("Consent"), required=True, links_to="consent")
    item: Mapped[str] = field(
        Kind.CHOICE, N_("Item"), required=True, codes="disclosure_item", envelope=ITEMS
    )
    allowed: Mapped[str] = field(Kind.YES_NO, N_("Allowed"), required=True)
