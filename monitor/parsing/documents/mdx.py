"""The components of MDX pages and the few block tags of HTML that Markdown pages carry: which ones are notes, which mean nothing."""

import re
from dataclasses import dataclass

_NOTES = "Note|Warning|Tip|Info|Callout|Card|Danger|Caution|Important|Check|Alert|Admonition|Aside|Notice|Banner|Error|Success|Message"
_STRUCTURE = (
    "Tabs|Tab|TabItem|Steps|Step|Accordion|AccordionGroup|CardGroup|CardGrid|Columns|Column|Cards|Frame|Expandable|Panel|View|Section"
    "|CodeGroup|div|section|article|main|center|details|summary|p|figure|figcaption"
)
NOTES = frozenset(_NOTES.split("|"))
UPDATE = "Update"

ATTRIBUTES = r"(?P<attributes>(?:[^<>\"'{}]|\"[^\"]*+\"|'[^']*+'|\{(?:[^{}]|\{[^{}]*+\})*+\})*+)"
BLOCK_TAG = re.compile(rf"<(?P<end>/?)(?P<name>{_NOTES}|{UPDATE}|{_STRUCTURE})(?=[\s/>]){ATTRIBUTES}>")
_WHOLE_TAG = re.compile(rf"<(?P<end>/?)(?P<name>[A-Z][\w.]*+|iframe|img|br|hr|a|span|link|meta|video)(?=[\s/>]){ATTRIBUTES}>")
_CLOSING = re.compile(r"</(?P<name>[A-Z]\w*+)\s*>")
# Tags of HTML; what is in angle brackets otherwise is a placeholder (<your-project>) and is shown, but for MDX components.
HTML_TAG = re.compile(
    "a|abbr|article|aside|b|bdi|big|blockquote|br|button|center|cite|code|col|colgroup|dd|del|details|dfn|div|dl|dt|em|figcaption|figure"
    "|font|footer|h[1-6]|header|hr|i|iframe|img|input|ins|kbd|label|li|link|main|mark|nav|ol|p|picture|pre|q|s|samp|section|small|source"
    "|span|strike|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|time|tr|tt|u|ul|var|video|wbr",
    re.IGNORECASE,
)
_VALUE = r"\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|\{\s*[\"'`]([^\"'`]*)[\"'`]\s*\})"


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag on a line of its own."""

    name: str
    closes: bool
    attributes: str

    @property
    def alone(self) -> bool:
        """Tell whether the tag opens nothing (`<Card … />`)."""
        return self.attributes.rstrip().endswith("/")

    def value(self, name: str) -> str:
        """Return the value of an attribute, "" where there is none."""
        found = re.search(rf"(?:^|\s){name}{_VALUE}", self.attributes)
        return next(filter(None, found.groups()), "") if found else ""


def read_tag(line: str) -> Tag | None:
    """Return the tag that *line* is, or None if it is something else."""
    found = BLOCK_TAG.fullmatch(line) or _WHOLE_TAG.fullmatch(line)
    return Tag(found["name"], bool(found["end"]), found["attributes"]) if found else None


def last_closings(lines: list[str]) -> dict[str, int]:
    """Return the number of the last line at which each component is closed: one opened after it is never closed."""
    return {found["name"]: number for number, line in enumerate(lines) if "</" in line for found in _CLOSING.finditer(line)}
