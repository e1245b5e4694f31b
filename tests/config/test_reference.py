"""docs/configuration.md names every key, with the value that holds where none is written."""

import re
from pathlib import Path

import pytest

from monitor.config import load_settings, shown
from monitor.config.convert import CHOICES
from monitor.config.load import TABLES
from monitor.config.tables import (
    ColumnsTable,
    DaemonTable,
    EscalateTable,
    FetchTable,
    HealthTable,
    LogTable,
    PageTable,
    PingTable,
    RetentionTable,
    SourceTable,
    WatchTable,
    WebTable,
)
from monitor.domain.policy.watches import QUIET_KINDS

REFERENCE = (Path(__file__).resolve().parents[2] / "docs/configuration.md").read_text(encoding="utf-8")
SECTIONS = {title.strip().strip("`"): text for title, _, text in (part.partition("\n") for part in REFERENCE.split("\n## ")[1:])}
ROW = re.compile(r"^\| `(?P<key>\w+)` \| (?P<default>[^|]*) \| (?P<meaning>[^|]*) \|$", re.MULTILINE)
STRUCTS = {
    "[[watch]]": (WatchTable, EscalateTable),
    "[health]": (HealthTable,),
    "[daemon]": (DaemonTable, PingTable),
    "[web]": (WebTable,),
    "[log]": (LogTable,),
    "[retention]": (RetentionTable,),
    "[fetch]": (FetchTable,),
    "[source.KEY]": (SourceTable,),
    "[[sources]]": (PageTable, ColumnsTable),
}
IN_WORDS = {"watch[0].channels", "watch[0].events", "watch[0].name", "watch[0].escalate", "database_url"}


def rows(section: str) -> dict[str, tuple[str, str]]:
    return {found["key"]: (found["default"].strip(), found["meaning"]) for found in ROW.finditer(SECTIONS[section])}


@pytest.mark.parametrize("section", STRUCTS)
def test_every_key_of_a_table_stands_in_its_section_and_no_other(section: str) -> None:
    keys = [found["key"] for found in ROW.finditer(SECTIONS[section])]
    assert sorted(keys) == sorted(name for struct in STRUCTS[section] for name in struct.__struct_fields__)


def test_every_table_has_its_section() -> None:
    titles = {re.split(r"\W", title.strip("["))[0] for title in SECTIONS}
    assert set(TABLES) <= titles | set(rows("At the top"))


def test_the_defaults_are_those_in_force(tmp_path: Path) -> None:
    path = tmp_path / "least.toml"
    path.write_text('[[watch]]\nname = "x"\n')
    sections = {"watch[0]": "[[watch]]", "": "At the top"}
    compared = []
    for key, value in shown(load_settings(path, {"HOME": "/"})):
        table, _, name = key.rpartition(".")
        if key not in IN_WORDS and not table.startswith("watch[0].escalate"):
            default, _ = rows(sections.get(table, f"[{table}]"))[name]
            assert default == f"`{value}`", key
            compared.append(key)
    assert len(compared) > 30


def test_the_words_that_a_key_takes_are_named() -> None:
    for key in ("stages", "surfaces"):
        assert set(CHOICES[key]) <= set(re.findall(r"`(\w+)`", rows("[[watch]]")[key][1]))
    assert set(re.findall(r"`(\w+)`", rows("[[watch]]")["events"][0])) == {kind.value for kind in QUIET_KINDS}
