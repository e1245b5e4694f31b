"""The fragments of which every pattern of the grammar is made; each matches a bounded number of characters, so scanning is linear."""

DASH = r"[\u2010-\u2015\u2212-]"
MARK = r"[*\u2020\u2021]{0,3}"
NO_BREAK = r"[^\S\n\r\v\f\x1c-\x1f\x85\u2028\u2029]"  # a line break separates cells and blocks, so no date crosses one
GAP = rf"{NO_BREAK}{{1,4}}"
SOME = rf"{NO_BREAK}{{0,4}}"

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
YEAR = r"[0-9]{4}"
DAY = r"[0-9]{1,2}(?:st|nd|rd|th)?"
COMMA = rf"(?:{SOME},{SOME}|{GAP})"

# What must not adjoin a date: there it is a piece of an id, a path, a number or a price.
BEFORE_NUMBER = r"(?<![\w./\\@#$\u20ac\u00a3\u00a5=+~%&^\u2010-\u2015\u2212-])(?<!\w:)"
BEFORE_WORD = r"(?<![\w./\\@#$=+~\u2010-\u2013\u2015\u2212-])"
_AFTER = r"(?![^\W\u00b9\u00b2\u00b3\u2070\u2074-\u2079])"  # a superscript digit is a footnote
AFTER_NUMBER = rf"{_AFTER}(?![/_@%\u2010-\u2015\u2212-])(?![.:\\]\w)"
AFTER_WORD = rf"{_AFTER}(?![/_@%\u2010-\u2013\u2015\u2212-])(?![.:]\d)(?!\\\w)"
