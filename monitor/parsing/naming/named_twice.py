"""A model named twice in one breath, by title and by id; and a name with the versions that are printed behind it."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from monitor.domain.identity import scope_of
from monitor.parsing.dates import find_dates
from monitor.parsing.naming.mention_kinds import Mention
from monitor.parsing.naming.names import is_id, letters
from monitor.parsing.naming.versions import shares, versions_behind

_BRACKETED_DAY = re.compile(r"\s*\((20\d\d-\d\d-\d\d)\)")
_NEAR = 12  # characters between a title and its id in brackets


def versioned(sentence: str, names: list[Mention]) -> tuple[Mention, ...]:
    """The names, once for each version that the words around narrow them to: "`gpt-4o` version `2024-05-13`", "`a` and `a-32k` (0613)"."""
    found: list[Mention] = []
    behind: list[Mention] = []
    for name in reversed(names):
        versions, end = versions_behind(sentence, name.end) if not name.scope else ((), name.end)
        if not versions and not name.scope and (day := _day_of_version(sentence, name.end)):
            versions, end = (day[1],), day.end()
        own = [replace(name, end=end, scope=scope_of({"version": version})) for version in versions]
        if not own and behind and not name.scope and shares(name.name, behind[0].name, sentence[name.end : behind[0].start]):
            own = [replace(name, scope=other.scope) for other in behind]
        behind = own
        found[:0] = own or [name]
    return tuple(found)


def once(names: Sequence[Mention]) -> Sequence[Mention]:
    """The names without titles that spell an id of the same sentence: "Scribe v1 removal: `scribe_v1` …"."""
    titles = [name for name in names if " " in name.name]
    if not titles or len(titles) == len(names):
        return names
    ids = {letters(name.name) for name in names if " " not in name.name}
    return [name for name in names if " " not in name.name or letters(name.name) not in ids or _in_brackets(name, names)]


def _in_brackets(title: Mention, names: Sequence[Mention]) -> bool:
    """Whether the next name stands right behind a title, and takes its place."""
    return any(0 < name.start - title.end < _NEAR for name in names)


def _day_of_version(sentence: str, end: int) -> re.Match[str] | None:
    """The day in brackets behind a name that lies before every other day of the sentence: "gpt-4o (2024-05-13) retires March 31, 2026"."""
    version = _BRACKETED_DAY.match(sentence, end)
    others = (
        [date.when.starts_on.isoformat() for date in find_dates(sentence) if date.start >= version.end() or date.end <= end]
        if version
        else []
    )
    return version if version and others and version[1] < min(others) else None


def ids_stand_for_titles(sentence: str, names: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for name in names:
        if kept and re.fullmatch(r"\s*(?:models?\s*)?\(\s*", sentence[kept[-1].end : name.start]) and is_id(name.name):
            name = replace(name, start=kept.pop().start)  # noqa: PLW2901 - the id takes the title's place
        kept.append(name)
    return kept
