"""Lines: the one logical model behind the spellings of several surfaces; and families, which are no models."""

import re
from collections.abc import Iterable

_DASHES = re.compile(r"[\s_\u00a0\u2010-\u2015\u2212-]+")
_REGION = re.compile(r"^(?:us|eu|apac|ap|au|ca|jp|sa|global|us-gov)\.")
_PUBLISHER = re.compile(
    r"^(?:ai21|amazon|anthropic|cohere|deepseek|google|luma|meta|mistral|mistralai|openai|qwen|stability|twelvelabs|writer|xai)\."
)
_VARIANT = re.compile(r":(?:free|beta|nitro|floor|online|extended|exacto|thinking)$")
_POINTER = re.compile(r"(?::\d+k|@\d{3}|@latest|@default)$")
_MONTH, _DAY = "(?:0[1-9]|1[0-2])", "(?:0[1-9]|[12]\\d|3[01])"
_DATE = rf"[-@](?:20\d\d-{_MONTH}-\d\d|20\d\d{_MONTH}\d\d|{_MONTH}-20\d\d|{_MONTH}{_DAY})"
_SNAPSHOT = re.compile(rf"{_DATE}$")
_RELEASE = re.compile(rf"(?:-v\d+(?=@))?{_DATE}(?:-v\d+(?::\d+)?)?$|-v?1:\d+$|-v1$")  # Bedrock's "-20241022-v2:0", Vertex's "-v2@20241022"
_BEDROCK = re.compile(r"-v(\d+):(\d+)$")  # without a date the number is part of the name: claude-v2:1 is Claude 2.1
_DATE_REST = re.compile(r"(?:20\d\d-\d\d-\d\d|20\d{6}|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?:-|$)")
_OWN_SPELLINGS = ((re.compile(r"^gpt-35(?![^-])"), "gpt-3.5"), (re.compile(r"^claude-v(?=\d)"), "claude-"))  # Azure's, Bedrock's


def fold(name: str) -> str:
    """A spelling without case, with every kind of dash or space as one hyphen."""
    return _DASHES.sub("-", name.strip().casefold()).strip("-")


def _bare(name: str) -> str:
    """The name without the prefixes of routers, regions and publishers."""
    last = fold(name.rsplit("/", 1)[-1])
    return _PUBLISHER.sub("", _REGION.sub("", last))


def snapshot_base(name: str) -> str:
    """The name without the date of a snapshot; the folded name itself where it has none."""
    folded = fold(name)
    return _SNAPSHOT.sub("", folded) or folded


def line_of(name: str) -> str:
    """The line a model name belongs to: prefixes, variants, versions and snapshot dates stripped, one spelling for all.

    `openai/gpt-4.1-mini:free`, `GPT-4.1 mini` and `gpt-4.1-mini-2025-04-14` give `gpt-4.1-mini`; Claude's two word orders
    ("Claude 3.5 Sonnet", `claude-sonnet-3-5`) give one line. Numbers that are part of the name always keep lines apart.
    """
    bare = _bare(name)
    stripped = _RELEASE.sub("", _POINTER.sub("", _VARIANT.sub("", bare))) or bare
    stripped = _BEDROCK.sub(r"-v\1.\2", stripped).removesuffix(".0") if _BEDROCK.search(stripped) else stripped
    for surface, own in _OWN_SPELLINGS:
        stripped = surface.sub(own, stripped)
    words = re.sub(r"(?<=\d)-(?=\d{1,2}(?:-|$))", ".", stripped).split("-")
    if words[0] == "claude":
        words = ["claude", *(word for word in words[1:] if word[:1].isdigit()), *(word for word in words[1:] if not word[:1].isdigit())]
    return "-".join(words)


def covers(family: str, name: str, replacements: Iterable[str]) -> bool:
    """Whether a family row speaks of the listed *name*: `family-…`, but no replacement and no numbered sibling.

    `gpt-realtime` covers `gpt-realtime-2025-08-28`, never `gpt-realtime-2.1`.
    """
    head, own = fold(family) + "-", fold(name)
    if not own.startswith(head):
        return False
    rest = own[len(head) :]
    if rest[:1].isdigit() and not _DATE_REST.match(rest):
        return False
    siblings = [fold(other) for other in replacements if fold(other).startswith(head)]
    return not any(own == sibling or own.startswith(f"{sibling}-") for sibling in siblings)
