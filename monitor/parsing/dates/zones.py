"""Time zones as vendors name them, and the instant of a clock in one."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from monitor.parsing.dates.pieces import DASH, GAP, SOME

# Read at import, so that a machine without a zone database fails at start and not in the middle of a page.
_PLACES = {
    "pacific": ZoneInfo("America/Los_Angeles"),
    "mountain": ZoneInfo("America/Denver"),
    "central": ZoneInfo("America/Chicago"),
    "eastern": ZoneInfo("America/New_York"),
    "europe": ZoneInfo("Europe/Berlin"),
}
_FIXED = {
    "z": UTC,
    "utc": UTC,
    "gmt": UTC,
    "coordinated universal": UTC,
    "beijing": timezone(timedelta(hours=8)),
    "\u5317\u4eac\u65f6\u95f4": timezone(timedelta(hours=8)),  # Beijing time
    "china standard": timezone(timedelta(hours=8)),
    "singapore": timezone(timedelta(hours=8)),
    "sgt": timezone(timedelta(hours=8)),
    "jst": timezone(timedelta(hours=9)),
    "japan standard": timezone(timedelta(hours=9)),
    "kst": timezone(timedelta(hours=9)),
}
_LOCAL = {
    "pt": "pacific",
    "pacific": "pacific",
    "mt": "mountain",
    "mountain": "mountain",
    "ct": "central",
    "central": "central",
    "et": "eastern",
    "eastern": "eastern",
}
# These name one half of the year; a date in the other half contradicts them and gives no instant.
_SEASONAL = {
    "pst": "pacific",
    "pdt": "pacific",
    "mst": "mountain",
    "mdt": "mountain",
    "cdt": "central",
    "est": "eastern",
    "edt": "eastern",
    "cet": "europe",
    "cest": "europe",
}
_SPELT = {f"{place} {half}": f"{place[0]}{half[0]}t" for place in ("pacific", "mountain", "eastern") for half in ("standard", "daylight")}
_UNCLEAR = {"cst", "ist", "bst"}  # Chicago or China, India or Israel, Britain or Bangladesh

_OFFSET = re.compile(rf"(?:utc|gmt)?\s*({DASH}|\+)([0-9]{{1,2}}):?([0-9]{{2}})?")
_NAMES = sorted({*_FIXED, *_LOCAL, *_SEASONAL, *_SPELT, *_UNCLEAR} - {"z"}, key=lambda name: (-len(name), name))
# The bare adjectives ("central", "Pacific") are zones only before "time".
_TIMED = {"beijing", "singapore", "china standard", "japan standard", "coordinated universal", "pacific", "mountain", "central", "eastern"}
_ANY = "|".join(name.replace(" ", GAP) + (f"{GAP}time" if name in _TIMED | {*_SPELT} else f"(?:{GAP}time)?") for name in _NAMES)
_OTHER = r"(?-i:[A-Z]{2,4}T)"  # "AEST": a zone we do not know, so no instant
ZONE = rf"(?:(?:utc|gmt){SOME}(?:{DASH}|\+)[0-9]{{1,2}}(?::?[0-9]{{2}})?|{_ANY}|{_OTHER})(?!\w)"


def instant(local: datetime, name: str, default: tzinfo | None) -> datetime | None:
    """The UTC instant of a *local* clock time in the zone of that *name* ("" takes *default*), or None where that is unclear."""
    label = " ".join(name.casefold().split()).removesuffix(" time")
    label = _SPELT.get(label, label)
    zone = _zone(label) if label else default
    if zone is None:
        return None
    aware = local.replace(tzinfo=zone)
    if aware.utcoffset() != aware.replace(fold=1).utcoffset():  # the hour that daylight saving skips or repeats
        return None
    if label in _SEASONAL and aware.tzname() != label.upper():
        return None
    return aware.astimezone(UTC)


def _zone(label: str) -> tzinfo | None:
    offset = _OFFSET.fullmatch(label)
    if offset:
        return _fixed(*offset.groups(default="0"))
    if label in _FIXED:
        return _FIXED[label]
    place = _LOCAL.get(label) or _SEASONAL.get(label)
    return _PLACES[place] if place else None


def _fixed(sign: str, hours: str, minutes: str) -> tzinfo | None:
    """UTC+08:00 as a zone; None beyond the offsets that are in use anywhere."""
    ahead = timedelta(hours=int(hours), minutes=int(minutes))
    if ahead > timedelta(hours=14) or int(minutes) >= 60:  # noqa: PLR2004
        return None
    return timezone(ahead if sign == "+" else -ahead)
