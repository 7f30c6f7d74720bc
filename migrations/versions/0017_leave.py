"""Who is out, and what recurs, get tables."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to what their classes declare."""
    op.create_table(
        "standing_leave",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=False),
        sa.Column("days", sa.Text(), nullable=False),
        sa.Column("out_hour", sa.Text(), nullable=False),
        sa.Column("back_hour", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("agreed_by_id", sa.String(length=32), nullable=True),
        sa.Column("unanswered", sa.Text(), nullable=True),
        sa.Column("created_at", sa.String(length=27), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=True),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreed_by_id"],
            ["staff_member.id"],
            name=op.f("fk_standing_leave_agreed_by_id_staff_member"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_standing_leave_case_id_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_leave")),
    )
    with op.batch_alter_table("standing_leave", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_standing_leave_agreed_by_id"), ["agreed_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_standing_leave_case_id"), ["case_id"], unique=False)

    op.create_table(
        "absence",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=False),
        sa.Column("out_at", sa.String(length=27), nullable=False),
        sa.Column("due_at", sa.String(length=27), nullable=True),
        sa.Column("escort_id", sa.String(length=32), nullable=True),
        sa.Column("goes_with", sa.Text(), nullable=True),
        sa.Column("agreed_by_id", sa.String(length=32), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("reach", sa.Text(), nullable=True),
        sa.Column("alert_minutes", sa.Integer(), nullable=True),
        sa.Column("back_at", sa.String(length=27), nullable=True),
        sa.Column("back_how", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.String(length=27), nullable=True),
        sa.Column("standing_id", sa.String(length=32), nullable=True),
        sa.Column("corrects_id", sa.String(length=32), nullable=True),
        sa.Column("why_corrected", sa.Text(), nullable=True),
        sa.Column("unanswered", sa.Text(), nullable=True),
        sa.Column("created_at", sa.String(length=27), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=True),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreed_by_id"],
            ["staff_member.id"],
            name=op.f("fk_absence_agreed_by_id_staff_member"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_absence_case_id_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"],
            ["absence.id"],
            name=op.f("fk_absence_corrects_id_absence"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["escort_id"],
            ["staff_member.id"],
            name=op.f("fk_absence_escort_id_staff_member"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["standing_id"],
            ["standing_leave.id"],
            name=op.f("fk_absence_standing_id_standing_leave"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_absence_agreed_by_id"), ["agreed_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_absence_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_absence_corrects_id"), ["corrects_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_absence_escort_id"), ["escort_id"], unique=False)
        batch_op.create_index(
            "ix_absence_open",
            ["case_id"],
            unique=False,
            sqlite_where=sa.text("back_at IS NULL AND ended_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_absence_standing_id"), ["standing_id"], unique=False)
