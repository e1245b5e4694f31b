"""The database: the only package that imports SQLAlchemy and Alembic. Rows stay inside; values of the domain come out."""

from monitor.store.database import Database, open_database
from monitor.store.ledger import Ledger

__all__ = ["Database", "Ledger", "open_database"]
