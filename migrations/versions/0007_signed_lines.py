"""Lines of the log carry their actor's signature; digests of rows that were moved by themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what a line vouches for; lines that are there already keep none of it."""
    with op.batch_alter_table("audit_event", schema=None) as table:
        table.add_column(sa.Column("kept", sa.String(length=64), nullable=True))
        table.add_column(sa.Column("signature", sa.LargeBinary(), nullable=True))
    op.create_table(
        "row_digest",
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("record_id", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("kind", "record_id", name=op.f("pk_row_digest")),
    )
