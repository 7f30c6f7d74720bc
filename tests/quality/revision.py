"""The migration of a changed or new kind of record, written from the difference to its class.

    python -m tests.quality.revision goals "What she wants to reach gets a table"

brings a database to the newest revision there is, compares it with the declared classes, writes
`migrations/versions/NNNN_goals.py` and adds its number to `REVISIONS`. What moves content from
column to column is written by hand into it.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final, Literal

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext
from alembic.operations.ops import MigrationScript
from sqlalchemy import MetaData, create_engine
from sqlalchemy.pool import NullPool
from sqlalchemy.types import TypeDecorator
from sqlcipher3 import dbapi2

import shelterdesk.records  # noqa: F401 - every kind is declared
from shelterdesk.records.base import Base
from shelterdesk.store.database import schema
from shelterdesk.store.database.database import connect, create_file
from tests.quality.source import PROJECT

_KEY: Final = bytes(48)
_TEMPLATE: Final = '''"""{about}."""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{before}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to what their classes declare."""
{body}
'''


def difference(declared: MetaData = Base.metadata) -> MigrationScript:
    """Return what lies between the newest revision and the declared tables."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "store.db"
        create_file(file, _KEY)
        schema.bring_to(file, _KEY)
        engine = create_engine(
            "sqlite://", module=dbapi2, creator=lambda: connect(file, _KEY), poolclass=NullPool
        )
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            return produce_migrations(context, declared)


def written(name: str, about: str, found: MigrationScript) -> tuple[Path, str]:
    """Return the file of the next revision, and what stands in it; raises ValueError for nothing.

    Types of our own are written as what the database keeps: it knows no others.
    """
    operations = found.upgrade_ops
    if operations is None or operations.is_empty():
        raise ValueError("the classes declare nothing that is not there")
    lines = render_python_code(operations, render_as_batch=True, render_item=_as_kept)
    lines = re.sub(r"\n? *# ###.*\n?", "\n", lines).strip("\n")
    number = f"{int(schema.HEAD) + 1:04}"
    filled = _TEMPLATE.format(about=about, revision=number, before=schema.HEAD, body=lines)
    return PROJECT / "migrations" / "versions" / f"{number}_{name}.py", filled


def _as_kept(what: str, item: Any, _context: object) -> str | Literal[False]:
    """Write a type of ours as what the database keeps; leave everything else to alembic."""
    if what != "type" or not isinstance(item, TypeDecorator):
        return False
    kept = item.impl_instance
    known = next(c for c in type(kept).__mro__ if c.__module__.startswith("sqlalchemy."))
    return f"sa.{kept!r}" if known is type(kept) else f"sa.{known.__name__}()"


def enlisted(source: str, number: str) -> str:
    """Return the module of the schema with one more number in `REVISIONS`."""
    return re.sub(
        r"(REVISIONS: Final = \(\n(?:.*\n)*?)\)\n", rf'\g<1>    "{number}",\n)\n', source, count=1
    )


def main() -> None:
    """Write the migration that is missing, and say which file it is."""
    name, about = sys.argv[1:3]
    file, text = written(name, about, difference())
    file.write_text(text, encoding="utf-8")
    module = Path(schema.__file__)
    module.write_text(enlisted(module.read_text(encoding="utf-8"), file.name[:4]), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "ruff", "format", file, module], check=True)
    print(file.relative_to(PROJECT))


if __name__ == "__main__":
    main()
