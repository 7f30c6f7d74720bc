"""Days that My day looks for are found without reading every note, case and consent there is."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_DAYS = (("case", "next_review"), ("case_note", "next_on"), ("consent", "valid_until"))


def upgrade() -> None:
    """Make an index of each of these days; what has no day is not in it."""
    for table, day in (
        ("case", "next_review"),
        ("case_note", "next_on"),
        ("consent", "valid_until"),
    ):
        op.execute(f'CREATE INDEX ix_{table}_{day} ON "{table}" ({day}) WHERE {day} IS NOT NULL')
