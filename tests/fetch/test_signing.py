"""Requests to AWS, checked by a server that knows the algorithm from AWS's description and nothing of botocore."""

import hashlib
import hmac
import itertools
import logging
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from monitor.domain.pages import AwsKeys, AwsSecret, HeaderSecret, Request, Validators
from monitor.errors import BadRedirect, ConfigError, Unreachable
from monitor.fetch import Fetched
from monitor.fetch.signing import Signer
from tests.faultserver import Asked, FaultServer, Reply, Wire, answer, in_turn, page, redirect
from tests.fetch.conftest import NOW, QUICK, Desk

SECRET = "hush/K7MDENG+bPxRfiCYEXAMPLEKEY"
HOST = "bedrock.eu-west-1.amazonaws.com"
AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=(?P<id>\w+)/(?P<scope>[^,]+), SignedHeaders=(?P<names>[^,]+), Signature=(?P<signature>[0-9a-f]{64})"
)


def signature(secret: str, asked: Asked, scope: str, names: str) -> str:
    """What AWS computes of a request without a body whose path needs no escaping ("Create a signed AWS API request", steps 1 to 4)."""
    path, _, query = asked.target.partition("?")
    headers = "".join(f"{name}:{' '.join(asked.headers[name].split())}\n" for name in names.split(";"))
    canonical = "\n".join([asked.method, path, "&".join(sorted(query.split("&"))), headers, names, hashlib.sha256(b"").hexdigest()])
    to_sign = "\n".join(["AWS4-HMAC-SHA256", asked.headers["x-amz-date"], scope, hashlib.sha256(canonical.encode()).hexdigest()])
    key = f"AWS4{secret}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    return hmac.digest(key, to_sign.encode(), "sha256").hex()


def checked(body: bytes, *, region: str = "eu-west-1", secret: str = SECRET) -> Reply:
    """A page for whoever signs for it; 403 for others."""

    def reply(asked: Asked, wire: Wire) -> None:
        found = AUTHORIZATION.fullmatch(asked.headers.get("authorization", ""))
        scope = f"{asked.headers.get('x-amz-date', '')[:8]}/{region}/bedrock/aws4_request"
        signed = found is not None and found["scope"] == scope and {"host", "x-amz-date"} <= set(found["names"].split(";"))
        good = signed and found is not None and found["signature"] == signature(secret, asked, scope, found["names"])
        answer(200 if good else 403, body)(asked, wire)

    return reply


def aws(url: str, keys: AwsKeys) -> Request:
    return Request(url, keyed=True, secret=AwsSecret("bedrock", "eu-west-1", lambda: keys))


KEYS = AwsKeys("AKIDEXAMPLE", SECRET)
PASSING = AwsKeys("ASIAEXAMPLE", SECRET, "hush-token")


@pytest.mark.parametrize("keys", [KEYS, PASSING], ids=["lasting", "passing"])
@pytest.mark.parametrize("path", ["/foundation-models", "/foundation-models?byProvider=anthropic&a=b"])
def test_aws_knows_who_asks(site: FaultServer, desk: Desk, keys: AwsKeys, path: str) -> None:
    site.routes["/foundation-models"] = checked(b"models")

    got = desk.fetcher(resolver=lambda _host, _port: ["127.0.0.1"]).fetch(aws(site.url(path, host=HOST), keys), Validators())

    assert isinstance(got, Fetched)
    (asked,) = site.requests
    assert asked.headers["host"] == f"{HOST}:{site.port}"
    assert asked.headers["x-amz-date"] == "20261121T120000Z"
    assert asked.headers.get("x-amz-security-token", "") == keys.session_token
    assert ("x-amz-security-token" in asked.headers["authorization"]) is bool(keys.session_token)


@pytest.mark.parametrize("other", [{"secret": "another"}, {"region": "us-east-1"}])
def test_the_server_would_notice(site: FaultServer, desk: Desk, other: dict[str, str]) -> None:
    site.routes["/"] = checked(b"models", **other)
    request = aws(site.url("/"), KEYS)
    assert "HTTP 403" in str(desk.failure(request.url, secret=request.secret))


def test_each_hop_and_each_retry_is_signed_for_its_own_address_and_hour(site: FaultServer, desk: Desk) -> None:
    ticks = itertools.count()
    site.routes |= {"/old": redirect("/new?b=2&a=1"), "/new": in_turn(answer(500), checked(b"models"))}
    fetcher = desk.fetcher(clock=lambda: NOW + timedelta(seconds=next(ticks)), limits=replace(QUICK, retries=1))

    got = fetcher.fetch(aws(site.url("/old"), PASSING), Validators())

    assert isinstance(got, Fetched)
    sent = [asked.headers for asked in site.requests]
    assert [asked.path for asked in site.requests] == ["/old", "/new", "/old", "/new"]
    assert len({headers["x-amz-date"] for headers in sent}) == len({headers["authorization"] for headers in sent}) == 4


