"""What a name in a sentence is by the words beside it: a model, a service, a family or series, fine-tuning, or only an aside."""

import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from monitor.domain.identity import EVERYWHERE, Kind, Scope, scope_of

_SEPARATOR = re.compile(r"[\s,/&]*(?:\b(?:and|or|as\s+well\s+as)\b)?[\s]*")
_SERVICE_BEHIND = re.compile(r"\s+(?:\w+\s+)?(?:parameters?|fields?|endpoints?|headers?|flags?|options?)\b", re.IGNORECASE)
_SERVICE_BEFORE = re.compile(
    r"\b(?:parameters?|fields?|endpoints?|headers?|API\s+versions?|datasets?|librar(?:y|ies)|packages?|plugins?|methods?|functions?|benchmarks?)"
    r"\s*:?\s*$",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"\s+(?:requirements?|restrictions?|discounts?|pricing|prices?|rates?|limits?|quotas?|launch|rollout|debut)\b", re.IGNORECASE
)
_FINE_TUNED = re.compile(
    r"\bfine-?tun(?:ing|ed|es)\s+(?:models?\s+|jobs?\s+)?(?:for|of|with|from|on|using)\s+(?:(?:the|older|all)\s+)*$", re.IGNORECASE
)
_ASIDE = re.compile(r"\b(?:for|with|on|in|to|of)\s+$", re.IGNORECASE)
_BESIDE = re.compile(
    r"(?:\w(?<!\balong)(?<!\btogether)(?<!\bdate)(?<!\bdates)(?<!retirement)(?<!shutdown)(?<!removal)(?<!deprecation)(?<!deadline)(?<!\beol)(?<!\bsupport)(?<!\bavailability)\s+(?:for|in|on|with|within|inside|across)|\b(?:data|datasets?|pric(?:e|es|ing)|documentation|weights|limits?|quotas?|discounts?|logs)\s+of|,\s+(?:and\s+|but\s+)?not(?:\s+(?:the|our|its))?(?:\s+\w+)?)"
    r"\s+(?:the\s+|all\s+)?$",
    re.IGNORECASE,
)
_GROUP = re.compile(r"\s+(?:model\s+)?(?:family|suite|lineup)\b", re.IGNORECASE)
_SERIES = re.compile(r"\s+(?:model\s+)?series\b", re.IGNORECASE)
_SOME_OF = re.compile(  # "four of its GPT-9 model variants"
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|several|some|many|most|various|certain|multiple|numerous|the\s+following)\s+"
    r"(?:of\s+)?(?:the\s+|our\s+|its\s+)?(?:[a-z-]+\s+){0,2}$",
    re.IGNORECASE,
)
_PLURALS = ("models", "variants", "versions", "snapshots", "ids", "identifiers", "endpoints", "editions")
_PLURAL = re.compile(rf"\s+(?:\w+\s+){{0,2}}?(?:{'|'.join(_PLURALS)})\b", re.IGNORECASE)
_PRESET = re.compile(
    r"\s+(?:presets?|examples?|badges?|buttons?|icons?|labels?|tests?|fixtures?|samples?|tutorials?|cards?|banners?)\b", re.IGNORECASE
)
_MODELS = re.compile(r"\s+(?:\w+\s+)?(?:models|versions|snapshots|aliases)\b", re.IGNORECASE)
_FOLLOWING = re.compile(r"\bfollowing\s+(?:\w+\s+)?$", re.IGNORECASE)
_NEAR = 100  # characters before a name that say what it is
FINE_TUNING = scope_of({"feature": "fine-tuning"})


class Mention(Struct, frozen=True, gc=False):
    """One name in a sentence and its place.

    *group* marks the name of a family, which no request carries, *series* that of a series, *aside* one that only says where something
    else holds ("the beta for X").
    """

    name: str
    start: int
    end: int
    kind: Kind = Kind.MODEL
    scope: Scope = EVERYWHERE
    group: bool = False
    series: bool = False
    aside: bool = False


def _before(sentence: str, name: Mention) -> str:
    return sentence[max(0, name.start - _NEAR) : name.start]


def served(sentence: str, names: list[Mention]) -> list[Mention]:
    """Names that a word beside them says are parameters or endpoints; with them, what they are "for" is no subject."""
    kinds: list[Kind] = []
    for index in range(len(names) - 1, -1, -1):
        name = names[index]
        chained = bool(kinds) and index + 1 < len(names) and _SEPARATOR.fullmatch(sentence[name.end : names[index + 1].start])
        beside = _SERVICE_BEHIND.match(sentence, name.end) or _SERVICE_BEFORE.search(_before(sentence, name))
        kinds.insert(0, Kind.SERVICE if name.kind is Kind.SERVICE or beside or (chained and kinds[0] is Kind.SERVICE) else Kind.MODEL)
    some = _some_of(sentence, names)
    named = [
        replace(
            name,
            kind=kind,
            group=_is_group(sentence, name) or name.start in some,
            series=bool(_SERIES.match(sentence, name.end)),
        )
        for name, kind in zip(names, kinds, strict=True)
    ]
    any_served = any(name.kind is Kind.SERVICE and not name.group for name in named)
    meant = [name for name in named if not _ATTRIBUTE.match(sentence, name.end) and not _PRESET.match(sentence, name.end)]
    return [name for name in meant if not (any_served and name.kind is Kind.MODEL and _ASIDE.search(_before(sentence, name)))]


def chained(sentence: str, names: list[Mention]) -> bool:
    """Whether some names are one list: "A, B and C"."""
    return all(_SEPARATOR.fullmatch(sentence[name.end : behind.start]) for name, behind in pairwise(names))


def _some_of(sentence: str, names: list[Mention]) -> set[int]:
    """Where names stand of which only some models are meant, one by one or chained: "several A and B versions"."""
    found: set[int] = set()
    if not any(map(sentence.casefold().__contains__, _PLURALS)):
        return found
    for index, name in enumerate(names):
        if _SOME_OF.search(_before(sentence, name)):
            last = index
            while last + 1 < len(names) and _SEPARATOR.fullmatch(sentence[names[last].end : names[last + 1].start]):
                last += 1
            if _PLURAL.match(sentence, names[last].end):
                found.update(other.start for other in names[index : last + 1])
    return found


def _is_group(sentence: str, name: Mention) -> bool:
    """Whether a name is that of a family, or only says of which the models are that follow: "the following X 1.5 models: …"."""
    if _GROUP.match(sentence, name.end):
        return True
    return _MODELS.match(sentence, name.end) is not None and _FOLLOWING.search(_before(sentence, name)) is not None


def tuned(sentence: str, names: list[Mention]) -> Iterator[Mention]:
    """Names that only say what was fine-tuned are services: fine-tuning of that model."""
    end, fine, aside = 0, False, False
    for name in names:
        between = sentence[end : name.start]
        aside = bool(_BESIDE.search(_before(sentence, name))) or (aside and bool(_SEPARATOR.fullmatch(between)))
        fine = bool(_FINE_TUNED.search(_before(sentence, name))) or (fine and bool(_SEPARATOR.fullmatch(between)))
        yield replace(name, kind=Kind.SERVICE, scope=FINE_TUNING) if fine else replace(name, aside=aside)
        end = name.end
