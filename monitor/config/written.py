"""A configuration as a person would write it: what was chosen, and the rest as comments that say what it is for."""

import json
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a new configuration is to say. *channel_env* names the variable that holds the channel's address; "" means nothing chosen."""

    database_url: str = ""
    channel_env: str = ""
    channel: str = "team"
    models: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    owner: str = ""
    listen: str = ""
    ping_env: str = ""
    pager_env: str = ""
    pager: str = "pager"
    digest: str = ""
    quiet_hours: str = ""
    time_zone: str = ""

    @property
    def watches(self) -> bool:
        """Whether it says anything of a watch."""
        said = (self.models, self.providers, self.owner, self.pager_env, self.digest, self.quiet_hours, self.time_zone)
        return any(said)


def written(chosen: Chosen) -> str:
    """The file, which loads as it stands once the variables that it names are set."""
    return "\n".join((*_general(chosen), *_channels(chosen), *_watch(chosen), *_rest())) + "\n"


def _general(chosen: Chosen) -> Iterator[str]:
    yield "# modelwatch: `modelwatch config check` says whether this is right, `modelwatch config show` what it comes to."
    yield ""
    example = '# database_url = "postgresql+psycopg://modelwatch@localhost/modelwatch"   # else a SQLite file in your data folder'
    yield f"database_url = {_text(chosen.database_url)}" if chosen.database_url else example
    yield ""
    yield "[daemon]"
    yield '# tick = "5s"                            # how often it looks for what is due'
    ping = f"ping = {{ env = {_text(chosen.ping_env)} }}"
    yield (
        f"{ping}   # called while all is well"
        if chosen.ping_env
        else '# ping = { env = "PING_URL" }             # a dead man\'s switch: called after each pass while all is well'
    )
    yield "# ping_at_least = 20                     # how many sources must have been read in full; else all that are configured"
    yield ""
    yield "[web]"
    yield (
        f"listen = {_text(chosen.listen)}"
        if chosen.listen
        else '# listen = "127.0.0.1:9464"              # /healthz, /readyz and /metrics; off without it'
    )
    yield ""
    yield "[log]"
    yield '# format = "json"                        # or text'
    yield '# level = "info"'
    yield ""


def _channels(chosen: Chosen) -> Iterator[str]:
    yield "# Where alerts go: any Apprise address. Without one they go to the log."
    yield "[channels]"
    if chosen.channel_env:
        yield f"{chosen.channel} = {{ env = {_text(chosen.channel_env)} }}"
    else:
        yield '# team = { env = "SLACK_WEBHOOK" }       # https://hooks.slack.com/services/…; or { file = "/run/secrets/slack" }'
    if chosen.pager_env:
        yield f"{chosen.pager} = {{ env = {_text(chosen.pager_env)} }}"
    else:
        yield '# pager = { env = "PAGER_URL" }          # pagerduty://…, opsgenie://…, ntfys://…: for what is critical'
    yield ""


def _watch(chosen: Chosen) -> Iterator[str]:
    """The watch that was chosen; else the one that is in force without any, as a comment to begin with."""
    live = "" if chosen.watches else "# "
    if not chosen.watches:
        yield "# Without a [[watch]] everything is watched: a digest on Mondays, and what is critical at once."
    yield f"{live}[[watch]]"
    yield f'{live}name = "production"'
    yield from _which(chosen)
    yield f"owner = {_text(chosen.owner)}" if chosen.owner else '# owner = "platform-team"'
    yield f"channels = [{_text(chosen.channel)}]" if chosen.channel_env and chosen.watches else '# channels = ["team"]'
    yield from _urgency(chosen)
    yield from _leaving(chosen)
    yield ""
    yield "# News about sources that fail or no longer fit: to whoever keeps modelwatch, not to every team."
    yield "# [health]"
    yield '# channels = ["team"]'
    yield '# owner = "platform-team"'
    yield ""


def _which(chosen: Chosen) -> Iterator[str]:
    yield (
        f"models = {_texts(chosen.models)}"
        if chosen.models
        else '# models = ["gpt-4.1*", "claude-*"]       # globs over model names and lines'
    )
    yield f"providers = {_texts(chosen.providers)}" if chosen.providers else '# providers = ["openai", "anthropic"]'
    yield '# surfaces = ["api", "cloud"]            # or app, router'
    yield '# publishers = ["openai", "anthropic"]   # who made it, whoever serves it'


def _urgency(chosen: Chosen) -> Iterator[str]:
    yield "# lead_times = [90, 60, 30, 14, 7, 3, 1, 0]"
    yield "# warning_within = 30                     # days before its end from which a model is a warning, and critical"
    yield "# critical_within = 7"
    if chosen.pager_env:
        yield f"escalate = {{ critical = [{_text(chosen.pager)}] }}"
    else:
        yield '# escalate = { critical = ["pager"] }     # called in as well when the day comes close'


def _leaving(chosen: Chosen) -> Iterator[str]:
    if chosen.digest:
        yield f"digest = {_text(chosen.digest)}"
    else:
        yield '# digest = "weekly mon 09:00"             # or daily 09:00: what is not critical leaves together then'
    if chosen.quiet_hours:
        yield f"quiet_hours = {_text(chosen.quiet_hours)}"
    else:
        yield '# quiet_hours = "22:00-07:00"             # what is not critical waits until they end'
    yield '# quiet_days = ["sat", "sun"]'
    yield f"time_zone = {_text(chosen.time_zone)}" if chosen.time_zone else '# time_zone = "Europe/Zurich"'


def _rest() -> Iterator[str]:
    yield "# A page of your own, without code; try it first: modelwatch read URL --source generic_page --provider NAME"
    yield "# [[sources]]"
    yield '# key = "vendor_page"'
    yield '# url = "https://example.com/deprecations"'
    yield '# provider = "example"'


def _text(value: str) -> str:
    """A TOML basic string: JSON's escapes are among its own; DEL alone must not stand bare."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")


def _texts(values: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_text, values))}]"
