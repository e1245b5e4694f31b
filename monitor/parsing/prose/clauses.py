"""Inside one sentence: which names, which date and which surface belong to which lifecycle verb."""

import re
from collections.abc import Sequence
from typing import Protocol, TypeVar

from monitor.parsing.dates import Found, find_dates
from monitor.parsing.prose.doubts import THINGS
from monitor.parsing.prose.verbs import Act, Verb

_LIST = re.compile(
    r"[\s,/&]*(?:\([^()]*\))?[\s,/&]*(?:\b(?:and|or|as\s+well\s+as|along\s+with)\b)?\s*(?:both|the|its|openai|model|models)?\s*",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r"[;:]|,\s+(?:and|but|while|so|whereas|although|though|which)\b|\b(?:but|while|except|excluding|unlike|whereas|instead\s+of)\b",
    re.IGNORECASE,
)
_AND = re.compile(r"\b(?:and|while|but|so|now|then|use|using|migrate|switch|move|instead|replace\w*)\b", re.IGNORECASE)
_FINITE = re.compile(r",\s+(?:\w+\s+){1,3}?(?:will|is|are|was|were|has|have|can|must|do|does|did)\b", re.IGNORECASE)
_OTHER_OBJECT = re.compile(rf"\s+(?:its|their|his|our|some)\s+(?!(?:\w+\s+){{0,2}}{THINGS}\b)[a-z]+", re.IGNORECASE)
_OTHERS = re.compile(
    r"\bwhose\b|\bthat\s+(?!time\b|date\b|point\b|day\b)(?:(?:the|its|their|these|those|all|both|several|some)\s+)?(?:\S+\s+){0,6}?(?:models?|names?|ids?|aliases|versions?)\b",
    re.IGNORECASE,
)
_COMPARED = re.compile(r"\b(?:as|than|like|unlike|except|not|beyond|outperform\w*|surpass\w*)\s+$", re.IGNORECASE)
_SAYING = re.compile(r"\b(?:available|released?|launched|introduced|since|announced|deprecated|updated?|version)\b", re.IGNORECASE)
_COORDINATED = re.compile(r"\s*(?:,|and|or|then)(?:\s+\w+){0,3}\s*", re.IGNORECASE)
_ASIDE = 200  # characters
_INSTEAD = re.compile(
    r"\(\s*(?:please\s+)?(?:recommend|use|replac|alternative|migrat|successor|switch|upgrad|mov|now|see|try)\w*\b[^()]*$", re.IGNORECASE
)
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
    dates = tuple(date for date in dates if not _of_another(words, verb, date))
    after = [date for date in dates if verb.end <= date.start and date.end <= until and not _far(words[verb.end : date.start], verb)]
    before = [date for date in dates if since <= date.start and date.end <= verb.start]
    around = [date for date in dates if date.start < verb.start < date.end]  # "will not be retired before May 1" is one piece
    if around or after:
        return (around or after)[0]
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


def _of_another(words: str, verb: Verb, date: Found) -> bool:
    """Whether a date before a verb says something else in brackets ("`a` (available from May 1)"), or stands too far from a noun."""
    if date.end > verb.start:
        return False
    low, high = words.rfind("(", 0, date.start), words.find(")", date.end, verb.start)
    if low >= 0 and high >= 0 and ")" not in words[low : date.start]:
        return _SAYING.search(words[low + 1 : date.start]) is not None
    return verb.noun and _ON.fullmatch(words[: date.start]) is None and _far(words[date.end : verb.start], verb)


def in_brackets(words: str, verb: Verb, names: Sequence[Name], dates: tuple[Found, ...]) -> tuple[Sequence[Name], tuple[Found, ...]]:
    """The names and dates a verb can mean: inside brackets those before them and the dates within, "`a` (shutdown: May 1), `b` (…)"."""
    low, high = words.rfind("(", 0, verb.start), words.find(")", verb.end)
    if low < 0 or high < 0 or ")" in words[low : verb.start]:
        return names, dates
    since = max(words.rfind(")", 0, low), 0)
    near = [name for name in names if since <= name.start < high]
    within = tuple(date for date in dates if low < date.start < high)
    return (near, within) if near and within else (names, dates)


def _far(gap: str, verb: Verb) -> bool:
    """Whether a date stands in another clause than a noun before it ("retirement in summer, says the note of June 1, 2026")."""
    return verb.noun and bool(_COMMA.search(gap))


def _between(acts: Sequence[Verb], index: int, dates: tuple[Found, ...]) -> bool:
    """Whether an earlier verb that is no mere noun has taken the date that opens the sentence."""
    return any(not verb.noun and verb.end > dates[0].end for verb in acts[:index])


def subjects_of(words: str, verb: Verb, until: int, names: Sequence[Name]) -> list[Name]:
    """Active verbs act on the names behind them, passive ones and those without an object on those before; or else on the other side."""
    kept = [name for name in names if not _COMPARED.search(words[: name.start]) and not _pointed_to(words, name)]
    before = [] if _others_told(words, verb, kept) else _chain(words, [name for name in kept if name.end <= verb.start], backwards=True)
    behind = [name for name in kept if verb.end <= name.start < until]
    after = [] if behind and _other_clause(words[verb.end : behind[0].start]) else _chain(words, behind, backwards=False)
    if verb.act is Act.RELEASE:
        return [name for name in after if not _UPDATED.search(words[verb.end : name.start])]
    if verb.act is Act.REDIRECT:
        return before
    if verb.act is Act.END and verb.done and not verb.passive:
        return after if after and _OBJECT.fullmatch(words[verb.end : after[0].start]) else []
    if not after and not verb.passive and not verb.noun and _OTHER_OBJECT.match(words, verb.end):
        return []
    return (before or after) if verb.passive or _NO_OBJECT.match(words, verb.end) else (after or before)


def _pointed_to(words: str, name: Named) -> bool:
    """Whether a name stands where another is told of: behind an arrow, or "(use X)"."""
    before = words[max(0, name.start - _ASIDE) : name.start]
    return before.rstrip("` \"'").endswith(("\u2192", "->", "=>")) or ("(" in before and _INSTEAD.search(before) is not None)


def _other_clause(gap: str) -> bool:
    """Whether a name stands in another clause: "removed 3 servers on June 1, 2025 and uses X", "when it shuts off, we route to X"."""
    dates = find_dates(gap)
    return (bool(dates) and _AND.search(gap, dates[-1].end) is not None) or _FINITE.search(gap) is not None


def _others_told(words: str, verb: Verb, names: Sequence[Named]) -> bool:
    """Whether a verb has a subject of its own behind the last name before it: "launched X and said that the old models will be retired"."""
    last = max((name.end for name in names if name.end <= verb.start), default=verb.start) or verb.start
    return _OTHERS.search(words, last, verb.start) is not None


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
