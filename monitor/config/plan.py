"""Settings → what is visited, and who is told of what."""

from collections.abc import Iterator
from urllib.parse import quote

from monitor.config.keys import lacking, secret_of
from monitor.config.secrets import Env
from monitor.config.settings import OwnPage, Settings, SourceOptions
from monitor.domain.pages import Request
from monitor.domain.policy.watches import Watch
from monitor.jobs.visits import Visit
from monitor.sources import SOURCES, Source


def visits(settings: Settings, env: Env) -> tuple[Visit, ...]:
    """Every source as configured here, those that cannot be visited with the reason, then a user's own pages."""
    built_in = (_visit(source, settings.sources.get(source.key, SourceOptions()), env) for source in SOURCES)
    return (*built_in, *(own_visit(page, env) for page in settings.pages))


def watches(settings: Settings) -> tuple[Watch, ...]:
    """Who is told of what."""
    return settings.watches


def _visit(source: Source, options: SourceOptions, env: Env) -> Visit:
    cadence = options.cadence or source.cadence
    if missing := _missing(source, options, env):
        return Visit(source, source.key, source.provider, (), cadence, missing)
    return Visit(source, source.key, source.provider, tuple(_requests(source, options, env)), cadence)


def _missing(source: Source, options: SourceOptions, env: Env) -> str:
    """Why it cannot be visited, or ""."""
    if not options.enabled:
        return f"source.{source.key}.enabled is false"
    if source.blank:
        return f'its address needs a {source.blank}: add [[sources]] with fill = {{ {source.blank} = "…" }}'
    if not source.address:
        return "no address of its own: add [[sources]]"
    if source.per_model and not options.models:
        return f"no models: set source.{source.key}.models"
    return lacking(source.secret, None, env)


def _requests(source: Source, options: SourceOptions, env: Env) -> Iterator[Request]:
    secret = secret_of(source.secret, None, env)
    models = options.models if source.per_model else ("",)
    for model in models:
        yield Request(source.address.replace("{model}", quote(model, safe="")), source.headers, keyed=secret is not None, secret=secret)


def own_visit(page: OwnPage, env: Env) -> Visit:
    """A user's own page, or a built-in source for the region or resource that the user named."""
    source = page.source
    if missing := lacking(source.secret, page.secret, env):
        return Visit(source, page.key, page.provider, (), page.cadence, missing)
    secret = secret_of(source.secret, page.secret, env, page.fill)
    request = Request(page.url, source.headers if page.fill or secret else (), keyed=secret is not None, secret=secret)
    return Visit(source, page.key, page.provider, (request,), page.cadence)
