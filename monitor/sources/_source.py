"""What a source is: where it stands, whose word it is, how often it is visited, and the pure function that reads its pages."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from msgspec import structs

from monitor.domain.claims import Authority
from monitor.domain.pages import Page, Request
from monitor.domain.readings import Parsed, SourceFacts, SourceKind
from monitor.domain.unfit import unfit_skipped
from monitor.parsing.declaration import Announcement

CADENCES = {
    SourceKind.LISTING: timedelta(hours=1),
    SourceKind.ANNOUNCEMENT: timedelta(hours=6),
    SourceKind.CATALOGUE: timedelta(hours=24),
}

REGION = "region"

Parse = Callable[[Page, str], Parsed]
Follow = Callable[[Page], Request | None]
Reading = Callable[[Announcement], Parse]


def no_more(_page: Page) -> Request | None:
    """For sources of one page per address: nothing follows."""
    return None


def _in_region(parse: Parse, region: str) -> Parse:
    def narrowed(page: Page, provider: str) -> Parsed:
        parsed = parse(page, provider)
        keys = (structs.replace(said.key, scope=said.key.scope.with_part(REGION, [region])) for said in parsed.statements)
        statements = (structs.replace(said, key=key) for said, key in zip(parsed.statements, keys, strict=True))
        return replace(parsed, statements=tuple(statements))

    return narrowed


@dataclass(frozen=True, slots=True)
class Key:
    """The secret a source needs: the environment variable it comes from and the header it goes into, behind *prefix*."""

    variable: str
    header: str = "Authorization"
    prefix: str = "Bearer "


@dataclass(frozen=True, slots=True)
class AwsKey:
    """Requests to this AWS *service* are signed; *variable* holds the access key's id, its companions are named as AWS names them."""

    service: str
    variable: str = "AWS_ACCESS_KEY_ID"


@dataclass(frozen=True, slots=True)
class Source:
    """One source.

    *address* may hold `{model}`: then there is one page per configured model; another word in braces must be filled in by the user
    (`[[sources]]`, `fill`). *parse* takes a page and the provider whose models it speaks of ("" for a catalogue, whose entries say theirs);
    *follow* names the next page of a paged listing; *reading* makes the parse of a page whose columns and habits the user declares.
    *at_least* is the fewest statements a whole visit must bring.
    """

    key: str
    kind: SourceKind
    provider: str
    authority: Authority
    address: str
    parse: Parse
    follow: Follow = no_more
    reading: Reading | None = None
    secret: Key | AwsKey | None = None
    headers: tuple[tuple[str, str], ...] = ()
    at_least: int = 1
    reader_version: int = 1
    cadence: timedelta = field(default=timedelta(0))

    def __post_init__(self) -> None:
        """Fill in the kind's usual cadence."""
        if not self.cadence:
            object.__setattr__(self, "cadence", CADENCES[self.kind])

    def read(self, page: Page, provider: str) -> Parsed:
        """What *parse* makes of a page, what no store could name among the skipped rows. Raises ReadError."""
        return unfit_skipped(self.parse(page, provider))

    @property
    def facts(self) -> SourceFacts:
        """What the rules of the domain need to know of it."""
        return SourceFacts(self.key, self.kind, self.provider, self.authority, self.at_least)

    @property
    def paged(self) -> bool:
        """Whether pages may follow the first."""
        return self.follow is not no_more

    @property
    def per_entry(self) -> bool:
        """Whether each entry of its pages says whose models it speaks of."""
        return self.kind is SourceKind.CATALOGUE and not self.provider

    @property
    def blank(self) -> str:
        """What of its address only the user can know: `region`; "" for nothing."""
        found = re.search(r"\{(?!model\})(\w+)\}", self.address)
        return found[1] if found else ""

    def filled(self, word: str) -> "Source":
        """This source with its blank filled in; what the listing of a region states holds in that region only."""
        parse = _in_region(self.parse, word) if self.blank == REGION else self.parse
        return replace(self, address=self.address.replace(f"{{{self.blank}}}", word), parse=parse)

    @property
    def per_model(self) -> bool:
        """Whether its address is one per configured model."""
        return "{model}" in self.address
