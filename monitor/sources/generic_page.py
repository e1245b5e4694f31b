"""Any page a user configures by address, or a mail: tables by column role, callouts, prose; if nothing of that speaks, a model's page."""

from monitor.domain.claims import Authority
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.parsing.announcement import Announcement, Heading, read_announcement
from monitor.parsing.mails import mail_or_page
from monitor.parsing.model_page import ModelPage, read_model_page
from monitor.sources._source import Source


def parse(page: Page, provider: str) -> Parsed:
    """What the page (or mail) states, read as an announcement, else as a model page."""
    page = mail_or_page(page)
    announced = read_announcement(page, Announcement(provider, heading=Heading.EVIDENT))
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
