"""Her things that the house keeps: what they are, and every time that one was given or taken.

What is kept follows from these rows: nobody types it. A wrong row is undone by its opposite.
"""

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Mapped
from typing_extensions import override

from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area
from shelterdesk.records.base import Happening, Record, field, open_questions

RECEIVED: Final = "received"
EVIDENCE: Final = "transferred_as_evidence"
STAYS: Final = frozenset({"checked", "damaged"})
"""What changes nothing of how many are kept."""

_WHO: Final = N_("Please fill this in.")
_SOME: Final = N_("Write how many, as a number from 1 on.")


class Belonging(Record):
    """One kind of thing of hers, as many as came of it."""

    __tablename__ = "belonging"
    title = N_("Belonging")
    area = Area.KEPT
    own_path = True
    columns = ("what", "how_many", "where_kept")

    case_id: Mapped[str] = field(Kind.LINK, N_("Whose it is"), required=True, links_to="case")
    what: Mapped[str] = field(Kind.TEXT, N_("What it is"), required=True)
    how_many: Mapped[int] = field(Kind.NUMBER, N_("How many"), required=True)
    marks: Mapped[str | None] = field(Kind.TEXT, N_("By what it is known (colour, number)"))
    where_kept: Mapped[str | None] = field(Kind.TEXT, N_("Where it is kept"))
    identity_paper: Mapped[str | None] = field(
        Kind.YES_NO,
        N_("It is an identity paper"),
        help=N_("It stays with her, unless she asks that the house keeps it."),
    )
    unanswered: Mapped[dict[str, str] | None] = open_questions()

    @property
    @override
    def shown(self) -> str:
        return self.what or ""

    @override
    def check(self) -> dict[str, str]:
        return {"how_many": _SOME} if (self.how_many or 0) < 1 else {}


class Custody(Record):
    """One time that a thing was given or taken, or looked at.

    A row that undoes another one has its event, and less than nothing of it.
    """

    __tablename__ = "custody"
    title = N_("Given and taken")
    area = Area.KEPT
    own_path = True
    written_by_trades = (Area.LEGAL,)
    happenings = (Happening("at", N_("Belongings"), ("event", "belonging_id")),)
    columns = ("at", "event", "quantity", "given_by", "taken_by", "receipt")

    case_id: Mapped[str] = field(Kind.LINK, N_("Whose it is"), required=True, links_to="case")
    belonging_id: Mapped[str] = field(
        Kind.LINK, N_("What it is"), required=True, links_to="belonging"
    )
    event: Mapped[str] = field(
        Kind.CHOICE, N_("What is done with it"), required=True, codes="custody_event"
    )
    at: Mapped[datetime] = field(Kind.MOMENT, N_("When"), required=True, past=True)
    quantity: Mapped[int] = field(Kind.NUMBER, N_("How many"), required=True)
    given_by: Mapped[str | None] = field(Kind.TEXT, N_("Who gives"))
    taken_by: Mapped[str | None] = field(Kind.TEXT, N_("Who takes"))
    witness_id: Mapped[str | None] = field(
        Kind.LINK, N_("Who else is there"), links_to="staff_member"
    )
    she_signed: Mapped[str | None] = field(Kind.YES_NO, N_("She signs the receipt"))
    outside_paper: Mapped[str | None] = field(Kind.TEXT, N_("Number of the paper of who takes it"))
    receipt: Mapped[str] = field(Kind.TEXT, N_("Receipt"), required=True)
    corrects_id: Mapped[str | None] = field(
        Kind.LINK, N_("Entry that this one corrects"), links_to="custody"
    )
    why_corrected: Mapped[str | None] = field(Kind.TEXT, N_("Why it is corrected"))
    unanswered: Mapped[dict[str, str] | None] = open_questions()

    @override
    def check(self) -> dict[str, str]:
        some = self.quantity or self.event in STAYS
        found = {"quantity": "" if some else _SOME, "taken_by": "" if self.taken_by else _WHO}
        return {name: why for name, why in found.items() if why}


class KeptWish(Record):
    """What becomes of her things and her money when she goes: signed by her and by a director."""

    __tablename__ = "kept_wish"
    title = N_("What becomes of it")
    area = Area.KEPT
    own_path = True
    happenings = (Happening("at", N_("What becomes of things and money is signed")),)
    columns = ("at", "wish", "signed_by_id")

    case_id: Mapped[str] = field(Kind.LINK, N_("Whose it is"), required=True, links_to="case")
    wish: Mapped[str] = field(
        Kind.TEXT, N_("What she wants to become of it, and what she is owed"), required=True
    )
    she_signed: Mapped[str] = field(Kind.YES_NO, N_("She has signed this"), required=True)
    at: Mapped[datetime] = field(Kind.MOMENT, N_("When"), required=True, past=True)
    signed_by_id: Mapped[str] = field(
        Kind.LINK, N_("Signed by the director"), required=True, links_to="staff_member"
    )
    unanswered: Mapped[dict[str, str] | None] = open_questions()
