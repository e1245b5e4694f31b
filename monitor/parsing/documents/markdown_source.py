"""Prepares Markdown for its reader: front matter apart, code and comments out, the tags of block components on lines of their own."""

import re

from monitor.parsing.documents.mdx import BLOCK_TAG

_FRONT_LINES = 200
_FRONT = re.compile(r"([A-Za-z_][\w.-]*):(?:\s+(.*))?")
_FENCE = re.compile(r"\s*+(?:[-*+] +|\d{1,9}[.)] +)?(?:(`{3,})[^`]*|(~{3,}).*)")
_DROPPED = re.compile(r"<!--|\{/\*|^[ \t]*+<(?:style|script|svg|pre)(?=[\s>])", re.IGNORECASE | re.MULTILINE)
_ENDS = {"<!--": re.compile(r"-->"), "{/*": re.compile(r"\*/\}")}
_TAG_LINES = 20


def split_front(text: str) -> tuple[dict[str, str], str]:
    """Return the front matter, `key: value` lines between `---` lines at the very beginning, and the rest."""
    if not text.startswith("---"):
        return {}, text
    lines = text.split("\n", _FRONT_LINES)
    ends = [number for number, line in enumerate(lines[1:_FRONT_LINES], 1) if line.rstrip() in {"---", "..."}]
    body = lines[1 : ends[0]] if ends and lines[0].rstrip() == "---" else []
    if not any(_FRONT.fullmatch(line.rstrip()) for line in body[:1]):
        return {}, text
    pairs = (found for line in body if (found := _FRONT.fullmatch(line.rstrip())))
    return {found[1]: _unquoted(found[2] or "") for found in pairs}, "\n".join(lines[ends[0] + 1 :])


def _unquoted(value: str) -> str:
    value = value.strip()
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value


def prepare(text: str) -> list[str]:
    """Return the lines of *text* without fenced code, comments, styles and scripts."""
    lines = _without_code(text.split("\n"))
    text = "\n".join(lines)
    if _DROPPED.search(text):
        lines = _without_comments(text).split("\n")
    return _split_tags(lines) if "<" in text else lines


def _without_code(lines: list[str]) -> list[str]:
    """Leave out fenced code; a fence that nothing closes reaches to the end (CommonMark 4.5)."""
    kept: list[str] = []
    fence = ""
    for line in lines:
        if fence:
            bare = line.strip()
            if bare.startswith(fence) and not bare.strip(fence[0]):
                fence = ""
        elif ("```" in line or "~~~" in line) and (found := _FENCE.fullmatch(line)):
            fence = found[1] or found[2]
            kept.append("")
        else:
            kept.append(line)
    return kept


def _without_comments(text: str) -> str:
    """Leave out comments and what is never shown; what nothing ends is text."""
    kept: list[str] = []
    place = 0
    endless: set[str] = set()
    while found := _DROPPED.search(text, place):
        kind = found[0].strip().lower()
        end = None if kind in endless or text[found.start() - 1 : found.start()] == "`" else _end(kind).search(text, found.end())
        if end is None:
            if text[found.start() - 1 : found.start()] != "`":
                endless.add(kind)
            kept.append(text[place : found.end()])
            place = found.end()
            continue
        kept.append(text[place : found.start()])
        place = end.end()
        if text[found.start() - 1 : found.start()] in {"\n", ""} and text[place : place + 1] == "\n":
            place += 1
    return "".join((*kept, text[place:]))


def _end(kind: str) -> re.Pattern[str]:
    return _ENDS.get(kind) or re.compile(rf"</{kind[1:]}\s*>", re.IGNORECASE)


def _split_tags(lines: list[str]) -> list[str]:
    """Put the tags of block components on lines of their own, whole."""
    split: list[str] = []
    number = 0
    while number < len(lines):
        line, number = _whole_tag(lines, number)
        if "<" not in line or line.lstrip().startswith("|"):
            split.append(line)
            continue
        place = 0
        for found in BLOCK_TAG.finditer(line):
            if line[found.start() - 1 : found.start()] != "`":
                split += [part for part in (line[place : found.start()], found[0]) if part.strip()]
                place = found.end()
        if line[place:].strip() or not place:
            split.append(line[place:])
    return split


def _whole_tag(lines: list[str], number: int) -> tuple[str, int]:
    """Return a line, with those after it if a component's tag begins in it and ends in a later one, and the next number."""
    line = lines[number]
    bare = line.strip()
    if ">" not in bare and bare[:1] == "<" and bare[1:2].isupper():
        for last in range(number + 1, min(number + _TAG_LINES, len(lines))):
            if lines[last].rstrip().endswith(">"):
                return " ".join(lines[number : last + 1]), last + 1
    return line, number + 1
