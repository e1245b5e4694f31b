"""Which surface a lifecycle verb speaks of: "from ChatGPT", "In the API, …", "the API alias X"; or one that nobody here knows."""

import re
from collections.abc import Iterable, Mapping

from monitor.domain.providers import COMPANIES, SERVED, Surface
from monitor.parsing.prose.doubts import THINGS
from monitor.parsing.prose.verbs import Verb
from monitor.parsing.remembered import remembered

_PLACE = re.compile(
    r"\b(?:from|in|on|within|across|via|through|out\s+of|leav(?:e|es|ing))\s+(?:the\s+|our\s+|its\s+|their\s+)?$", re.IGNORECASE
)
_OPENING = re.compile(r"^(?:starting\s+\w+,\s+)?(?:in|on|from|within|across)\s+(?:the\s+)?", re.IGNORECASE)
_THING = re.compile(rf"\s+(?:{THINGS}|alias)\b", re.IGNORECASE)
_TURN = re.compile(r",?\s+(?:but|while|although|though|whereas|yet)\b|;", re.IGNORECASE)
_COMPANY = re.compile(
    rf"[\W_]*(?:(?:Meanwhile|Also|And|But|Separately|Finally|Then),?\s+)?({'|'.join(map(re.escape, COMPANIES))})(?:\s+AI)?"
    r"(?:\s*:|(?:\s+(?!models?\b)[a-z]))"
)
_API_STAYS = re.compile(
    r"\bno\s+(?:API\s+changes?|changes?\s+(?:in|to|for)\s+the\s+API)\b|\bAPI\s+(?:is|are|remains?|stays|will\s+(?:be|remain))\s+"
    r"(?:unchanged|unaffected|not\s+(?:affected|changing|changed))\b|\bdoes(?:n['\u2019]t|\s+not)\s+affect\s+the\s+API\b"
)
_ELSEWHERE = re.compile(
    r"\b(?:from|in|on|within|inside)\s+(?:(?:the|its)\s+)?(?:(?:[A-Z][\w.]*\s+){1,3}(?:mobile\s+|web\s+|desktop\s+)?apps?\b|[a-z]+\.(?:ai|com|chat)\b"
    r"|(?:the|our|its)\s+(?:\w+\s+)?(?:leaderboards?|benchmarks?|docs|documentation|examples?|README|playground|arena)\b)"
)


def surface_of(words: str, verb: Verb, until: int, surfaces: Mapping[str, str]) -> str | None:
    """The surface a verb speaks of: the nearest "from/in X" behind it, else the "In X, …" that opens the sentence, else "the X model"."""
    said = words[: _clause_end(words, verb, until)]
    named = [word for word in surfaces if word in said]
    places = [(at.start(), at.end(), surfaces[word]) for word in named for at in re.finditer(rf"\b{re.escape(word)}\b", said)]
    behind = [place for place in places if place[0] >= verb.start and _PLACE.search(words[: place[0]])]
    opening = [place for place in places if _OPENING.fullmatch(words[: place[0]])]
    things = [place for place in places if place[1] <= verb.start and _THING.match(words, place[1])]
    return next((min(found)[2] for found in (behind, opening, things) if found), None)


def is_elsewhere(words: str, verb: Verb, until: int) -> bool:
    """Whether a verb speaks of an app or a site that is no surface known: "from the Acme app", "on acme.ai"."""
    return _ELSEWHERE.search(words, verb.end, _clause_end(words, verb, until)) is not None


@remembered
def others(words: str) -> tuple[str, ...]:
    """The providers of the company that the sentence begins with ("Acme will retire …", "Acme: …"); none where it begins otherwise."""
    found = _COMPANY.match(words)
    return COMPANIES[found[1]] if found else ()


def instead_of_api(texts: Iterable[str], provider: str, surfaces: Mapping[str, str]) -> str | None:
    """The app that a section speaks of which says that the API stays as it is; None where it says no such thing, "" for no single app."""
    if surfaces.get("API") != provider:
        return None
    said = " ".join(text for text in texts if "API" in text or "only" in text)
    if not _API_STAYS.search(said):
        return None
    apps = {
        key
        for word, key in surfaces.items()
        if key in SERVED and SERVED[key].surface is Surface.APP and re.search(rf"\b{re.escape(word)}\b", said)
    }
    return apps.pop() if len(apps) == 1 else ""


def _clause_end(words: str, verb: Verb, until: int) -> int:
    turn = _TURN.search(words, verb.end, until)
    return turn.start() if turn else until
