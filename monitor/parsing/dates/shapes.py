"""The shapes of dates, and of what only looks like one, as a single scanner."""

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
_UNIT = rf"(?:{DAY}{GAP}(?:of{GAP})?)?{MONTH}(?:{GAP}{DAY}{_ALONE})?"
_PART = rf"(?:early|mid|late|(?:end|beginning|start|middle|half){GAP}of)(?:{GAP}|{DASH})(?:the{GAP})?"
_CJK_TO = rf"{SOME}(?:\u81f3|\u5230|\uff5e|~|{DASH}){SOME}[0-9]{{1,2}}{SOME}[\u6708\u65e5]"

# Shapes that are consumed whole and give nothing, so that no piece of them is read as a date.
_REFUSED = (
    # "late 2026", "mid-June 2026", "end of Q3 2026"
    rf"(?<!\w){_PART}(?:{MONTH}(?!{GAP}{DAY}{_ALONE})(?:{COMMA}{YEAR})?|{_QUARTER}(?:{COMMA}{YEAR})?|{YEAR})",
    # "May-June 2024", "June 15 - July 1, 2026", "May, June and July 2026"
    rf"{BEFORE_WORD}(?:{_UNIT}{_LISTED}){{1,3}}{_UNIT}{COMMA}{YEAR}",
    # "June 1-15, 2026"
    rf"{BEFORE_WORD}{MONTH}{GAP}{DAY}{_BETWEEN}{DAY}{_ALONE}(?:{COMMA}{YEAR})?",
    # "15-20 June 2026"
    rf"{BEFORE_NUMBER}{DAY}{_BETWEEN}{DAY}{GAP}(?:of{GAP})?{MONTH}{COMMA}{YEAR}",
    # "15. June 2026": a German date or item 15 of a list
    rf"{BEFORE_NUMBER}[0-9]{{1,2}}\.{GAP}{MONTH}{COMMA}{YEAR}",
    # "Q1-Q2 2026", "2026 Q1 and Q2"
    rf"{BEFORE_WORD}(?:{YEAR}{SOME}{DASH}?{SOME})?{_QUARTER}{_BETWEEN}{_QUARTER}(?:{COMMA}{YEAR})?",
    # "May 2026.6.30", "June 15, 2026-foo"
    rf"{BEFORE_WORD}{MONTH}{COMMA}(?:{DAY}{COMMA})?{YEAR}(?:[.:][0-9]|[/\\_\u2010-\u2013\u2015\u2212-])[\w./:-]{{0,40}}",
    # "version 2026.6.30"
    rf"(?<!\w)(?:version|ver\.?|v\.?|build|release){GAP}{YEAR}\.[0-9]{{1,2}}\.[0-9]{{1,2}}",
)

# Each shape with the numbers it prints, in order: year, month, day, quarter; "?" where the order is the caller's to know.
_READ = (
    ("iso", "ymd", rf"{BEFORE_NUMBER}{YEAR}{DASH}[0-9]{{1,2}}{DASH}[0-9]{{1,2}}(?:(?=t[0-9]{{2}}:)|{AFTER_NUMBER})"),
    ("dotted", "ymd", rf"{BEFORE_NUMBER}{YEAR}\.[0-9]{{1,2}}\.[0-9]{{1,2}}{AFTER_NUMBER}"),
    ("slashed", "ymd", rf"{BEFORE_NUMBER}{YEAR}/[0-9]{{1,2}}/[0-9]{{1,2}}{AFTER_NUMBER}"),
    ("numeric", "?", rf"{BEFORE_NUMBER}[0-9]{{1,2}}/[0-9]{{1,2}}/(?:[0-9]{{4}}|[0-9]{{2}}){AFTER_NUMBER}"),
    (
        "cjk",
        "ymd",
        rf"(?<![0-9A-Za-z_/.-]){YEAR}{SOME}\u5e74{SOME}[0-9]{{1,2}}{SOME}\u6708{SOME}[0-9]{{1,2}}{SOME}\u65e5(?!{_CJK_TO})",
    ),
    (
        "cjk_month",
        "ym",
        rf"(?<![0-9A-Za-z_/.-]){YEAR}{SOME}\u5e74{SOME}[0-9]{{1,2}}{SOME}\u6708"
        rf"(?!{SOME}[0-9\u521d\u4e2d\u4e0a\u4e0b\u5e95\u672b])(?!{_CJK_TO})",
    ),
    ("month_day_year", "dy", rf"{BEFORE_WORD}{MONTH}{GAP}{DAY}{COMMA}{YEAR}{AFTER_WORD}"),
    ("day_month_year", "dy", rf"{BEFORE_NUMBER}{DAY}{GAP}(?:of{GAP})?{MONTH}{COMMA}{YEAR}{AFTER_WORD}"),
    ("quarter_year", "qy", rf"{BEFORE_WORD}{_QUARTER}{COMMA}{YEAR}{AFTER_WORD}"),
    ("year_quarter", "yq", rf"{BEFORE_NUMBER}{YEAR}(?:{GAP}|{DASH}){_QUARTER}{AFTER_NUMBER}"),
    ("iso_month", "ym", rf"{BEFORE_NUMBER}{YEAR}{DASH}[0-9]{{2}}{AFTER_NUMBER}"),
    ("month_year", "y", rf"{BEFORE_WORD}{MONTH}{COMMA}{YEAR}{AFTER_WORD}"),
    # Without a year only with a capital: "may 15" is seldom a date. Never after a year, nor before another number.
    (
        "month_day",
        "d",
        rf"{BEFORE_WORD}(?<![0-9]{{4}}\s)(?=(?-i:[A-Z])){MONTH}{GAP}{DAY}{AFTER_WORD}(?!(?:{SOME},)?{SOME}[0-9])",
    ),
    ("year", "y", rf"{BEFORE_NUMBER}{YEAR}{AFTER_NUMBER}"),
)

FIELDS = {name: fields for name, fields, _ in _READ}

# Only letters and digits that begin a shape are worth a look: the first class lets the engine skip the rest of a page quickly.
SCANNER = re.compile(
    "(?=[0-9abdefhjlmnoqrsv])(?:" + "|".join((*_REFUSED, *(f"(?P<{name}>{pattern})" for name, _, pattern in _READ))) + ")", re.IGNORECASE
)
