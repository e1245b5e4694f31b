"""The shape of the house: small modules, every source registered, nothing left out of the wheel."""

import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

from monitor.sources import SOURCES

ROOT = Path(__file__).parent.parent
MOST_LINES = 300
REGISTRY_HOSTS = [host.encode() for host in ("py" + "pi.org", "python" + "hosted.org", "py" + "pi.python.org")]


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def source_files() -> set[str]:
    return {path.stem for path in (ROOT / "monitor/sources").glob("*.py") if not path.stem.startswith("_")}


def test_no_module_is_over_300_lines() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in (ROOT / "monitor").rglob("*.py")}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}


def test_every_source_file_is_a_registered_source_and_the_other_way_round() -> None:
    assert {source.key for source in SOURCES} == source_files()


def test_no_source_is_registered_twice() -> None:
    assert len({source.key for source in SOURCES}) == len(SOURCES)


def test_import_linter_keeps_every_source_independent() -> None:
    contracts = {contract["id"]: contract for contract in project()["tool"]["importlinter"]["contracts"]}
    assert set(contracts["independence"]["modules"]) == {f"monitor.sources.{name}" for name in source_files()}


def test_migrations_and_the_catalogue_are_in_the_wheel() -> None:
    wheel = project()["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["force-include"]["migrations"] == "monitor/migrations"
    assert wheel["packages"] == ["monitor"]
    assert (ROOT / "migrations/env.py").is_file()
    assert (ROOT / "monitor/catalogue").is_dir()
    assert (ROOT / "monitor/py.typed").is_file()


def test_no_file_names_the_host_of_a_package_registry() -> None:
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("no git, or not a clone of it, so there is no list of tracked files")
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True
    )
    files = [ROOT / name.decode() for name in listing.stdout.split(b"\0") if name]
    texts = {path: path.read_bytes() for path in files if path.is_file()}
    assert [path for path, text in texts.items() if any(host in text for host in REGISTRY_HOSTS)] == []
