"""Runs the revisions on the connection that the store has opened; there is no other way in."""

from alembic import context

from shelterdesk.records.base import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
