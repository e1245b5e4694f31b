"""Names in cells and sentences: model ids, display names and services, told apart by their form."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from monitor.domain.identity import Kind
from monitor.parsing.documents import Text
from monitor.parsing.naming.versions import without_version

_ID = re.compile(r"(?!20\d\d-\d\d-\d\d\Z)[A-Za-z0-9~@][\w.:/@+~-]*[\w+]")
_SERVICE_WORD = re.compile(
    r"\b(?:APIs?|endpoints?|platform|dashboard|builder|console|playground|SDK|header|parameters?|tools?|objects?|prompts?|plugins?|fine-tuning|training"
    r"|feature|studio|beta version|service)\b",
    re.IGNORECASE,
)
_PATH = re.compile(r"/?v\d[\w.]*/\S+|/[\w./{}-]+")
_HEADER = re.compile(r"[A-Za-z-]+:\s*\S+=\S+")
_BARE_ID = re.compile(r"[a-z0-9][\w./:@-]*-[\w./:@-]+")
_SETTING = re.compile(r"\s+with\s+(?=\w+\s+\w+)", re.IGNORECASE)
_BRACKET = re.compile(r"\s*[(\[\uff08][^()\uff08\uff09\[\]]*[)\]\uff09]")
_SPLIT = re.compile(r"\s*(?:[,;|\n•\u3001\uff0c\uff1b]|(?<=\s)or(?=\s)|(?<=\s)and(?=\s)|(?<=\s)/(?=\s))\s*")
_LEADING = re.compile(r"^(?:or|and|the|use|either)\s+", re.IGNORECASE)
_SPELT = re.compile(r"([^(),;|\n\uff08]{1,80}?)\s*[(\uff08]([^()\s\uff08\uff09]{1,120})[)\uff09]")
_BETWEEN_CODES = re.compile(r"\s*[,|]\s*")
_NO_SLUG = re.compile(r"[^a-z0-9]+")
_MARKS = "*†‡§¹²³⁴⁵⁶⁷⁸⁹↗→ "
_NOTHING = frozenset({"", "-", "--", "---", "\u2013", "\u2014", "n/a", "na", "none", "null", "tbd", "tba", "unknown"})
_DIGIT = re.compile(r"\d")
_DAY = re.compile(r"20\d\d-\d\d-\d\d")  # a date, or a version that is called by its day: no name
MAX_NAME = 120

# A display name: a capitalised word (or two), then words that are versions, sizes or kinds.
# "GPT-4.1 mini", "Claude Sonnet 3.5", "Gemini 2.0 Flash", "Kimi K2.5", "DeepSeek V3.1".
_KIND = r"mini|nano|pro|preview|turbo|flash|lite|instant|large|medium|small|high|max|beta|thinking|codex|latest"
_WORD = rf"(?:[A-Za-z]\d+[A-Za-z]*(?:[.p]\d+)*(?!-)|[A-Z][A-Za-z]*\+?|\d+(?:[.x]\d+)*[A-Za-z]*|{_KIND})"
DISPLAY_NAME = re.compile(rf"\b(?:[A-Z][A-Za-z]*(?:[-·][A-Z]?[\w.]+)*|o\d(?:-\w+)*)(?:[ -]{_WORD}(?:[-.]\w+)*)*")
_TASKS = frozenset({"Create", "Get", "List", "Delete", "Update", "Query", "Retrieve", "Generate", "Use", "Using", "Deploy", "Run", "Try"})
_SIZED = re.compile(rf"[a-z][\w.]*(?:-[\w.]+)+(?:\s(?:\d[\w.]*|{_KIND}))+")  # "gpt-oss 120b"
_MOST_BRACKETS = 4  # inside each other
_MOST_WORDS, _MOST_SERVICE_WORDS, _MOST_CODE_WORDS = 8, 4, 3


def is_nothing(text: str) -> bool:
    """Whether a cell names nothing."""
    return text.strip(" *`").casefold() in _NOTHING


def without_brackets(text: str) -> str:
    """The text without what stands in brackets, and without footnote marks at its end."""
    for _ in range(_MOST_BRACKETS):
        if not (")" in text or "]" in text or "\uff09" in text):
            break
        text = _BRACKET.sub("", text)
    return text.strip().rstrip(_MARKS).strip()


def has_digit(text: str) -> bool:
    """Whether a digit stands in the text."""
    return _DIGIT.search(text) is not None


def is_id(text: str) -> bool:
    """Whether the text has the form of a model id: one token with a digit, hyphen, dot or slash in it."""
    if len(text) > MAX_NAME or not _ID.fullmatch(text) or text.replace(".", "").isdigit():
        return False
    return has_digit(text) or (("-" in text or "/" in text) and text == text.lower())


@lru_cache(maxsize=4096)
def is_service(text: str) -> bool:
    """Whether the text names an API, endpoint, header, parameter or product rather than a model."""
    if _BARE_ID.fullmatch(text) and has_digit(text):
        return bool(_PATH.fullmatch(text))  # "tool" or "training" inside an id is part of the model's name
    return bool(_PATH.fullmatch(text) or _HEADER.match(text) or _SERVICE_WORD.search(text))


def is_display_name(text: str) -> bool:
    """Whether the whole text is the display name of a model: short, capitalised, with a number or several words."""
    if text.partition(" ")[0] in _TASKS:
        return False
    found = DISPLAY_NAME.match(text)  # not fullmatch: that tries every way to divide "A-1.1-1.1-1.1!" before it gives up
    return (
        found is not None and found.end() == len(text) and len(text.split()) <= _MOST_WORDS and (has_digit(text) or len(text.split()) > 1)
    )


def names_model(text: str) -> bool:
    """Whether the whole text is a model's name: an id, or a display name with a number in it."""
    return is_id(text) or (is_display_name(text) and has_digit(text) and not is_service(text))


