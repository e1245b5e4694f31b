"""What keeps a lifecycle verb from stating anything: doubt, denial, a condition, an outage, a plan given up, a mere description."""

import re

from monitor.parsing.screened import Screened, Worded

THINGS = r"(?:models?|slugs?|names?|ids?|identifiers?|aliases|versions?|snapshots?)"

NOUN_ENDINGS = (
    "ement",
    "al",
    "ion",
    "down",
    "sunset",
    "life",
    "eol",
    "end of service",
    "end of support",
    "last day to use",
)  # of the nouns among the lifecycle verbs
_DOUBT = Worded(
    r"\b(?:(?-i:may)|might|could|can|would|should|if|unless|whether|typically|usually|generally|before\s+(?:we|it)"
    r"|consider(?:ing)?|contemplating|discussing|possibly|perhaps|probably|temporar(?:y|ily)|briefly"
    r"|had\s+(?:\w+ly\s+)?(?:planned|intended|scheduled|wanted)|(?:was|were)\s+(?:supposed\s+)?to"
    r"|had\s+(?:\S+\s+){1,3}been|in\s+the\s+event|in\s+case|talk\s+of|used\s+to\s+(?:say|read|be)"
    r"|(?<!-)(?:imagin|suppos|assum)(?:e|ing)(?!-)|nobody|no\s+one|den(?:y|ies|ied)|my\s+guess|i(?:\s+\w+ly)?\s+(?:bet|think|guess|believe|suspect|expect|hope|predict))\b",
    "may might could can would should if unless whether typically usually generally before consider considering contemplating discussing"
    " possibly perhaps probably temporary temporarily briefly had was were imagine imagining suppose supposing assume assuming nobody no"
    " deny denies denied my i event case talk used",
)
_REPORTED = re.compile(  # "they said that they would": what is told of a plan, not a doubt
    r"\b(?:announc|said|says|confirm|notif|told|inform|stat(?:ed|ing)|wrote|communicat|reveal|report)\w*\b[^.;:]{0,160}?\bwould\b",
    re.IGNORECASE,
)
_SPAN = re.compile(  # "a 30-day sunset period": a name of a time or of a paper
    r"\s+(?:periods?|windows?|notices?|announcements?|policy|policies|process|plans?|cycle|phase|guides?|timelines?|schedules?|calendars?|page|story|news|commitments?)\b",
    re.IGNORECASE,
)
_PLAN = r"(?:retirement|removal|shut[\s-]?down|deprecation|sunset(?:ting)?|discontinuation|decommissioning|plans?|decision|announcement)"
_GIVEN_UP = r"cancel\w*|scrap\w*|revers\w+|abandon\w*|call\w*\s+off|shelv\w+|rescind\w*|walk\w*\s+back|revok\w+|halt\w*|suspend\w*|paus\w+"
_CALLED_OFF = Screened(
    rf"\b{_PLAN}\b(?:[^.;]|\.\d){{0,120}}?\b(?:is|are|was|were|been)\s+(?:\w+ly\s+)?(?:{_GIVEN_UP}|withdrawn|dropped|(?:put\s+)?on\s+hold"
    r"|(?:postponed|delayed|deferred|pushed\s+back)(?:\s+indefinitely|(?=\W*(?:$|[.;])))"
    r")(?!\w)"
    rf"|\b(?:{_GIVEN_UP})\s+(?:\w+\s+){{0,4}}?{_PLAN}\b(?:\s+to\s+\w+)?",
    *(
        "cancel",
        "scrap",
        "revers",
        "abandon",
        "call",
        "shelv",
        "rescind",
        "walk",
        "revok",
        "halt",
        "suspend",
        "paus",
        "withdrawn",
        "dropped",
    ),
    *("hold", "postponed", "delayed", "deferred", "pushed"),
)
_INCIDENT = Screened(
    r"\b(?:incidents?|outages?|restart\w*|rotation|intermittent\w*|(?:for|to)\s+some\s+(?:users|customers)|elevated\s+error\w*|hotfix"
    r"|during\s+(?:the|this|a|that|our|planned|scheduled)\s+(?:\w+\s+)?(?:window|maintenance)|maintenance\s+window)\b",
    *("incident", "outage", "restart", "rotation", "intermittent", "some", "elevated", "hotfix", "window", "maintenance"),
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
_TAKEN_OUT = (*_PASSING, "removed", "remove", "removing")
_NEGATION = Worded(
    r"\b(?:not|never|won't|isn't|aren't|no\s+plans?\s+to|without)\b(?!\s+(?:sooner|earlier|before|until))",
    "not never won isn aren no without",
)
_NOT_BEFORE = re.compile(
    r"\s+(?:before|until|prior\s+to|sooner\s+than|earlier\s+than)\s+"
    r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z.]*\s+\d|\d)",
    re.IGNORECASE,
)
_NOUN = re.compile(rf"\s+(?:\w+\s+)?{THINGS}\b", re.IGNORECASE)
_DETERMINER = re.compile(r"\b(?:the|any|these|those|all|each|an?|our|your|to|of|for|from|some|several)\s+$", re.IGNORECASE)
_TURN = re.compile(r"[;:]|,\s+(?:but|and|while|so)\b")
_NEWCOMERS = re.compile(r"\s+(?:to|for|by)\s+(?:new\b|newly\b)", re.IGNORECASE)
_RECALLED = Worded(
    r"\b(?:previously|already|earlier)[\s-](?:announced|planned|scheduled|communicated)\s+$"
    r"|\b(?:alongside|following|after|since|besides|like|in\s+addition\s+to|as\s+with)\s+(?:the|its|our)\s+(?:\w+\s+){0,2}$",
    "previously already earlier alongside following after since besides like in as",
)


