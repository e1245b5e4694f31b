"""Any endpoint that lists models as OpenAI's `GET /v1/models` does, complete: a gateway, a server of one's own, another vendor."""

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.listing import Listing, read_listing
from monitor.parsing.paging import Paging, follower
from monitor.sources._source import Source

PAGING = Paging(token="last_id", parameter="after", more="has_more")  # noqa: S106 - a cursor's name
RULES = Listing(paging=PAGING)


def parse(page: Page, provider: str) -> Parsed:
    """Every item as listed."""
    return read_listing(page, provider, RULES)


SOURCE = Source(
    key="generic_listing",
    kind=SourceKind.LISTING,
    provider="",
    authority=Authority.PROVIDER_API,
    address="",
    parse=parse,
    follow=follower(PAGING),
)
