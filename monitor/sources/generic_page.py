"""Any page a user configures by address: tables by column role, callouts and prose; where nothing of that speaks, one model's page."""

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.providers import PROVIDERS
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.announcement import Announcement, Heading, read_announcement
from monitor.parsing.model_page import ModelPage, read_model_page
from monitor.sources._source import Source

APIS = {"chatgpt": "openai", "codex": "openai"}  # whose API "the API" is on a page about an app


def parse(page: Page, provider: str) -> Parsed:
    """What the page states, read as an announcement, else as a model page."""
    surfaces = (*((title, key) for key, title in PROVIDERS.items()), ("API", APIS.get(provider, provider)))
    announced = read_announcement(page, Announcement(provider, heading=Heading.EVIDENT, surfaces=surfaces))
    if not announced.drift:
        return announced
    described = read_model_page(page, provider, ModelPage())
    return announced if described.drift else described


SOURCE = Source(
    key="generic_page",
    kind=SourceKind.ANNOUNCEMENT,
    provider="",
    authority=Authority.PROVIDER,
    address="",
    parse=parse,
)
