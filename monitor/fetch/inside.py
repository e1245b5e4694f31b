"""Addresses that lead inside: this machine, its networks, its cloud's metadata, and whatever else is no public host. Pure."""

import ipaddress
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import httpx

from monitor.errors import ConfigError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# The IANA special-purpose registries, multicast, and one address that Azure gives its own platform.
_INSIDE = {
    "0.0.0.0/8": "unspecified",
    "10.0.0.0/8": "private",
    "100.64.0.0/10": "shared by a carrier",
    "127.0.0.0/8": "loopback",
    "168.63.129.16/32": "the cloud's own",
    "169.254.0.0/16": "link-local, where clouds keep their metadata",
    "172.16.0.0/12": "private",
    "192.0.0.0/24": "reserved",
    "192.0.2.0/24": "reserved",
    "192.88.99.0/24": "reserved",
    "192.168.0.0/16": "private",
    "198.18.0.0/15": "reserved",
    "198.51.100.0/24": "reserved",
    "203.0.113.0/24": "reserved",
    "224.0.0.0/4": "multicast",
    "240.0.0.0/4": "reserved",
    "::/128": "unspecified",
    "::1/128": "loopback",
    "2001::/23": "a tunnel's or reserved",
    "2001:db8::/32": "reserved",
    "2002::/16": "a tunnel's",
    "3fff::/20": "reserved",
    "fc00::/7": "private",
    "fe80::/10": "link-local",
    "fec0::/10": "site-local",
    "ff00::/8": "multicast",
}
_NETWORKS = tuple((ipaddress.ip_network(text), what) for text, what in _INSIDE.items())
_PUBLIC_V6 = ipaddress.IPv6Network("2000::/3")  # all of IPv6 that is given to hosts of the Internet (RFC 4291, section 2.4)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # an IPv4 address in the last four bytes (RFC 6052)

_ENTRY = re.compile(r"(?:\[(?P<six>[^\]]*)\]|(?P<host>[^:/\[\]@%*\s]+))(?::(?P<port>[1-9][0-9]{0,4}))?", re.ASCII)
_NAME = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)*[a-z0-9_-]*[a-z_][a-z0-9_-]*")
_LAST_PORT = 65_535


def plain(text: str) -> Address:
    """The address a text stands for, an IPv4 address in IPv6's clothes as itself; raises ValueError."""
    address = ipaddress.ip_address(text)
    return getattr(address, "ipv4_mapped", None) or address


def why_inside(address: Address) -> str:
    """What makes an address one that leads inside, or ""."""
    if address.version == 6 and address in _NAT64:  # noqa: PLR2004  the protocol's number
        return why_inside(ipaddress.IPv4Address(address.packed[-4:]))
    known = next((what for network, what in _NETWORKS if address in network), "")
    if known or address.version == 4:  # noqa: PLR2004
        return known
    return "" if address in _PUBLIC_V6 else "reserved"


@dataclass(frozen=True, slots=True)
class Allowance:
    """What may lead inside all the same: host names and networks, each on one port or (None) on all."""

    names: frozenset[tuple[str, int | None]] = frozenset()
    networks: tuple[tuple[Network, int | None], ...] = ()

    def covers(self, name: str, address: Address, port: int) -> bool:
        """Whether *name* may lead to *address* on *port*."""
        if {(name, port), (name, None)} & self.names:
            return True
        return any(address in network and only in {port, None} for network, only in self.networks)


def read_allowance(entries: Iterable[str]) -> Allowance:
    """`wiki.internal`, `wiki.internal:8443`, `127.0.0.1`, `[::1]:80`, `10.2.0.0/16`; raises ConfigError for the entry that is none."""
    read = [_entry(text, f"fetch.allow[{number}]") for number, text in enumerate(entries)]
    names = frozenset((what, port) for what, port in read if isinstance(what, str))
    return Allowance(names, tuple(_networks(read)))


def _networks(read: list[tuple[str | Network, int | None]]) -> Iterator[tuple[Network, int | None]]:
    for what, port in read:
        if not isinstance(what, str):
            yield what, port


def _entry(text: str, key: str) -> tuple[str | Network, int | None]:
    try:
        return ipaddress.ip_network(text), None
    except ValueError as error:
        if "/" in text:
            raise ConfigError(key, f"{error}: expected a network as in 10.2.0.0/16") from None
    found = _ENTRY.fullmatch(text)
    port = int(found["port"]) if found and found["port"] else None
    what = (_network(found["six"]) if found["six"] is not None else _network(found["host"]) or _name(found["host"])) if found else None
    if what is None or (port or 1) > _LAST_PORT:
        raise ConfigError(key, "expected a host name, an address or a network: wiki.internal, wiki.internal:8443, 127.0.0.1, 10.2.0.0/16")
    return what, port


def _network(text: str) -> Network | None:
    try:
        return ipaddress.ip_network(text)
    except ValueError:
        return None


def _name(text: str) -> str | None:
    """A host name as addresses carry it; one that ends in a number would be read as an address."""
    try:
        name = httpx.URL(f"http://{text}/").raw_host.decode().removesuffix(".")
    except (httpx.InvalidURL, ValueError):
        return None
    return name if _NAME.fullmatch(name) else None
