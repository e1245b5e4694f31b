"""What a fetch may cost and what it brings, as values."""

from dataclasses import dataclass

from monitor.domain.pages import Page, Validators


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """What one fetch may cost; the defaults suit pages that people write and listings that programs write."""

    total_seconds: float = 30.0
    """Everything together: waiting for a turn, redirects, bodies, retries and the pauses between them."""
    max_bytes: int = 10 * 1024 * 1024
    """Of one body, on the wire and again once decompressed."""
    redirects: int = 5
    retries: int = 2
    retry_budget_seconds: float = 30.0
    """The pauses of one fetch together; a server that asks for longer is asked again at the next visit."""
    retry_after_cap_seconds: int = 86_400
    """How far ahead a server can put us off."""
    per_host_concurrency: int = 2
    min_spacing_seconds: float = 1.0
    """Between the starts of two requests to one host."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page, and what to send along next time; the validators are empty when the page came by way of a redirect."""

    page: Page
    validators: Validators


@dataclass(frozen=True, slots=True)
class NotModified:
    """The page is still the one for which the validators were given."""

    validators: Validators
