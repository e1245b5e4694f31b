"""The time of day printed beside a date: "at 12:00 PM PT", "T19:00:00Z", "16:00 (UTC Time) on", "Beijing Time ... 00:00"."""

import re
from datetime import date, datetime, time, timedelta, tzinfo

from msgspec import Struct
from msgspec.structs import replace

from monitor.parsing.dates.pieces import DASH, GAP, MARK, SOME
from monitor.parsing.dates.zones import ZONE, instant

_REACH = 50  # how far before a date its clock may begin

_HALF = rf"{SOME}(?P<half%s>[ap])\.?m(?!\w)\.?"
_CLOCK = (
    rf"(?:(?P<hour>[0-9]{{1,2}}):(?P<minute>[0-9]{{2}})(?::(?P<second>[0-9]{{2}}))?(?:{_HALF % 1})?"
    rf"|(?P<sharp>[0-9]{{1,2}}){_HALF % 2}|(?P<noon>noon))"
)
_IN_ZONE = rf"(?:{SOME}[(\[\uff08]?{SOME}(?P<zone>z|{ZONE}){SOME}[)\]\uff09]?)?"
_ENDS = rf"(?!\w)(?![:./]\w)(?!{SOME}\+)(?!{SOME}{DASH}{SOME}[0-9])"
_ISO = re.compile(  # what _AFTER leaves: fractions of a second, and offsets that are not called UTC
    r"(?:t|[ ](?=[0-9]{2}:[0-9]{2}:[0-9]{2}))(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]{1,9})?)?"
    rf"(?P<zone>z|(?:\+|{DASH})[0-9]{{2}}:?[0-9]{{2}})?(?!\w)(?![:./+-]\w)",
    re.IGNORECASE,
)
_AFTER = re.compile(rf"{MARK}(?:t|(?:{SOME},)?{SOME}(?:(?:at|@){SOME})?){MARK}{_CLOCK}{_IN_ZONE}{_ENDS}", re.IGNORECASE)
_BEFORE = re.compile(rf"(?<![\w:.,/-]){_CLOCK}{_IN_ZONE}(?:{SOME},{SOME}|{GAP})(?:on{GAP})?{MARK}\Z", re.IGNORECASE)
_HOUR = re.compile(r"[0-9]|(?i:noon)")
_ZONE_BEFORE = re.compile(rf"(?<!\w){ZONE}{SOME}[:,]?{SOME}{MARK}\Z", re.IGNORECASE)
_ZONE_AFTER = re.compile(rf"{MARK}(?:{SOME},)?{SOME}[(\[]?(?P<zone>{ZONE})[)\]]?", re.IGNORECASE)


class Clock(Struct, frozen=True, gc=False):
    """A time of day that was printed with a date; *start* and *end* are the span of both, *after* the days past that date (24:00)."""

    start: int
    end: int
    time: time
    zone: str = ""
    after: int = 0

    def on(self, day: date, default: tzinfo | None) -> datetime | None:
        """The UTC instant on that *day*, or None where the zone is unknown or unclear."""
        return instant(datetime.combine(day, self.time) + timedelta(days=self.after), self.zone, default)


def clock_beside(text: str, low: int, start: int, end: int) -> Clock | None:
    """The clock beside the date text[start:end], searched no further back than *low*; ValueError for an impossible one."""
    match = (_AFTER.match(text, end) or _ISO.match(text, end)) if end < len(text) else None
    low = max(low, start - _REACH)
    if match:
        clock = _clock(match, start, match.end())
        zone = None if clock.zone else _ZONE_BEFORE.search(text, low, start)
        return replace(clock, start=zone.start(), zone=zone[0].strip(" :,*")) if zone else clock
    if text[end : end + 1] in {"T", "t"}:
        msg = "no time of day after T"
        raise ValueError(msg)
    match = _BEFORE.search(text, low, start) if _HOUR.search(text, low, start) else None
    if match:
        clock = _clock(match, match.start(), end)
        zone = None if clock.zone else _ZONE_AFTER.match(text, end)
        return replace(clock, end=zone.end(), zone=zone["zone"]) if zone else clock
    return None


def _clock(match: re.Match[str], start: int, end: int) -> Clock:
    printed = match.groupdict(default="")
    zone = printed["zone"]
    if printed.get("noon"):
        return Clock(start, end, time(12), zone)
    hour = int(printed["hour"] or printed["sharp"])
    half = (printed.get("half1") or printed.get("half2") or "").casefold()
    minute, second = int(printed["minute"] or 0), int(printed["second"] or 0)
    if (hour, minute, second, half) == (24, 0, 0, ""):
        return Clock(start, end, time(), zone, after=1)
    return Clock(start, end, time(_hour(hour, half), minute, second), zone)


def _hour(hour: int, half: str) -> int:
    if not half:
        return hour
    if not 1 <= hour <= 12:  # noqa: PLR2004
        msg = f"no hour: {hour} {half}m"
        raise ValueError(msg)
    return hour % 12 + (12 if half == "p" else 0)
