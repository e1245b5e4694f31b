"""Bytes to clean text: which encoding they are in, and which characters never belong in a page."""

import re

from monitor.errors import Undecodable

_LABEL = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.ASCII | re.IGNORECASE)
_META = re.compile(rb"<meta[^<>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))

# Encodings whose bytes can look like valid UTF-8 although they mean something else; everything else is tried as UTF-8 first,
# because a wrong label ("latin-1" on UTF-8 bytes) is common and bytes of another encoding that happen to be UTF-8 are not.
_LABEL_FIRST = re.compile(r"utf-?16([bl]e)?|iso-2022-(jp|kr)", re.IGNORECASE)
_LABEL_NEXT = re.compile(
    r"utf-?8|iso-?8859-?\d+|windows-125\d|cp125\d|koi8-[ru]|gb18030|big5(-hkscs)?|euc-(jp|kr)|shift[_-]jis|macintosh",
    re.IGNORECASE,
)
# Browsers read these labels as GB 18030 and as Windows-1252 (https://encoding.spec.whatwg.org/#names-and-labels).
_CHINESE = frozenset({"gb2312", "gbk"})
_WESTERN = frozenset({"iso-8859-1", "iso8859-1", "latin1", "latin-1", "l1", "ascii", "us-ascii", "cp1252", "windows-1252"})

_CONTROLS = bytes({*range(32)} - set(b"\t\n\r\f\v\x1b"))
_BINARY_SHARE = 100  # one control character in so many is no text
_PRESCAN = 4096

_NEWLINE = re.compile(r"\r\n?")
_DIRT = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and newline, DEL, C1
    "\xad\u180e\u200b-\u200d\u2060-\u2064\ufeff"  # of no width
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # bidirectional and deprecated formatting controls
    "\ud800-\udfff"  # surrogates: neither SQLite nor PostgreSQL takes them
    "\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f"  # annotation marks, non-characters, invisible tags
    "]"
)


def clean_text(text: str) -> str:
    """Return *text* without characters that cannot be seen or stored; line ends become \\n. U+2011 stays: readers map it."""
    if "\r" in text:
        text = _NEWLINE.sub("\n", text)
    return _DIRT.sub("", text)


def decode(body: bytes, content_type: str = "") -> str:
    """Return the clean text of *body*; raise Undecodable if its bytes are no text in any encoding it may claim."""
    return clean_text(decode_raw(body, content_type))


def decode_raw(body: bytes, content_type: str = "") -> str:
    """Return the text of *body* as it is, for readers that clean what they take from it; raise Undecodable as decode does."""
    text, encoding = _decode_strictly(body, content_type)
    raw = body if encoding == "utf-8" else text.encode("utf-8", "surrogatepass")
    controls = len(raw) - len(raw.translate(None, _CONTROLS))
    if controls * _BINARY_SHARE > len(text):
        msg = f"{controls} control characters in {len(text)}: binary data, not a page"
        raise Undecodable(msg)
    return text


def _decode_strictly(body: bytes, content_type: str) -> tuple[str, str]:
    """The text and the encoding in which it was found."""
    tried = _candidates(body, content_type)
    for encoding in tried:
        try:
            return body.decode(encoding), encoding
        except (UnicodeDecodeError, LookupError):
            continue
    msg = f"{len(body)} bytes are no text in {', '.join(tried)}"
    raise Undecodable(msg)


def _candidates(body: bytes, content_type: str) -> tuple[str, ...]:
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return (encoding,)
    label = _label(body, content_type)
    if _LABEL_FIRST.fullmatch(label):
        return (label,)
    if label in _WESTERN:
        return ("utf-8", "cp1252")
    if label in _CHINESE:
        return ("utf-8", "gb18030")
    return ("utf-8", label) if _LABEL_NEXT.fullmatch(label) else ("utf-8",)


def _label(body: bytes, content_type: str) -> str:
    if header := _LABEL.search(content_type):
        return header[1].lower()
    meta = _META.search(body, 0, _PRESCAN)
    return meta[1].decode("ascii", "replace").lower() if meta else ""
