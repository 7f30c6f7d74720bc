"""The words of the records: a full-text index that finds one letter of Lao as well as a sentence.

An ordinary FTS5 table over text in which every Lao, Thai, Khmer and Burmese character stands
alone, with secure-delete on, so that a deleted word is gone from the index too. Sealed fields are
never indexed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, text
from sqlalchemy.orm import Session

from shelterdesk.core.names.search_keys import index_text, match_query
from shelterdesk.records.base import Record
from shelterdesk.records.keeping.vault_room import SearchEntry

_INSERT = text("INSERT INTO search_words(rowid, words) VALUES (:id, :words)")
_DELETE = text("DELETE FROM search_words WHERE rowid = :id")
_FIND = text(
    "SELECT e.kind, e.record_id FROM search_words w JOIN search_entry e ON e.id = w.rowid "
    "WHERE search_words MATCH :words ORDER BY rank LIMIT :most"
)


@dataclass(frozen=True)
class Found:
    """A record whose words fit the question."""

    kind: str
    record_id: str


def words_of(record: Record) -> str:
    """Return the searchable words of a record, ready for the index."""
    values = (
        getattr(record, name)
        for name, declared in record.fields().items()
        if declared.searchable and not declared.sealed
    )
    return " ".join(index_text(str(value)) for value in values if value)


def index(session: Session, record: Record) -> None:
    """Bring a record's row in the index up to date."""
    forget(session, record.id)
    words = words_of(record)
    if not words:
        return
    connection = session.connection()
    entry = insert(SearchEntry).values(kind=record.kind_name(), record_id=record.id)
    [row] = connection.execute(entry).inserted_primary_key or (None,)
    connection.execute(_INSERT, {"id": row, "words": words})


def forget(session: Session, record_id: str) -> None:
    """Take a record's words out of the index."""
    connection = session.connection()
    known = select(SearchEntry.id).where(SearchEntry.record_id == record_id)
    for row in connection.execute(known).scalars().all():
        connection.execute(_DELETE, {"id": row})
        connection.execute(delete(SearchEntry).where(SearchEntry.id == row))


def find(session: Session, typed: str, most: int = 50) -> Iterator[Found]:
    """Yield records whose words fit what was typed, best first."""
    question = match_query(typed)
    if question:
        rows = session.connection().execute(_FIND, {"words": question, "most": most})
        yield from (Found(kind, record_id) for kind, record_id in rows)
