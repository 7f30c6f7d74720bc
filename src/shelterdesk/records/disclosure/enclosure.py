"""A paper of a case that goes along with a referral letter, by name; never its content."""

from sqlalchemy.orm import Mapped

from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area
from shelterdesk.records.base import Record, field


class Enclosure(Record):
    """That one paper is enclosed with one letter; whether it is named there is for her to allow."""

    __tablename__ = "enclosure"
    title = N_("Enclosed paper")
    area = Area.CONSENT
    own_path = True
    columns = ("attachment_id",)

    case_id: Mapped[str] = field(Kind.LINK, N_("Case"), required=True, links_to="case")
    referral_id: Mapped[str] = field(Kind.LINK, N_("Referral"), required=True, links_to="referral")
    attachment_id: Mapped[str] = field(Kind.LINK, N_("Paper"), required=True, links_to="attachment")
