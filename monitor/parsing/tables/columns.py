"""Table columns by what their headers mean, wherever they stand."""

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

from monitor.domain.identity import EVERYWHERE, Scope, scope_of
from monitor.parsing.documents import Text
from monitor.parsing.tables.foreign_headers import foreign_role


class Role(StrEnum):
    """What a column holds."""

    MODEL = "model"
    MODEL_ID = "model id"
    SERVICE = "service"
    VERSION = "version"
    REGION = "region"
    STATE = "state"
    DEPRECATED = "deprecated"
    LEGACY = "legacy"
    RETIRES = "retires"
    TRAINING = "training"
    REDIRECTS = "redirects"
    RELEASED = "released"
    REPLACEMENT = "replacement"
    REPLACEMENT_ID = "replacement id"
    DATE = "date"
    UPDATE = "update"
    OTHER = "other"


_END = (
    r"shut[\s-]?down|retire|retirement|eol|end[\s-]of[\s-](?:life|service|support)|sunset|offline|remov|decommission"
    r"|discontinu|withdraw(?:n|al)|turn[\s-]?(?:off|down)|expir(?:y|es|ation)|terminat(?:ed|ion)|(?:available|supported)\s+until"
    r"|(?:service\s+)?end\s+date|last\s+day|\u4e0b\u7ebf|\u505c\u6b62\u670d\u52a1|\u9000\u5f79"  # going offline, end of service, retirement
)
_REPLACE = (
    r"auto(?:matic)?[\s-]?switch\w*|(?:switch|target)\s+model|redirect\s+target|redirect(?:s|ed)?\s+to\b|replac|substitut|alternative|successor|upgrade|migrat|recommended|suggested"
    r"|^(?:use\s+instead|(?:move|switch|change)\s+to)|\u66ff\u4ee3"
)
_WHEN = r"(?:\s+(?:date|on|since|start(?:s|ed)?|announced|notice)){0,3}(?:\s*\(.*\))?\W*$"
_WORDS: tuple[tuple[Role, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern, re.IGNORECASE))
    for role, pattern in (
        (Role.MODEL, r"^(?:retired\s+|deprecated\s+)?models?\s+(?:name\s+)?(?:being|to\s+be)\s+\w+$"),
        (Role.OTHER, r"\bself-?deploy|\bimpact\b|\bdefault\b"),
        (Role.REDIRECTS, r"redirect(?!\s+target|\w*\s+to\b)|(?:replacement|upgrade)\s+(?:time|date)\b"),
        (Role.REPLACEMENT_ID, rf"(?:{_REPLACE}).*\b(?:model\s+)?id\b"),
        (Role.REPLACEMENT, _REPLACE),
        (Role.REGION, r"^(?:(?:aws|supported|available)\s+)*(?:regions?|locations?)(?:\s+(?:supported|available))?$"),
        (Role.OTHER, r"remov\w*\s+from\s+(?:the\s+)?(?:leaderboard|benchmark|docs|documentation|list|page|playground|arena|default)"),
        (Role.TRAINING, r"training retirement"),
        (Role.OTHER, r"pric|cost|region|notice(?!\s+date)|context|token|extended access|public extended"),
        (Role.RETIRES, rf"(?:{_END})(?!\w*\s+(?:models?|engines?)$)"),
        (Role.LEGACY, rf"^\W*legacy\s+date{_WHEN}"),
        (Role.DEPRECATED, rf"^\W*(?:(?:date|planned|scheduled)\s+)?(?:deprecat(?:ed(?:\s+time)?|ion)|announce\w*){_WHEN}"),
        (Role.DEPRECATED, r"^\u5f03\u7528(?:\u65f6\u95f4|\u65e5\u671f)?$"),
        (Role.DEPRECATED, r"^notice\s+date$"),
        (Role.RETIRES, r"^deprecation time"),
        (Role.STATE, r"\brelease\s+(?:status|stage|state|phase)$"),
        (Role.RELEASED, r"releas|launch(?!\s+stage)|general availability|^ga(?:\s+date)?$|^availab\w+\s+(?:date|since|from)$|^introduced"),
        (Role.STATE, r"\b(?:state|status|lifecycle|stage|phase)\b"),
        (Role.MODEL_ID, r"\b(?:model\s+id(?:entifier)?|api\s+(?:model|name|id(?:entifier)?)|model\s+(?:string|slug|code)|slug)\b"),
        (Role.MODEL_ID, r"^(?:id|api|identifier|api\s+endpoints?)$"),
        (Role.SERVICE, r"^(?:parameters?|features?|endpoints?|apis?|products?|system|services?|tools?)$"),
        (Role.VERSION, r"^(?:model\s+)?versions?$"),
        (Role.OTHER, r"^(?:model\s+)?(?:provider|publisher|vendor|developer)$"),
        (Role.MODEL, r"model|snapshot|family|^(?:name|engine)s?$|system|\u6a21\u578b"),
        (Role.DATE, r"^(?:date|when|effective(?: date)?)$"),
        (Role.UPDATE, r"^(?:update|change|event|what|details?|description|milestone)s?$"),
    )
)
_SERVED = re.compile(
    r"\b(?P<deployment>on[\s-]demand|dedicated|serverless|provisioned|pay[\s-](?:per[\s-]token|as[\s-]you[\s-]go)|batch|managed\s+compute)\b"
    r"|\b(?P<tier>free|paid|enterprise|developer|pro|team|business)\b",
    re.IGNORECASE,
)
_EARLIEST = re.compile(r"\bearliest\b|\b(?:no|not)\s+(?:sooner|earlier|before)\b|\bor\s+later\b|\bat\s+least\s+until\b", re.IGNORECASE)
_NAMES = frozenset({Role.MODEL, Role.MODEL_ID, Role.SERVICE})


