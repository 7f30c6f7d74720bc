"""Letters with their copies, letterheads, released sentences, and what return slips bring back."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables behind letters; referrals get the fields of the return slip."""
    op.create_table(
        "letterhead",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("profile", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("name_latin", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("created_at", sa.String(length=27), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=True),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letterhead")),
    )
    op.create_table(
        "letter",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("referral_id", sa.String(length=32), nullable=False),
        sa.Column("disclosure_id", sa.String(length=32), nullable=True),
        sa.Column("copy", sa.Integer(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("made_at", sa.String(length=27), nullable=True),
        sa.Column("state", sa.String(length=64), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("file", sa.String(length=32), nullable=True),
        sa.Column("created_at", sa.String(length=27), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=True),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_letter_case_id_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["disclosure_id"],
            ["disclosure.id"],
            name=op.f("fk_letter_disclosure_id_disclosure"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["file"],
            ["attachment.id"],
            name=op.f("fk_letter_file_attachment"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"],
            ["referral.id"],
            name=op.f("fk_letter_referral_id_referral"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
    )
    op.create_index(op.f("ix_letter_case_id"), "letter", ["case_id"], unique=False)
    op.create_index(op.f("ix_letter_disclosure_id"), "letter", ["disclosure_id"], unique=False)
    op.create_index(op.f("ix_letter_file"), "letter", ["file"], unique=False)
    op.create_index(op.f("ix_letter_referral_id"), "letter", ["referral_id"], unique=False)

    op.create_table(
        "release",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("item", sa.String(length=64), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=True),
        sa.Column("released_by_id", sa.String(length=32), nullable=True),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("asked_by_id", sa.String(length=32), nullable=True),
        sa.Column("referral_id", sa.String(length=32), nullable=True),
        sa.Column("task_id", sa.String(length=32), nullable=True),
        sa.Column("created_at", sa.String(length=27), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=True),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by_id"],
            ["staff_member.id"],
            name=op.f("fk_release_asked_by_id_staff_member"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_release_case_id_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"],
            ["referral.id"],
            name=op.f("fk_release_referral_id_referral"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["released_by_id"],
            ["staff_member.id"],
            name=op.f("fk_release_released_by_id_staff_member"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["task_id"],
            ["task.id"],
            name=op.f("fk_release_task_id_task"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
    )
    op.create_index(op.f("ix_release_asked_by_id"), "release", ["asked_by_id"], unique=False)
    op.create_index(op.f("ix_release_case_id"), "release", ["case_id"], unique=False)
    op.create_index(op.f("ix_release_referral_id"), "release", ["referral_id"], unique=False)
    op.create_index(op.f("ix_release_released_by_id"), "release", ["released_by_id"], unique=False)
    op.create_index(op.f("ix_release_task_id"), "release", ["task_id"], unique=False)

    with op.batch_alter_table("referral", schema=None) as table:
        table.add_column(sa.Column("delivered_by", sa.Text(), nullable=True))
        table.add_column(sa.Column("received_by", sa.Text(), nullable=True))
        table.add_column(sa.Column("waiting_until", sa.Date(), nullable=True))
        table.add_column(sa.Column("decline_reason", sa.String(length=64), nullable=True))
        table.add_column(sa.Column("service_from", sa.Date(), nullable=True))
        table.add_column(sa.Column("service_until", sa.Date(), nullable=True))
        table.add_column(sa.Column("outcome", sa.String(length=64), nullable=True))
        table.add_column(sa.Column("next_step", sa.Text(), nullable=True))
        table.add_column(sa.Column("closing_reason", sa.Text(), nullable=True))
