"""The databases of the store's tests, for faults that need one of each engine."""

from tests.store.conftest import engine, postgres_template, server, sqlite_template, url

__all__ = ["engine", "postgres_template", "server", "sqlite_template", "url"]
