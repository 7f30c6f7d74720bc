"""A paper, picture or scan that belongs to a record; its content lies encrypted in a file."""

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column
from typing_extensions import override

from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area
from shelterdesk.records.base import Record, field


class Attachment(Record):
    """What is known about an attached file.

    `file_name` is random (64 hexadecimal digits) and empty when the content is small enough to
    lie in `content`; `file_sha256` is of the encrypted file. `file_key` opens the content: sealed
    under the key of the compartment that is named, and otherwise of counselling.
    """

    __tablename__ = "attachment"
    title = N_("Attachment")
    area = Area.CASE_WORK
    own_path = True

    case_id: Mapped[str] = field(Kind.LINK, N_("Case"), required=True, links_to="case")
    name: Mapped[str] = field(Kind.TEXT, N_("Title"), required=True)
    media_type: Mapped[str | None] = field(Kind.TEXT, N_("Type"))
    pages: Mapped[int | None] = field(Kind.NUMBER, N_("Pages"))
    compartment: Mapped[str] = mapped_column(String(16), default="")
    size: Mapped[int]
    file_name: Mapped[str] = mapped_column(String(64), default="")
    file_sha256: Mapped[str] = mapped_column(String(64), default="")
    file_key: Mapped[bytes] = mapped_column(LargeBinary)
    content: Mapped[bytes | None] = mapped_column(LargeBinary)

    @property
    @override
    def closer_area(self) -> Area | None:
        """Return the area of its compartment: a sealed paper is seen by nobody else, title too."""
        return Area(self.compartment) if self.compartment else None

    @property
    @override
    def shown(self) -> str:
        return self.name or ""
