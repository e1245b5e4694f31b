"""The command itself, with a home, a database and a configuration of its own."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from monitor.cli import main
from monitor.sources import SOURCES
from tests.faultserver import FaultServer

VARIABLES = ("MODELWATCH_", "OPENAI_", "XDG_", "STATE_DIRECTORY", "NO_COLOR", "COLUMNS")
ALLOW = '[fetch]\nallow = ["127.0.0.1"]\n'


@dataclass(frozen=True)
class Command:
    """`modelwatch`, run in this process, in a folder of its own."""

    folder: Path
    site: FaultServer

    def __call__(self, *words: str, stdin: bytes = b"") -> Result:
        return CliRunner().invoke(main, words, input=stdin, prog_name="modelwatch")

    def configure(self, text: str) -> None:
        """Write the configuration."""
        (self.folder / "modelwatch.toml").write_text(text, encoding="utf-8")

    def watch(self, *keys: str, reader: str = "generic_page", more: str = "") -> None:
        """Configure pages of the site, `/KEY` each, and nothing else."""
        off = "".join(f"[source.{source.key}]\nenabled = false\n" for source in SOURCES if not source.secret)
        pages = "".join(
            f'[[sources]]\nkey = "{key}"\nurl = "{self.site.url(f"/{key}")}"\nreader = "{reader}"\nprovider = "openai"\n' for key in keys
        )
        self.configure(ALLOW + off + pages + more)


@pytest.fixture
def site() -> Iterator[FaultServer]:
    with FaultServer() as server:
        yield server


@pytest.fixture
def mw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, site: FaultServer) -> Command:
    for name in list(os.environ):
        if name.startswith(VARIABLES) or name.endswith("_API_KEY"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("MODELWATCH_CATALOGUE", "off")  # a database that begins with nothing
    monkeypatch.chdir(tmp_path)
    return Command(tmp_path, site)
