"""A database on a file, empty but for its tables."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.store import Database, open_database


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("queries") / "empty.db"
    opened = open_database(f"sqlite:///{path}")
    opened.upgrade()
    opened.close()
    return path.read_bytes()


@pytest.fixture
def database(template: bytes, tmp_path: Path) -> Iterator[Database]:
    (tmp_path / "watch.db").write_bytes(template)
    opened = open_database(f"sqlite:///{tmp_path}/watch.db")
    yield opened
    opened.close()