@lru_cache(maxsize=512)
def role_of(header: str) -> Role:
    """The role of one column by its header's words."""
    text = " ".join(header.split())
    if foreign := foreign_role(text):
        return Role(foreign)
    return next((role for role, pattern in _WORDS if pattern.search(text)), Role.OTHER)


def roles_of(headers: Sequence[Text]) -> tuple[Role, ...]:
    """The role of each column; a role that only one column can have goes to the first that claims it.

    A "model version" is the model where no other column names one, and a "legacy date" the deprecation where no other column dates that.
    """
    return _roles(tuple(header.plain for header in headers))


@lru_cache(maxsize=512)
def _roles(headers: tuple[str, ...]) -> tuple[Role, ...]:
    taken: set[Role] = set()
    roles = []
    for header in headers:
        role = role_of(header)
        roles.append(Role.OTHER if role in taken else role)
        if role is not Role.OTHER:
            taken.add(role)
    if Role.LEGACY in taken:
        roles = _instead(roles, Role.LEGACY, Role.OTHER if Role.DEPRECATED in taken else Role.DEPRECATED)
    if Role.VERSION in taken and not taken & _NAMES:
        roles = _instead(roles, Role.VERSION, Role.MODEL)
    return tuple(roles)


Words = tuple[tuple[Role, tuple[str, ...]], ...]
PLAIN = {
    Role.MODEL: "Model",
    Role.MODEL_ID: "Model ID",
    Role.SERVICE: "Service",
    Role.VERSION: "Version",
    Role.REGION: "Region",
    Role.STATE: "Status",
    Role.DEPRECATED: "Deprecated",
    Role.RETIRES: "Retires",
    Role.REDIRECTS: "Redirects",
    Role.RELEASED: "Released",
    Role.REPLACEMENT: "Replacement",
}
"""The roles that a user can give to a column, each with a header of ours that has it."""


def with_words(headers: tuple[Text, ...], words: Words) -> tuple[Text, ...]:
    """The headers with a plain one of ours in the place of each that *words* give a role.

    A user's word outranks ours: a header in our words whose role a user's word has taken in the same table is emptied.
    """
    by_word = {folded(word): role for role, given in words for word in given}
    given = [by_word.get(folded(header.plain)) for header in headers]
    kept = (Text("") if role_of(header.plain) in given else header for header in headers)
    return tuple(Text(PLAIN[role]) if role else header for role, header in zip(given, kept, strict=True))


def folded(header: str) -> str:
    """A header as it is compared: in one case, its spaces single."""
    return " ".join(header.casefold().split())


def _instead(roles: list[Role], old: Role, new: Role) -> list[Role]:
    return [new if role is old else role for role in roles]


def ends_of(headers: Sequence[Text]) -> tuple[tuple[int, Scope], ...]:
    """The columns of ends, where there are several, each with what its header narrows it to: "On-Demand Retirement Date"."""
    places = [at for at, header in enumerate(headers) if role_of(header.plain) is Role.RETIRES]
    return tuple((at, _served(headers[at].plain)) for at in places) if len(places) > 1 else ()


def _served(header: str) -> Scope:
    found = _SERVED.search(header)
    return scope_of({found.lastgroup or "": "-".join(found[0].casefold().split())}) if found else EVERYWHERE


def says_earliest(header: Text) -> bool:
    """Whether a column of ends says of itself that nothing ends before its dates."""
    return _EARLIEST.search(header.plain) is not None


def names_family(headers: Sequence[Text]) -> bool:
    """Whether the model column says that it may hold families."""
    return any("family" in header.plain.casefold() or "families" in header.plain.casefold() for header in headers)