def test_a_signed_request_never_leaves_its_host(site: FaultServer, desk: Desk) -> None:
    with FaultServer({"/": page(b"caught")}) as other:
        site.routes["/"] = redirect(other.url("/"))
        request = aws(site.url("/"), PASSING)

        assert isinstance(desk.failure(request.url, secret=request.secret), BadRedirect)
        assert other.requests == []


def test_neither_secret_nor_token_nor_signature_is_logged_or_shown(site: FaultServer, desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    site.routes["/"] = checked(b"models")
    request = aws(site.url("/"), PASSING)
    with caplog.at_level(logging.DEBUG):
        got = desk.shared.fetch(request, Validators())
        error = desk.failure(site.url("/gone"), secret=request.secret)

    seen = f"{caplog.text} {request!r} {PASSING!r} {got!r} {error!r}"
    assert "hush" not in seen
    assert site.requests[0].headers["authorization"].rsplit("=")[-1] not in seen


@pytest.mark.parametrize("keys", [AwsKeys("AKID\nhush", "s"), AwsKeys("AKID", "s", "hush\r\nX-Evil: 1")])
def test_credentials_that_http_does_not_allow_are_refused_without_being_repeated(site: FaultServer, desk: Desk, keys: AwsKeys) -> None:
    error = desk.failure(site.url("/"), secret=AwsSecret("bedrock", "eu-west-1", lambda: keys))

    assert isinstance(error, Unreachable)
    assert "hush" not in str(error)
    assert site.requests == []


VECTORS = {
    "get-vanilla": ("https://example.amazonaws.com/", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
    "get-vanilla-query-order-key-case": (
        "https://example.amazonaws.com/?Param2=value2&Param1=value1",
        "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
    ),
}


@pytest.mark.parametrize("vector", VECTORS)
def test_the_vectors_of_awss_own_test_suite(vector: str) -> None:
    url, expected = VECTORS[vector]
    signer = Signer(AwsKeys("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"), "service", "us-east-1")

    headers = signer.headers(httpx.URL(url), datetime(2015, 8, 30, 12, 36, tzinfo=UTC))

    assert headers == {
        "X-Amz-Date": "20150830T123600Z",
        "Authorization": "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
        f"SignedHeaders=host;x-amz-date, Signature={expected}",
    }
    asked = Asked(
        "GET", url.removeprefix("https://example.amazonaws.com"), {"host": "example.amazonaws.com", "x-amz-date": "20150830T123600Z"}, 0
    )
    scope = "20150830/us-east-1/service/aws4_request"
    assert signature("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", asked, scope, "host;x-amz-date") == expected


def test_a_secret_is_read_when_it_is_sent(site: FaultServer, desk: Desk) -> None:
    site.routes["/"] = page(b"models")
    tokens = iter(["first", "second"])
    request = Request(site.url("/"), keyed=True, secret=HeaderSecret("Authorization", "Bearer ", lambda: next(tokens)))

    for _ in range(2):
        desk.shared.fetch(request, Validators())

    assert [asked.headers["authorization"] for asked in site.requests] == ["Bearer first", "Bearer second"]


def test_a_secret_that_is_gone_is_the_sources_failure(site: FaultServer, desk: Desk) -> None:
    def gone() -> str:
        raise ConfigError("GOOGLE_ACCESS_TOKEN_FILE", "/run/token: No such file or directory")

    error = desk.failure(site.url("/?key=hush"), secret=HeaderSecret("Authorization", "Bearer ", gone))

    assert isinstance(error, Unreachable)
    assert str(error) == f"no key for {site.url('/')}: GOOGLE_ACCESS_TOKEN_FILE: /run/token: No such file or directory"
    assert site.requests == []


@pytest.mark.parametrize("location", ["https://b.test/", "http://a.test/"])
def test_a_secret_stays_on_its_host_even_if_nobody_said_that_the_request_is_keyed(site: FaultServer, desk: Desk, location: str) -> None:
    site.routes["/"] = redirect(location)
    assert isinstance(desk.failure(site.url("/"), secret=HeaderSecret("Authorization", "Bearer ", lambda: "hush")), BadRedirect)
