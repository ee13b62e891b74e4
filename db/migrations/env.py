"""Runs the steps on the connection of the store, inside the transaction that its caller holds."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
context.run_migrations()
