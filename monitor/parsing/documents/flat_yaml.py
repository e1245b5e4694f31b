"""Flat YAML: a list of mappings of plain strings, which is all that data files of documentation use; anything deeper is left unread."""

import re
from dataclasses import dataclass

from monitor.parsing.documents import Row, Table, Text

_LINE = re.compile(r"(?P<dash>-\s+|\s+)(?P<key>[A-Za-z_][\w-]*):(?:\s+(?P<value>.*))?")
_QUOTED = re.compile(r"'(?P<single>(?:[^']|'')*)'\s*(?:#.*)?|\"(?P<double>[^\"]*)\"\s*(?:#.*)?")
_REMARK = re.compile(r"\s+#.*$")
_MOST_KEYS = 40  # a mapping with more keys is no row of a table


@dataclass(frozen=True, slots=True)
class FlatList:
    """A list of mappings as a table with a column per key, and for each of its rows the lines it was read from, by header."""

    table: Table
    lines: tuple[dict[str, str], ...]
    unread: tuple[str, ...] = ()


def read_flat_list(text: str) -> FlatList:
    """The mappings of a flat YAML list; lines that are neither a key with a value, a remark nor empty come back as *unread*."""
    items: list[dict[str, tuple[str, str]]] = []
    unread: list[str] = []
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith(("#", "---")):
            continue
        found = _LINE.fullmatch(line)
        if found and found["dash"].startswith("-"):
            items.append({})
        if not found or not items or len(items[-1]) >= _MOST_KEYS:
            unread.append(line)
            continue
        items[-1][_words(found["key"])] = _scalar(found["value"] or ""), line.strip().removeprefix("-").strip()
    return _table(items, unread)


def _table(items: list[dict[str, tuple[str, str]]], unread: list[str]) -> FlatList:
    keys = list(dict.fromkeys(key for item in items for key in item))
    rows = tuple(Row(tuple(Text(item.get(key, ("", ""))[0]) for key in keys)) for item in items)
    lines = tuple({key: line for key, (_, line) in item.items()} for item in items)
    return FlatList(Table(tuple(Text(key) for key in keys), rows), lines, tuple(unread))


def _words(key: str) -> str:
    return key.replace("_", " ").replace("-", " ")


def _scalar(value: str) -> str:
    quoted = _QUOTED.fullmatch(value.strip())
    if not quoted:
        return _REMARK.sub("", value).strip()
    return (quoted["single"] or "").replace("''", "'") if quoted["single"] is not None else quoted["double"]
