"""OpenAI's articles about models that leave ChatGPT (or Codex) while the API goes on: prose and lists, each verb with its surface."""

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.providers import PROVIDERS
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.announcement import Announcement, Heading, read_announcement
from monitor.sources._source import Source

SHEET = (b"context window", b"$")
SURFACES = (*((title, key) for key, title in PROVIDERS.items()), ("API", "openai"))
RULES = Announcement(
    provider="chatgpt",
    markers=(
        ("from chatgpt", "in chatgpt"),
        ("retiring", "retired", "will retire", "sunset", "deprecated", "removed", "no longer available"),
    ),
    heading=Heading.NOTHING,
    surfaces=SURFACES,
)


def parse(page: Page, provider: str) -> Parsed:
    """What leaves *provider*'s app, and what the page says of other surfaces under their own names."""
    if all(words in page.body.lower() for words in SHEET):
        return Parsed(drift="not the page expected: the description of one model, with its prices")
    return read_announcement(page, RULES.of(provider))


SOURCE = Source(
    key="chatgpt_retirements",
    kind=SourceKind.ANNOUNCEMENT,
    provider="chatgpt",
    authority=Authority.PROVIDER,
    address="https://help.openai.com/en/articles/20001051-retiring-gpt-4o-and-other-chatgpt-models",
    parse=parse,
)
