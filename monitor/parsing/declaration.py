"""What is declared of an announcement page: whose it is, what shows that it fits, and what its headings' dates mean."""

from dataclasses import dataclass, replace
from enum import StrEnum

from monitor.domain.identity import EVERYWHERE, Scope
from monitor.domain.pages import Page
from monitor.domain.providers import PROVIDERS
from monitor.domain.when import When
from monitor.parsing.dates import Order
from monitor.parsing.tables.columns import Words


class Heading(StrEnum):
    """What the date in a section's heading is, by the page's own habit; *evident*: whatever the sections themselves show."""

    ANNOUNCED = "announced"
    RETIRES = "retires"
    EVIDENT = "evident"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Announcement:
    """A declaration of one announcement page.

    *markers* are words of which each group must occur, in one of its forms, on a page that fits; *heading* is what a heading's date means;
    *promises* that floors on it only promise; *order* how it writes numeric dates; *first_hand* whether the provider itself speaks;
    *scope* what all its tables are narrowed to; *current* that the page is kept up to date, so that a day without a year lies
    behind the newest one it prints; *columns* what headers of its tables mean that our own words do not cover; *published* the day of
    all of it, where it is one dated entry; *deprecation_ends* that calls fail from what it calls the deprecation date.
    """

    provider: str
    markers: tuple[tuple[str, ...], ...] = ()
    heading: Heading = Heading.ANNOUNCED
    promises: bool = False
    order: Order = Order.REFUSE
    first_hand: bool = True
    surfaces: tuple[tuple[str, str], ...] = tuple((title, key) for key, title in PROVIDERS.items())
    scope: Scope = EVERYWHERE
    current: bool = False
    columns: Words = ()
    published: When | None = None
    deprecation_ends: bool = False

    def of(self, provider: str) -> "Announcement":
        """The same declaration for another provider's page of the same layout."""
        return replace(self, provider=provider)


def misfits(page: Page, rules: Announcement) -> str:
    """Why a page is not the one declared; "" where it is."""
    body = page.body.lower()
    absent = ["/".join(words) for words in rules.markers if not any(word.encode() in body for word in words)]
    return f"not the page expected: no {' and no '.join(absent)}" if absent else ""
