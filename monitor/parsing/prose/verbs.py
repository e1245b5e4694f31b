"""The lifecycle verbs of a sentence: what they say, whether it is certain, and whether it has happened."""

import re
from enum import StrEnum

from msgspec import Struct

from monitor.parsing.prose.doubts import NOUN_ENDINGS, states_nothing
from monitor.parsing.prose.ends import ENDING, ENDS
from monitor.parsing.remembered import remembered
from monitor.parsing.screened import Screened, Worded, words_of

_DEPRECATE = r"deprecat(?:e|ed|es|ing|ion)|enter(?:s|ed|ing)? legacy(?: (?:status|state|phase|stage))?"
_REDIRECT = (
    r"(?:automatically\s+)?(?:redirect|rerout|route)(?:e|ed|s|ing)?(?:\s+automatically)?\s+to"
    r"|auto(?:matically)?[\s-]?(?:upgrade[ds]?|update[ds]?|migrate[ds]?)(?:\s+(?:it|them|(?:\w+\s+)?(?:deployments?|requests?|traffic|calls?)))?\s+to"
    r"|served\s+by|aliased to"
)
_RELEASE = r"(?:we|have|has)\s+(?:released|launched|introduced)|(?:announced|announcing)\s+the\s+(?:release|launch)\s+of"
# Of lower-case text: a scan without regard to case takes three times as long, and every sentence of every page is scanned.
_VERB = Screened(
    rf"\b(?=[abcdeghilnoprstw])(?:{ENDS}|{_DEPRECATE}|{_REDIRECT}|{_RELEASE})\b",
    *ENDING,
    *("served", "offered", "return", "deprecat", "legacy", "redirect", "rout", "auto", "releas", "launch", "introduc"),
    flags=re.NOFLAG,
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
_COMING = Worded(
    r"\b(?:will|shall|going\s+to|scheduled\s+to|(?:are|is|be|we're)\s+(?:being\s+)?)\b[^.;]*$", "will shall going scheduled are is be we"
)
_VERBAL = Worded(
    r"\b(?:will|to|we|and|they|which|that|has|have|be|shall)\s+(?:\w+ly\s+)?$", "will to we and they which that has have be shall"
)


@remembered
def verbs(sentence: str) -> tuple[Verb, ...]:
    """The lifecycle verbs of a sentence that state something: doubted, negated and merely recalled ones are left out."""
    found: list[Verb] = []
    for match in _VERB.finditer(_lowered(sentence)):
        before = sentence[max(0, match.start() - 60) : match.start()]
        words = words_of(before)
        if not states_nothing(sentence, match, before, words):
            found.append(_verb(_act_of(match), match, before, words))
    asked = bool(found) and sentence.rstrip(" *_\"')\u201d").endswith("?")
    return () if asked else tuple(found)


def _lowered(text: str) -> str:
    """The text in lower case, each character in its place; where a character would become two, the text keeps its capitals."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text


def _act_of(match: re.Match[str]) -> Act:
    return next((act for act, words in _ACTS if words.match(match.string, match.start())), Act.END)


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
    until = word.endswith(("until", "through")) or bool(_AT_LEAST.match(match.string, match.end()))
    coming = _COMING.stands_in(before, words) and not until and not already
    noun = word.endswith(NOUN_ENDINGS) and not passive and not _VERBAL.stands_in(before, words)
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
