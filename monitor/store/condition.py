"""The condition of a database, as somebody looks at it who wants to know whether it will do."""

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, func, select

from monitor.store.types import UtcDateTime


@dataclass(frozen=True, slots=True)
class Condition:
    """*server_clock* of a server, *free_bytes* of the disk under a file; None for what there is not."""

    server_clock: datetime | None = None
    free_bytes: int | None = None


def condition(connection: Connection) -> Condition:
    """The condition of the database that a write transaction is open on: that it could be begun is half of the answer."""
    if connection.dialect.name == "postgresql":
        return Condition(connection.execute(select(func.clock_timestamp(type_=UtcDateTime()))).scalar_one())
    path = connection.engine.url.database or ""
    folder = Path(path).parent
    return Condition(free_bytes=shutil.disk_usage(folder).free if folder.is_dir() else None)
