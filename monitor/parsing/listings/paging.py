"""Listings that come in pages: where the cursor of the next one stands in a body, and how it is asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from monitor.domain.pages import Page, Request
from monitor.errors import Undecodable
from monitor.parsing.listings.json_pages import Json, decoded


@dataclass(frozen=True, slots=True)
class Paging:
    """How a listing is cut into pages: *token* is the field of the cursor, *parameter* what carries it back.

    *more* is the flag that says whether a next page exists; without one the token's presence says it. *limits* are the page sizes,
    asked for and usual: a page of exactly that many items that says nothing of its end may not be the last.
    """

    token: str
    parameter: str
    more: str = ""
    limits: frozenset[int] = frozenset()

    def cursor(self, whole: Json) -> str:
        """The cursor of the next page, or "" where there is none."""
        token = whole.get(self.token) if isinstance(whole, dict) else None
        wanted = not self.more or (isinstance(whole, dict) and whole.get(self.more) is True)
        return token if isinstance(token, str) and wanted else ""

    def breaks_off(self, whole: Json, items: int) -> bool:
        """Whether this page is not the listing's end, or may not be."""
        if isinstance(whole, dict) and self.more and isinstance(whole.get(self.more), bool):
            return bool(whole[self.more])
        return bool(self.cursor(whole)) or items in self.limits


def follower(paging: Paging) -> Callable[[Page], Request | None]:
    """The `follow` of a source: the same address with the cursor that stands in the page's body."""

    def follow(page: Page) -> Request | None:
        try:
            whole = decoded(page)
        except Undecodable:
            return None
        cursor = "" if isinstance(whole, str) else paging.cursor(whole)
        return Request(_with_parameter(page.url, paging.parameter, cursor)) if cursor else None

    return follow


def _with_parameter(url: str, name: str, value: str) -> str:
    parts = urlsplit(url)
    query = [(key, old) for key, old in parse_qsl(parts.query, keep_blank_values=True) if key != name]
    return urlunsplit(parts._replace(query=urlencode([*query, (name, value)])))
