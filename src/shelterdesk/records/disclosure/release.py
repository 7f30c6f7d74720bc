"""A sentence that somebody who may see sealed texts has written for papers that leave."""

from datetime import date

from sqlalchemy.orm import Mapped
from typing_extensions import override

from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import ITEMS, Area, Compartment
from shelterdesk.core.released_items import keepers_of
from shelterdesk.records.base import Record, field


class Release(Record):
    """What may be said under one item instead of the sealed text; at first only the asking for it.

    It is asked for by whoever prepares a letter and written by the nurse, the legal officer or
    whoever else works with the sealed part. Without `released_on` it is still only asked for. Being
    released does not let it leave: she has to agree to the item as well.
    """

    __tablename__ = "release"
    title = N_("Released sentence")
    area = Area.CONSENT
    own_path = True
    columns = (
        "item",
        "released_by_id",
        "released_on",
        "until",
    )

    case_id: Mapped[str] = field(Kind.LINK, N_("Case"), required=True, links_to="case")
    item: Mapped[str] = field(
        Kind.CHOICE,
        N_("What it is about"),
        required=True,
        codes="disclosure_item",
        envelope=ITEMS,
    )
    sentence: Mapped[str | None] = field(
        Kind.NOTE,
        N_("Sentence that may be told"),
        area=Area.CASE_WORK,
        envelope=tuple(Compartment),
    )
    released_by_id: Mapped[str | None] = field(
        Kind.LINK, N_("Released by"), links_to="staff_member"
    )
    released_on: Mapped[date | None] = field(Kind.DATE, N_("Released on"), past=True)
    until: Mapped[date | None] = field(Kind.DATE, N_("Until"))
    asked_by_id: Mapped[str | None] = field(Kind.LINK, N_("Asked by"), links_to="staff_member")
    referral_id: Mapped[str | None] = field(Kind.LINK, N_("Referral"), links_to="referral")
    task_id: Mapped[str | None] = field(Kind.LINK, N_("Task"), links_to="task")

    @override
    def opened_by(self, name: str) -> tuple[Compartment, ...]:
        """Return for a sentence its keeper's compartment and counselling, whatever it is about."""
        return keepers_of(self.item) if name == "sentence" else super().opened_by(name)
