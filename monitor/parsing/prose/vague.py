"""Days that only help to say another: "between June 1 and June 15", "two weeks before May 1"; and days on which something was told."""

import re

from monitor.parsing.dates import Found
from monitor.parsing.screened import Screened

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DAY = (
    rf"(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+20\d\d)?|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}(?:,?\s+20\d\d)?|{_MONTH}\s+20\d\d"
    r"|20\d\d-\d\d(?:-\d\d)?|\d{1,2}/\d{1,2}/\d{2,4})(?![\w-])"
)
_NUMBER = r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several|a\s+few|some|shortly)"
_ONLY_NEAR = Screened(
    rf"\bbetween\s+(?:the\s+)?{_DAY}\s+(?:and|to)\s+(?:the\s+)?{_DAY}"
    rf"|\b{_NUMBER}\s+(?:(?:business|calendar|working|full)\s+)?(?:days?|weeks?|months?|years?)\s+"
    rf"(?:before|after|from|following|of|ahead\s+of|prior\s+to)\s+(?:the\s+)?{_DAY}"
    rf"|\b(?:around|approximately|about|circa|roughly|shortly\s+(?:before|after)|(?:the\s+)?week\s+(?:of|beginning|starting)|say,)\s+{_DAY}",
    *("between", "day", "week", "month", "year", "around", "approximately", "about", "circa", "roughly", "shortly", "say"),
)
_PAPER = r"(?:notices?|announcements?|posts?|e-?mails?|letters?|articles?|release\s+notes?|changelogs?|blogs?|updates?|newsletters?)"
_TELLING = Screened(
    rf"\b(?:announced|published|posted|wrote|notified|e-?mailed|informed|communicated|dated|reported|confirmed)\s+(?:\w+\s+){{0,2}}?(?:on\s+)?{_DAY}"
    rf"|\b{_DAY}\s+(?:\w+\s+){{0,2}}?{_PAPER}\b"
    rf"|\b{_PAPER}(?:\W{{1,4}}|\s+(?:(?:entry|page|section)\s+)?(?:on|of|from|for)\s+){_DAY}",
    *("announced", "published", "posted", "wrote", "notified", "mail", "informed", "communicated", "dated", "reported", "confirmed"),
    *("notice", "announcement", "post", "letter", "article", "release", "changelog", "blog", "update"),
)
_HEADLINE = re.compile(r"\W{0,3}\s+[A-Z]")  # "May 1, 2026 Going away: …"
_DIGIT = re.compile(r"\d")


def without_vague(words: str) -> str:
    """The sentence with blanks in the place of ranges and of what lies a while before or after a day, as long as before."""
    return _ONLY_NEAR.pattern.sub(lambda at: " " * len(at[0]), words) if _DIGIT.search(words) and _ONLY_NEAR.may_match(words) else words


def ending_days(words: str, dates: tuple[Found, ...]) -> tuple[Found, ...]:
    """The days of a sentence on which something can end: none on which it was announced or mailed, nor one that only heads the sentence."""
    if len(dates) > 1 and not words[: dates[0].start].strip("*_[( ") and _HEADLINE.match(words, dates[0].end):
        dates = dates[1:]
    telling = [at.span() for at in _TELLING.finditer(words)] if dates else []
    return tuple(date for date in dates if not any(low <= date.start < high for low, high in telling))
