"""A child who came along or is born here has a case of its own, bound to its mother's.

The table is made anew out of its own words: what reads them and writes them again would list the
links in another order in each process, and a backup compares the words of every table.
"""

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_COLUMNS = "population VARCHAR(64), with_case_id VARCHAR(32), CONSTRAINT pk_case "
_LINK = (
    ", CONSTRAINT fk_case_with_case_id_case FOREIGN KEY(with_case_id) "
    'REFERENCES "case" (id) DEFERRABLE INITIALLY DEFERRED)'
)


def upgrade() -> None:
    """Bring the tables to what their classes declare."""
    bind = op.get_bind()
    found = "FROM sqlite_schema WHERE tbl_name = 'case' AND sql IS NOT NULL AND type"
    words: str = bind.exec_driver_sql(f"SELECT sql {found} = 'table'").scalar_one()
    beside = bind.exec_driver_sql(f"SELECT sql {found} <> 'table'").scalars().all()
    names = bind.exec_driver_sql("SELECT name FROM pragma_table_info('case')").scalars().all()
    inside = words[words.index("(") : words.rindex(")")].rstrip()
    inside = inside.replace("CONSTRAINT pk_case ", _COLUMNS, 1)
    kept = ", ".join(f'"{name}"' for name in names)
    for statement in (
        f"CREATE TABLE case_anew {inside}{_LINK}",
        f'INSERT INTO case_anew ({kept}) SELECT {kept} FROM "case"',  # noqa: S608 - names of its own columns
        'DROP TABLE "case"',
        'ALTER TABLE case_anew RENAME TO "case"',
        *beside,
        'CREATE INDEX ix_case_with_case_id ON "case" (with_case_id)',
    ):
        bind.exec_driver_sql(statement)
