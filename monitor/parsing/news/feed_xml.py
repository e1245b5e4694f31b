"""RSS and Atom: well-formed XML with a feed's root, entities declared by nobody, nothing outside the document ever asked for."""

import re
from html import escape
from html.entities import html5

import turbohtml

MOST_TAGS, MOST_REFERENCES = 300_000, 1_000_000  # of a document: each costs its length many times over
_PROLOG = re.compile(
    r"\s*+(?:(?:<!--.*?-->|<\?[^>]*+>|<!doctype[^<>\[]*+>)\s*+)*+(?:(?P<subset><!doctype[^<>\[]*+\[)|<(?:[\w-]+:)?(?P<root>rss|feed|rdf)\b)",
    re.IGNORECASE | re.DOTALL,
)
_FOREIGN = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)(?:(?P<name>\w{1,32});)?")
_VERSION = re.compile(r"\sversion\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_OPEN, _CLOSE = "<![CDATA[", "]]>"


def begins_feed(text: str) -> bool:
    """Whether a text begins as RSS or Atom do."""
    return _PROLOG.match(text) is not None


def read_xml(text: str) -> turbohtml.Feed | str:
    """The feed, or why there is none. Neither a document type nor an entity is ever looked up."""
    prolog = _PROLOG.match(text)
    if prolog is None:
        return "not a feed: neither RSS nor Atom nor JSON Feed"
    if prolog["subset"]:
        return "XML that declares entities of its own: refused"
    if text.count("<") > MOST_TAGS or text.count("&") > MOST_REFERENCES:
        return f"a feed of more than {MOST_TAGS} tags or {MOST_REFERENCES} entities"
    try:
        return turbohtml.parse_xml(_mended(_of_one_version(text, prolog))).feed() or "XML that is no feed"
    except turbohtml.HTMLParseError as error:
        return f"not well-formed XML: {error}"


def _of_one_version(text: str, prolog: re.Match[str]) -> str:
    """RSS 0.91, 0.92 and what names no version as the RSS 2.0 that they are (its specification, "About this document")."""
    start, end = prolog.end(), text.find(">", prolog.end())
    if prolog["root"] != "rss" or end < 0:
        return text
    return f'{text[:start]} version="2.0"{_VERSION.sub("", text[start:end])}{text[end:]}'


def _mended(text: str) -> str:
    """The text with HTML's entities as characters and bare ampersands escaped, as feeds have them; CDATA as it is."""
    parts, at = [], 0
    while (start := text.find(_OPEN, at)) >= 0 and (end := text.find(_CLOSE, start)) >= 0:
        parts += [_FOREIGN.sub(_character, text[at:start]), text[start:end]]
        at = end
    return "".join([*parts, _FOREIGN.sub(_character, text[at:])])


def _character(reference: re.Match[str]) -> str:
    return escape(html5.get(f"{reference['name']};", reference.group()))
