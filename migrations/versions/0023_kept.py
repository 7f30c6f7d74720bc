"""Belongings, her money, cash counted and second names get tables."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to what their classes declare."""
    op.create_table(
        "cash_count",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("counted", sa.String(length=40), nullable=False),
        sa.Column("expected", sa.String(length=40), nullable=False),
        sa.Column("witness_id", sa.String(length=32), nullable=False),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=True),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["witness_id"],
            ["staff_member.id"],
            name=op.f("fk_cash_count_witness_id_staff_member"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cash_count")),
    )
    with op.batch_alter_table("cash_count", schema=None) as batch_op:
        batch_op.create_index("ix_cash_count_at", ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_cash_count_witness_id"), ["witness_id"], unique=False)

    op.create_table(
        "witness_answer",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=False),
        sa.Column("answer", sa.String(length=64), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=True),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["staff_member.id"],
            name=op.f("fk_witness_answer_by_id_staff_member"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_witness_answer")),
    )
    with op.batch_alter_table("witness_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_witness_answer_by_id"), ["by_id"], unique=False)

    op.create_table(
        "belonging",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("how_many", sa.Integer(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=True),
        sa.Column("where_kept", sa.Text(), nullable=True),
        sa.Column("identity_paper", sa.String(length=16), nullable=True),
        sa.Column("unanswered", sa.Text(), nullable=True),
        sa.Column("created_at", sa.String(length=27), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=True),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_belonging_case_id_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_belonging")),
    )
    with op.batch_alter_table("belonging", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_belonging_case_id"), ["case_id"], unique=False)

    op.create_table(
        "kept_wish",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("she_signed", sa.String(length=16), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("signed_by_id", sa.String(length=32), nullable=False),
        sa.Column("unanswered", sa.Text(), nullable=True),
        sa.Column("created_at", sa.String(length=27), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=True),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_kept_wish_case_id_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["signed_by_id"],
            ["staff_member.id"],
            name=op.f("fk_kept_wish_signed_by_id_staff_member"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_wish")),
    )
    with op.batch_alter_table("kept_wish", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kept_wish_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_kept_wish_signed_by_id"), ["signed_by_id"], unique=False
        )

    op.create_table(
        "money_line",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("event", sa.String(length=64), nullable=False),
        sa.Column("amount", sa.String(length=40), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("for_what", sa.Text(), nullable=True),
        sa.Column("given_by", sa.Text(), nullable=True),
        sa.Column("taken_by", sa.Text(), nullable=False),
        sa.Column("witness_id", sa.String(length=32), nullable=True),
        sa.Column("she_signed", sa.String(length=16), nullable=True),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("corrects_id", sa.String(length=32), nullable=True),
        sa.Column("why_corrected", sa.Text(), nullable=True),
        sa.Column("unanswered", sa.Text(), nullable=True),
        sa.Column("created_at", sa.String(length=27), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=True),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_money_line_case_id_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"],
            ["money_line.id"],
            name=op.f("fk_money_line_corrects_id_money_line"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["witness_id"],
            ["staff_member.id"],
            name=op.f("fk_money_line_witness_id_staff_member"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_money_line")),
    )
    with op.batch_alter_table("money_line", schema=None) as batch_op:
        batch_op.create_index("ix_money_line_at", ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_money_line_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_money_line_corrects_id"), ["corrects_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_money_line_witness_id"), ["witness_id"], unique=False)

    op.create_table(
        "custody",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("belonging_id", sa.String(length=32), nullable=False),
        sa.Column("event", sa.String(length=64), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("given_by", sa.Text(), nullable=True),
        sa.Column("taken_by", sa.Text(), nullable=True),
        sa.Column("witness_id", sa.String(length=32), nullable=True),
        sa.Column("she_signed", sa.String(length=16), nullable=True),
        sa.Column("outside_paper", sa.Text(), nullable=True),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("corrects_id", sa.String(length=32), nullable=True),
        sa.Column("why_corrected", sa.Text(), nullable=True),
        sa.Column("unanswered", sa.Text(), nullable=True),
        sa.Column("created_at", sa.String(length=27), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=True),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["belonging_id"],
            ["belonging.id"],
            name=op.f("fk_custody_belonging_id_belonging"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_custody_case_id_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"],
            ["custody.id"],
            name=op.f("fk_custody_corrects_id_custody"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["witness_id"],
            ["staff_member.id"],
            name=op.f("fk_custody_witness_id_staff_member"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custody")),
    )
    with op.batch_alter_table("custody", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_custody_belonging_id"), ["belonging_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_custody_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_custody_corrects_id"), ["corrects_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_custody_witness_id"), ["witness_id"], unique=False)
