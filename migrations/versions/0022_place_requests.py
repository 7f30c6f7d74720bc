"""Who asks for a place in the house, and what became of it."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to what their classes declare."""
    op.create_table(
        "place_request",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("way", sa.String(length=64), nullable=True),
        sa.Column("from_id", sa.String(length=32), nullable=True),
        sa.Column("adults", sa.Integer(), nullable=True),
        sa.Column("children", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=True),
        sa.Column("sent_to_id", sa.String(length=32), nullable=True),
        sa.Column("got", sa.Text(), nullable=True),
        sa.Column("told_way_back", sa.String(length=16), nullable=True),
        sa.Column("case_id", sa.String(length=32), nullable=True),
        sa.Column("corrects_id", sa.String(length=32), nullable=True),
        sa.Column("why_corrected", sa.Text(), nullable=True),
        sa.Column("created_at", sa.String(length=27), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=True),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_place_request_case_id_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"],
            ["place_request.id"],
            name=op.f("fk_place_request_corrects_id_place_request"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["from_id"],
            ["organisation.id"],
            name=op.f("fk_place_request_from_id_organisation"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["sent_to_id"],
            ["organisation.id"],
            name=op.f("fk_place_request_sent_to_id_organisation"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_request")),
    )
    with op.batch_alter_table("place_request", schema=None) as batch_op:
        batch_op.create_index("ix_place_request_at", ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_place_request_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_place_request_corrects_id"), ["corrects_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_place_request_from_id"), ["from_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_place_request_sent_to_id"), ["sent_to_id"], unique=False
        )
        batch_op.create_index(
            "ix_place_request_waits",
            ["at"],
            unique=False,
            sqlite_where=sa.text("outcome = 'waiting'"),
        )
