"""The lifecycle verbs of a sentence: what they say, whether it is certain, and whether it has happened."""

import re
from enum import StrEnum

from msgspec import Struct

from monitor.parsing.ends import ENDING, ENDS
from monitor.parsing.remembered import remembered
from monitor.parsing.screened import Screened, Worded, words_of

THINGS = r"(?:models?|slugs?|names?|ids?|identifiers?|aliases|versions?|snapshots?)"

_DEPRECATE = r"deprecat(?:e|ed|es|ing|ion)|enter(?:s|ed|ing)? legacy(?: (?:status|state|phase|stage))?"
_REDIRECT = (
    r"(?:automatically\s+)?(?:redirect|rerout|route)(?:e|ed|s|ing)?(?:\s+automatically)?\s+to"
    r"|auto(?:matically)?[\s-]?(?:upgrade[ds]?|update[ds]?|migrate[ds]?)(?:\s+(?:it|them|(?:\w+\s+)?(?:deployments?|requests?|traffic|calls?)))?\s+to"
    r"|served\s+by|aliased to"
)
_RELEASE = r"(?:we|have|has)\s+(?:released|launched|introduced)|(?:announced|announcing)\s+the\s+(?:release|launch)\s+of"
# Of lower-case text: a scan without regard to case takes three times as long, and every sentence of every page is scanned.
_VERB = Screened(
    rf"\b(?:{ENDS}|{_DEPRECATE}|{_REDIRECT}|{_RELEASE})\b",
    *ENDING,
    *("accessible", "supported", "served", "offered", "deprecat", "legacy", "redirect", "rout", "auto", "aliased to"),
    *("releas", "launch", "introduc"),
    flags=re.NOFLAG,
)

_DOUBT = Worded(
    r"\b(?:(?-i:may)|might|could|can|would|should|if|unless|whether|typically|usually|generally|before\s+(?:we|it)"
    r"|considering|contemplating|discussing|possibly|perhaps|probably|temporar(?:y|ily)|briefly|had\s+(?:\w+ly\s+)?(?:planned|intended|scheduled|wanted))\b",
    "may might could can would should if unless whether typically usually generally before considering contemplating discussing possibly"
    " perhaps probably temporary temporarily briefly had",
)
_CONDITION = re.compile(
    r"(?:[^,.;:()]|,\s2|\.\d){0,60}?\s(?:only\s+)?if\s+(?!you|they\b|not\b|applicable|needed|necessary|possible)", re.IGNORECASE
)
_REVOKED = Worded(
    r"\bno\s+longer\s+(?:(?:be|being|to|going|plan(?:s|ned|ning)?|scheduled|set|due|intend(?:s|ed)?|for|the|its|on)\s+)*$", "longer"
)
_HOURS = re.compile(
    r"\b\d{1,2}:\d\d\b[^.;]{0,12}?(?:\bto\b|\band\b|\buntil\b|[\u2013\u2014-])\s*\d{1,2}:\d\d\b|\bfor\s+(?:about\s+)?\d+\s+(?:minutes?|hours?)\b"
)
_PASSING = (
    "redirected to",
    "rerouted to",
    "routed to",
    "available",
    "unavailable",
    "accessible",
    "offline",
    "working",
    "off",
)  # what an outage is told with, too
_NEGATION = Worded(
    r"\b(?:not|never|won't|isn't|aren't|no\s+plans?\s+to|without)\b(?!\s+(?:sooner|earlier|before|until))",
    "not never won isn aren no without",
)


class Act(StrEnum):
    """What a lifecycle verb says."""

    END = "end"
    DEPRECATE = "deprecate"
    REDIRECT = "redirect"
    RELEASE = "release"


_ACTS = tuple(
    (act, re.compile(rf"(?:{words})\b")) for act, words in ((Act.DEPRECATE, _DEPRECATE), (Act.REDIRECT, _REDIRECT), (Act.RELEASE, _RELEASE))
)


class Verb(Struct, frozen=True, gc=False):
    """One lifecycle verb in a sentence; *done* when it is told as something that has happened or is so.

    *state* marks a participle that is the page's word for a state ("has been retired", "is deprecated"), *coming* what "will" be,
    *bare* a verb that needs no subject of its own ("…, available until …"), *noun* a word such as "retirement".
    """

    act: Act
    start: int
    end: int
    done: bool
    passive: bool
    state: bool = False
    coming: bool = False
    bare: bool = False
    noun: bool = False


