"""What narrows a sentence: the deployment that a model leaves, the regions of a day, the customers' tiers."""

import re

from monitor.parsing.dates import Found
from monitor.parsing.prose.verbs import Verb
from monitor.parsing.screened import Screened
from monitor.parsing.tables.cells import REGION, regions_of

_IN_REGIONS = re.compile(
    rf"\s*\(?(?:in|for)\s+(?:the\s+)?(?:(?:aws\s+)?regions?\s+)?({REGION}(?:(?:,\s*|\s+and\s+|,\s+and\s+){REGION})*)\b"
)
_SERVERLESS = re.compile(r"(?:[^.,;]|\.\d){0,80}?\s(?:from|on|in)\s+(?:our\s+|the\s+)?serverless\b", re.IGNORECASE)
_SERVERLESS_MODELS = re.compile(r"\bserverless\s+(?:models|endpoints)\b", re.IGNORECASE)
_PUBLIC = re.compile(r"\s+(?:from|on|in|via|through)\s+(?:\w+\s+){0,2}public\s+endpoints?\b", re.IGNORECASE)
_TIERS = r"free|plus|pro|team|business|enterprise|edu|education|go|developer|developers?|paid|unpaid|trial"
_AUDIENCE = Screened(
    rf"\b(?:appl(?:y|ies)\s+(?:only\s+)?to|for|to)\s+(?:the\s+|all\s+|ChatGPT\s+|our\s+)*(?P<tiers>(?:{_TIERS})(?:[\s,-]+(?:and\s+|or\s+|tier\s+)?(?:{_TIERS})\b)*)"
    r"[\s-]+(?:tiers?|users?|plans?|customers?|subscribers?|accounts?|usage|workspaces?)\b"
    rf"|\b(?:in|from|on)\s+(?:the\s+|our\s+)?(?P<plan>{_TIERS})\s+(?:plans?|tiers?)\b",
    *("tier", "user", "plan", "customer", "subscriber", "account", "usage", "workspace"),
)


def deployment_in(words: str, verb: Verb) -> str:
    """The deployment that a model leaves while others go on: "deprecated from serverless"."""
    if _SERVERLESS.match(words, verb.end) or _SERVERLESS_MODELS.search(words, 0, verb.start):
        return "serverless"
    return "public" if _PUBLIC.match(words, verb.end) else ""


def regional(words: str, date: Found | None, dates: tuple[Found, ...], until: int) -> list[tuple[Found, tuple[str, ...]]]:
    """A date with the region codes behind it ("on March 1 in us-east-1"), and the later dates with theirs; nothing where one has none."""
    after = [other for other in dates if date and date.start <= other.start < until]
    found = [(other, regions_of(behind[1])) for other in after if (behind := _IN_REGIONS.match(words, other.end))]
    return found if found and found[0][0] == date and all(regions for _, regions in found) else []


def tiers_in(words: str, verb: str = "") -> tuple[str, ...]:
    """The customers' tiers that a sentence limits itself to: "applies to free and developer-tier usage"; with *verb* only behind that."""
    found = next((at for at in _AUDIENCE.finditer(words) if at[0].lower().startswith(verb)), None)
    return tuple(re.findall(rf"\b(?:{_TIERS})\b", (found["tiers"] or found["plan"]).lower())) if found else ()
