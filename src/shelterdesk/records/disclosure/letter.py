"""One printed copy of a referral letter, with the paper as it was."""

from datetime import datetime

from sqlalchemy.orm import Mapped

from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import COUNSELLING, Area
from shelterdesk.records.base import Record, field


class Letter(Record):
    """A copy with a number of its own, which it keeps when it is void or shredded.

    `code` is the short code at the foot of the sheet: it proves which copy a paper is, and that the
    archived copy in `file` says the same. What was told by it stands in the log of what has left.
    """

    __tablename__ = "letter"
    title = N_("Printed letter")
    area = Area.CONSENT
    own_path = True
    columns = (
        "copy",
        "made_at",
        "state",
        "why",
    )

    case_id: Mapped[str] = field(Kind.LINK, N_("Case"), required=True, links_to="case")
    referral_id: Mapped[str] = field(Kind.LINK, N_("Referral"), required=True, links_to="referral")
    disclosure_id: Mapped[str | None] = field(
        Kind.LINK, N_("What left by it"), links_to="disclosure"
    )
    copy: Mapped[int | None] = field(Kind.NUMBER, N_("Copy number"))
    language: Mapped[str | None] = field(Kind.TEXT, N_("Language of the letter"))
    made_at: Mapped[datetime | None] = field(Kind.MOMENT, N_("Printed on"), past=True)
    state: Mapped[str | None] = field(Kind.CHOICE, N_("State"), codes="letter_state")
    why: Mapped[str | None] = field(Kind.NOTE, N_("Reason"), envelope=COUNSELLING, writers_own=True)
    code: Mapped[str | None] = field(
        Kind.TEXT, N_("Code at the foot"), envelope=COUNSELLING, writers_own=True
    )
    file: Mapped[str | None] = field(Kind.FILE, N_("Archived copy"))
