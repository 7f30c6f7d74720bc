"""The access log and the earlier values of records."""

from datetime import datetime

from sqlalchemy import Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from shelterdesk.records.base import Base, new_id


class AuditEvent(Base):
    """One line of the access log: who did what to which record, chained to the line before.

    Field names and keyed digests only, never values. `mac` is HMAC-SHA-256 over the previous
    line's mac and this line.
    """

    __tablename__ = "audit_event"

    seq: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(32))
    action: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(32))
    record_id: Mapped[str] = mapped_column(String(32))
    fields: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    mac: Mapped[str] = mapped_column(String(64))

    __table_args__ = (Index(None, "record_id"),)


class FieldHistory(Base):
    """The value that a field had before a change; purged together with the person it is about.

    `old` is JSON text, or the sealed payload for a sealed field.
    """

    __tablename__ = "field_history"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    seq: Mapped[int] = mapped_column(Integer)
    about: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(32))
    record_id: Mapped[str] = mapped_column(String(32))
    field: Mapped[str] = mapped_column(String(64))
    old: Mapped[bytes | None] = mapped_column(LargeBinary)

    __table_args__ = (Index(None, "record_id"), Index(None, "about"))


class DigestKey(Base):
    """The key under which the log digests one person's values; destroying it silences them."""

    __tablename__ = "digest_key"

    about: Mapped[str] = mapped_column(String(32), primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary)
