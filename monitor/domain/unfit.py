"""Names that are none: what no request could carry and no index takes is a row that could not be read, never the end of a visit."""

import re
from dataclasses import replace

from monitor.domain.claims import Skipped, Statement
from monitor.domain.readings import Parsed

LONGEST_NAME = 300  # characters
LONGEST_KEY = 1_900  # bytes: provider, name and scope together
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def unfit_skipped(parsed: Parsed) -> Parsed:
    """The same, with the statements about what cannot be a name as skipped rows."""
    reasons = [(statement, _unfit(statement)) for statement in parsed.statements]
    if not any(why for _, why in reasons):
        return parsed
    skipped = (Skipped(statement.quote, f"{why}: {statement.key.model[:80]!a}", why) for statement, why in reasons if why)
    fit = tuple(statement for statement, why in reasons if not why)
    return replace(parsed, statements=fit, skipped=(*parsed.skipped, *skipped))


def _unfit(statement: Statement) -> str:
    if len(statement.key.model) > LONGEST_NAME or len(str(statement.key).encode(errors="replace")) > LONGEST_KEY:
        return "a name too long to be one"
    return "control characters in a name" if _CONTROL.search(statement.key.model) else ""