def states_nothing(sentence: str, match: re.Match[str], before: str, words: frozenset[str]) -> bool:
    """Whether the verb at *match* only describes, is doubted, negated, recalled or taken back; *before* are the 60 characters before it
    and *words* theirs.
    """
    clause = _TURN.split(before)[-1]
    return (
        _attributive(sentence, match)
        or _NEWCOMERS.match(sentence, match.end()) is not None
        or _doubted(sentence, match, clause, words)
        or _described(match)
        or (match.group().endswith(_TAKEN_OUT) and _INCIDENT.search(sentence) is not None)
        or any(low <= match.start() < high for low, high in _called_off(sentence))
        or ("if" in sentence.casefold() and _CONDITION.match(sentence, match.end()) is not None)
        or _RECALLED.stands_in(clause, words)
        or _REVOKED.stands_in(clause, words)
        or (match.group().endswith(_PASSING) and _HOURS.search(sentence) is not None)
        or (_NEGATION.stands_in(clause, words) and "no longer" not in match.group() and not _NOT_BEFORE.match(sentence, match.end()))
    )


def _doubted(sentence: str, match: re.Match[str], clause: str, words: frozenset[str]) -> bool:
    if "would" in words and (told := _REPORTED.search(sentence, 0, match.start())):
        clause = clause.replace("would", "", 1) if told.end() > match.start() - len(clause) else clause
    return _DOUBT.stands_in(clause, words)


def _described(match: re.Match[str]) -> bool:
    """Whether a noun only names a time, a paper or a plan: "after a 30-day sunset period"."""
    return match.group().endswith(NOUN_ENDINGS) and _SPAN.match(match.string, match.end()) is not None


def _called_off(sentence: str) -> list[tuple[int, int]]:
    """Where a plan stands that was given up: "the retirement of `a` was cancelled", "we reversed our decision to retire"."""
    return [at.span() for at in _CALLED_OFF.finditer(sentence)]


def _attributive(sentence: str, match: re.Match[str]) -> bool:
    """Whether it only describes: "the retired model slugs"."""
    return bool(_NOUN.match(sentence, match.end()) and _DETERMINER.search(sentence[: match.start()]))
