"""Sentences and the lifecycle words in them: who does what, whether it is certain, and on whose word."""

import re
from dataclasses import dataclass
from enum import StrEnum

LONGEST = 2000  # a longer "sentence" is data
_BREAK = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[A-Z\"'(\[“*])")

# The end of a model's service, as verbs. Group "past" holds what has happened.
_END = (
    r"retir(?:e|es|ed|ing|ement)|sunset(?:s|ted|ting)?|shut(?:s|ting)?[\s-]?(?:down|off)|shutdown|discontinu(?:e|ed|es|ing|ation)"
    r"|decommission(?:ed|ing|s)?|remov(?:e|ed|es|ing|al)|withdraw(?:n|s|al)?|turn(?:ed|ing)?\s+off|phas(?:e|ed|ing)\s+out|end[\s-]of[\s-]life"
    r"|taken?\s+offline|stop(?:s|ped)?\s+working|(?:no\s+longer|not)\s+(?:be\s+)?(?:available|accessible|supported|offered)|be(?:comes?|came)?\s+unavailable"
)
_DEPRECATE = r"deprecat(?:e|ed|es|ing|ion)"
_REDIRECT = (
    r"(?:automatically\s+)?(?:redirect|rerout|route)(?:ed|s|ing)?\s+to|auto(?:matically)?[\s-]?(?:upgraded?|updated?|migrated?)\s+to"
)
_VERB = re.compile(rf"\b(?:(?P<end>{_END})|(?P<deprecate>{_DEPRECATE})|(?P<redirect>{_REDIRECT}))\b", re.IGNORECASE)

_DOUBT = re.compile(
    r"\b(?:(?-i:may)|might|could|can|would|should|if|unless|whether|typically|usually|generally|before\s+(?:we|it))\b", re.IGNORECASE
)
_NEGATION = re.compile(
    r"\b(?:not|never|won't|isn't|aren't|no\s+plans?\s+to|without)\b(?!\s+(?:sooner|earlier|before|until))", re.IGNORECASE
)
_SECOND_HAND = re.compile(
    r"\b(?:according\s+to\s+(?:(?!our\b)[\w'-]+\s+){0,3}?(?:reports?|users?|rumou?rs?|posts?|threads?|community|media|sources?|leaks?)"
    r"|community\s+(?:reports?|discussions?|threads?)|reportedly|rumou?r(?:ed|s)?|allegedly|unconfirmed|it\s+is\s+said|leaked|speculat\w+)\b",
    re.IGNORECASE,
)
_TOLD = re.compile(r"\b(?:notified|announced|informed|emailed|told)\b", re.IGNORECASE)
_LEFT_OVER = re.compile(
    r"\b(?:organizations?|customers?|users?|accounts?|projects?|developers?|teams?)\s+(?:that|who|which|without|not)\b", re.IGNORECASE
)


class Act(StrEnum):
    """What a lifecycle verb says."""

    END = "end"
    DEPRECATE = "deprecate"
    REDIRECT = "redirect"


@dataclass(frozen=True, slots=True)
class Verb:
    """One lifecycle verb in a sentence; *done* when it is told as something that has happened or is so."""

    act: Act
    start: int
    end: int
    done: bool
    passive: bool


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a paragraph, white space collapsed; nothing is split inside numbers, names or dates."""
    return tuple(part for part in _BREAK.split(" ".join(text.split())) if part)


_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|get|gets)\s+(?:\w+ly\s+|now\s+|also\s+|both\s+)*$", re.IGNORECASE)
_DONE = re.compile(r"\b(?:was|were|has\s+been|have\s+been)\s+(?:\w+ly\s+|now\s+|also\s+)*$", re.IGNORECASE)
_NOW = re.compile(r"\b(?:is|are)\s+(?:\w+ly\s+|now\s+|also\s+)*$", re.IGNORECASE)


def verbs(sentence: str) -> tuple[Verb, ...]:
    """The lifecycle verbs of a sentence that state something: doubted and negated ones are left out."""
    found = []
    for match in _VERB.finditer(sentence):
        act = next(Act(name if name != "end" else "end") for name, text in match.groupdict().items() if text)
        before = sentence[max(0, match.start() - 60) : match.start()]
        clause = re.split(r"[;:]|,\s+(?:but|and|while|so)\b", before)[-1]
        if _DOUBT.search(clause) or (_NEGATION.search(clause) and "no longer" not in match.group().lower()):
            continue
        word = match.group().lower()
        participle = word.endswith(("ed", "n", "down", "off", "offline"))
        passive = bool(_PASSIVE.search(before)) or "longer" in word or "unavailable" in word
        done = participle and bool(_DONE.search(before) or (act is Act.DEPRECATE and _NOW.search(before) and word == "deprecated"))
        found.append(Verb(act, match.start(), match.end(), done, passive))
    return tuple(found)


def has_lifecycle_word(text: str) -> bool:
    """Whether any lifecycle verb or noun stands in the text."""
    return bool(_VERB.search(text))


def second_hand(sentence: str) -> bool:
    """Whether the sentence passes on what somebody else is said to have said."""
    return bool(_SECOND_HAND.search(sentence))


def tells(sentence: str) -> bool:
    """Whether it says that somebody was told ("we notified developers")."""
    return bool(_TOLD.search(sentence))


def partial_audience(sentence: str) -> bool:
    """Whether it speaks only of some customers ("organizations that have not …")."""
    return bool(_LEFT_OVER.search(sentence))
