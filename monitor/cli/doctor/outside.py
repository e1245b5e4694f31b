"""Sources, channels, the network and the running daemon."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from monitor.bootstrap import App, fetcher_for
from monitor.cli.doctor.findings import Finding, bad, good, note
from monitor.domain.health import Health
from monitor.domain.pages import Request, Validators
from monitor.errors import BadEncoding, BadRedirect, BadStatus, BodyTooLarge, ConfigError, FetchError

_AT_ONCE = 16  # hosts asked


def sources(app: App) -> Iterator[Finding]:
    """How every configured source is doing."""
    from monitor.queries.sources import sources_overview

    with app.database.read() as ledger:
        views = sources_overview(ledger, [visit for visit in app.visits if not visit.not_configured], app.clock())
    sick = [view for view in views if view.health in {Health.FAILING, Health.STALE, Health.DRIFTING}]
    for view in sick:
        mend = (
            "`modelwatch sources accept KEY` if the page changed for good"
            if view.health is Health.DRIFTING
            else f"`modelwatch poll {view.key}`"
        )
        yield bad(f"source {view.key}", f"{view.health}: {view.reason or 'no good reading lately'}", mend)
    if not sick:
        yield good("sources", f"{len(views)} configured, none of them sick")


def channels(app: App, *, send: bool) -> Iterator[Finding]:
    """Whether Apprise takes every channel's address and, with *send*, whether the target takes a message."""
    from monitor.cli.trial import try_channels

    try:
        names = [name for name in app.channels.ids if name in app.settings.channels]
    except ConfigError as error:
        yield bad("channels", str(error), "the forms of addresses are those of Apprise")
        return
    if not send:
        yield from (good(f"channel {name}", "a right address; --send tries it") for name in names)
        return
    for sent in try_channels(app, names) if names else ():
        mend = "`modelwatch alerts test` tries it again"
        yield bad(f"channel {sent.channel}", sent.error, mend) if sent.error else good(f"channel {sent.channel}", "took a message")


def network(app: App) -> Iterator[Finding]:
    """Whether each host of the configured sources answers; any answer will do."""
    homes = {
        f"{parts.scheme}://{parts.netloc}/"
        for visit in app.visits
        for request in visit.requests
        if (parts := urlsplit(request.url)).hostname and "@" not in parts.netloc
    }
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        yield from pool.map(lambda home: _host(app, home), sorted(homes))


def _host(app: App, home: str) -> Finding:
    host = urlsplit(home).netloc
    try:
        app.fetcher.fetch(Request(home), Validators())
    except BadStatus as error:
        return good(f"host {host}", f"answers (HTTP {error.status})")
    except FetchError as error:
        if not isinstance(error, BodyTooLarge | BadRedirect | BadEncoding):
            return bad(f"host {host}", str(error), "name resolution, firewall, fetch.proxy, or fetch.allow for a host inside")
    return good(f"host {host}", "answers")


def running(app: App) -> Iterator[Finding]:
    """Whether the daemon behind `web.listen` says that it is ready."""
    web = app.settings.web
    if not web.host:
        yield note("daemon", "web.listen is off, so it cannot be asked", 'set [web] listen = "127.0.0.1:9464"')
        return
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(web.host, f"[{web.host}]" if ":" in web.host else web.host)  # noqa: S104 - read, not bound
    address = f"http://{host}:{web.port}/readyz"
    fetcher = fetcher_for(app.settings, to=address)
    try:
        fetcher.fetch(Request(address), Validators())
    except FetchError as error:
        yield bad("daemon", str(error), "is it running? its log says more")
    else:
        yield good("daemon", "ready")
    finally:
        fetcher.close()
