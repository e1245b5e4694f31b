"""Inside one sentence: which names, which date and which surface belong to which lifecycle verb."""

import re
from collections.abc import Sequence
from typing import Protocol, TypeVar

from monitor.parsing.cells import REGION, regions_of
from monitor.parsing.dates import Found, find_dates
from monitor.parsing.screened import Screened
from monitor.parsing.verbs import Act, Verb

_LIST = re.compile(
    r"[\s,/&]*(?:\([^()]*\))?[\s,/&]*(?:\b(?:and|or|as\s+well\s+as|along\s+with)\b)?\s*(?:both|the|its|openai|model|models)?\s*",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r"[;:]|,\s+(?:and|but|while|so|whereas|although|though|which)\b|\b(?:but|while|except|excluding|unlike|whereas|instead\s+of)\b",
    re.IGNORECASE,
)
_AND = re.compile(r"\b(?:and|while|but|so|now|then|use|using|migrate|switch|move|instead|replace\w*)\b", re.IGNORECASE)
_COMPARED = re.compile(r"\b(?:as|than|like|unlike|except|not|beyond|outperform\w*|surpass\w*)\s+$", re.IGNORECASE)
_COORDINATED = re.compile(r"\s*(?:,|and|or|then)(?:\s+\w+){0,3}\s*", re.IGNORECASE)
_UPDATED = re.compile(r"\b(?:updated?|new\s+version|improved|upgraded)\b", re.IGNORECASE)
_COMMA = re.compile(r",(?!\s*(?:effective|scheduled|planned|set|due|on|starting|by|in)\b)", re.IGNORECASE)
_ON = re.compile(r"\W*(?:effective|starting|beginning|on|as\s+of|from|in|after)?\W*", re.IGNORECASE)
_VAGUE = re.compile(  # a time of its own that is no date: "removed in a future release", "shut down six months later"
    r"\s+(?:\w+\s+){0,2}?(?:(?:in|with)\s+(?:an?|the|some|our)\s+(?:\w+\s+)?(?:future|later|upcoming|next|coming|near)\b|soon\b|later\b|eventually\b|shortly\b"
    r"|at\s+an?\s+later\b|[\w-]+\s+(?:days?|weeks?|months?|years?)\s+(?:later|after|from)\b|in\s+(?:about\s+)?[\w-]+\s+(?:days|weeks|months)\b)",
    re.IGNORECASE,
)
_OBJECT = re.compile(r"\s+(?:(?!of\b|to\b|for\b|from\b|in\b|on\b)\w+\s+){0,4}", re.IGNORECASE)  # "We've retired the old X model"
_NO_OBJECT = re.compile(
    r"\s+(?:\w+ly\s+)?(?:on|in|at|by|after|effective|starting|as\s+of)\b", re.IGNORECASE
)  # "when X retires on June 1, calls go to Y"
_JOINED = re.compile(
    r"[\s,(]*(?:\b(?:and|plus|alongside|(?:along|together)\s+with|as\s+well\s+as|followed\s+by)\b)?[\s,]*(?:the\s+|its\s+|also\s+)*",
    re.IGNORECASE,
)
_NEXT = re.compile(r"[\s,;)]*(?:\b(?:and|then|followed\s+by|while|with)\b)?\s*(?:the\s+|both\s+)?", re.IGNORECASE)
_DATED = re.compile(
    r"\s*(?:models?\s+)?(?:(?:from|in)\s+(?:the\s+)?[\w ]{2,20}?\s+)?(?:on|in|by|effective|:|\(|[\u2013\u2014-])?\s*", re.IGNORECASE
)
_IN_REGIONS = re.compile(
    rf"\s*\(?(?:in|for)\s+(?:the\s+)?(?:(?:aws\s+)?regions?\s+)?({REGION}(?:(?:,\s*|\s+and\s+|,\s+and\s+){REGION})*)\b"
)
_SERVERLESS = re.compile(r"\s+(?:from|on|in)\s+(?:our\s+|the\s+)?serverless\b", re.IGNORECASE)
_SERVERLESS_MODELS = re.compile(r"\bserverless\s+(?:models|endpoints)\b", re.IGNORECASE)
_PUBLIC = re.compile(r"\s+(?:from|on|in|via|through)\s+(?:\w+\s+){0,2}public\s+endpoints?\b", re.IGNORECASE)
_TIERS = r"free|plus|pro|team|business|enterprise|edu|education|go|developer|developers?|paid|unpaid|trial"
_AUDIENCE = Screened(
    rf"\b(?:appl(?:y|ies)\s+(?:only\s+)?to|for|to)\s+(?:the\s+|all\s+|ChatGPT\s+|our\s+)*(?P<tiers>(?:{_TIERS})(?:[\s,-]+(?:and\s+|or\s+|tier\s+)?(?:{_TIERS})\b)*)"
    r"[\s-]+(?:tiers?|users?|plans?|customers?|subscribers?|accounts?|usage|workspaces?)\b",
    *("tier", "user", "plan", "customer", "subscriber", "account", "usage", "workspace"),
)


