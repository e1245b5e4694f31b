"""Faults for captures: what a web server, a proxy or a vendor does to a page; chance is handed in.

The first four make a capture worthless; columns in another order change no fact; a deleted row is back in the next capture.
"""

import json
import random
import re
from collections.abc import Callable, Iterator
from typing import Any

WORTHLESS = ("empty", "truncated", "login page", "another vendor's page")
REORDERED, DELETED = "columns reordered", "row deleted, then restored"
FAULTS = (*WORTHLESS, REORDERED, DELETED)
LOGIN = b"""<!doctype html><html lang="en"><head><title>Sign in</title></head><body><main><h1>Sign in to continue</h1>
<form method="post"><label>Email <input name="email"></label><button>Continue</button></form>
<p>Your session has expired. Models, deprecations and retirement dates are shown after you sign in.</p></main></body></html>"""
CODE = re.compile(r"`([^`]+)`")


def damaged(fault: str, body: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    """A capture hurt in a way that makes it worthless."""
    if fault == "truncated":
        return body[: int(len(body) * chance.uniform(0.05, 0.95))]
    return {"empty": lambda: b"", "login page": lambda: LOGIN, "another vendor's page": lambda: chance.choice(others)}[fault]()


def reordered(body: bytes, chance: random.Random) -> bytes:
    """The same facts with the columns of every table, or the fields and items of a document, in another order."""
    if body.lstrip()[:1] in {b"{", b"["}:
        return json.dumps(_shuffled(json.loads(body), chance)).encode()
    return "".join(_blocks(body.decode(), chance)).encode()


def _shuffled(value: Any, chance: random.Random) -> Any:
    if isinstance(value, dict):
        return {name: _shuffled(value[name], chance) for name in chance.sample(list(value), len(value))}
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        return [_shuffled(item, chance) for item in chance.sample(value, len(value))]
    return value


def _blocks(text: str, chance: random.Random) -> Iterator[str]:
    """Lines; every table's columns permuted alike."""
    order: list[int] = []
    for line in text.splitlines(keepends=True):
        cells = _cells(line)
        if not cells:
            order = []
            yield line
            continue
        order = order if len(order) == len(cells) else chance.sample(range(len(cells)), len(cells))
        yield "|" + "|".join(cells[at] for at in order) + "|\n"


def _cells(line: str) -> list[str]:
    """The cells of a Markdown table's row; none for any other line."""
    stripped = line.strip()
    return stripped.strip("|").split("|") if stripped.startswith("|") and stripped.endswith("|") else []


def without_a_row(body: bytes, chance: random.Random, spared: set[str], entries: Callable[[Any], list[Any]]) -> tuple[bytes, set[str]]:
    """The capture without one of its rows, and the names of the models in that row; not one of *spared*."""
    if body.lstrip()[:1] in {b"{", b"["}:
        return _without_an_entry(body, chance, spared, entries)
    lines = body.decode().splitlines(keepends=True)
    named = {at: set(CODE.findall(line)[:1] or CODE.findall(line)) for at, line in enumerate(lines) if len(_cells(line)) > 1}
    at = chance.choice([at for at, names in named.items() if names and not names & spared])
    return "".join(lines[:at] + lines[at + 1 :]).encode(), set(CODE.findall(lines[at]))


def _without_an_entry(body: bytes, chance: random.Random, spared: set[str], entries: Callable[[Any], list[Any]]) -> tuple[bytes, set[str]]:
    whole = json.loads(body)
    places = [place for place in entries(whole) if place[2] not in spared]
    holder, at, name = chance.choice(places)
    del holder[at]
    return json.dumps(whole).encode(), {name}
