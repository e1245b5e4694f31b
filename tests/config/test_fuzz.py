"""Whatever stands in the file: settings, or an error that names a key."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from monitor.config import Settings, load_settings, shown, visits
from monitor.config.tables import ColumnsTable, DaemonTable, EscalateTable, FetchTable, HealthTable, PageTable, SourceTable, WatchTable
from monitor.domain.policy.severity import Severity
from monitor.domain.policy.timing import WEEKDAYS
from monitor.errors import ConfigError
from monitor.sources import SOURCES

ENV = {"HOME": "/home/somebody"}
SHAPES = (DaemonTable, FetchTable, HealthTable, WatchTable, EscalateTable, SourceTable, PageTable, ColumnsTable)
NAMES = sorted({name for table in SHAPES for name in table.__struct_fields__})
WORDS = [
    "slack://a/b/c",
    "6h",
    "openai",
    "generic_page",
    "https://example.org",
    "feed",
    "none",
    "model_retired",
    "log",
    "critical",
    "daily 09:00",
    "weekly sun 23:59",
    "22:00-07:00",
    "sat",
    "api",
    "Europe/Zurich",
    "",
    "\u202e",
    "x" * 300,
]

plain = st.one_of(
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(WORDS),
    st.dates(),
    st.times(),
    st.datetimes(),
)
keys = st.one_of(st.sampled_from([*NAMES, "env", "file", *(source.key for source in SOURCES)]), st.text(max_size=8))
values = st.recursive(plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4), max_leaves=12)
tables = st.sampled_from(["database_url", "fetch", "channels", "watch", "health", "source", "sources", "other"])


def toml(value: object) -> str:  # noqa: PLR0911 - one per kind
    """A value as TOML writes it."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return '"' + "".join(char if char.isalnum() else f"\\U{ord(char):08X}" for char in value) + '"'
        case datetime() | date() | time():
            return value.isoformat()
        case float():
            return repr(value)
        case list():
            return "[" + ", ".join(map(toml, value)) + "]"
        case dict():
            return "{" + ", ".join(f"{toml(key)} = {toml(inner)}" for key, inner in value.items()) + "}"
        case _:
            return str(value)


def loaded(content: bytes) -> Settings | ConfigError:
    with TemporaryDirectory() as folder:
        path = Path(folder, "modelwatch.toml")
        path.write_bytes(content)
        try:
            return load_settings(path, ENV)
        except ConfigError as error:
            return error


@given(st.dictionaries(tables, values, max_size=4))
def test_fuzzed_tables_give_settings_or_the_key_that_is_wrong(document: dict[str, object]) -> None:
    found = loaded("\n".join(f"{key} = {toml(value)}" for key, value in document.items()).encode())
    if isinstance(found, ConfigError):
        assert found.key.split(".")[0].split("[")[0] in document
    else:
        assert shown(found)
        assert visits(found, ENV)


clocks = st.builds("{:02}:{:02}".format, st.integers(0, 24), st.integers(0, 60))
some = {
    "models": st.lists(st.sampled_from(["gpt-*", "claude-3", "\u202e"]), max_size=2),
    "lines": st.lists(st.just("gpt-4.1-mini"), max_size=1),
    "surfaces": st.lists(st.sampled_from(["api", "cloud", "app", "router", "web"]), max_size=2),
    "publishers": st.lists(st.sampled_from(["openai", "Meta"]), max_size=2),
    "stages": st.lists(st.sampled_from(["active", "deprecated", "dead"]), max_size=2),
    "channels": st.lists(st.sampled_from(["log", "ops"]), max_size=2),
    "lead_times": st.lists(st.integers(-1, 400), max_size=4),
    "warning_within": st.integers(-1, 100),
    "critical_within": st.integers(-1, 100),
    "escalate": st.dictionaries(st.sampled_from(["warning", "critical", "info"]), st.lists(st.sampled_from(["log", "ops"]), max_size=2)),
    "digest": clocks.map("daily {}".format) | clocks.map("weekly sun {}".format) | st.just("immediate"),
    "immediate_from": st.sampled_from(["info", "warning", "critical", "error"]),
    "quiet_hours": st.builds("{}-{}".format, clocks, clocks),
    "quiet_days": st.lists(st.sampled_from([*WEEKDAYS, "day"]), max_size=7),
    "critical_waits": st.booleans(),
    "time_zone": st.sampled_from(["Europe/Zurich", "UTC", "America/St_Johns", "Nowhere", "/etc", ""]),
}
watch = st.fixed_dictionaries({"name": st.sampled_from("ab")}, optional=some)
NOW = datetime(2026, 11, 21, 15, tzinfo=UTC)


@given(st.lists(watch, max_size=3), st.dictionaries(st.sampled_from(["channels", "owner"]), st.just(["log"]) | st.just("us")))
def test_fuzzed_watches_are_in_force_as_shown_or_name_the_key_that_is_wrong(tables: list[dict[str, object]], health: object) -> None:
    found = loaded(f"watch = {toml(tables)}\nhealth = {toml(health)}".encode())
    if isinstance(found, ConfigError):
        parts = found.key.removeprefix("watch[").split(".")[1].split("[")[0] if found.key.startswith("watch[") else ""
        assert parts in {"name", *some} or found.key.startswith("health.")
        return
    told = dict(shown(found))
    for number, one in enumerate(found.watches):
        assert told[f"watch[{number}].time_zone"] == str(one.timing.zone)
        for severity in Severity:
            assert set(one.channels) <= set(one.channels_from(severity))
            due = one.timing.leaves_at(severity, NOW)
            assert due is None or NOW < due <= NOW + timedelta(days=7, hours=2)


@given(st.binary(max_size=200))
def test_random_bytes_give_settings_or_an_error(content: bytes) -> None:
    assert isinstance(loaded(content), Settings | ConfigError)
