"""A child who came along or is born here has a case of its own, bound to its mother's."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to what their classes declare."""
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.add_column(sa.Column("population", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("with_case_id", sa.String(length=32), nullable=True))
        batch_op.create_index(batch_op.f("ix_case_with_case_id"), ["with_case_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_case_with_case_id_case"),
            "case",
            ["with_case_id"],
            ["id"],
            initially="DEFERRED",
            deferrable=True,
        )
