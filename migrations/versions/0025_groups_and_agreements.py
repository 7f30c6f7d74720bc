"""Groups and kits with who was there, and what was agreed about living in the house."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to what their classes declare."""
    op.create_table(
        "group_service",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("service", sa.String(length=64), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("theme", sa.Text(), nullable=True),
        sa.Column("led_by_id", sa.String(length=32), nullable=True),
        sa.Column("led_by_office_id", sa.String(length=32), nullable=True),
        sa.Column("corrects_id", sa.String(length=32), nullable=True),
        sa.Column("why_corrected", sa.Text(), nullable=True),
        sa.Column("created_at", sa.String(length=27), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=True),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["corrects_id"],
            ["group_service.id"],
            name=op.f("fk_group_service_corrects_id_group_service"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["led_by_id"],
            ["staff_member.id"],
            name=op.f("fk_group_service_led_by_id_staff_member"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["led_by_office_id"],
            ["organisation.id"],
            name=op.f("fk_group_service_led_by_office_id_organisation"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_service")),
    )
    with op.batch_alter_table("group_service", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_group_service_corrects_id"), ["corrects_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_group_service_led_by_id"), ["led_by_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_group_service_led_by_office_id"), ["led_by_office_id"], unique=False
        )
        batch_op.create_index("ix_group_service_on_day", ["on_day", "service"], unique=False)

    op.create_table(
        "attendance",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("group_id", sa.String(length=32), nullable=False),
        sa.Column("came", sa.String(length=64), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("replaced", sa.String(length=16), nullable=True),
        sa.Column("unanswered", sa.Text(), nullable=True),
        sa.Column("created_at", sa.String(length=27), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=True),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_attendance_case_id_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["group_service.id"],
            name=op.f("fk_attendance_group_id_group_service"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendance_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attendance_group_id"), ["group_id"], unique=False)

    op.create_table(
        "house_agreement",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("language", sa.String(length=64), nullable=True),
        sa.Column("explained_by_id", sa.String(length=32), nullable=True),
        sa.Column("interpreter", sa.Text(), nullable=True),
        sa.Column("told_may_leave", sa.String(length=16), nullable=True),
        sa.Column("copy_given", sa.String(length=16), nullable=True),
        sa.Column("questions", sa.Text(), nullable=True),
        sa.Column("unanswered", sa.Text(), nullable=True),
        sa.Column("created_at", sa.String(length=27), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=True),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_house_agreement_case_id_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["explained_by_id"],
            ["staff_member.id"],
            name=op.f("fk_house_agreement_explained_by_id_staff_member"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house_agreement")),
    )
    with op.batch_alter_table("house_agreement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_house_agreement_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_house_agreement_explained_by_id"), ["explained_by_id"], unique=False
        )
