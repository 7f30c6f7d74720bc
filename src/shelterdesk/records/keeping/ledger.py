"""The access log and the earlier values of records."""

from datetime import datetime

from sqlalchemy import Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from shelterdesk.records.base import Base, new_id
from shelterdesk.records.columns import LoggedMoment


class AuditEvent(Base):
    """One line of the access log: who did what to which record, chained to the line before.

    Field names and keyed digests only, never values. `digest` is that of the whole row as it was
    stored, `kept` that of the earlier values kept with it ("" for none). `mac` is HMAC-SHA-256
    over the previous line's mac and this line; the last line of every save carries its actor's
    signature over that mac, and so over the chain so far. Lines from before signatures have None
    as `kept`, and their digest is of the changed fields only.
    """

    __tablename__ = "audit_event"

    seq: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(LoggedMoment)
    actor: Mapped[str] = mapped_column(String(32))
    action: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(32))
    record_id: Mapped[str] = mapped_column(String(32))
    fields: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    kept: Mapped[str | None] = mapped_column(String(64))
    mac: Mapped[str] = mapped_column(String(64))
    signature: Mapped[bytes | None] = mapped_column(LargeBinary)

    __table_args__ = (Index(None, "record_id"), Index(None, "at"))


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


class RowDigest(Base):
    """The digest of a row that was moved by itself, with no hand on it: by renewal or upgrade.

    One line of the log a kind (`seq`) vouches for all of that kind's together. It is the newest
    word about a row until somebody changes it.
    """

    __tablename__ = "row_digest"

    kind: Mapped[str] = mapped_column(String(32), primary_key=True)
    record_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    seq: Mapped[int] = mapped_column(Integer)
    digest: Mapped[str] = mapped_column(String(64))