class Named(Protocol):
    """Anything with a place in the sentence."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""


Name = TypeVar("Name", bound=Named)


def date_of(words: str, acts: Sequence[Verb], index: int, dates: tuple[Found, ...]) -> Found | None:
    """The date a verb means: the first behind it, else the last before it, up to its neighbours; shared by "deprecated and removed"."""
    verb = acts[index]
    until = acts[index + 1].start if index + 1 < len(acts) else len(words)
    since = acts[index - 1].end if index else 0
    after = [date for date in dates if verb.end <= date.start and date.end <= until and not _far(words[verb.end : date.start], verb)]
    before = [date for date in dates if since <= date.start and date.end <= verb.start]
    if after:
        return after[0]
    if _VAGUE.match(words, verb.end):
        return None
    if before and not _told_before(words, acts, index, before[-1]):
        return before[-1]
    shared = index > 0 and _COORDINATED.fullmatch(words[since : verb.start])
    if shared:
        return date_of(words, acts, index - 1, dates)
    return dates[0] if dates and not _between(acts, index, dates) and _ON.fullmatch(words[: dates[0].start]) else None


def _told_before(words: str, acts: Sequence[Verb], index: int, date: Found) -> bool:
    """Whether a date is the day of what was done before, and not of what is to come: "deprecated on May 1 and will be removed"."""
    earlier = acts[index - 1] if index else None
    past = earlier is not None and acts[index].coming and not earlier.coming
    return past and earlier is not None and bool(_ON.fullmatch(words[earlier.end : date.start]))


def _far(gap: str, verb: Verb) -> bool:
    """Whether a date stands in another clause than a noun before it ("retirement in summer, says the note of June 1, 2026")."""
    return verb.noun and bool(_COMMA.search(gap))


def _between(acts: Sequence[Verb], index: int, dates: tuple[Found, ...]) -> bool:
    """Whether an earlier verb that is no mere noun has taken the date that opens the sentence."""
    return any(not verb.noun and verb.end > dates[0].end for verb in acts[:index])


def subjects_of(words: str, verb: Verb, until: int, names: Sequence[Name]) -> list[Name]:
    """Active verbs act on the names behind them, passive ones and those without an object on those before; or else on the other side."""
    kept = [name for name in names if not _COMPARED.search(words[: name.start])]
    before = _chain(words, [name for name in kept if name.end <= verb.start], backwards=True)
    behind = [name for name in kept if verb.end <= name.start < until]
    after = [] if behind and _other_clause(words[verb.end : behind[0].start]) else _chain(words, behind, backwards=False)
    if verb.act is Act.RELEASE:
        return [name for name in after if not _UPDATED.search(words[verb.end : name.start])]
    if verb.act is Act.REDIRECT:
        return before
    if verb.act is Act.END and verb.done and not verb.passive:
        return after if after and _OBJECT.fullmatch(words[verb.end : after[0].start]) else []
    return (before or after) if verb.passive or _NO_OBJECT.match(words, verb.end) else (after or before)


def paired(words: str, verb: Verb, until: int, names: Sequence[Named], dates: tuple[Found, ...]) -> dict[int, Found]:
    """The date behind each name, by the name's place, where they take turns: "A on March 1, B on April 2 and C on May 3"."""
    if len(dates) < len(("one", "another")):
        return {}
    return _turns(words, verb.end, until, names, dates) or _turns(words, 0, verb.start, names, dates)


def _turns(words: str, since: int, until: int, names: Sequence[Named], dates: tuple[Found, ...]) -> dict[int, Found]:
    things = sorted((thing for thing in (*names, *dates) if since <= thing.start < until), key=lambda thing: thing.start)
    found: dict[int, Found] = {}
    waiting: list[Named] = []
    before: Found | None = None
    turns = 0
    for thing in things:
        if not isinstance(thing, Found):
            if before and not waiting and not _NEXT.fullmatch(words[before.end : thing.start]):
                return {}
            waiting.append(thing)
            continue
        turns += 1
        if (turns > 1 and not waiting) or (waiting and not _DATED.fullmatch(words[waiting[-1].end : thing.start])):
            return {}
        found.update((name.start, thing) for name in waiting)
        waiting, before = [], thing
    return found if turns > 1 and not waiting else {}


def _other_clause(gap: str) -> bool:
    """Whether a verb has its object and its date before the name: "removed 3 servers on June 1, 2025 and uses X"."""
    dates = find_dates(gap)
    return bool(dates) and _AND.search(gap, dates[-1].end) is not None


def _leaves_off(gap: str) -> bool:
    """Whether a date ends the list behind a verb: "retire X on May 1 with tests of Y", but not "…, along with Y"."""
    dates = find_dates(gap)
    return bool(dates) and not _JOINED.fullmatch(gap, dates[-1].end)


def _chain(words: str, names: list[Name], *, backwards: bool) -> list[Name]:
    """The names next to the verb: a list goes on, a new clause ends it."""
    chain: list[Name] = []
    for name in reversed(names) if backwards else names:
        if chain:
            gap = words[name.end : chain[-1].start] if backwards else words[chain[-1].end : name.start]
            if not _LIST.fullmatch(gap) and (_BREAK.search(gap) or (not backwards and _leaves_off(gap))):
                break
        chain.append(name)
    return chain[::-1] if backwards else chain


def deployment_in(words: str, verb: Verb) -> str:
    """The deployment that a model leaves while others go on: "deprecated from serverless"."""
    if _SERVERLESS.match(words, verb.end) or _SERVERLESS_MODELS.search(words, 0, verb.start):
        return "serverless"
    return "public" if _PUBLIC.match(words, verb.end) else ""


def regional(words: str, date: Found | None, dates: tuple[Found, ...], until: int) -> list[tuple[Found, tuple[str, ...]]]:
    """A date with the region codes behind it ("on March 1 in us-east-1"), and the later dates with theirs; nothing where one has none."""
    after = [other for other in dates if date and date.start <= other.start < until]
    found = [(other, regions_of(behind[1])) for other in after if (behind := _IN_REGIONS.match(words, other.end))]
    return found if found and found[0][0] == date and all(regions for _, regions in found) else []


def tiers_in(words: str) -> tuple[str, ...]:
    """The customers' tiers that a sentence limits itself to: "applies to free and developer-tier usage"."""
    found = _AUDIENCE.search(words)
    return tuple(re.findall(rf"\b(?:{_TIERS})\b", found["tiers"].lower())) if found else ()
