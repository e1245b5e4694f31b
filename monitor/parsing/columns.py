"""Table columns by what their headers mean, wherever they stand."""

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

from monitor.parsing.documents import Text


class Role(StrEnum):
    """What a column holds."""

    MODEL = "model"
    MODEL_ID = "model id"
    SERVICE = "service"
    VERSION = "version"
    STATE = "state"
    DEPRECATED = "deprecated"
    RETIRES = "retires"
    REDIRECTS = "redirects"
    RELEASED = "released"
    REPLACEMENT = "replacement"
    DATE = "date"
    UPDATE = "update"
    OTHER = "other"


_END = (
    r"shut[\s-]?down|retire|retirement|eol|end[\s-]of[\s-](?:life|service|support)|sunset|offline|remov|decommission"
    r"|discontinu|withdrawn|turn[\s-]?off"
)
_WORDS: tuple[tuple[Role, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern, re.IGNORECASE))
    for role, pattern in (
        (Role.REPLACEMENT, r"replac|substitut|alternative|successor|upgrade|migrat|recommended|suggested"),
        (Role.OTHER, r"pric|cost|region|notice|context|token|training retirement|extended access|public extended"),
        (Role.REDIRECTS, r"redirect|system replacement"),
        (Role.RETIRES, rf"(?:{_END})(?!d models?\b)"),
        (
            Role.DEPRECATED,
            r"^\W*(?:deprecat(?:ed|ion)(?:\s+(?:date|on|since))?|legacy date|announce\w*(?:\s+(?:date|on))?)(?:\s*\(.*\))?\W*$",
        ),
        (Role.RETIRES, r"^deprecation time"),
        (Role.RELEASED, r"releas|launch|general availability|ga date"),
        (Role.STATE, r"\b(?:state|status|lifecycle|stage|phase)\b"),
        (Role.MODEL_ID, r"\b(?:model\s+id|api\s+model|api\s+name|model\s+(?:string|slug|code)|api\s+id|slug)\b|^(?:id|api)$"),
        (Role.SERVICE, r"^(?:parameters?|features?|endpoints?|apis?|products?|system|services?|tools?)$"),
        (Role.VERSION, r"^versions?$"),
        (Role.MODEL, r"model|snapshot|family|^name$|system"),
        (Role.DATE, r"^(?:date|when|effective(?: date)?)$"),
        (Role.UPDATE, r"^(?:update|change|event|what|details?|description|milestone)s?$"),
    )
)


@lru_cache(maxsize=512)
def role_of(header: str) -> Role:
    """The role of one column by its header's words."""
    text = " ".join(header.split())
    return next((role for role, pattern in _WORDS if pattern.search(text)), Role.OTHER)


def roles_of(headers: Sequence[Text]) -> tuple[Role, ...]:
    """The role of each column; a role that only one column can have goes to the first that claims it."""
    taken: set[Role] = set()
    roles = []
    for header in headers:
        role = role_of(header.plain)
        roles.append(Role.OTHER if role in taken else role)
        if role is not Role.OTHER:
            taken.add(role)
    return tuple(roles)


def names_family(headers: Sequence[Text]) -> bool:
    """Whether the model column says that it may hold families."""
    return any("family" in header.plain.casefold() or "families" in header.plain.casefold() for header in headers)
