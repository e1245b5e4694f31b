import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.pages import Request, Validators
from monitor.errors import BadRedirect, ConfigError, DeadlineExceeded, InsideAddress, Unreachable
from monitor.fetch import Fetched
from monitor.fetch.inside import plain, read_allowance, why_inside
from tests.faultserver import FaultServer, page, redirect
from tests.fetch.conftest import QUICK, Desk


def words(text: str) -> list[str]:
    return text.split()


SPELLINGS = words("""
http://127.0.0.1:{port}/                    http://127.1:{port}/                   http://127.0.1:{port}/
http://127.255.255.254:{port}/              http://2130706433:{port}/              http://0x7f000001:{port}/
http://0x7F.0.0.1:{port}/                   http://0x7f.1:{port}/                  http://017700000001:{port}/
http://0177.0.0.1:{port}/                   http://0177.1:{port}/                  http://127.0.0.01:{port}/
http://0:{port}/                            http://0.0.0.0:{port}/                 http://127.0.0.1.:{port}/
http://localhost:{port}/                    http://LocalHost:{port}/               http://localhost.:{port}/
http://api.localhost:{port}/                http://[::1]:{port}/                   http://[::]:{port}/
http://[0:0:0:0:0:0:0:1]:{port}/            http://[::ffff:127.0.0.1]:{port}/      http://[::ffff:7f00:1]:{port}/
http://[0:0:0:0:0:ffff:127.0.0.1]:{port}/   http://[::127.0.0.1]:{port}/           http://[64:ff9b::7f00:1]:{port}/
http://[2002:7f00:1::]:{port}/              http://[2001:0:7f00:1::]:{port}/       http://[::1%25lo]:{port}/
http://[::1%lo]:{port}/                     http://[fe80::1%25lo]:{port}/          http://127%2e0%2e0%2e1:{port}/
http://%31%32%37.0.0.1:{port}/              http://127\u30020\u30020\u30021:{port}/ http://\u2460\u2461\u2466.\u24ea.\u24ea.\u2460:{port}/
http://\uff11\uff12\uff17.\uff10.\uff10.\uff11:{port}/   http://\u24db\u24de\u24d2\u24d0\u24db\u24d7\u24de\u24e2\u24e3:{port}/
http://vendor.example@127.0.0.1:{port}/     http://vendor.example:80@127.0.0.1:{port}/
http://127.0.0.1:{port}#@vendor.example/    http://127.0.0.1:{port}\\@vendor.example/
http://[::FFFF:0:127.0.0.1]:{port}/         HTTP://127.0.0.1:{port}/
""")
NETWORKS = words("""
0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 127.0.0.1 168.63.129.16 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.192
192.168.1.1 198.18.0.1 203.0.113.9 224.0.0.1 239.255.255.250 255.255.255.255 :: ::1 ::127.0.0.1 ::ffff:10.0.0.1 64:ff9b::a9fe:a9fe
64:ff9b:1::a00:1 100::1 2001::1 2001:db8::1 2002:a00:1:: 3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1
""")
PUBLIC = words("1.1.1.1 8.8.8.8 100.63.255.255 100.128.0.0 172.15.0.1 172.32.0.1 2606:4700::1111 64:ff9b::808:808 ::ffff:8.8.8.8")


def spelled(host: str, port: int) -> Sequence[str]:
    """Reads addresses however they are spelled, knows this machine by its names, and nobody else."""
    if host == "localhost" or host.endswith(".localhost"):
        return ["127.0.0.1"]
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, flags=socket.AI_NUMERICHOST)]


class Names:
    """A resolver that knows some names and counts who asks; a name with several answers gives them in turn, the last one for good."""

    def __init__(self, **answers: Sequence[Sequence[str]]) -> None:
        self.asked: list[str] = []
        self._answers = {name.replace("_", "."): list(said) for name, said in answers.items()}

    def __call__(self, host: str, _port: int) -> Sequence[str]:
        self.asked.append(host)
        if host not in self._answers:
            return [str(ipaddress.ip_address(host))]
        said = self._answers[host]
        return said.pop(0) if len(said) > 1 else said[0]