def kind_of(name: str) -> Kind:
    """Model or service, by form."""
    return Kind.SERVICE if is_service(name) else Kind.MODEL


def named(cell: Text) -> tuple[str, ...]:
    """The names a model cell gives, in order, once each: its code spans, or its text split at separators; brackets dropped.

    `gpt-4-0613` | `gpt-4`, `gpt-4-completions` gives three; "`a` (including `b`, which points to it)" gives both. A cell of display
    names is split only where every part is a name.
    """
    if cell.codes:
        found = [part for code in cell.codes for part in _split_code(code)]
        if found:
            return _once(_completed(found))
    text = without_version(without_brackets(cell.plain)).replace("`", "")  # one that nothing closes
    if is_nothing(text):
        return ()
    if _HEADER.match(text):
        return (text,)
    if text.replace(".", "").isdecimal():
        return ()  # an amount, or a version of something
    parts = [part for part in (without_brackets(_LEADING.sub("", part)) for part in _SPLIT.split(text)) if not is_nothing(part)]
    whole = len(parts) > 1 and not all(is_id(part) or is_service(part) or is_display_name(part) for part in parts)
    return (" ".join(text.split()),) if whole else _once(parts)


@lru_cache(maxsize=1024)
def recommended(cell: Text) -> tuple[str, ...]:
    """The replacements a cell names: its code spans outside brackets, or those parts of its text that have the form of a name."""
    plain = cell.plain.replace("`", "")
    bare = without_brackets(_SPELT.sub(_id_for_title, plain) if "(" in plain else plain)
    bare = _SETTING.split(bare)[0] if "with" in bare.casefold() else bare
    codes = [part for code in cell.codes for part in _split_code(code) if part in bare]
    if codes:
        return _once(codes)
    if is_nothing(bare) or len(bare) > MAX_NAME:
        return ()
    parts = [name for part in _SPLIT.split(bare) for name in _ids_apart(without_brackets(_LEADING.sub("", part)))]
    return _once(
        part
        for part in parts
        if is_id(part) or _names_service(part) or is_display_name(part) or _SIZED.fullmatch(part) or _links_to_model(part, cell)
    )


def _id_for_title(at: re.Match[str]) -> str:
    """The id alone, where it stands in brackets behind the title that it spells: "DeepSeek V3.1 (deepseek-ai/DeepSeek-V3.1)"."""
    return at[2] if is_id(at[2]) and letters(at[2].rpartition("/")[2]) == letters(at[1]) else at[0]


def letters(text: str) -> str:
    """The letters and digits of a name alone, which all its spellings share."""
    return _NO_SLUG.sub("", text.casefold())


def _ids_apart(text: str) -> list[str]:
    """Ids with nothing but white space between them; any other text whole."""
    words = text.split()
    return words if all(is_id(word) and _BARE_ID.fullmatch(word) for word in words) else [text]


def _links_to_model(text: str, cell: Text) -> bool:
    """Whether the text is a link to the page of a model of that name: "Codestral" → /models/codestral-25-08."""
    slug = _NO_SLUG.sub("-", text.casefold()).strip("-")
    return any(title == text and bool(slug) and f"/models/{slug}" in address.casefold() for title, address in cell.links)


def _names_service(text: str) -> bool:
    return is_service(text) and len(text.split()) <= _MOST_SERVICE_WORDS and not _is_instruction(text)


def _is_instruction(text: str) -> bool:
    return bool(re.match(r"(?:view|see|use|read|omit|contact|refer|visit|learn|none)\b", text, re.IGNORECASE))


def _split_code(code: str) -> Iterator[str]:
    for part in _BETWEEN_CODES.split(code) if "," in code or "|" in code else (code,):
        name = part.strip().strip("\"'").rstrip(_MARKS)
        if not name or is_nothing(name) or _DAY.fullmatch(name):
            continue
        if len(name) <= MAX_NAME and len(name.split()) <= _MOST_CODE_WORDS:
            yield name


def _completed(names: Iterable[str]) -> Iterator[str]:
    """The names with those that only print how they go on after the one before: `a-1` and `-001` are `a-1` and `a-1-001`."""
    whole = ""
    for name in names:
        if not name.startswith("-"):
            whole = name
            yield name
        elif whole:
            yield whole + name


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([" ".join(name.split()) for name in names if name]))
