"""What prose is read with: what the page says around it, what the sentences before have told, and the sentence itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from msgspec import Struct

from monitor.domain.claims import Statement
from monitor.domain.identity import EVERYWHERE, Scope
from monitor.domain.when import When
from monitor.parsing.dates import Order
from monitor.parsing.lists.groups import Group
from monitor.parsing.naming.mentions import Mention
from monitor.parsing.prose.spoken import Spoken
from monitor.parsing.prose.verbs import Act


class Prose(Struct, frozen=True, gc=False):
    """What the prose reader is told: whose models the page speaks of, how surfaces are named (words → provider), the day
    *near* which a date without a year lies, and whether the provider itself speaks: on anybody else's page "X announced …" is second-hand.

    *said_on* is the day of the announcement and *said_in* where it stands; *label* the day of what a dated block tells as done;
    *topic* the name the section is about, *under* the headings it stands under; *listed* the names in the tables of the page, of which a
    series has its members; *effective* the day, and the words that give it, from which holds what the section lists; *spoken* what the
    page shows of names, where they need it; *foreign* whether it tells of ends in a language that is not read; *app* whose
    models end where the API's do not and nothing else is said ("" for nobody's).
    """

    provider: str
    surfaces: Mapping[str, str]
    first_hand: bool = True
    near: When | None = None
    said_on: When | None = None
    said_in: str = ""
    label: When | None = None
    topic: str = ""
    order: Order = Order.REFUSE
    scope: Scope = EVERYWHERE
    listed: tuple[str, ...] = ()
    effective: tuple[When, str] | None = None
    spoken: Spoken | None = None
    under: tuple[str, ...] = ()
    foreign: bool = False
    app: str | None = None


@dataclass(slots=True)
class Told:
    """What the sentences before have told: of whom, when and what; *listed* is the list that "the models above" means.

    *ending* are the names the page has told an end of; *weak* are replacements said of a whole list, for those that have none of their
    own; *above* is the day, with its words, that a section of this path gave to models that it does not name; *unread* are sentences with
    a lifecycle word, a day and a name that gave no statement.
    *below* is what was said of a list in a section to come, *listed_on* what of lists under the days they are headed with.
    """

    names: list[Mention] = field(default_factory=list)
    listed: list[Mention] = field(default_factory=list)
    when: When | None = None
    act: Act | None = None
    before: "Sentence | None" = None
    ending: set[str] = field(default_factory=set)
    weak: list[Statement] = field(default_factory=list)
    below: Group | None = None
    listed_on: tuple[Act, str] | None = None
    unread: list[str] = field(default_factory=list)
    above: tuple[tuple[str, ...], tuple[When, str]] | None = None

    def leads(self, path: tuple[str, ...]) -> bool:
        """Whether a section of that path stands below one that gave a day to models that it did not name."""
        return self.above is not None and path[: len(self.above[0])] == self.above[0]


class Sentence(Struct, frozen=True, gc=False):
    """A sentence with the code spans and link texts of its paragraph, and the seams at which links' addresses interrupt it on the page.

    *final*: calls fail from the day that it names.
    """

    words: str
    codes: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    seams: tuple[int, ...] = ()
    final: bool = False

    def quote(self, start: int, end: int) -> str:
        """The longest run around a place that stands together on the page."""
        left = max((seam for seam in self.seams if seam <= start), default=0)
        right = min((seam for seam in self.seams if seam >= end), default=len(self.words))
        return self.words[left:right].strip()