def brought(got: object) -> bytes:
    assert isinstance(got, Fetched)
    return got.page.body


def test_there_are_forty_spellings() -> None:
    assert len(set(SPELLINGS)) >= 40


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_however_this_machine_is_spelled_nothing_reaches_it(site: FaultServer, desk: Desk, spelling: str) -> None:
    site.routes["/"] = page(b"secret")

    error = desk.failure(spelling.format(port=site.port), desk.fetcher(allow=(), resolver=spelled))

    assert isinstance(error, InsideAddress | Unreachable)
    assert site.requests == []


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_redirect_leads_to_this_machine_either(site: FaultServer, desk: Desk, spelling: str) -> None:
    names = Names(vendor_example=[["127.0.0.1"]])

    def resolver(host: str, port: int) -> Sequence[str]:
        return names(host, port) if host == "vendor.example" else spelled(host, port)

    location = spelling.format(port=site.port)
    site.routes |= {"/": page(b"secret"), "/old": redirect(location.encode().decode("latin-1"))}
    fetcher = desk.fetcher(allow=[f"vendor.example:{site.port}"], resolver=resolver)

    error = desk.failure(site.url("/old", host="vendor.example"), fetcher)

    assert isinstance(error, InsideAddress | BadRedirect | Unreachable)
    assert [asked.path for asked in site.requests] == ["/old"]


def test_the_systems_own_resolver_reads_most_spellings_and_all_of_those_are_inside(site: FaultServer, desk: Desk) -> None:
    strict = desk.fetcher(allow=())
    errors = [desk.failure(spelling.format(port=site.port), strict) for spelling in SPELLINGS if "@vendor.example" not in spelling]

    assert sum(isinstance(error, InsideAddress) for error in errors) >= 25
    assert site.requests == []


@pytest.mark.parametrize("address", NETWORKS)
def test_what_a_name_leads_to_is_judged_and_named(desk: Desk, address: str) -> None:
    names = Names(vendor_example=[["93.184.215.14", address]])

    error = desk.failure("https://vendor.example/models?key=hush", desk.fetcher(allow=(), resolver=names))

    assert isinstance(error, InsideAddress)
    assert str(error).startswith(f"https://vendor.example/models leads to {plain(address)}, an address inside (")
    assert str(error).endswith('; if that is meant, add "vendor.example" to fetch.allow')
    assert names.asked == ["vendor.example"]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_let_through(address: str) -> None:
    assert why_inside(plain(address)) == ""


