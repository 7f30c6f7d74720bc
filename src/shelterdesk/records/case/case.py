"""A case: the thread that holds everything known and done about one person."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped
from typing_extensions import override

from shelterdesk.core.case_codes import is_code
from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area
from shelterdesk.records.base import Record, field, found_by_day


class Case(Record):
    """One person's case; only the code is ever obligatory."""

    __tablename__ = "case"
    __table_args__ = (UniqueConstraint("code"), found_by_day("next_review"))
    title = N_("Case")
    written_in: ClassVar[Mapping[str, Area]] = dict.fromkeys(
        ("person_id", "owner_id", "second_worker_id", "legal_officer_id", "closed_on"),
        Area.CASE_WORK,
    )
    """Whose case it is decides who reads her name: nobody makes a case her own by saving it."""
    settled = ("code", "state", "opened_on")
    order = (("opened_on", "closed_on"),)

    columns = ("code", "alias", "state", "opened_on", "owner_id")

    code: Mapped[str] = field(Kind.TEXT, N_("Case code"), required=True, disclosure="case_code")
    alias: Mapped[str | None] = field(Kind.TEXT, N_("Name she chose"), disclosure="alias")
    opened_on: Mapped[date | None] = field(Kind.DATE, N_("Opened on"), past=True)
    person_id: Mapped[str | None] = field(Kind.LINK, N_("Person"), links_to="person")
    source: Mapped[str | None] = field(
        Kind.CHOICE, N_("Referred to us by"), codes="incoming_source"
    )
    state: Mapped[str | None] = field(Kind.CHOICE, N_("State"), codes="case_state")
    risk_level: Mapped[str | None] = field(Kind.CHOICE, N_("Risk"), codes="risk_level")
    owner_id: Mapped[str | None] = field(
        Kind.LINK, N_("Counsellor"), links_to="staff_member", disclosure="case_worker"
    )
    second_worker_id: Mapped[str | None] = field(
        Kind.LINK, N_("Second counsellor"), links_to="staff_member"
    )
    legal_officer_id: Mapped[str | None] = field(
        Kind.LINK, N_("Legal officer"), links_to="staff_member"
    )
    next_review: Mapped[date | None] = field(Kind.DATE, N_("Next review"), area=Area.CASE_WORK)
    victim_status: Mapped[str | None] = field(
        Kind.CHOICE,
        N_("Identification status"),
        codes="trafficking_status",
        area=Area.LEGAL,
        disclosure="victim_status",
    )
    population: Mapped[str | None] = field(Kind.CHOICE, N_("Lives here as"), codes="population")
    with_case_id: Mapped[str | None] = field(
        Kind.LINK, N_("Child of whom who lives here"), links_to="case"
    )
    closed_on: Mapped[date | None] = field(Kind.DATE, N_("Closed on"), past=True)
    closing_reason: Mapped[str | None] = field(
        Kind.CHOICE, N_("Reason for closing"), codes="closure_reason", area=Area.CASE_WORK
    )

    @override
    def check(self) -> dict[str, str]:
        if is_code(self.code or ""):
            return {}
        return {"code": N_("A case code looks like K7Q-42L. Take the one that was offered.")}

    @property
    @override
    def shown(self) -> str:
        """Return code and chosen name, as every page about this case names it."""
        return " ".join(filter(None, (self.code, self.alias)))
