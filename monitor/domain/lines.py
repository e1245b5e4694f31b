"""Lines: the one logical model behind the spellings of several surfaces; and families, which are no models.

A line joins what a vendor calls one model: the alias, its dated snapshots and numbered revisions, the hosted and quantised copies, a
router's context and price variants. It never joins what is released apart: sizes, `-preview` or `-exp` beside the release itself, a
longer context under a name of its own, Mistral's releases by year and month, fine-tunes.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from monitor.domain.spellings import DATE, DAY, FAMILY, HALF_NAME, MAKER, MONTH, ONE_WORD, QUALIFIED, SAME, TAIL, TITLE

LONGEST = 200  # characters; what is longer is no model's name, and a line of its own
_DASHES = re.compile(r"[\s_\u00a0\u00b7\u2010-\u2015\u2212-]+")
_HYPHENS = dict.fromkeys([*range(0x2010, 0x2016), 0x2212], "-")
_OWN = ("ft:", "~")  # fine-tunes, and a router's moving names of whole families
_BRACKETS = re.compile(r"\(([^()]*)\)")
_SNAPSHOT = re.compile(rf"[-@]{DATE}$")
_EDITION = re.compile(rf"(?:{DATE}|{MONTH}-{DAY}|00\d)(?:-|$)")  # a snapshot's day or a revision's number, which makes no sibling
_SHORT_NUMBER = re.compile(r"^([1-9])(\d)$")
_CLAUDE_REVISION = re.compile(r"^v\d$")


def fold(name: str) -> str:
    """A spelling without case, with every kind of dash or space as one hyphen."""
    return _DASHES.sub("-", name.strip().casefold()).strip("-")


def snapshot_base(name: str) -> str:
    """The name without the date of a snapshot; the folded name itself where it has none."""
    folded = fold(name)
    return _SNAPSHOT.sub("", folded) or folded


@lru_cache(maxsize=4096)
def line_of(name: str) -> str:
    """The line a model name belongs to: prefixes, variants, versions and snapshot dates stripped, one spelling for all.

    `openai/gpt-4.1-mini:free`, `GPT-4.1 mini` and `gpt-4.1-mini-2025-04-14` give `gpt-4.1-mini`; Claude's two word orders
    ("Claude 3.5 Sonnet", `claude-sonnet-3-5`) give one line. Numbers that are part of the name always keep lines apart.
    """
    bare = _bare(name if name.isascii() else name.translate(_HYPHENS))
    if len(bare) > LONGEST or bare.startswith(_OWN) or FAMILY.match(bare):
        return bare
    line = bare
    while not ONE_WORD.match(line) and (shorter := TAIL.sub("", line)) and shorter != line:
        line = shorter
    return _in_order(_same(line))


def _bare(name: str) -> str:
    """The name without the prefixes of routers, regions and publishers."""
    parts = [part for part in name.partition("/versions/")[0].split("/") if part.strip()]
    last = TITLE.sub("", parts[-1]) if parts else ""
    last = fold(_BRACKETS.sub(r" \1", last) if "(" in last else last)
    found = QUALIFIED.match(last)
    rest = last[found.end() :] if found else last
    bare = f"{found[1]}-{rest}" if found and HALF_NAME.match(rest) else MAKER.sub("", rest)
    return f"~{bare}" if name.startswith("~") and len(parts) > 1 else bare


def _same(name: str) -> str:
    for needed, pattern, new in SAME:
        if needed in name:
            name = pattern.sub(new, name)
    return name


def _in_order(line: str) -> str:
    """Claude's two word orders as one, `claude-3.5-sonnet`, without Amazon's count of its editions (`-v2`)."""
    first, *words = line.split("-")
    if first != "claude":
        return line
    numbers = [_SHORT_NUMBER.sub(r"\1.\2", word).removesuffix(".0") for word in words if word[:1].isdigit()]
    others = [word for word in words if not word[:1].isdigit()]
    return "-".join([first, *numbers, *(word for word in others if not numbers or not _CLAUDE_REVISION.match(word))])


def covers(family: str, name: str, replacements: Iterable[str]) -> bool:
    """Whether a family row speaks of the listed *name*: `family-…`, but no replacement and no numbered sibling.

    `gpt-realtime` covers `gpt-realtime-2025-08-28`, never `gpt-realtime-2.1`.
    """
    head, own = fold(family) + "-", fold(name.replace("@", "-"))
    if not own.startswith(head):
        return False
    rest = own[len(head) :]
    if rest[:1].isdigit() and not _EDITION.match(rest):
        return False
    siblings = [fold(other) for other in replacements if fold(other).startswith(head)]
    return not any(own == sibling or own.startswith(f"{sibling}-") for sibling in siblings)
