"""What the vault keeps for itself: facts about the store, drafts, and the backups it has made."""

from datetime import datetime

from sqlalchemy import Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from shelterdesk.records.base import Base, new_id


class StoreFact(Base):
    """A named fact about this store: its id, the keys of log and witness."""

    __tablename__ = "store_fact"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[str] = mapped_column(String(128))


class Draft(Base):
    """Text that was typed and not yet saved, sealed to the person who typed it."""

    __tablename__ = "draft"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    owner: Mapped[str] = mapped_column(String(32), index=True)
    page: Mapped[str] = mapped_column(String(96))
    saved_at: Mapped[datetime]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class SealedLetter(Base):
    """A letter of the box: who wrote it, when and about whom is written nowhere.

    The table has no row numbers, which would tell the order in which letters came.
    """

    __tablename__ = "sealed_letter"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - as SQLAlchemy wants it

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class PendingKeyring(Base):
    """The next keyring, from the moment the log tells of it until both of its files hold it."""

    __tablename__ = "pending_keyring"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class BackupGeneration(Base):
    """A backup that was read back and found good, with its key for those who may open it here."""

    __tablename__ = "backup_generation"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(32))
    folder: Mapped[str] = mapped_column(String(64))
    recovery_set: Mapped[int] = mapped_column(Integer)
    backup_key: Mapped[bytes] = mapped_column(LargeBinary, default=b"")
    """As earlier programs have kept it, under the vault key; empty once it is sealed."""
    sealed_keys: Mapped[dict[str, str] | None]
    """The key sealed to directors and pages: public key -> base64 (`store.backup_keys`)."""
    manifest_sha256: Mapped[str] = mapped_column(String(64))
