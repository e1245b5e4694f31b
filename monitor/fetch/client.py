"""The fetcher: redirects by hand, retries within a budget, everything within one deadline."""

import threading
from collections.abc import Callable, Collection
from contextlib import closing
from datetime import datetime

import httpx

from monitor.domain.pages import Page, Request, Validators
from monitor.errors import BadRedirect, BadStatus, FetchError, FetchStopped, RateLimited
from monitor.fetch.addresses import Ask, evidence, first_ask, redirected, renewed, shown
from monitor.fetch.body import read_body
from monitor.fetch.deadline import Deadline
from monitor.fetch.gate import Gate, Resolver, look_up
from monitor.fetch.hosts import Hosts
from monitor.fetch.inside import read_allowance
from monitor.fetch.retry import Retries, read_retry_at
from monitor.fetch.values import Fetched, FetchLimits, NotModified
from monitor.fetch.wire import open_transport, request_for, translated

_REDIRECTS = {301, 302, 303, 307, 308}
_BUSY = {429, 503}


def _no_jitter(seconds: float) -> float:
    return seconds


class Fetcher:
    """Brings pages. Safe to share between threads; close it when the program stops, which ends running fetches at once.

    *clock* gives aware UTC, *jitter* draws a pause between nothing and what it is given. An address inside is refused unless *allow*
    names it. A *transport* does its own connecting, and what goes with that is left to it: *proxy*, *ca_file*, *allow*, *resolver*.
    Raises ConfigError for a proxy, certificate file or allowance that cannot be used; nothing is taken out of the environment.
    """

    def __init__(  # noqa: PLR0913  the composition root names each
        self,
        *,
        limits: FetchLimits,
        user_agent: str,
        clock: Callable[[], datetime],
        jitter: Callable[[float], float] = _no_jitter,
        proxy: str | None = None,
        ca_file: str | None = None,
        allow: Collection[str] = (),
        resolver: Resolver = look_up,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._limits = limits
        self._user_agent = user_agent
        self._clock = clock
        self._jitter = jitter
        self._transport = transport if transport is not None else open_transport(proxy, ca_file, Gate(read_allowance(allow), resolver))
        self._hosts = Hosts(limits.per_host_concurrency, limits.min_spacing_seconds)
        self._lock = threading.Lock()
        self._running: set[Deadline] = set()
        self._closed = False

    def fetch(self, request: Request, validators: Validators) -> Fetched | NotModified:
        """Bring the page, or say that it is the one of *validators*; within the total time plus a second, raising only FetchError.

        A request with a *secret*, or *keyed* because it carries one of its own, never leaves its scheme, host and port; the secret is
        read now, and what must be signed is signed anew for each hop and each retry.
        """
        ask = first_ask(request, validators)
        deadline = Deadline(self._limits.total_seconds, shown(ask.url))
        with self._lock:
            if self._closed:
                raise FetchStopped(f"closed before fetching {shown(ask.url)}")
            self._running.add(deadline)
        try:
            return deadline.run(lambda: self._attempts(ask, deadline))
        finally:
            with self._lock:
                self._running.discard(deadline)
                self._close_when_idle()

    def close(self) -> None:
        """Stop running fetches, which raise FetchStopped, and take no more."""
        with self._lock:
            self._closed = True
            for deadline in self._running:
                deadline.stop()
            self._close_when_idle()

    def _close_when_idle(self) -> None:
        # Not sooner: closing a TLS connection while its thread reads from it breaks that thread in ways of its own.
        if self._closed and not self._running:
            self._transport.close()

    def _attempts(self, ask: Ask, deadline: Deadline) -> Fetched | NotModified:
        retries = Retries(self._limits.retries, self._limits.retry_budget_seconds, self._jitter)
        while True:
            try:
                return self._attempt(ask, deadline)
            except FetchError as error:
                left = deadline.remaining()  # raises: what looks broken once the time is up is what we cut
                pause = retries.pause_after(error, self._clock())
                if pause is None or pause >= left:
                    raise
            deadline.wait(pause)

    def _attempt(self, first: Ask, deadline: Deadline) -> Fetched | NotModified:
        ask = first
        for _ in range(self._limits.redirects + 1):
            answer = self._hop(ask, deadline)
            if not isinstance(answer, Ask):
                return answer
            ask = answer
        raise BadRedirect(f"{shown(first.url)} redirects more than {self._limits.redirects} times")

    def _hop(self, ask: Ask, deadline: Deadline) -> Ask | Fetched | NotModified:
        with self._hosts.turn(ask.url.host, deadline), translated(ask, deadline):
            try:
                with closing(self._transport.handle_request(request_for(ask, self._user_agent, deadline, self._clock()))) as response:
                    answer = self._answer(ask, response)
                    deadline.remaining()  # raises: a body without a length looks complete when it was we who cut it
                    return answer
            finally:
                deadline.release()

    def _answer(self, ask: Ask, response: httpx.Response) -> Ask | Fetched | NotModified:
        status, headers = response.status_code, response.headers
        match status:
            case 200:
                return self._fetched(ask, response)
            case 304 if ask.conditional:
                return NotModified(renewed(ask.validators, headers))
            case _ if status in _REDIRECTS and "location" in headers:
                return redirected(ask, headers["location"])
            case _ if status in _BUSY:
                retry_at = read_retry_at(headers.get("retry-after"), self._clock(), self._limits.retry_after_cap_seconds)
                raise RateLimited(status, shown(ask.url), retry_at)
            case _:
                raise BadStatus(status, shown(ask.url))

    def _fetched(self, ask: Ask, response: httpx.Response) -> Fetched:
        body = read_body(response, self._limits.max_bytes, shown(ask.url))
        page = Page(evidence(ask), body, self._clock(), response.headers.get("content-type", ""))
        return Fetched(page, Validators() if ask.moved else renewed(Validators(), response.headers))