_ADVERBS = r"(?:(?:\w+ly|now|also|both)\s+)*(?:\w+ed\s+and\s+(?:\w+ly\s+)?)?$"
_PASSIVE = Worded(rf"\b(?:is|are|was|were|be|been|being|get|gets)\s+{_ADVERBS}", "is are was were be been being get gets")
_DONE = Worded(rf"\b(?:was|were|has\s+been|have\s+been)\s+{_ADVERBS}", "was were has have")
_NOW = Worded(r"\b(?:is|are)\s+(?:\w+ly\s+|now\s+|also\s+)*$", "is are")
_ALREADY = Worded(r"\b(?:is|are)\s+(?:now|already)\s+(?:\w+ly\s+)?$", "is are")
_AT_LEAST = re.compile(r"\s+at\s+least\s+(?:until|through)")
_WE_HAVE = Worded(r"\bwe(?:\s+have|['\u2019]ve)\s+(?:now\s+|also\s+|officially\s+)?$", "we")
_ANNOUNCED = Worded(r"\bannounced\s+(?:the\s+)?(?:upcoming\s+)?$", "announced")
_STATES = frozenset({"retired", "shut down", "shutdown"})
_NOUN = re.compile(rf"\s+(?:\w+\s+)?{THINGS}\b", re.IGNORECASE)
_DETERMINER = re.compile(r"\b(?:the|any|these|those|all|each|an?|our|your|to|of|for|from|some|several)\s+$", re.IGNORECASE)
_TURN = re.compile(r"[;:]|,\s+(?:but|and|while|so)\b")
_NEWCOMERS = re.compile(r"\s+(?:to|for|by)\s+(?:new\b|newly\b)", re.IGNORECASE)
_COMING = Worded(
    r"\b(?:will|shall|going\s+to|scheduled\s+to|(?:are|is|be|we're)\s+(?:being\s+)?)\b[^.;]*$", "will shall going scheduled are is be we"
)
_RECALLED = Worded(
    r"\b(?:previously|already|earlier)[\s-](?:announced|planned|scheduled|communicated)\s+$"
    r"|\b(?:alongside|following|after|since|besides|like|in\s+addition\s+to|as\s+with)\s+(?:the|its|our)\s+(?:\w+\s+){0,2}$",
    "previously already earlier alongside following after since besides like in as",
)
_VERBAL = Worded(
    r"\b(?:will|to|we|and|they|which|that|has|have|be|shall)\s+(?:\w+ly\s+)?$", "will to we and they which that has have be shall"
)
_NOUN_ENDINGS = ("ement", "al", "ion", "down", "sunset", "life", "end of service", "end of support", "eol", "last day to use")


@remembered
def verbs(sentence: str) -> tuple[Verb, ...]:
    """The lifecycle verbs of a sentence that state something: doubted, negated and merely recalled ones are left out."""
    found: list[Verb] = []
    for match in _VERB.finditer(_lowered(sentence)):
        before = sentence[max(0, match.start() - 60) : match.start()]
        words = words_of(before)
        clause = _TURN.split(before)[-1]
        if (
            _attributive(sentence, match)
            or _NEWCOMERS.match(sentence, match.end())
            or _DOUBT.stands_in(clause, words)
            or ("if" in sentence.casefold() and _CONDITION.match(sentence, match.end()))
            or _RECALLED.stands_in(clause, words)
            or _REVOKED.stands_in(clause, words)
            or (match.group().endswith(_PASSING) and _HOURS.search(sentence))
            or (_NEGATION.stands_in(clause, words) and "no longer" not in match.group())
        ):
            continue
        found.append(_verb(_act_of(match), match, before, words))
    asked = bool(found) and sentence.rstrip(" *_\"')\u201d").endswith("?")
    return () if asked else tuple(found)


def _lowered(text: str) -> str:
    """The text in lower case, each character in its place; where a character would become two, the text keeps its capitals."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text


def _act_of(match: re.Match[str]) -> Act:
    return next((act for act, words in _ACTS if words.match(match.string, match.start())), Act.END)


def _attributive(sentence: str, match: re.Match[str]) -> bool:
    """Whether it only describes: "the retired model slugs"."""
    return bool(_NOUN.match(sentence, match.end()) and _DETERMINER.search(sentence[: match.start()]))


def _verb(act: Act, match: re.Match[str], before: str, words: frozenset[str]) -> Verb:
    word = match.group()
    participle = word.endswith(("ed", "n", "down", "off", "offline", "ed to"))
    passive = _PASSIVE.stands_in(before, words) or "longer" in word or "unavailable" in word
    current = act is Act.DEPRECATE and word == "deprecated" and _NOW.stands_in(before, words)
    told = _WE_HAVE.stands_in(before, words) or (act is Act.DEPRECATE and _ANNOUNCED.stands_in(before, words))
    heads = act is Act.DEPRECATE and word == "deprecated" and not before.strip("*_ ")
    already = _ALREADY.stands_in(before, words)
    done = (participle and (current or heads or already or _DONE.stands_in(before, words))) or (told and act in {Act.END, Act.DEPRECATE})
    state = current or (done and " ".join(word.split()) in _STATES)
    until = word.endswith("until") or bool(_AT_LEAST.match(match.string, match.end()))
    coming = _COMING.stands_in(before, words) and not until and not already
    noun = word.endswith(_NOUN_ENDINGS) and not passive and not _VERBAL.stands_in(before, words)
    return Verb(act, match.start(), match.end(), done, passive or until, state, coming, bare=until, noun=noun)


def may_tell(text: str) -> bool:
    """Whether a lifecycle verb can stand in the text at all; most texts have none."""
    return _VERB.may_match(text)


@remembered
def has_lifecycle_word(text: str) -> bool:
    """Whether any verb or noun of an end, a deprecation or a redirect stands in the text."""
    return any(_act_of(match) is not Act.RELEASE for match in _VERB.finditer(_lowered(text)))


@remembered
def moves(text: str) -> bool:
    """Whether a redirect, or one thing in the place of another, may be told in the text."""
    lower = _lowered(text)
    return "in favor of" in lower or any(_act_of(match) is Act.REDIRECT for match in _VERB.finditer(lower))
