"""Vendors' words for the state of a model, in ours."""

import re

from monitor.domain.facts import Stage

STAGES = {
    "preview": Stage.PREVIEW,
    "public preview": Stage.PREVIEW,
    "experimental": Stage.PREVIEW,
    "beta": Stage.PREVIEW,
    "active": Stage.ACTIVE,
    "ga": Stage.ACTIVE,
    "generally available": Stage.ACTIVE,
    "stable": Stage.ACTIVE,
    "current": Stage.ACTIVE,
    "legacy": Stage.LEGACY,
    "deprecated": Stage.DEPRECATED,
    "retired": Stage.RETIRED,
    "shut down": Stage.RETIRED,
    "discontinued": Stage.RETIRED,
    "eol": Stage.RETIRED,
}
_STATE = re.compile(rf"({'|'.join(sorted(STAGES, key=len, reverse=True))})\b", re.IGNORECASE)


def stage_in(text: str) -> Stage | None:
    """The state that a cell or a group row begins with ("Deprecated (Claude Opus 4.7 and later)", "Preview models"); None for none."""
    found = _STATE.match(text.strip())
    return STAGES[found[1].casefold()] if found else None
