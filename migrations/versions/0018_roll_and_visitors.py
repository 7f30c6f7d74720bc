"""The roll of a night, and who comes to the door, get tables."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to what their classes declare."""
    op.create_table(
        "roll",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("night", sa.Date(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=False),
        sa.Column("in_house", sa.Integer(), nullable=True),
        sa.Column("away", sa.Integer(), nullable=True),
        sa.Column("missing", sa.Integer(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("created_at", sa.String(length=27), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=True),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["staff_member.id"],
            name=op.f("fk_roll_by_id_staff_member"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll")),
    )
    with op.batch_alter_table("roll", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roll_by_id"), ["by_id"], unique=False)

    op.create_table(
        "roll_line",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("roll_id", sa.String(length=32), nullable=False),
        sa.Column("seen", sa.String(length=64), nullable=False),
        sa.Column("bed_id", sa.String(length=32), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("created_at", sa.String(length=27), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=True),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bed_id"],
            ["bed.id"],
            name=op.f("fk_roll_line_bed_id_bed"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_roll_line_case_id_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["roll_id"],
            ["roll.id"],
            name=op.f("fk_roll_line_roll_id_roll"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_line")),
    )
    with op.batch_alter_table("roll_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roll_line_bed_id"), ["bed_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_roll_line_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_roll_line_roll_id"), ["roll_id"], unique=False)

    op.create_table(
        "visitor",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("from_id", sa.String(length=32), nullable=True),
        sa.Column("to_see_id", sa.String(length=32), nullable=True),
        sa.Column("she_agreed", sa.String(length=16), nullable=True),
        sa.Column("paper_seen", sa.String(length=16), nullable=True),
        sa.Column("silence_promised", sa.String(length=16), nullable=True),
        sa.Column("came_at", sa.String(length=27), nullable=False),
        sa.Column("went_at", sa.String(length=27), nullable=True),
        sa.Column("let_in_by_id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=True),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["from_id"],
            ["organisation.id"],
            name=op.f("fk_visitor_from_id_organisation"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["let_in_by_id"],
            ["staff_member.id"],
            name=op.f("fk_visitor_let_in_by_id_staff_member"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["to_see_id"],
            ["case.id"],
            name=op.f("fk_visitor_to_see_id_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visitor")),
    )
    with op.batch_alter_table("visitor", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visitor_from_id"), ["from_id"], unique=False)
        batch_op.create_index(
            "ix_visitor_inside", ["came_at"], unique=False, sqlite_where=sa.text("went_at IS NULL")
        )
        batch_op.create_index(batch_op.f("ix_visitor_let_in_by_id"), ["let_in_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_visitor_to_see_id"), ["to_see_id"], unique=False)
