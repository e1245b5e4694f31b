"""Every test of the store runs on an SQLite file and, where MODELWATCH_TEST_POSTGRES_URL names a server, on PostgreSQL."""

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from monitor.store import Database, open_database

POSTGRES = os.environ.get("MODELWATCH_TEST_POSTGRES_URL", "")
ENGINES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


class Server:
    """A PostgreSQL server on which each test gets a database of its own."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        self._made: list[str] = []

    def create(self, template: str = "template0") -> str:
        """The URL of a new database, a copy of *template*."""
        name = f"mw_test_{uuid.uuid4().hex}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        self._made.append(name)
        return self._url.set(database=name).render_as_string(hide_password=False)

    def cut_all(self) -> None:
        """End every connection to what was created."""
        for name in self._made:
            self._run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")  # noqa: S608 - a name of our own making

    def drop_all(self) -> None:
        """Drop what was created."""
        for name in self._made:
            self._run(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        admin = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute(statement.encode())


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    if not POSTGRES:
        pytest.skip("MODELWATCH_TEST_POSTGRES_URL names no PostgreSQL server")
    made = Server(POSTGRES)
    yield made
    made.drop_all()


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def empty_url(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database without any table."""
    if engine == "sqlite":
        return f"sqlite:///{tmp_path}/empty/watch.db"
    made: Server = request.getfixturevalue("server")
    return made.create()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "watch.db"
    _upgraded(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(server: Server) -> str:
    url = server.create()
    _upgraded(url)
    return str(make_url(url).database)


@pytest.fixture
def url(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database with an up-to-date schema and no rows."""
    if engine == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "watch.db")
        return f"sqlite:///{tmp_path}/watch.db"
    made: Server = request.getfixturevalue("server")
    return made.create(request.getfixturevalue("postgres_template"))


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    opened = open_database(url)
    yield opened
    opened.close()


def _upgraded(url: str) -> None:
    database = open_database(url)
    database.upgrade()
    database.close()