@given(st.ip_addresses())
def test_whatever_python_knows_to_be_no_public_host_is_inside(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    bare = plain(str(address))
    carried = bare.version == 6 and bare in ipaddress.IPv6Network("64:ff9b::/96")
    assert why_inside(bare) or carried or bare.is_global


def test_an_inside_address_is_not_asked_for_twice(desk: Desk) -> None:
    names = Names(vendor_example=[["10.0.0.1"]])
    desk.failure("http://vendor.example/", desk.fetcher(allow=(), resolver=names, limits=replace(QUICK, retries=5)))
    assert names.asked == ["vendor.example"]


def test_a_name_that_changes_its_mind_is_looked_up_once_and_connected_to_where_it_was_checked(desk: Desk) -> None:
    """DNS rebinding: 127.0.0.2 plays the public address, 127.0.0.1 the inside."""
    with FaultServer({"/": page(b"secret")}) as inside, FaultServer({"/": page(b"public")}, at=("127.0.0.2", inside.port)) as public:
        names = Names(vendor_example=[["127.0.0.2"], ["127.0.0.1"]])
        fetcher = desk.fetcher(allow=["127.0.0.2"], resolver=names)

        assert brought(fetcher.fetch(Request(public.url("/", host="vendor.example")), Validators())) == b"public"
        assert public.requests[0].headers["host"] == f"vendor.example:{public.port}"
        assert names.asked == ["vendor.example"]

        assert isinstance(desk.failure(public.url("/", host="vendor.example"), fetcher), InsideAddress)
        assert inside.requests == []


def test_a_redirect_is_looked_up_anew_and_refused_when_the_name_has_turned_inside(desk: Desk) -> None:
    names = Names(vendor_example=[["127.0.0.2"], ["127.0.0.1"]])
    inside = FaultServer({"/secret": page(b"secret")})
    with inside, FaultServer({"/": redirect("/secret")}, at=("127.0.0.2", inside.port)) as public:
        error = desk.failure(public.url("/", host="vendor.example"), desk.fetcher(allow=["127.0.0.2"], resolver=names))

        assert isinstance(error, InsideAddress)
        assert names.asked == ["vendor.example", "vendor.example"]
        assert inside.requests == []


def test_the_certificate_and_sni_are_those_of_the_name(named_tls: ssl.SSLContext, named_ca: str, desk: Desk) -> None:
    asked: list[str | None] = []
    named_tls.sni_callback = lambda _socket, name, _context: asked.append(name)
    names = Names(vendor_example=[["127.0.0.1"]], other_example=[["127.0.0.1"]])
    with FaultServer({"/": page(b"public")}, tls=named_tls) as site:
        fetcher = desk.fetcher(ca_file=named_ca, resolver=names)

        assert brought(fetcher.fetch(Request(site.url("/", host="vendor.example.")), Validators())) == b"public"
        error = desk.failure(site.url("/", host="other.example"), fetcher)

        assert isinstance(error, Unreachable)
        assert "certificate verify failed" in str(error)
        assert asked == ["vendor.example", "other.example"]


def test_a_host_with_several_addresses_is_tried_at_each(desk: Desk) -> None:
    with FaultServer({"/": page(b"public")}) as site:
        names = Names(vendor_example=[["127.0.0.3", "127.0.0.4", "127.0.0.1"]])

        got = desk.fetcher(resolver=names).fetch(Request(site.url("/", host="vendor.example")), Validators())

        assert brought(got) == b"public"
        names = Names(vendor_example=[["127.0.0.3", "127.0.0.4"]])
        assert isinstance(desk.failure(site.url("/", host="vendor.example"), desk.fetcher(resolver=names)), Unreachable)


def test_an_address_that_never_answers_leaves_time_for_the_next(desk: Desk) -> None:
    with FaultServer({"/": page(b"public")}) as site, ExitStack() as open_lines, socket.socket() as deaf:
        deaf.bind(("127.0.0.3", site.port))
        deaf.listen(0)
        for _ in range(4):  # fill its queue, so that whoever comes next waits
            line = open_lines.enter_context(socket.socket())
            line.setblocking(False)
            line.connect_ex(deaf.getsockname())
        fetcher = desk.fetcher(resolver=lambda _host, _port: ["127.0.0.3", "127.0.0.1"], limits=replace(QUICK, total_seconds=1))
        start = time.monotonic()

        assert brought(fetcher.fetch(Request(site.url("/", host="vendor.example")), Validators())) == b"public"
        assert 0.4 < time.monotonic() - start < 0.9


def test_a_name_without_addresses_is_unreachable(desk: Desk) -> None:
    assert isinstance(desk.failure("http://vendor.example/", desk.fetcher(resolver=lambda _host, _port: [])), Unreachable)


ALLOWED = [
    "127.0.0.1",
    "127.0.0.0/8",
    "vendor.example",
    "Vendor.Example.",
    "vendor.example:{port}",
    "127.0.0.1:{port}",
    "[127.0.0.1]:{port}",
    "0.0.0.0/0",
]


@pytest.mark.parametrize("entry", ALLOWED)
def test_what_is_allowed_is_fetched(site: FaultServer, desk: Desk, entry: str) -> None:
    site.routes["/"] = page(b"wiki")
    fetcher = desk.fetcher(allow=["::1", entry.format(port=site.port)], resolver=Names(vendor_example=[["127.0.0.1"]]))

    assert brought(fetcher.fetch(Request(site.url("/", host="vendor.example")), Validators())) == b"wiki"


@pytest.mark.parametrize("entry", ["127.0.0.2", "10.0.0.0/8", "example", "vendor.example:1", "127.0.0.1:1", "sub.vendor.example", "::1"])
def test_what_is_allowed_is_no_more_than_was_said(site: FaultServer, desk: Desk, entry: str) -> None:
    names = Names(vendor_example=[["127.0.0.1"]])

    error = desk.failure(site.url("/", host="vendor.example"), desk.fetcher(allow=[entry], resolver=names))

    assert isinstance(error, InsideAddress)
    assert site.requests == []


def test_a_name_that_is_allowed_does_not_allow_its_address_under_another_name(site: FaultServer, desk: Desk) -> None:
    names = Names(wiki_internal=[["127.0.0.1"]], evil_example=[["127.0.0.1"]])
    site.routes["/"] = redirect(site.url("/secret", host="evil.example"))

    assert isinstance(
        desk.failure(site.url("/", host="wiki.internal"), desk.fetcher(allow=["wiki.internal"], resolver=names)), InsideAddress
    )
    assert [asked.path for asked in site.requests] == ["/"]


BAD_ENTRIES = [
    "",
    "10.2.0.1/16",
    "10.2.0.0/33",
    "*.internal",
    "http://wiki",
    "wiki:0",
    "wiki:99999",
    "127.1",
    "a b",
    "[wiki]:1",
    "[::1",
    "a/b",
    "\u2460",
]


@pytest.mark.parametrize("entry", BAD_ENTRIES)
def test_an_entry_that_is_none_is_named(entry: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_allowance(["127.0.0.1", entry])
    assert caught.value.key == "fetch.allow[1]"


def test_a_name_in_letters_of_its_own_is_allowed_as_resolvers_know_it() -> None:
    assert read_allowance(["B\xfccher.internal"]).covers("xn--bcher-kva.internal", plain("10.0.0.1"), 80)


def test_a_resolver_that_hangs_ends_with_the_deadline_and_holds_nobody_else(site: FaultServer, desk: Desk) -> None:
    site.routes["/"] = page(b"hello")
    freed = threading.Event()

    def resolver(host: str, _port: int) -> Sequence[str]:
        if host == "stuck.example":
            freed.wait(30)
        return ["127.0.0.1"]

    fetcher = desk.fetcher(resolver=resolver, limits=replace(QUICK, total_seconds=0.3))
    start = time.monotonic()
    assert isinstance(desk.failure("http://stuck.example/", fetcher), DeadlineExceeded)
    assert time.monotonic() - start < 1.3
    assert brought(fetcher.fetch(Request(site.url("/", host="other.example")), Validators())) == b"hello"
    freed.set()


PROXIED = {
    "a literal": "http://127.0.0.1/",
    "a number": "http://2130706433/",
    "metadata": "http://169.254.169.254/latest/meta-data",
    "a name that leads inside": "http://wiki.internal/",
    "localhost, looked up by nobody": "http://localhost/",
    "a name under it": "http://api.localhost./",
}


@pytest.mark.parametrize("kind", PROXIED)
def test_a_proxy_is_trusted_and_what_is_inside_is_not_asked_of_it(desk: Desk, kind: str) -> None:
    def resolver(host: str, port: int) -> Sequence[str]:
        if host.endswith("localhost"):
            raise socket.gaierror
        return ["10.0.0.1"] if host == "wiki.internal" else spelled(host, port)

    with FaultServer({PROXIED[kind]: page(b"secret")}) as proxy:
        fetcher = desk.fetcher(proxy=proxy.url(""), allow=(), resolver=resolver)

        assert isinstance(desk.failure(PROXIED[kind], fetcher), InsideAddress)
        assert proxy.requests == []


def test_a_proxy_may_know_names_that_nobody_here_does_or_answers_for(desk: Desk) -> None:
    freed = threading.Event()

    def hangs(_host: str, _port: int) -> Sequence[str]:
        freed.wait(30)
        return []

    address = "http://vendor.example/"
    with FaultServer({address: page(b"public")}) as proxy:
        fetcher = desk.fetcher(proxy=proxy.url(""), allow=(), resolver=hangs)
        assert brought(fetcher.fetch(Request(address), Validators())) == b"public"
    freed.set()
