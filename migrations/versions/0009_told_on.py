"""The day on which she was told that a law demands it stays with what left."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the day; for what has left already nobody wrote it down."""
    with op.batch_alter_table("disclosure", schema=None) as table:
        table.add_column(sa.Column("told_on", sa.Date(), nullable=True))
