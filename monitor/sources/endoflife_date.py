"""endoflife.date: products with releases; of those tagged "llm" a release is a model, `eoasFrom` its deprecation, `eolFrom` its end."""

from collections.abc import Iterator

from monitor.domain.claims import Authority
from monitor.domain.facts import Retires
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.listings.catalogue import Catalogue, Entry, read_catalogue
from monitor.parsing.listings.fields import Item, Quoted, day, deprecation, found, quoted, released, replacements, texts
from monitor.parsing.listings.json_pages import Json
from monitor.sources._source import Source

PROVIDERS = {"claude": "anthropic"}  # by the product's name
TAG = "llm"


def entries(whole: Json) -> Iterator[Entry]:
    """Every release of every language model, from the page of all products or of one."""
    result = whole.get("result") if isinstance(whole, dict) else None
    for product in result if isinstance(result, list) else [result]:
        if isinstance(product, dict) and isinstance(product.get("releases"), list) and TAG in texts(product.get("tags")):
            for release in product["releases"]:
                if isinstance(release, dict) and isinstance(release.get("name"), str):
                    yield Entry(str(product.get("name")), release["name"], release)


def details(release: Item) -> Iterator[Quoted]:
    """A release's dates and replacement; the end of a model that is not deprecated is the earliest one its provider names."""
    custom = release.get("custom")
    yield from replacements(custom if isinstance(custom, dict) else {}, "recommendedReplacement", release["name"])
    yield from released(release, "releaseDate")
    yield from deprecation(release, "eoasFrom")
    if release.get("eolFrom"):
        when = day(release, "eolFrom")
        active = found(release, "isEoas") is False and not release.get("eoasFrom")
        yield Quoted(Retires(when.as_floor(), promise=True) if active else Retires(when), quoted(release, "eolFrom"))


RULES = Catalogue(PROVIDERS, entries, details)


def parse(page: Page, provider: str) -> Parsed:
    """What it says of the models of the providers we follow."""
    return read_catalogue(page, provider, RULES)


SOURCE = Source(
    key="endoflife_date",
    kind=SourceKind.CATALOGUE,
    provider="",
    authority=Authority.AGGREGATOR,
    address="https://endoflife.date/api/v1/products/full",
    parse=parse,
)
