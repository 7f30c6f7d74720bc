"""Looking into a vault from beside, and changing it as somebody with a database tool would."""

from sqlalchemy import select

from shelterdesk.records.base import Record
from shelterdesk.records.case.case import Case
from shelterdesk.records.case.case_note import CaseNote
from shelterdesk.records.keeping.ledger import AuditEvent
from shelterdesk.store.vault.vault import Vault


def log_of(vault: Vault) -> list[tuple[str, str, str]]:
    with vault.database.reading() as session:
        log = session.scalars(select(AuditEvent).order_by(AuditEvent.seq))
        return [(event.action, event.kind, event.fields) for event in log]


def note_in(vault: Vault, case: Case) -> CaseNote:
    with vault.database.reading() as session:
        return session.scalars(select(CaseNote).where(CaseNote.case_id == case.id)).one()


def save(vault: Vault, record: Record) -> None:
    with vault.database.writing() as session:
        session.merge(record)


def payload(vault: Vault, table: str, column: str, record: str) -> bytes:
    with vault.database.driver() as connection:
        [(value,)] = connection.execute(f"SELECT {column} FROM {table} WHERE id = ?", (record,))
    return bytes(value)


def put(vault: Vault, statement: str, *values: object) -> None:
    """Write by the driver, as somebody with a database tool and the vault key would."""
    with vault.database.driver() as connection:
        connection.execute(statement, values)
