"""The second name of an act: somebody else was there, or she signed the receipt herself.

Whoever is named confirms it at her own next unlocking. Acts that belong together have one receipt,
and one answer.
"""

from datetime import datetime

from sqlalchemy.orm import Mapped

from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area
from shelterdesk.records.base import Record, field


class WitnessAnswer(Record):
    """What the second person says of an act that carries her name."""

    __tablename__ = "witness_answer"
    title = N_("Second name")
    area = Area.KEPT
    own_path = True
    written_by_trades = (Area.LOGBOOK, Area.LEGAL)
    columns = ("receipt", "by_id", "answer", "at")

    receipt: Mapped[str] = field(Kind.TEXT, N_("Receipt"), required=True)
    by_id: Mapped[str] = field(
        Kind.LINK, N_("Who was there"), required=True, links_to="staff_member"
    )
    answer: Mapped[str] = field(
        Kind.CHOICE, N_("What she says"), required=True, codes="witness_answer"
    )
    at: Mapped[datetime] = field(Kind.MOMENT, N_("When"), required=True, past=True)
