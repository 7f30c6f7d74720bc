"""Paper for days without power gets a table."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to what their classes declare."""
    op.create_table(
        "sheet",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("for_day", sa.Date(), nullable=False),
        sa.Column("printed_at", sa.String(length=27), nullable=False),
        sa.Column("rows", sa.Text(), nullable=False),
        sa.Column("writer_id", sa.String(length=32), nullable=True),
        sa.Column("typed_at", sa.String(length=27), nullable=True),
        sa.Column("typed_by_id", sa.String(length=32), nullable=True),
        sa.Column("voided_at", sa.String(length=27), nullable=True),
        sa.Column("why_void", sa.Text(), nullable=True),
        sa.Column("created_at", sa.String(length=27), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=True),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["typed_by_id"],
            ["staff_member.id"],
            name=op.f("fk_sheet_typed_by_id_staff_member"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["writer_id"],
            ["staff_member.id"],
            name=op.f("fk_sheet_writer_id_staff_member"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet")),
    )
    with op.batch_alter_table("sheet", schema=None) as batch_op:
        batch_op.create_index("ix_sheet_code", ["code"], unique=True)
        batch_op.create_index(
            "ix_sheet_out",
            ["printed_at"],
            unique=False,
            sqlite_where=sa.text("typed_at IS NULL AND voided_at IS NULL"),
        )
        batch_op.create_index("ix_sheet_printed_at", ["printed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_sheet_typed_by_id"), ["typed_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sheet_writer_id"), ["writer_id"], unique=False)
