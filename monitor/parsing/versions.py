"""Model and version in one name, where the version is a whole date."""

import re

from monitor.domain.identity import EVERYWHERE, Scope, scope_of

_DATED = re.compile(r"(.+)-(20\d\d-\d\d-\d\d)")  # other endings may be part of the name: DeepSeek-V3-0324, Phi-4-2


def dated(name: str) -> tuple[str, Scope]:
    """`gpt-4o-2024-08-06` as `gpt-4o` in that version; any other name as it stands."""
    found = _DATED.fullmatch(name)
    return (found[1], scope_of({"version": found[2]})) if found else (name, EVERYWHERE)
