"""The shapes of dates, and of what only looks like one, as a single scanner: at each place the first that fits is taken."""

import re

from monitor.parsing.dates.pieces import (
    AFTER_NUMBER,
    AFTER_WORD,
    BEFORE_NUMBER,
    BEFORE_WORD,
    COMMA,
    DASH,
    DAY,
    GAP,
    MONTH,
    SOME,
    YEAR,
)

_ALONE = r"(?![0-9])"
_QUARTER = r"q[1-4]\b"
_WORD = rf"(?:to|and|or|through|thru|until|till)\b|[&/]|{DASH}"
_BETWEEN = rf"{SOME}(?:{_WORD}){SOME}"
_LISTED = rf"{SOME}(?:,{SOME}(?:(?:and|or)\b)?|{_WORD}){SOME}"
_MONTH_DAY = rf"{MONTH}(?:{GAP}{DAY}{_ALONE})?"
_DAY_MONTH = rf"{DAY}{GAP}(?:of{GAP})?{MONTH}"
_MORE = rf"(?>(?:{_LISTED}(?:{_DAY_MONTH}|{_MONTH_DAY})){{1,3}}){COMMA}{YEAR}"
_PART = rf"(?:early(?:{GAP}in)?|mid|late(?:{GAP}in)?|(?:end|beginning|start|middle|half){GAP}of)(?:{GAP}|{DASH})(?:the{GAP})?"
_CJK_TO = rf"{SOME}(?:\u81f3|\u5230|\uff5e|~|{DASH}){SOME}[0-9]{{1,2}}{SOME}[\u6708\u65e5]"
_CJK_MONTH = rf"(?<![0-9A-Za-z_/.-]){YEAR}{SOME}\u5e74{SOME}[0-9]{{1,2}}{SOME}\u6708"

# A shape without a name is consumed whole and gives nothing, so that no piece of it is read as a date. A named one gives the numbers it
# prints, in the order in FIELDS: year, month, day, quarter, M for a month by name; "?" where the order is the caller's to know.
FIELDS = {
    "iso": "ymd",
    "dotted": "ymd",
    "slashed": "ymd",
    "numeric": "?",
    "cjk": "ymd",
    "cjk_month": "ym",
    "day_month_year": "dMy",
    "year_quarter": "yq",
    "iso_month": "ym",
    "year": "y",
    "month_day_year": "Mdy",
    "month_year": "My",
    "month_day": "Md",
    "quarter_year": "qy",
}
_NUMBERS = (
    # "15 June - 20 June 2026", "15-20 June 2026", "2026 Q1 and Q2"
    rf"{BEFORE_NUMBER}{_DAY_MONTH}{_MORE}",
    rf"{BEFORE_NUMBER}{DAY}{_BETWEEN}{_DAY_MONTH}{COMMA}{YEAR}",
    rf"{BEFORE_NUMBER}{YEAR}{SOME}{DASH}?{SOME}{_QUARTER}{_BETWEEN}{_QUARTER}",
    # "15. June 2026": a German date or item 15 of a list
    rf"{BEFORE_NUMBER}[0-9]{{1,2}}\.{GAP}{MONTH}{COMMA}{YEAR}",
    rf"(?P<iso>{BEFORE_NUMBER}{YEAR}{DASH}[0-9]{{1,2}}{DASH}[0-9]{{1,2}}(?:(?=t[0-9]{{2}}:)|{AFTER_NUMBER}))",
    rf"(?P<dotted>{BEFORE_NUMBER}{YEAR}\.[0-9]{{1,2}}\.[0-9]{{1,2}}{AFTER_NUMBER})",
    rf"(?P<slashed>{BEFORE_NUMBER}{YEAR}/[0-9]{{1,2}}/[0-9]{{1,2}}{AFTER_NUMBER})",
    rf"(?P<numeric>{BEFORE_NUMBER}[0-9]{{1,2}}/[0-9]{{1,2}}/(?:[0-9]{{4}}|[0-9]{{2}}){AFTER_NUMBER})",
    rf"(?P<cjk>{_CJK_MONTH}{SOME}[0-9]{{1,2}}{SOME}\u65e5(?!{_CJK_TO}))",
    rf"(?P<cjk_month>{_CJK_MONTH}(?!{SOME}[0-9\u521d\u4e2d\u4e0a\u4e0b\u5e95\u672b])(?!{_CJK_TO}))",
    rf"(?P<day_month_year>{BEFORE_NUMBER}{_DAY_MONTH}{COMMA}{YEAR}{AFTER_WORD})",
    rf"(?P<year_quarter>{BEFORE_NUMBER}{YEAR}(?:{GAP}|{DASH}){_QUARTER}{AFTER_NUMBER})",
    rf"(?P<iso_month>{BEFORE_NUMBER}{YEAR}{DASH}[0-9]{{2}}{AFTER_NUMBER})",
    rf"(?P<year>{BEFORE_NUMBER}{YEAR}{AFTER_NUMBER}(?={SOME}(?:\Z|[^\w\s])|{SOME}[\n\r]))",  # "2048 tokens" is no year
)
_MONTHS = (
    # "May-June 2024", "June 15 - July 1, 2026", "May, June and July 2026", "June 1-15, 2026"
    rf"{_MONTH_DAY}{_MORE}",
    rf"{MONTH}{GAP}{DAY}{_BETWEEN}{DAY}{_ALONE}(?:{COMMA}{YEAR})?",
    # "May 2026.6.30", "June 15, 2026-foo"
    rf"{MONTH}{COMMA}(?:{DAY}{COMMA})?{YEAR}(?:[.:][0-9]|\\\w|[/_\u2010-\u2013\u2015\u2212-])[\w./:-]{{0,40}}",
    rf"(?P<month_day_year>{MONTH},?{GAP}{DAY}{COMMA}{YEAR}{AFTER_WORD})",
    rf"(?P<month_year>{MONTH}{COMMA}{YEAR}{AFTER_WORD})",
    # Without a year only with a capital: "may 15" is seldom a date. Never after a year, nor before another number.
    rf"(?P<month_day>(?<![0-9]{{4}}\s)(?=(?-i:[A-Z])){MONTH}{GAP}{DAY}{AFTER_WORD}(?!(?:{SOME},)?{SOME}[0-9]))",
)
_WORDS = (
    # "late 2026", "mid-June 2026", "end of Q3 2026"; but "end of March 31, 2026" is a day
    rf"{_PART}(?:{MONTH}(?!{GAP}{DAY}{_ALONE})(?:{COMMA}{YEAR})?|{_QUARTER}(?:{COMMA}{YEAR})?|{YEAR})",
    # "version 2026.6.30"
    rf"(?:version|ver\.?|v\.?|build|release){GAP}{YEAR}\.[0-9]{{1,2}}\.[0-9]{{1,2}}",
    # "Q1-Q2 2026"
    rf"{_QUARTER}{_BETWEEN}{_QUARTER}(?:{COMMA}{YEAR})?",
    rf"{BEFORE_WORD}(?P<quarter_year>{_QUARTER}{COMMA}{YEAR}{AFTER_WORD})",
)


def _first(patterns: tuple[str, ...]) -> str:
    return "(?:" + "|".join(patterns) + ")"


# The looks ahead let the engine pass quickly over what begins no date.
SCANNER = re.compile(
    rf"(?<![0-9])(?=[0-9]){_first(_NUMBERS)}|(?=[jfmasond]){BEFORE_WORD}(?={MONTH}){_first(_MONTHS)}|(?<!\w)(?=[elmbshvrq]){_first(_WORDS)}",
    re.IGNORECASE,
)
