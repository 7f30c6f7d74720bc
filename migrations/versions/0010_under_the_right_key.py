"""What is told about her moves under the keys of those whose work it is.

The columns change their kind, and no value: text from before stays text until somebody opens the
records, who seals it to the compartments (`store.old_texts`). Without a cast, so that text is told
from a payload by what SQLite keeps it as.
"""

import re

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


_COLUMNS = {
    "case_note": ("text", "aim", "reason"),
    "intake": ("immediate_steps", "guardian_question", "her_wishes"),
    "consent": ("questions", "limits", "panel"),
    "consent_item": ("item",),
    "disclosure": ("items", "reason", "content_digest"),
    "letter": ("why", "code"),
    "referral": ("service", "need", "already_given", "answer", "next_step", "closing_reason"),
    "relation": ("notes",),
    "release": ("item", "sentence"),
    "withdrawal": ("how",),
}


def upgrade() -> None:
    """Change the columns and keep what stands in them."""
    for table, columns in _COLUMNS.items():
        _change(table, columns)


def _change(table: str, columns: tuple[str, ...]) -> None:
    """Make a table anew from its own words, so that the order of its constraints stays."""
    connection = op.get_bind()
    ask = "SELECT type, sql FROM sqlite_schema WHERE tbl_name = ? AND sql IS NOT NULL"
    found = connection.exec_driver_sql(ask, (table,)).all()
    [made] = [sql for kind, sql in found if kind == "table"]
    for column in columns:
        made = re.sub(rf"([(,]\s*{column}) (?:TEXT|VARCHAR\(64\))", r"\1 BLOB", made, count=1)
    beside = re.sub(r"^CREATE TABLE \S+", "CREATE TABLE changed", made, count=1)
    for statement in (
        beside,
        f"INSERT INTO changed SELECT * FROM {table}",  # noqa: S608 - a name of ours
        f"DROP TABLE {table}",
        f"ALTER TABLE changed RENAME TO {table}",
        *(sql for kind, sql in found if kind == "index"),
    ):
        connection.exec_driver_sql(statement)
