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
    yield ""


def _watch(chosen: Chosen) -> Iterator[str]:
    if not (chosen.models or chosen.providers or chosen.owner):
        yield "# Without a [[watch]] everything is watched."
        yield "# [[watch]]"
        yield '# name = "production"'
        yield '# models = ["gpt-4.1*", "claude-*"]       # globs over model names and lines'
        yield '# providers = ["openai", "anthropic"]'
        yield '# owner = "platform-team"'
    else:
        yield "[[watch]]"
        yield 'name = "production"'
        yield f"models = {_texts(chosen.models)}" if chosen.models else '# models = ["gpt-4.1*", "claude-*"]'
        yield f"providers = {_texts(chosen.providers)}" if chosen.providers else '# providers = ["openai", "anthropic"]'
        yield f"owner = {_text(chosen.owner)}" if chosen.owner else '# owner = "platform-team"'
        yield f"channels = [{_text(chosen.channel)}]" if chosen.channel_env else '# channels = ["team"]'
        yield "# lead_times = [90, 60, 30, 14, 7, 3, 1, 0]"
    yield ""


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
