"""Settings → what is visited, and who is told of what."""

from collections.abc import Iterator
from urllib.parse import quote

from monitor.config.secrets import Env, find_secret
from monitor.config.settings import OwnPage, Settings, SourceOptions
from monitor.domain.pages import Request
from monitor.domain.policy import Watch
from monitor.jobs.visits import Visit
from monitor.sources import SOURCES, Source


def visits(settings: Settings, env: Env) -> tuple[Visit, ...]:
    """Every source as configured here, those that cannot be visited with the reason, then a user's own pages."""
    built_in = (_visit(source, settings.sources.get(source.key, SourceOptions()), env) for source in SOURCES)
    return (*built_in, *map(_own, settings.pages))


def watches(settings: Settings) -> tuple[Watch, ...]:
    """Who is told of what."""
    return settings.watches


def _visit(source: Source, options: SourceOptions, env: Env) -> Visit:
    cadence = options.cadence or source.cadence
    secret = find_secret(env, source.secret.variable) if source.secret else None
    if missing := _missing(source, options, secret):
        return Visit(source, source.key, source.provider, (), cadence, missing)
    return Visit(source, source.key, source.provider, tuple(_requests(source, options, secret)), cadence)


def _missing(source: Source, options: SourceOptions, secret: str | None) -> str:
    """Why it cannot be visited, or ""."""
    if not options.enabled:
        return f"source.{source.key}.enabled is false"
    if not source.address or source.blank:
        return f"{f'its address needs a {source.blank}' if source.blank else 'no address of its own'}: add [[sources]]"
    if source.per_model and not options.models:
        return f"no models: set source.{source.key}.models"
    if source.secret and secret is None:
        return f"{source.secret.variable} is not set"
    return ""


def _requests(source: Source, options: SourceOptions, secret: str | None) -> Iterator[Request]:
    headers = source.headers
    if source.secret and secret:
        headers = (*headers, (source.secret.header, source.secret.prefix + secret))
    models = options.models if source.per_model else ("",)
    for model in models:
        yield Request(source.address.replace("{model}", quote(model, safe="")), headers, keyed=secret is not None)


def _own(page: OwnPage) -> Visit:
    requests = () if page.not_configured else (page.request,)
    return Visit(page.source, page.key, page.provider, requests, page.cadence, page.not_configured)
