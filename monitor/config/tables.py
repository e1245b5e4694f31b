"""The tables of the file as they may be written; what they mean is decided in `load`."""

from typing import Annotated, Literal

import msgspec

from monitor.config.convert import Duration, Table
from monitor.domain.events import EventKind

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


class WatchTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[[watch]]`."""

    name: Name
    models: list[Name] = []
    providers: list[Name] = []
    owner: str = ""
    channels: list[Name] | None = None
    lead_times: list[Days] | None = None
    promise_lead_times: list[Days] | None = None
    events: list[EventKind] | None = None


class SourceTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[source.KEY]`."""

    enabled: bool = True
    models: list[Name] = []
    cadence: Duration | None = None


class PageTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[[sources]]`."""

    key: Id
    url: Annotated[str, msgspec.Meta(pattern=r"^https?://[^\s/]", max_length=1500)] | None = None
    fill: Table | None = None
    secret: Reference | None = None
    reader: Name = "generic_page"
    provider: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9._-]*$", max_length=100)] | None = None
    cadence: Duration | None = None
    authority: Literal["operator", "provider-api", "provider", "aggregator", "report"] | None = None
