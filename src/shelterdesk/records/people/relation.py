"""How two people belong together, and whether the one may be contacted about the other."""

from sqlalchemy.orm import Mapped
from typing_extensions import override

from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import CONSENTING, Area
from shelterdesk.records.base import Record, field


class Relation(Record):
    """What `other` is to `person`: her mother, her guardian, the uncle who recruited her.

    Nobody who is flagged as involved is ever offered as a contact or as a guardian.
    """

    __tablename__ = "relation"
    title = N_("Relation")
    area = Area.IDENTITY
    about_columns = ("person_id", "id")
    columns = (
        "other_id",
        "relation",
        "safe_to_contact",
        "involved",
    )

    person_id: Mapped[str] = field(Kind.LINK, N_("Of whom"), required=True, links_to="person")
    other_id: Mapped[str] = field(
        Kind.LINK, N_("The other person"), required=True, links_to="person"
    )
    relation: Mapped[str | None] = field(Kind.CHOICE, N_("Is her"), codes="relation")
    is_guardian: Mapped[str | None] = field(Kind.YES_NO, N_("Is her guardian"))
    safe_to_contact: Mapped[str | None] = field(
        Kind.CHOICE, N_("May be contacted"), codes="safe_contact"
    )
    involved: Mapped[str | None] = field(
        Kind.CHOICE, N_("Involved in the trafficking"), codes="involvement"
    )
    notes: Mapped[str | None] = field(Kind.NOTE, N_("Remarks"), envelope=CONSENTING)

    @property
    def is_barred(self) -> bool:
        """Whether this person must never be contacted or decide for her; a suspicion is enough."""
        return self.involved in ("yes", "suspected") or self.safe_to_contact == "never"

    @override
    def check(self) -> dict[str, str]:
        if self.is_guardian == "yes" and self.is_barred:
            return {
                "is_guardian": N_(
                    "Somebody who is involved, or never to be contacted, cannot be her guardian."
                )
            }
        return {}
