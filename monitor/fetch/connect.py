"""Connecting: to an address that the gate has let through, in the name of the host it stands for; or by way of a proxy.

The address takes the host's place in what is connected to, and nowhere else: Host header, SNI and the certificate's check keep the name.
So a second look-up, which might say something else (DNS rebinding), never happens.
"""

import time

import httpx

from monitor.fetch.addresses import host_of
from monitor.fetch.gate import Gate
from monitor.fetch.inside import Address

_MOST_ADDRESSES = 4
_LEAST_SECONDS = 0.01
_LOOK_UP_SECONDS = 2.0  # behind a proxy there may be no resolver at all, and every request would wait for it


class Direct(httpx.BaseTransport):
    """Connects by itself; a host with several addresses is tried at each, within the time given for connecting."""

    def __init__(self, inner: httpx.BaseTransport, gate: Gate) -> None:
        self._inner = inner
        self._gate = gate

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Raises InsideAddress, what *inner* raises, and OSError or ValueError for a name that does not exist."""
        ends = time.monotonic() + request.extensions["timeout"]["connect"]
        *others, last = self._gate.addresses(request.url)[:_MOST_ADDRESSES]
        for number, address in enumerate(others):
            share = (ends - time.monotonic()) / (len(others) + 1 - number)
            try:
                return self._inner.handle_request(_pinned(request, address, share))
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        return self._inner.handle_request(_pinned(request, last, ends - time.monotonic()))

    def close(self) -> None:
        self._inner.close()


class Proxied(httpx.BaseTransport):
    """Leaves connecting to a proxy, whose own address is the operator's word; where it is to lead us is judged as far as we can see."""

    def __init__(self, inner: httpx.BaseTransport, gate: Gate) -> None:
        self._inner = inner
        self._gate = gate

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Raises InsideAddress and what *inner* raises."""
        self._gate.inspect(request.url, _LOOK_UP_SECONDS)
        return self._inner.handle_request(request)

    def close(self) -> None:
        self._inner.close()


def _pinned(request: httpx.Request, address: Address, seconds: float) -> httpx.Request:
    timeout = {**request.extensions["timeout"], "connect": max(seconds, _LEAST_SECONDS)}
    extensions = {**request.extensions, "timeout": timeout, "sni_hostname": host_of(request.url)}
    url = request.url.copy_with(host=str(address))
    return httpx.Request(request.method, url, headers=request.headers, extensions=extensions)  # the Host header is among them
