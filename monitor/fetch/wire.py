"""The edge to httpx: opening connections, asking for one hop, and turning every failure into ours.

A transport and no `httpx.Client`: the client adds cookies that outlive a fetch, credentials out of addresses, its own reading of
`Location` and a log line with the whole address; none of it is wanted here.
"""

import logging
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import httpx

from monitor.errors import ConfigError, Unreachable
from monitor.fetch.addresses import Ask, shown
from monitor.fetch.connect import Direct, Proxied
from monitor.fetch.deadline import Deadline
from monitor.fetch.gate import Gate

_FAILURES = (httpx.HTTPError, httpx.StreamError, OSError, ValueError, OverflowError)  # the last two: names that resolvers choke on


def open_transport(proxy: str | None, ca_file: str | None, gate: Gate) -> httpx.BaseTransport:
    """A transport that looks at no environment variable and keeps no idle connections; raises ConfigError for a bad setting."""
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)  # below it, they log whole addresses and headers
    way = Direct if proxy is None else Proxied
    inner = httpx.HTTPTransport(
        verify=_trusted(ca_file),
        trust_env=False,
        limits=httpx.Limits(max_connections=None, max_keepalive_connections=0),
        proxy=_proxy(proxy),
    )
    return way(inner, gate)


def request_for(ask: Ask, user_agent: str, deadline: Deadline, now: datetime) -> httpx.Request:
    headers = httpx.Headers([("Accept", "*/*"), *ask.headers])
    # After the source's own: we say who we are, and gzip is the one coding that can be decompressed in bounded pieces.
    headers.update({"User-Agent": user_agent, "Accept-Encoding": "gzip", "Connection": "close"})
    if ask.validators.etag is not None:
        headers["If-None-Match"] = ask.validators.etag
    if ask.validators.last_modified is not None:
        headers["If-Modified-Since"] = ask.validators.last_modified
    if ask.signer is not None:
        headers.update(ask.signer.headers(ask.url, now))
    timeout = httpx.Timeout(deadline.remaining()).as_dict()
    return httpx.Request("GET", ask.url, headers=headers, extensions={"timeout": timeout, "trace": deadline.watch})


@contextmanager
def translated(ask: Ask, deadline: Deadline) -> Iterator[None]:
    """Raise our errors in place of whatever comes from below, cause kept."""
    try:
        yield
    except httpx.TimeoutException as error:  # each timeout is all the time that was left
        raise deadline.error() from error
    except _FAILURES as error:
        raise Unreachable(f"cannot reach {shown(ask.url)}: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    if isinstance(error, httpx.ProtocolError | httpx.StreamError):
        return "the server broke off, or does not speak HTTP"  # the library's words may quote what was sent
    return str(error)[:200] or type(error).__name__


def _trusted(ca_file: str | None) -> ssl.SSLContext:
    if ca_file is None:
        return httpx.create_ssl_context(trust_env=False)
    try:
        return ssl.create_default_context(cafile=ca_file)
    except OSError as error:
        raise ConfigError("fetch.ca_file", "no readable file of PEM certificates") from error


def _proxy(address: str | None) -> httpx.Proxy | None:
    if address is None:
        return None
    try:
        proxy = httpx.Proxy(address)
        usable = proxy.url.scheme in {"http", "https"} and bool(proxy.url.host)
    except (httpx.InvalidURL, ValueError):
        usable = False
    if not usable:  # outside of the handler: the error's text may hold the proxy's password
        raise ConfigError("fetch.proxy", "not the address of an HTTP proxy, http://host:port")
    return proxy
