"""The tables of the file as they may be written; what they mean is decided in `load`."""

from typing import Annotated, Any, Literal

import msgspec

from monitor.config.convert import Duration, Table
from monitor.domain.events import EventKind
from monitor.domain.facts import Stage
from monitor.domain.policy.severity import Severity
from monitor.domain.providers import Surface

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Days = Annotated[int, msgspec.Meta(ge=0, le=3650)]
Id = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")]


class Reference(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a secret is kept: an environment variable, or a file."""

    env: Name | None = None
    file: Name | None = None


Secret = str | Reference


class FetchTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[fetch]`."""

    proxy: Secret | None = None
    ca_file: Name | None = None
    timeout: Duration | None = None
    max_bytes: Annotated[int, msgspec.Meta(ge=1024, le=1024**3)] | None = None
    user_agent: Annotated[str, msgspec.Meta(pattern=r"^[!-~]([ -~]*[!-~])?$", max_length=200)] | None = None
    allow: list[Name] = []


class DaemonTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[daemon]`."""

    tick: Duration | None = None
    lease: Duration | None = None
    ping: Any = None
    ping_at_least: Annotated[int, msgspec.Meta(ge=1, le=10_000)] | None = None


class PingTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[daemon] ping`: where the address to call is kept, or the address itself."""

    env: Name | None = None
    file: Name | None = None
    url: Name | None = None


class WebTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[web]`."""

    listen: str = ""


class LogTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[log]`."""

    format: Literal["text", "json"] = "text"
    level: Literal["debug", "info", "warning", "error"] = "info"


class RetentionTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[retention]`."""

    pages: Duration | None = None
    readings: Duration | None = None


class WatchTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[[watch]]`; *escalate* is a table of its own, so that errors name its keys."""

    name: Name
    models: list[Name] = []
    lines: list[Name] = []
    providers: list[Name] = []
    surfaces: list[Surface] = []
    publishers: list[Name] = []
    stages: list[Stage] = []
    owner: str = ""
    channels: list[Name] | None = None
    events: list[EventKind] | None = None
    lead_times: list[Days] | None = None
    promise_lead_times: list[Days] | None = None
    warning_within: Days | None = None
    critical_within: Days | None = None
    escalate: Any = None
    digest: str | None = None
    immediate_from: Severity | None = None
    quiet_hours: str | None = None
    quiet_days: list[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]] = []
    critical_waits: bool = False
    time_zone: Name | None = None


class EscalateTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[[watch]] escalate`: the channels called in as a day comes close."""

    warning: list[Name] = []
    critical: list[Name] = []


class HealthTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[health]`."""

    channels: list[Name] = []
    owner: str = ""


class SourceTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[source.KEY]`."""

    enabled: bool = True
    models: list[Name] = []
    cadence: Duration | None = None


class ColumnsTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[[sources]] columns`: the headers under which a page's tables say each of these."""

    model: list[Name] = []
    model_id: list[Name] = []
    service: list[Name] = []
    version: list[Name] = []
    region: list[Name] = []
    stage: list[Name] = []
    released: list[Name] = []
    deprecated: list[Name] = []
    retires: list[Name] = []
    redirects: list[Name] = []
    replaced_by: list[Name] = []


class PageTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[[sources]]`; *columns* and *secret* are tables of their own, so that errors name their keys."""

    key: Id
    url: Annotated[str, msgspec.Meta(pattern=r"^https?://[^\s/]", max_length=1500)] | None = None
    fill: Table | None = None
    kind: Literal["announcement", "feed", "listing", "model_page"] | None = None
    reader: Name | None = None
    provider: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9._-]*$", max_length=100)] | None = None
    cadence: Duration | None = None
    authority: Literal["operator", "provider-api", "provider", "aggregator", "report"] | None = None
    secret: Any = None
    columns: Any = None
    heading_dates: Literal["announced", "retires", "none"] | None = None
    floors: bool | None = None
