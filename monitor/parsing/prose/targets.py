"""What a sentence recommends or redirects to: "migrate to `b`", "in favor of `b` and `c` respectively", "redirect to `b`"."""

import re
from collections.abc import Collection, Iterator

from msgspec import Struct

from monitor.parsing.naming.mentions import Mention, mentions
from monitor.parsing.naming.names import has_digit, is_id
from monitor.parsing.prose.verbs import Act, Verb
from monitor.parsing.screened import Screened

_TO = Screened(
    r"\b(?:migrat\w+\s+(?:\w+\s+){0,2}?to|transition\w*\s+(?:\w+\s+){0,2}?to|replaced\s+(?:by|with)|switch\w*\s+to|mov(?:e|es|ed|ing)\s+to|upgrad(?:e|ing)\s+to|updat\w+\s+to"
    r"|in\s+favou?r\s+of|recommend\w*\s+(?:that\s+)?(?:you\s+)?(?:us(?:e|ing)|moving\s+to)|recommended\s+replacement(?:\s+model)?\s+is"
    r"|updating\s+your\s+\w+\s+to\s+use|instead,?\s+use|please\s+use|(?:recommended\s+|suggested\s+)?(?:replacement|alternative|successor)(?:\s+model)?:"
    r"|recommend(?:ed|ation)?:|(?<=\()use(?=\s\S+\))"
    r"|\buse(?=\s(?:(?:\S+\s){1,5}?|\S+(?:,?\s(?:or|and)\s\S+){0,3}\s+(?:for\s+(?:[\w-]+\s+){1,4})?)instead\b))\s+",
    *("migrat", "transition", "replac", "switch", "move", "moving", "upgrad", "updat", "favo", "recommend", "instead", "please"),
    *("alternative", "successor", "(use"),
)
_USE = re.compile(r"^use\s(?=\S+$)", re.IGNORECASE)  # all the sentence says
_BEGINS_USE = Screened(r"(?:^|[.!?][\"')\]]*\s)use\s", "use")
_STOP = re.compile(
    r"[.;](?=\s|$)|,\s+(?:see|which|not)\b|\b(?:see|because|which|that|before|since|if\s+you|rather\s+than|instead\s+of|and\s+not|but\s+not)\b",
    re.IGNORECASE,
)
_EACH_FOR = re.compile(r"\(for\s", re.IGNORECASE)
_SERIES = re.compile(r"[\w.-]+\s+(?:family|series|suite|lineup)\b", re.IGNORECASE)
_TITLE = r"(?-i:[A-Z])\w+(?:\s+(?-i:[A-Z])\w+){0,3}"
_PLAIN = re.compile(rf"\b(?:our|the|your)\s+(?:\w+\s+){{0,4}}?({_TITLE}(?:(?:,|\s+or|\s+and)\s+{_TITLE})+)\s+models?\b", re.IGNORECASE)
_WITH = re.compile(r"\b(?:with|via|through|using|on|for|from|in)\s+$", re.IGNORECASE)


class Target(Struct, frozen=True, gc=False):
    """One name that a sentence points to, in its place; *respectively* when the targets answer the subjects one by one."""

    name: str
    start: int
    end: int
    respectively: bool = False


def may_point(text: str) -> bool:
    """Whether the text can point to a replacement, but by a verb."""
    return _TO.may_match(text) or _BEGINS_USE.search(text) is not None


def targets(words: str, codes: tuple[str, ...], titles: tuple[str, ...], acts: Collection[Verb]) -> list[Target]:
    """Everything the sentence points to, in order; nothing where it is said per model in brackets ("(for X)")."""
    told = [*_TO.finditer(words), *_USE.finditer(words)]
    starts = [at.end() for at in told] + [verb.end for verb in acts if verb.act is Act.REDIRECT]
    if not starts:
        return []
    found: dict[int, Target] = {}
    for start in sorted(starts):
        stop = _STOP.search(words, start)
        tail = words[start : stop.start() if stop else len(words)]
        if not _EACH_FOR.search(tail):
            paired = bool(re.search(r"\brespectively\b", tail, re.IGNORECASE))
            for name in (*_settled(tail, mentions(tail, codes, titles)), *_plain(tail)):
                found.setdefault(start + name.start, Target(name.name, start + name.start, start + name.end, paired))
    return [found[at] for at in sorted(found)]


def _settled(tail: str, names: Collection[Mention]) -> Iterator[Mention]:
    """The models in a tail: no families, no settings, and where ids stand no titles behind them."""
    series = [at.span() for at in _SERIES.finditer(tail)]
    kept = [
        name
        for name in names
        if not name.group and not any(low <= name.start < high for low, high in series) and not _WITH.search(tail[: name.start])
    ]
    ids = [name for name in kept if is_id(name.name)]
    yield from ids or kept


def _plain(tail: str) -> Iterator[Mention]:
    """Names that only their capitals show: "our recently released Sonar or Sonar Pro models"."""
    for at in _PLAIN.finditer(tail):
        place = at.start(1)
        for part in re.split(r",\s*(?:or\s+|and\s+)?|\s+or\s+|\s+and\s+", at[1]):
            if not has_digit(part):
                yield Mention(part, tail.index(part, place), tail.index(part, place) + len(part))
