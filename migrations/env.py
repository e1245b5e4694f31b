"""Alembic's entry: migrates over the connection the store hands in, else over the database of MODELWATCH_DATABASE_URL."""

import os

from alembic import context
from sqlalchemy import Connection

from monitor.store.engine import Mode, Transactions
from monitor.store.schema import Base


def migrate(connection: Connection) -> None:
    """Run the migrations inside the transaction of *connection*."""
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()


handed_in = context.config.attributes.get("connection")
if handed_in is not None:
    migrate(handed_in)
else:
    transactions = Transactions(os.environ["MODELWATCH_DATABASE_URL"])
    try:
        with transactions.begin(Mode.MIGRATE) as own:
            migrate(own)
    finally:
        transactions.close()
