"""Leads that stand apart from their list: a heading ("Models retired on May 1"), or a sentence that points below or to dates."""

import re

from monitor.domain.when import When
from monitor.parsing.dates import Order, find_dates
from monitor.parsing.documents import Text
from monitor.parsing.lists.groups import Group
from monitor.parsing.naming.mentions import names_in
from monitor.parsing.prose.nearby import dates_near
from monitor.parsing.prose.sentences import LONGEST, sentences
from monitor.parsing.prose.verbs import Act, may_tell, verbs

_BELOW = re.compile(
    r"\b(?:models?|versions?|aliases|ids?|slugs?)\s+(?:\w+\s+){0,3}?below\b|\b(?:listed|shown|named)\s+below\b", re.IGNORECASE
)
_ON_LISTED = re.compile(
    r"\b(?:on|from|by)\s+(?:the\s+)?(?:listed|following|corresponding)\s+(?:dates?|days?)\b|\bon\s+the\s+dates?\s+(?:\w+\s+)?below\b",
    re.IGNORECASE,
)
_ENDS = (Act.END, Act.DEPRECATE)


def heading_lead(title: str, order: Order = Order.REFUSE) -> Group | None:
    """The list that a heading opens which says what becomes of it and, behind that, when; none for one that names a model itself."""
    acts = [verb for verb in verbs(title) if verb.act in _ENDS] if len(title) <= LONGEST and may_tell(title) else []
    dates = find_dates(title, order=order) if acts and not names_in(title) else ()
    return next((Group(title, verb.act, date.when, title) for verb in acts for date in dates if date.start >= verb.end), None)


def pointing_below(text: Text, near: When | None, order: Order = Order.REFUSE) -> Group | None:
    """The list further below of which a paragraph says what becomes of it when: "we will retire the models listed below on May 1"."""
    if "below" not in text.plain or len(text.plain) > LONGEST or not _BELOW.search(text.plain):
        return None
    parts = sentences(text.plain, text.codes)
    for part in parts:
        acts = [verb.act for verb in verbs(part) if verb.act in _ENDS] if _BELOW.search(part) and not names_in(part, text.codes) else []
        dates = dates_near(part, near, order) if acts else ()
        if len(dates) == 1:
            return Group(part, acts[0], dates[0].when, part)
    return None


def on_listed_dates(text: Text) -> tuple[Act, str] | None:
    """What becomes of lists under headings that are days: "the following models will be retired on the listed dates"."""
    if not ("date" in text.plain or "day" in text.plain) or len(text.plain) > LONGEST or not _ON_LISTED.search(text.plain):
        return None
    parts = sentences(text.plain)
    said = ((verb.act, part) for part in parts if _ON_LISTED.search(part) for verb in verbs(part))
    return next((item for item in said if item[0] in _ENDS), None)
