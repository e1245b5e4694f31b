"""Any endpoint that lists models as OpenAI's `GET /v1/models` does, complete: a gateway, a server of one's own, another vendor.

What an item says of its end has many names (`shutdown_date`, `sunset_at`); the words in them tell, and a null says nothing.
"""

import re
from collections.abc import Iterator

from monitor.domain.claims import Authority
from monitor.domain.facts import Deprecated, InStage, Retires, Stage
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.listings.fields import Item, Quoted, day, instant, quoted, replacements, stage
from monitor.parsing.listings.listing import Listing, read_listing
from monitor.parsing.listings.paging import Paging, follower
from monitor.sources._source import Source

PAGING = Paging(token="last_id", parameter="after", more="has_more")  # noqa: S106 - a cursor's name
_WHEN = r"(?:[\W_]*(?:date|day|on|at|time))?"
_END = re.compile(
    rf"(?:planned|scheduled)?_?(?:shut_?down|retire(?:ment|[sd])?|sunset|eol|end_?of_?(?:life|service|support)|discontinu\w+?|decommission\w*?){_WHEN}"
    r"|(?:expir(?:ation|y)|removal|termination)_?date",
    re.IGNORECASE,
)
_DEPRECATED = re.compile(rf"deprecat(?:ion|ed){_WHEN}", re.IGNORECASE)
_REPLACED = re.compile(r"(?:recommended_?|suggested_?)?(?:replace\w*|successor)(?:_?(?:model|id|by|with))*", re.IGNORECASE)
_STAGES = {"deprecated": Stage.DEPRECATED, "retired": Stage.RETIRED, "legacy": Stage.LEGACY, "preview": Stage.PREVIEW}


def details(item: Item) -> Iterator[Quoted]:
    """What an item's fields say of its end, by the words in their names."""
    for field in ("status", "state", "lifecycle_status"):
        yield from stage(item, _STAGES, field)
    if item.get("deprecated") is True:
        yield Quoted(InStage(Stage.DEPRECATED), quoted(item, "deprecated"))
    for field, value in item.items():
        if _REPLACED.fullmatch(field):
            yield from replacements(item, field, item["id"])
        elif value and isinstance(value, str | int) and not isinstance(value, bool):
            dated = Retires if _END.fullmatch(field) else Deprecated if _DEPRECATED.fullmatch(field) else None
            if dated:
                yield Quoted(dated(day(item, field) if isinstance(value, str) else instant(value, field)), quoted(item, field))


RULES = Listing(details=details, paging=PAGING)


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
