"""The gate: a name is looked up once per hop, every address it has is judged, and only to those may be connected."""

import concurrent.futures
import socket
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import httpx

from monitor.errors import InsideAddress
from monitor.fetch.addresses import host_of, port_of, shown
from monitor.fetch.deadline import carry
from monitor.fetch.inside import Address, Allowance, plain, why_inside

Resolver = Callable[[str, int], Sequence[str]]
"""A host (name or literal) and a port → its addresses, best first; raises OSError or ValueError for none. May take for ever."""

_LOCAL = "localhost"


def look_up(host: str, port: int) -> list[str]:
    """The system's resolver: reads every spelling of an address as connecting would, `0x7f.1` and `2130706433` too."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[0]) for *_, place in found))


@dataclass(frozen=True, slots=True)
class Gate:
    """Who is let through; a name of which one address leads inside is refused whole."""

    allowance: Allowance
    resolver: Resolver = look_up

    def addresses(self, url: httpx.URL) -> list[Address]:
        """Where to connect for *url*; raises InsideAddress, and OSError or ValueError for a name that does not exist."""
        found = self._judged(url, self.resolver(host_of(url), port_of(url)))
        if not found:
            raise OSError(f"no address for {host_of(url)}")
        return found

    def inspect(self, url: httpx.URL, seconds: float) -> None:
        """Refuse what somebody else would connect to for us, as far as its name can be looked up here within *seconds*.

        What cannot is let through, but for names that mean the proxy's own machine wherever they are looked up (RFC 6761, section 6.3).
        """
        host, port = host_of(url), port_of(url)
        try:
            found = _within(seconds, lambda: self.resolver(host, port))
        except (OSError, ValueError):
            found = ["127.0.0.1"] if host == _LOCAL or host.endswith(f".{_LOCAL}") else []
        self._judged(url, found)

    def _judged(self, url: httpx.URL, found: Iterable[str]) -> list[Address]:
        addresses = [plain(text) for text in found]
        name, port = host_of(url), port_of(url)
        for address in addresses:
            why = why_inside(address)
            if why and not self.allowance.covers(name, address, port):
                raise InsideAddress(
                    f'{shown(url)} leads to {address}, an address inside ({why}); if that is meant, add "{name}" to fetch.allow'
                )
        return addresses


def _within(seconds: float, work: Callable[[], Sequence[str]]) -> Sequence[str]:
    outcome: concurrent.futures.Future[Sequence[str]] = concurrent.futures.Future()
    threading.Thread(target=carry, args=(work, outcome), name="look-up", daemon=True).start()
    return outcome.result(seconds)
