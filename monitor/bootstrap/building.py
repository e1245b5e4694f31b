"""From the settings to the App."""

import os
from pathlib import Path

from monitor.bootstrap.app import App
from monitor.config import load_settings
from monitor.config.redaction import REDACTED
from monitor.store import open_database


def build(config_path: Path | None = None, *, database_url: str | None = None, require_schema: bool = True) -> App:
    """The App for a configuration file (or none). Raises ConfigError, StoreError; SchemaMismatch where *require_schema*."""
    settings = load_settings(config_path, os.environ)
    if database_url:
        REDACTED.keep_address(database_url)
    database = open_database(database_url or settings.database_url)
    try:
        if require_schema:
            database.check()
    except BaseException:
        database.close()
        raise
    return App(settings, database)
