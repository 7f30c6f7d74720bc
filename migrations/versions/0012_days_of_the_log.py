"""The lines of the log are found by their day, however long the log is."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index over the moments."""
    op.create_index(op.f("ix_audit_event_at"), "audit_event", ["at"], unique=False)
