"""An Adaptive Card for Microsoft Teams; pure.

Texts are `TextRun`s, which read no Markdown: https://adaptivecards.io/explorer/TextRun.html. A message may have 28 KB:
https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using
"""

import json
from collections.abc import Sequence
from typing import Any

from monitor.alerts.message import Message
from monitor.alerts.parts import Item, Parts, Proof, Section, fitted
from monitor.domain.policy.severity import Severity

MOST_BYTES = 28_000
ROOM = 12_000  # bytes of text as JSON; a line's own frame is counted with it
_FRAME = 150
_COLORS = {Severity.INFO: "Default", Severity.WARNING: "Warning", Severity.CRITICAL: "Attention"}
_MOST_LINKS = 3

Node = dict[str, Any]


def teams(message: Message) -> Node:
    """The payload of a Workflows webhook."""
    parts = fitted(message.parts or Parts((message.body,)), ROOM, _measure)
    title = {"type": "TextRun", "text": message.title, "weight": "Bolder", "size": "Large", "color": _COLORS[message.severity]}
    body = [
        _line([title]),
        *(_line([_run(line)]) for line in parts.told),
        *(_line([_bold(f"{label}: "), _run(value)], spacing="None") for label, value in parts.facts),
        *(node for proof in parts.proofs for node in _proof(proof)),
        *([_line([_run(parts.more_quotes)])] if parts.more_quotes else []),
        *(node for section in parts.sections for node in _section(section)),
        *(_line([{**_run(line), "isSubtle": True}], spacing="Small") for line in parts.foot),
        *(_line([_run(f"{label}: "), {**_run(command), "fontType": "Monospace"}], spacing="None") for label, command in parts.commands),
    ]
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "fallbackText": message.title,
        "body": body,
        "actions": _links(parts),
        "msteams": {"width": "full"},
    }
    return {
        "type": "message",
        "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}],
    }


def _measure(line: str) -> int:
    return len(json.dumps(line)) + _FRAME


def _run(text: str) -> Node:
    return {"type": "TextRun", "text": text}


def _bold(text: str) -> Node:
    return {"type": "TextRun", "text": text, "weight": "Bolder"}


def _line(runs: Sequence[Node], spacing: str = "Medium") -> Node:
    return {"type": "RichTextBlock", "inlines": list(runs), "spacing": spacing}


def _proof(proof: Proof) -> list[Node]:
    quote = [_line([{**_run(proof.quoted), "italic": True}])] if proof.quote else []
    return [*quote, *([_line([{**_run(proof.where), "isSubtle": True}], spacing="None")] if proof.where else [])]


def _section(section: Section) -> list[Node]:
    heading = [_line([_bold(section.heading)])] if section.heading else []
    items = [node for item in section.items for node in _item(item)]
    return [*heading, *items, *([_line([_run(section.left_out)], spacing="Small")] if section.left_out else [])]


def _item(item: Item) -> list[Node]:
    return [_line([_run(f"• {item.text}")], spacing="Small"), *_proof(item.proof)]


def _links(parts: Parts) -> list[Node]:
    """The addresses of the first proofs, as buttons."""
    proofs = [*parts.proofs, *(item.proof for section in parts.sections for item in section.items)]
    urls = list(dict.fromkeys(proof.url for proof in proofs if proof.url.startswith(("https://", "http://"))))[:_MOST_LINKS]
    titles = ["Open the source"] if len(urls) == 1 else [f"Open source {number}" for number in range(1, len(urls) + 1)]
    return [{"type": "Action.OpenUrl", "title": title, "url": url} for title, url in zip(titles, urls, strict=True)]
