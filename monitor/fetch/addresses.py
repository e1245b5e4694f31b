"""Addresses: which may be fetched, where a redirect may lead, and how they are shown without secrets."""

import ipaddress
import re
from dataclasses import dataclass, replace

import httpx

from monitor.domain.pages import AwsSecret, HeaderSecret, Request, Validators
from monitor.errors import BadRedirect, ConfigError, Unreachable
from monitor.fetch.signing import Signer

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[!-~](?:[ -~\t]*[!-~])?")
_HOST = re.compile(r"[0-9A-Za-z._-]+")  # no percent signs, which one reader undoes and another keeps
_LAST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class Ask:
    """One hop of a fetch: what is asked of whom."""

    url: httpx.URL
    headers: tuple[tuple[str, str], ...]
    keyed: bool
    validators: Validators
    signer: Signer | None = None
    moved: bool = False

    @property
    def conditional(self) -> bool:
        return self.validators != Validators()


def first_ask(request: Request, validators: Validators) -> Ask:
    """The first hop; raises Unreachable for what cannot be asked at all, without repeating any of it."""
    url = _web_address(request.url)
    if url is None:
        raise Unreachable("not an http or https address that can be fetched")
    headers, signer = _with_secret(request, url)
    signing = [("Authorization", signer.keys.access_key), ("Authorization", signer.keys.session_token or "none")] if signer else []
    for name, value in (*headers, *signing):
        if not _NAME.fullmatch(name) or not sendable(value):
            raise Unreachable(f"a header for {shown(url)} holds characters that HTTP does not allow, such as a line break")
    keyed = request.keyed or request.secret is not None
    return Ask(url, headers, keyed, _kept(validators.etag, validators.last_modified), signer)


def redirected(ask: Ask, location: str) -> Ask:
    """The hop to which *location* leads; raises BadRedirect where it must not be followed.

    Validators stay behind: they speak of the first address only (RFC 9110, section 8.8), and the "not modified" of another page
    would hide a change.
    """
    url = _web_address(location, ask.url)
    if url is None:
        raise BadRedirect(f"{shown(ask.url)} redirects to something that is not http(s)")
    if ask.url.scheme == "https" and url.scheme == "http":
        raise BadRedirect(f"{shown(ask.url)} redirects from https to http, {shown(url)}")
    at_home = _origin(url) == _origin(ask.url)
    if ask.keyed and not at_home:
        raise BadRedirect(f"{shown(ask.url)} redirects a request that carries a key to {shown(url)}")
    return replace(ask, url=url, headers=ask.headers if at_home else (), validators=Validators(), moved=True)


def shown(url: httpx.URL) -> str:
    """The address for messages and logs: without credentials and query, where secrets travel."""
    return str(url.copy_with(userinfo=b"", query=None, fragment=None))


def host_of(url: httpx.URL) -> str:
    """The host as resolvers and certificates know it: in ASCII, without the dot that may end it."""
    return url.raw_host.decode().removesuffix(".")


def port_of(url: httpx.URL) -> int:
    """The port, the scheme's usual one where none is said."""
    return url.port if url.port is not None else {"http": 80, "https": 443}[url.scheme]


def evidence(ask: Ask) -> str:
    """The address that a page is stored under; the query stays only where it cannot be the key."""
    return shown(ask.url) if ask.keyed else str(ask.url.copy_with(userinfo=b"", fragment=None))


def renewed(old: Validators, headers: httpx.Headers) -> Validators:
    """The validators of an answer, the old ones where it says nothing."""
    return _kept(headers.get("etag", old.etag), headers.get("last-modified", old.last_modified))


def sendable(value: str) -> bool:
    """Whether HTTP lets *value* stand in a header; checked here because the library's own error would quote it, key and all."""
    return _VALUE.fullmatch(value) is not None


def _with_secret(request: Request, url: httpx.URL) -> tuple[tuple[tuple[str, str], ...], Signer | None]:
    secret = request.secret
    try:
        match secret:
            case None:
                return request.headers, None
            case HeaderSecret():
                return (*request.headers, (secret.header, secret.prefix + secret.read())), None
            case AwsSecret():
                return request.headers, Signer(secret.read(), secret.service, secret.region)
    except ConfigError as error:
        raise Unreachable(f"no key for {shown(url)}: {error}") from error


def _kept(etag: str | None, last_modified: str | None) -> Validators:
    """What can be sent back; the rest is forgotten rather than mended."""
    return Validators(
        etag if etag is not None and sendable(etag) else None,
        last_modified if last_modified is not None and sendable(last_modified) else None,
    )


def _web_address(text: str, base: httpx.URL | None = None) -> httpx.URL | None:
    try:
        url = httpx.URL(text) if base is None else base.join(text)
        good = url.scheme in {"http", "https"} and bool(url.host) and _is_host(url.raw_host.decode()) and 0 < port_of(url) <= _LAST_PORT
    except (httpx.InvalidURL, ValueError):
        return None
    return url if good else None


def _is_host(text: str) -> bool:
    return bool(_HOST.fullmatch(text) if ":" not in text else ("%" not in text and ipaddress.IPv6Address(text)))


def _origin(url: httpx.URL) -> tuple[str, str, int]:
    return url.scheme, url.host, port_of(url)
