"""Pages of papers, which papers are enclosed with a letter, and what letters in English need."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of enclosures; attachments get their number of pages."""
    op.create_table(
        "enclosure",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("referral_id", sa.String(length=32), nullable=False),
        sa.Column("attachment_id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=True),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"],
            ["attachment.id"],
            name=op.f("fk_enclosure_attachment_id_attachment"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_enclosure_case_id_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"],
            ["referral.id"],
            name=op.f("fk_enclosure_referral_id_referral"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enclosure")),
    )
    op.create_index(op.f("ix_enclosure_attachment_id"), "enclosure", ["attachment_id"])
    op.create_index(op.f("ix_enclosure_case_id"), "enclosure", ["case_id"])
    op.create_index(op.f("ix_enclosure_referral_id"), "enclosure", ["referral_id"])
    with op.batch_alter_table("attachment", schema=None) as table:
        table.add_column(sa.Column("pages", sa.Integer(), nullable=True))
    with op.batch_alter_table("letterhead", schema=None) as table:
        table.add_column(sa.Column("address_latin", sa.Text(), nullable=True))
    with op.batch_alter_table("staff_member", schema=None) as table:
        table.add_column(sa.Column("position_latin", sa.Text(), nullable=True))
