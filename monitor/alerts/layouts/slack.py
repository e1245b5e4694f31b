"""Slack's Block Kit: header, section with fields, quote, context; pure.

Limits: https://docs.slack.dev/reference/block-kit/blocks. Everything scraped stands in `plain_text` objects, which know no mention, no
markup and no link; `mrkdwn` holds our own words and the addresses of evidence only.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from monitor.alerts.inert import cost, shorten
from monitor.alerts.message import Message
from monitor.alerts.parts import Item, Parts, Proof, Section, fitted, lean

ROOM = 2900  # characters of the whole message, escaped; the rejection of long ones is not documented, and starts well above this
HEADER, TEXT, FIELD = 150, 3000, 2000
MOST_FIELDS, MOST_BLOCKS, MOST_ELEMENTS = 10, 50, 10
_MOST_PROOFS, _MOST_PROVED = 10, 18  # of two blocks each: that leaves room for the others

Block = dict[str, Any]


def slack(message: Message, color: str) -> Block:
    """The attachment with the blocks; *color* is that of its bar."""
    fit = fitted(lean(message.parts or Parts((message.body,))), ROOM - cost(message.title), _measure)
    parts = replace(fit, proofs=fit.proofs[:_MOST_PROOFS], unquoted=fit.unquoted + len(fit.proofs[_MOST_PROOFS:]))
    blocks = [{"type": "header", "text": _text(shorten(message.title, HEADER))}, *_facts(parts), *_proofs(parts)]
    for section in parts.sections:
        blocks += _section(section)
    blocks += _context([*map(_text, parts.foot), *(_command(*command) for command in parts.commands)])
    return {"color": color, "fallback": _escaped(message.title), "blocks": blocks[:MOST_BLOCKS]}


def _measure(line: str) -> int:
    return cost(line) + 2


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _text(text: str) -> Block:
    return {"type": "plain_text", "text": _escaped(text), "emoji": False}


def _label(text: str) -> Block:
    return {"type": "mrkdwn", "text": f"*{text}*", "verbatim": True}


def _command(label: str, command: str) -> Block:
    return {"type": "mrkdwn", "text": f"{label}: `{_escaped(command)}`", "verbatim": True}


def _link(url: str) -> Block:
    """An address of evidence; its every unusual character is percent-encoded."""
    return {"type": "mrkdwn", "text": f"<{_escaped(url)}>", "verbatim": True}


def _facts(parts: Parts) -> Iterable[Block]:
    """What happened, and the facts as a table of two columns: ten cells in a block."""
    cells = [cell for label, value in parts.facts for cell in (_label(label), _text(value))]
    grids = [cells[start : start + MOST_FIELDS] for start in range(0, len(cells), MOST_FIELDS)]
    first: Block = {"type": "section", "text": _text("\n".join(parts.told))}
    yield first | ({"fields": grids[0]} if grids else {})
    yield from ({"type": "section", "fields": grid} for grid in grids[1:])


def _proofs(parts: Parts) -> Iterable[Block]:
    for proof in parts.proofs:
        if proof.quoted:
            yield {"type": "section", "text": _text(proof.quoted)}
        yield from _context(_where(proof))
    if parts.more_quotes:
        yield from _context([_text(parts.more_quotes)])


def _where(proof: Proof) -> list[Block]:
    return [*([_link(proof.url)] if proof.url else []), *([_text(proof.known)] if proof.known else [])]


def _context(elements: Sequence[Block]) -> list[Block]:
    return [{"type": "context", "elements": list(elements[:MOST_ELEMENTS])}] if elements else []


def _section(section: Section) -> Iterable[Block]:
    """Things with evidence have blocks of their own, the others share one."""
    if section.heading:
        yield {"type": "section", "text": _label(section.heading)}
    proved = [item for item in section.items if item.proof.lines][:_MOST_PROVED]
    for item in proved:
        yield {"type": "section", "text": _text("\n".join(line for line in (item.text, item.proof.quoted) if line))}
        yield from _context(_where(item.proof))
    lines = [_one_line(item) for item in section.items if item not in proved]
    shared = "\n".join([*lines, *([section.left_out] if section.left_out else [])])
    if shared:
        yield {"type": "section", "text": _text(shared)}


def _one_line(item: Item) -> str:
    return "\n".join((f"• {item.text}", *item.lines[1:]))
