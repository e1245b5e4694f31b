"""Discord's embeds, with every mention switched off; pure.

Limits: https://docs.discord.com/developers/resources/message (embed limits). Embeds read Markdown, so everything is escaped.
"""

import re
from typing import Any

from monitor.alerts.inert import shorten
from monitor.alerts.message import Message
from monitor.alerts.parts import Parts, Proof, fitted
from monitor.alerts.plain import sections_text

TITLE, DESCRIPTION, MOST_FIELDS, VALUE, TOTAL = 256, 4096, 25, 1024, 6000
ROOM = 3600  # characters of the whole message, escaped: the description alone may have 4 096
_MARKUP = re.compile(r"([\\*_~`|\[\]]|^\s*[#>+-]|(?<=^\d)\.)")  # the last ones begin a heading, a quote, a list


def discord(message: Message, color: int) -> dict[str, Any]:
    """The payload of a webhook; *color* is that of the embed's bar."""
    parts = fitted(message.parts or Parts((message.body,)), ROOM, _measure)
    embed = {
        "title": _escaped(shorten(message.title, TITLE // 2)),
        "description": "\n\n".join(_blocks(parts)),
        "color": color,
        "fields": [{"name": label, "value": _escaped(shorten(value, VALUE // 2)), "inline": True} for label, value in parts.facts][
            :MOST_FIELDS
        ],
        "footer": {"text": "\n".join([*parts.foot, *(f"{label}: {command}" for label, command in parts.commands)])},
    }
    return {"embeds": [embed], "allowed_mentions": {"parse": []}}


def _blocks(parts: Parts) -> list[str]:
    proofs = ["\n".join(_proof(proof)) for proof in parts.proofs]
    rest = [parts.more_quotes] if parts.more_quotes else []
    return [_escaped("\n".join(parts.told)), *proofs, *rest, *sections_text(parts, _escaped)]


def _proof(proof: Proof) -> list[str]:
    quote = [f"> {_escaped(proof.quoted)}"] if proof.quote else []
    where = " · ".join(part for part in (f"<{proof.url}>" if proof.url else "", _escaped(proof.known)) if part)
    return [*quote, *([where] if where else [])]


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)


def _measure(line: str) -> int:
    """In the units of a browser, which counts a character outside the basic plane twice."""
    return len(_escaped(line).encode("utf-16-le")) // 2 + 2
