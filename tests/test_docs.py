"""The README lists what there is: every source, event and command; docs/configuration.md every setting."""

import re
from pathlib import Path

import pytest

from monitor.cli.program import COMMANDS
from monitor.config import load_settings, tables
from monitor.domain.events import EventKind
from monitor.sources import SOURCES, Source

README = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")
REFERENCE = (Path(__file__).resolve().parents[1] / "docs/configuration.md").read_text(encoding="utf-8")
TABLES = (
    "DaemonTable",
    "PingTable",
    "WebTable",
    "LogTable",
    "FetchTable",
    "WatchTable",
    "EscalateTable",
    "HealthTable",
    "SourceTable",
    "PageTable",
    "ColumnsTable",
    "RetentionTable",
)


def _row(source: Source) -> str:
    hours = f"{source.cadence.total_seconds() / 3600:g}h"
    secret = f"`{source.secret.variable}` " if source.secret else ""
    by_option = {
        "model_pages": "any page that describes one model",
        "generic_page": "any page from the configuration",
        "generic_feed": "any RSS, Atom or JSON feed",
        "generic_listing": "any `/v1/models` endpoint",
    }
    address = source.address or by_option[source.key]
    provider = source.provider or ("(per entry)" if source.per_entry else "(by option)")
    return f"| `{source.key}` | {source.kind.value} | {provider} | {source.authority.label} | {hours} | {secret}| {address} |"


def test_the_table_of_sources_is_the_registry() -> None:
    rows = [line for line in README.splitlines() if re.match(r"\| `\w+` \| (listing|announcement|catalogue)", line)]
    assert rows == [_row(source) for source in SOURCES]


def test_every_event_is_named() -> None:
    section = README.split("## Events")[1].split("##")[0]
    assert set(re.findall(r"`(\w+)`", section)) == {kind.value for kind in EventKind}


def test_the_table_of_commands_is_the_program() -> None:
    section = README.split("## Commands")[1].split("##")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)) == set(COMMANDS)


def test_every_setting_is_named() -> None:
    names = {name for table in TABLES for name in getattr(tables, table).__struct_fields__}
    missing = {name for name in names if not re.search(rf"\b{name}\b", REFERENCE)}
    assert not missing


@pytest.mark.parametrize(("page", "readers"), [(README, []), (REFERENCE, ["generic_page", "generic_listing", "azure_models"])])
def test_the_configuration_shown_is_one(tmp_path: Path, page: str, readers: list[str]) -> None:
    (block,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    path = tmp_path / "modelwatch.toml"
    path.write_text(block, encoding="utf-8")
    (tmp_path / "pager-address").write_text("https://hooks.slack.com/services/T0/B0/y")
    settings = load_settings(path, {"HOME": "/", "SLACK_WEBHOOK": "https://hooks.slack.com/services/T0/B0/x", "GATEWAY_KEY": "k"})
    assert [page.reader.key for page in settings.pages] == readers
    assert [watch.name for watch in settings.watches] == ["production"]
