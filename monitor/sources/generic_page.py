"""Any page a user configures by address, a feed's entries, or a mail: tables by column role, callouts, prose; else one model's page."""

from dataclasses import replace

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.announcement import Announcement, Heading, read_fitting
from monitor.parsing.details.model_page import ModelPage, read_description
from monitor.parsing.documents import is_json, read_document
from monitor.parsing.news.entries import read_feed
from monitor.parsing.news.feeds import is_feed
from monitor.parsing.news.mails import mail_or_page
from monitor.sources._source import Parse, Source

APIS = {"chatgpt": "openai", "codex": "openai"}  # whose API "the API" is on a page about an app


def reading(rules: Announcement) -> Parse:
    """A parse of pages that are written as *rules* say."""

    def parse(page: Page, provider: str) -> Parsed:
        page = mail_or_page(page)
        if is_feed(page):
            return read_feed(page, rules.of(provider))
        surfaces = (*rules.surfaces, ("API", APIS.get(provider, provider)))
        if is_json(page.body):
            return Parsed(drift="JSON, not a page")
        document = read_document(page.body, page.content_type)
        announced = read_fitting(page, document, replace(rules.of(provider), surfaces=surfaces))
        if not announced.drift:
            return announced
        described = read_description(page, document, provider, ModelPage())
        return announced if described.drift else described

    return parse


SOURCE = Source(
    key="generic_page",
    kind=SourceKind.ANNOUNCEMENT,
    provider="",
    authority=Authority.PROVIDER,
    address="",
    parse=reading(Announcement("", heading=Heading.EVIDENT)),
    reading=reading,
)
