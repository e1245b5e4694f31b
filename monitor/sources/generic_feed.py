"""Any feed a user configures by address: RSS, Atom or JSON Feed, each entry an announcement of the day it was published."""

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.announcement import Announcement, Heading
from monitor.parsing.news.entries import read_feed
from monitor.sources._source import Parse, Source


def reading(rules: Announcement) -> Parse:
    """A parse of feeds whose entries are written as *rules* say."""

    def parse(page: Page, provider: str) -> Parsed:
        return read_feed(page, rules.of(provider))

    return parse


SOURCE = Source(
    key="generic_feed",
    kind=SourceKind.ANNOUNCEMENT,
    provider="",
    authority=Authority.PROVIDER,
    address="",
    parse=reading(Announcement("", heading=Heading.EVIDENT)),
    reading=reading,
)
