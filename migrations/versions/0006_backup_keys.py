"""The keys of backups are sealed to directors and pages instead of lying under the vault key."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room for the seals; the first who opens the records fills it (`store.backup_keys`)."""
    with op.batch_alter_table("backup_generation", schema=None) as table:
        table.add_column(sa.Column("sealed_keys", sa.Text(), nullable=True))
