"""Whether a database file is whole: three checks, since no single one finds everything.

`cipher_integrity_check` misses a file cut by exactly one page; `quick_check` misses garbage
behind the end (design: security, finding 4); foreign keys are a matter of their own.
"""

from pathlib import Path

from shelterdesk.core.errors import DamagedFile
from shelterdesk.store.database.database import PAGE, DriverConnection
from shelterdesk.store.disk.faults import RECORDS_FILE, database_faults


def demand_whole(connection: DriverConnection, what: str = RECORDS_FILE) -> None:
    """Raise DamagedFile naming `what` unless all three checks of the database are clean."""
    with database_faults():
        pages = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        quick = connection.execute("PRAGMA quick_check").fetchall()
        links = connection.execute("PRAGMA foreign_key_check").fetchall()
    if pages or links or quick != [("ok",)]:
        raise DamagedFile(what=what)


def demand_full_length(path: Path, connection: DriverConnection) -> None:
    """Raise DamagedFile when the file is not as long as its own header says.

    A journal that waits to be brought in may hold what the file lacks; then nothing can be said.
    """
    if has_journal(path):
        return
    with database_faults():
        [(pages,)] = connection.execute("PRAGMA page_count").fetchall()
    if path.stat().st_size != pages * PAGE:
        raise DamagedFile(what=RECORDS_FILE)


def has_journal(path: Path) -> bool:
    """Tell whether a journal with something in it lies beside a database."""
    journal = path.with_name(path.name + "-wal")
    return journal.exists() and journal.stat().st_size > 0


def row_counts(connection: DriverConnection) -> dict[str, int]:
    """Return the number of rows of every table.

    Backups of revisions up to 0014 count their index of words, but not what that kept inside.
    """
    names = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' "
        "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
        "AND name NOT LIKE 'search\\_words\\_%' ESCAPE '\\'"
    ).fetchall()
    return {name: _count(connection, name) for (name,) in names}


def _count(connection: DriverConnection, table: str) -> int:
    quoted = table.replace('"', '""')
    counted = f'SELECT count(*) FROM "{quoted}"'  # noqa: S608 - a name cannot be a parameter
    [(rows,)] = connection.execute(counted).fetchall()
    return int(rows)
