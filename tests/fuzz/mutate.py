"""Pages made from the test pages by chance: parts repeated, lost, exchanged between pages, broken and nested."""

import random
from collections.abc import Callable

from monitor.sources import Source
from tests.sources.golden import pairs, source_of

LONGEST = 200_000
PIECES = [
    *(
        b"<table>",
        b"<tr><td rowspan=65534 colspan=1000>",
        b"</td>",
        b"<div>",
        b"</div>",
        b"<a href=x>",
        b"<!--",
        b"-->",
        b"<html>",
        b"<sup>",
    ),
    *(
        b"| a | b |\n|---|---|\n",
        b"|",
        b"`",
        b"**",
        b"[",
        b"](",
        b"# ",
        b"> ",
        b"- ",
        b"\n",
        b"\n\n",
        b"```\n",
        b"---\n",
        b":::note\n",
        b"<Note>\n",
    ),
    *(
        b"2026-10-10",
        b"May 3, 2026",
        b"no sooner than ",
        b"Q3 2026",
        b" and ",
        b", ",
        b" was retired on ",
        b"gpt-4.1-mini",
        b"`claude-3-opus-20240229`",
    ),
    *(
        b"These models were retired on May 3, 2026. ",
        b"Model",
        b"Shutdown date",
        b"Replacement",
        b"Recommended replacement",
        b"State",
        b"deprecated",
    ),
    *(
        b"\x00",
        b"\xff\xfe",
        b"\xed\xa0\x80",
        b"\xe2\x80\xae",
        b"\xcc\x81",
        b"\xc2\xa0",
        b"\xe2\x80\x91",
        b"\x1b",
        b"&#x202e;",
        b"&nbsp;",
        b"&#0;",
    ),
    *(b"{", b"}", b"[]", b'"', b"null", b": ", b"- name: ", b"retirement_date: ", b"\\", b"'", b"1e999", b"9" * 40, b"0000-00-00"),
]


def seeds() -> list[tuple[Source, bytes]]:
    """Every page of the tests, with the source that it is of."""
    return [(source_of(path), path.read_bytes()) for path in pairs()]


def mutated(body: bytes, pages: list[bytes], chance: random.Random) -> bytes:
    """A page after a few changes, some of them taken from other *pages*."""
    for _ in range(chance.randint(1, 6)):
        body = chance.choice(CHANGES)(body, pages, chance)[:LONGEST]
    return body


def _span(body: bytes, chance: random.Random, most: int = 400) -> tuple[int, int]:
    start = chance.randint(0, len(body))
    return start, min(len(body), start + chance.randint(1, most))


def _lose(body: bytes, _: list[bytes], chance: random.Random) -> bytes:
    start, end = _span(body, chance)
    return body[:start] + body[end:]


def _break_off(body: bytes, _: list[bytes], chance: random.Random) -> bytes:
    return body[: chance.randint(0, len(body))]


def _repeat(body: bytes, _: list[bytes], chance: random.Random) -> bytes:
    start, end = _span(body, chance)
    return body[:end] + body[start:end] * chance.choice([1, 2, 5, 100, 1000]) + body[end:]


def _insert(body: bytes, _: list[bytes], chance: random.Random) -> bytes:
    at = chance.randint(0, len(body))
    return body[:at] + chance.choice(PIECES) * chance.choice([1, 1, 1, 2, 30, 3000]) + body[at:]


def _splice(body: bytes, pages: list[bytes], chance: random.Random) -> bytes:
    other = chance.choice(pages)
    start, end = _span(other, chance, 2000)
    at = chance.randint(0, len(body))
    return body[:at] + other[start:end] + body[at:]


def _exchange_lines(body: bytes, _: list[bytes], chance: random.Random) -> bytes:
    lines = body.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def _flip(body: bytes, _: list[bytes], chance: random.Random) -> bytes:
    if not body:
        return body
    at = chance.randrange(len(body))
    return body[:at] + bytes([body[at] ^ 1 << chance.randrange(8)]) + body[at + 1 :]


Change = Callable[[bytes, list[bytes], random.Random], bytes]
CHANGES: list[Change] = [_lose, _break_off, _repeat, _insert, _insert, _splice, _exchange_lines, _flip]
