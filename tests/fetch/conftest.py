import shutil
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from monitor.domain.pages import Request, Validators
from monitor.errors import FetchError
from monitor.fetch import Fetcher, FetchLimits
from tests.faultserver import FaultServer

AGENT = "modelwatch/test"
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
LOOPBACK = ("127.0.0.0/8", "::1")
QUICK = FetchLimits(total_seconds=5, max_bytes=1_000_000, retries=0, min_spacing_seconds=0)


def no_pause(_: float) -> float:
    return 0.0


@dataclass(frozen=True, slots=True)
class Desk:
    """Makes fetchers with small limits and closes them when the test ends."""

    open: ExitStack
    shared: Fetcher

    def fetcher(
        self,
        *,
        limits: FetchLimits = QUICK,
        jitter: Callable[[float], float] = no_pause,
        **options: Any,  # noqa: ANN401  handed on
    ) -> Fetcher:
        settings: dict[str, Any] = {
            "limits": limits,
            "jitter": jitter,
            "user_agent": AGENT,
            "clock": lambda: NOW,
            "allow": LOOPBACK,
        } | options
        return self.open.enter_context(closing(Fetcher(**settings)))

    def limited(self, **limits: Any) -> Fetcher:  # noqa: ANN401  handed on
        return self.fetcher(limits=replace(QUICK, **limits))

    def failure(self, url: str, fetcher: Fetcher | None = None, **fields: Any) -> FetchError:  # noqa: ANN401  handed on
        """The error that fetching *url* raises."""
        with pytest.raises(FetchError) as caught:
            (fetcher or self.shared).fetch(Request(url, **fields), Validators())
        return caught.value


@pytest.fixture
def site() -> Iterator[FaultServer]:
    with FaultServer() as server:
        yield server


@pytest.fixture(scope="session")
def shared() -> Iterator[Fetcher]:
    """One for all tests that need nothing special: reading the trusted certificates takes longer than most of them."""
    with closing(Fetcher(limits=QUICK, user_agent=AGENT, clock=lambda: NOW, allow=LOOPBACK)) as fetcher:
        yield fetcher


@pytest.fixture
def desk(shared: Fetcher) -> Iterator[Desk]:
    with ExitStack() as stack:
        yield Desk(stack, shared)


def certified(folder: Path, names: str) -> tuple[str, str]:
    """A self-signed certificate for some alternative names and its key, as files."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl to make a certificate with")
    paths = str(folder / "cert.pem"), str(folder / "key.pem")
    wanted = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=site"]
    written = ["-addext", f"subjectAltName={names}", "-out", paths[0], "-keyout", paths[1]]
    subprocess.run([openssl, "req", "-x509", *wanted, *written], check=True, capture_output=True)
    return paths


def speaking_tls(certificate: tuple[str, str]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    return context


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    return certified(tmp_path_factory.mktemp("tls"), "IP:127.0.0.1")


@pytest.fixture(scope="session")
def named_certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    return certified(tmp_path_factory.mktemp("named"), "DNS:vendor.example")


@pytest.fixture
def ca_file(certificate: tuple[str, str]) -> str:
    return certificate[0]


@pytest.fixture
def named_ca(named_certificate: tuple[str, str]) -> str:
    return named_certificate[0]


@pytest.fixture
def tls(certificate: tuple[str, str]) -> ssl.SSLContext:
    return speaking_tls(certificate)


@pytest.fixture
def named_tls(named_certificate: tuple[str, str]) -> ssl.SSLContext:
    return speaking_tls(named_certificate)
