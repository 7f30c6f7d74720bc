"""A case: the thread that holds everything known and done about one person."""

from datetime import date
from typing import ClassVar

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped
from typing_extensions import override

from shelterdesk.core.case_codes import is_code
from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import N_
from shelterdesk.records.base import Record, field


class Case(Record):
    """One person's case; only the code is ever obligatory."""

    __tablename__ = "case"
    __table_args__ = (UniqueConstraint("code"),)
    title: ClassVar[str] = N_("Case")

    code: Mapped[str] = field(Kind.TEXT, N_("Case code"), required=True, searchable=True)
    alias: Mapped[str | None] = field(Kind.TEXT, N_("Name she chose"), searchable=True)
    opened_on: Mapped[date | None] = field(Kind.DATE, N_("Opened on"), htcds="cas_OpenDate")

    @override
    def check(self) -> dict[str, str]:
        if is_code(self.code or ""):
            return {}
        return {"code": N_("A case code looks like K7Q-42L. Take the one that was offered.")}
