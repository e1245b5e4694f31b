import gzip
import subprocess
import sys
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.pages import Request, Validators
from monitor.errors import BadEncoding, BodyTooLarge, FetchError
from monitor.fetch import Fetched
from monitor.fetch.body import read_body
from tests.faultserver import FaultServer, Reply, answer, bomb, coded, endless, page, raw, truncated_gzip, zstd_bomb
from tests.fetch.conftest import Desk

MEGABYTE = 1 << 20
LIMIT = 10 * MEGABYTE
TEXT = b"<p>gpt-4.1-mini retires on 2026-02-13</p>" * 500


WEIGHT = 400  # megabytes, once opened
BOMBS: dict[str, tuple[Callable[[], Reply], type[FetchError]]] = {
    "gzip": (lambda: bomb(WEIGHT), BodyTooLarge),
    "many-members": (lambda: coded(gzip.compress(bytes(MEGABYTE)) * WEIGHT, "gzip"), BodyTooLarge),
    "gzip-in-gzip": (lambda: bomb(WEIGHT, layers=2), BadEncoding),
    "gzip-in-gzip-called-gzip": (lambda: coded(gzip.compress(gzip.compress(bytes(5 * MEGABYTE)) * 4000), "gzip"), BodyTooLarge),
    "br": (lambda: coded(gzip.compress(bytes(MEGABYTE)), "br"), BadEncoding),
    "zstd": (lambda: zstd_bomb(WEIGHT), BadEncoding),
    "endless": (endless, BodyTooLarge),
}


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="no /proc to measure memory with")
def test_bombs_are_refused_in_less_than_thirty_megabytes_of_memory_by_a_process_of_their_own(site: FaultServer) -> None:
    site.routes |= {f"/{kind}": make() for kind, (make, _) in BOMBS.items()} | {"/": page(TEXT)}
    measuring = [
        sys.executable,
        str(Path(__file__).with_name("weighing.py")),
        str(LIMIT),
        site.url("/"),
        *map(site.url, map("/{}".format, BOMBS)),
    ]

    done = subprocess.run(measuring, check=True, capture_output=True, text=True, timeout=100, cwd=Path(__file__).parents[2])

    said = [line.split() for line in done.stdout.splitlines()]
    assert {kind: word for kind, (word, _) in zip(BOMBS, said, strict=True)} == {kind: error.__name__ for kind, (_, error) in BOMBS.items()}
    assert {kind: int(grown) for kind, (_, grown) in zip(BOMBS, said, strict=True) if int(grown) >= 30 * MEGABYTE} == {}


@pytest.mark.parametrize("coding", ["br", "zstd", "deflate", "compress", "gzip, gzip", "gzip, br", "br, gzip", "x-unheard-of"])
def test_a_coding_that_was_not_asked_for_is_refused(site: FaultServer, desk: Desk, coding: str) -> None:
    site.routes["/"] = coded(gzip.compress(TEXT), coding)

    assert isinstance(desk.failure(site.url("/"), desk.limited(retries=2)), BadEncoding)
    assert len(site.requests) == 1


def test_a_coding_stacked_over_two_lines_is_refused(site: FaultServer, desk: Desk) -> None:
    twice = gzip.compress(gzip.compress(TEXT))
    site.routes["/"] = answer(200, twice, ("Content-Encoding", "gzip"), ("Content-Encoding", "gzip"))

    assert isinstance(desk.failure(site.url("/")), BadEncoding)


@pytest.mark.parametrize(
    ("coding", "sent"),
    [
        ("GZIP", gzip.compress(TEXT)),
        ("x-gzip", gzip.compress(TEXT)),
        ("identity, gzip", gzip.compress(TEXT)),
        ("identity", TEXT),
        ("", TEXT),
        ("gzip", gzip.compress(TEXT[:100]) + gzip.compress(b"") + gzip.compress(TEXT[100:])),
    ],
)
def test_gzip_under_each_of_its_names_and_in_several_members_is_read(site: FaultServer, desk: Desk, coding: str, sent: bytes) -> None:
    site.routes["/"] = coded(sent, coding)

    brought = desk.shared.fetch(Request(site.url("/")), Validators())

    assert isinstance(brought, Fetched)
    assert brought.page.body == TEXT


BROKEN: dict[str, Reply] = {
    "half of it": truncated_gzip(TEXT),
    "all but the checksum": coded(gzip.compress(TEXT)[:-8], "gzip"),
    "a wrong checksum": coded(gzip.compress(TEXT)[:-8] + bytes(8), "gzip"),
    "nothing": coded(b"", "gzip"),
    "no gzip": coded(TEXT, "gzip"),
    "zlib": coded(zlib.compress(TEXT), "gzip"),
    "more after the end": coded(gzip.compress(TEXT) + b"and more", "gzip"),
    "half a second member": coded(gzip.compress(TEXT) + gzip.compress(TEXT)[:50], "gzip"),
    "half of it without length": raw(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(TEXT)[:50]),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_gzip_that_is_not_whole_is_refused(site: FaultServer, desk: Desk, fault: str) -> None:
    site.routes["/"] = BROKEN[fault]

    assert isinstance(desk.failure(site.url("/")), BadEncoding)


def test_the_limit_is_exact_and_counts_what_was_opened(site: FaultServer, desk: Desk) -> None:
    fetcher = desk.limited(max_bytes=200_000)
    for body in (bytes(200_000), bytes(200_001)):
        site.routes |= {f"/plain{len(body)}": answer(200, body), f"/gzip{len(body)}": coded(gzip.compress(body), "gzip")}

    for kind in ("plain", "gzip"):
        brought = fetcher.fetch(Request(site.url(f"/{kind}200000")), Validators())
        assert isinstance(brought, Fetched)
        assert brought.page.body == bytes(200_000)
        assert isinstance(desk.failure(site.url(f"/{kind}200001"), fetcher), BodyTooLarge)


def test_a_length_beyond_the_limit_is_refused_before_the_body(site: FaultServer, desk: Desk) -> None:
    site.routes["/"] = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 1000001\r\n\r\n")

    assert isinstance(desk.failure(site.url("/")), BodyTooLarge)


@given(st.lists(st.binary(max_size=200_000), min_size=1, max_size=4), st.integers(min_value=1, max_value=5000))
def test_any_body_survives_any_cut_into_members_and_pieces(members: list[bytes], size: int) -> None:
    sent = b"".join(map(gzip.compress, members))
    pieces = (sent[start : start + size] for start in range(0, len(sent), size))
    response = httpx.Response(200, headers={"Content-Encoding": "gzip"}, content=pieces)

    assert read_body(response, LIMIT, "page") == b"".join(members)


@given(st.binary(max_size=300))
def test_any_bytes_called_gzip_are_read_or_refused(sent: bytes) -> None:
    response = httpx.Response(200, headers={"Content-Encoding": "gzip"}, content=iter([sent]))

    with suppress(BadEncoding, BodyTooLarge):
        read_body(response, 1000, "page")
