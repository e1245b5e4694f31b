"""Bring the pages of a visit: conditional requests, pages that follow, and what could not be brought."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import urlsplit

from monitor.domain.pages import Page, Request, Validators
from monitor.errors import FetchError, FetchStopped, RateLimited
from monitor.fetch import Fetched
from monitor.jobs.shop import Fetching
from monitor.jobs.visits import Visit

MAX_PAGES = 200


@dataclass(slots=True)
class Brought:
    """The pages of one visit, their validators by address, and the failures by address.

    *unchanged* are the addresses whose server says that the page is the one we have; *retry_at* is when a server asked us to return.
    """

    pages: list[Page] = field(default_factory=list)
    validators: dict[str, Validators] = field(default_factory=dict)
    unchanged: list[Request] = field(default_factory=list)
    failures: dict[str, FetchError] = field(default_factory=dict)
    retry_at: datetime | None = None

    @property
    def reason(self) -> str:
        """The failures in words."""
        return "; ".join(f"{error}" for error in self.failures.values())


def bring(visit: Visit, fetcher: Fetching, validators: dict[str, Validators]) -> Brought:
    """Fetch every address of a visit, and the pages that follow them; one failure stays one failure. Raises FetchStopped."""
    brought = Brought()
    for request in visit.requests:
        _bring_one(request, visit, fetcher, validators, brought)
    return brought


def _bring_one(request: Request, visit: Visit, fetcher: Fetching, validators: dict[str, Validators], brought: Brought) -> None:
    following: Request | None = request
    left = MAX_PAGES
    while following is not None:
        if not left:
            brought.failures[following.url] = FetchError(f"the listing goes on after {MAX_PAGES} pages")
            return
        try:
            got = fetcher.fetch(following, _condition(following, visit, validators))
        except FetchStopped:
            raise
        except FetchError as error:
            brought.failures[following.url] = error
            if isinstance(error, RateLimited):
                brought.retry_at = max(filter(None, (brought.retry_at, error.retry_at)), default=None)
            return
        if not isinstance(got, Fetched):
            brought.unchanged.append(following)
            return
        brought.pages.append(got.page)
        brought.validators[got.page.url] = got.validators
        following = _onward(request, visit.source.follow(got.page))
        if following is not None and following.url in brought.validators:
            brought.failures[following.url] = FetchError("the listing leads back to a page that was read already")
            return
        left -= 1


def _onward(request: Request, following: Request | None) -> Request | None:
    """The next page is asked for as the first was; a key never leaves its host."""
    if following is None or urlsplit(following.url)[:2] != urlsplit(request.url)[:2]:
        return following
    return replace(request, url=following.url)


def _condition(request: Request, visit: Visit, validators: dict[str, Validators]) -> Validators:
    """What to ask with; a paged source is asked without condition, for what follows a page stands only in its body."""
    return Validators() if visit.source.paged else validators.get(request.url, Validators())


def with_stored(brought: Brought, stored: dict[str, Page], fetcher: Fetching) -> None:
    """Put the stored pages in the place of those that have not changed; one that is not stored is fetched without condition."""
    for request in brought.unchanged:
        page = stored.get(request.url)
        if page is not None:
            brought.pages.append(page)
            continue
        try:
            got = fetcher.fetch(request, Validators())
        except FetchStopped:
            raise
        except FetchError as error:
            brought.failures[request.url] = error
            continue
        if isinstance(got, Fetched):
            brought.pages.append(got.page)
            brought.validators[got.page.url] = got.validators
