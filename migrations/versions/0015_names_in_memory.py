"""Names are found in memory, as whoever is at the desk may see them: the index of words goes."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Drop the index with every word in it; `secure_delete` leaves zeros where its pages were."""
    op.execute("DROP TABLE search_words")
    op.drop_table("search_entry")
