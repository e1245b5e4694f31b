"""A mail's HTML: a table of facts, quotes as quotes, nothing loaded and nothing run; pure."""

from collections.abc import Iterable
from html import escape

from monitor.alerts.message import Message
from monitor.alerts.parts import Item, Parts, Proof, Section, fitted

ROOM = 30_000  # characters; no limit of mail, but of what is read
LINKS = ("https://", "http://")
_STYLE = "font-family:sans-serif;line-height:1.4;max-width:48em"
_CELL = "text-align:left;vertical-align:top;padding:2px 12px 2px 0"
_QUOTE = "margin:0 0 8px 0;padding:4px 12px;border-left:3px solid #888"


def html_mail(message: Message) -> str:
    """The HTML body; a mail program without HTML shows what Apprise makes of it, one line per cell."""
    parts = fitted(message.parts or Parts((message.body,)), ROOM, len)
    told = "".join(f"<p>{escape(line)}</p>" for line in parts.told)
    commands = [f"{escape(label)}: <kbd>{escape(command)}</kbd>" for label, command in parts.commands]
    foot = "<br>".join([*map(escape, parts.foot), *commands])
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(message.title)}</title></head>"
        f'<body style="{_STYLE}"><h1 style="font-size:1.2em">{escape(message.title)}</h1>'
        f"{told}{''.join(_facts(parts))}{''.join(map(_proof, parts.proofs))}{_paragraph(parts.more_quotes)}"
        f"{''.join(map(_section, parts.sections))}{f'<p>{foot}</p>' if foot else ''}</body></html>"
    )


def _facts(parts: Parts) -> Iterable[str]:
    if parts.facts:
        rows = (
            f'<tr><th scope="row" style="{_CELL}">{escape(label)}:</th><td style="{_CELL}">{escape(value)}</td></tr>'
            for label, value in parts.facts
        )
        yield f"<table>{''.join(rows)}</table>"


def _proof(proof: Proof) -> str:
    quote = f'<blockquote style="{_QUOTE}"><p>{escape(proof.quoted)}</p></blockquote>' if proof.quote else ""
    known = f" ({escape(proof.known)})" if proof.known and proof.url else escape(proof.known)
    return quote + (f"<p>{_link(proof.url)}{known}</p>" if proof.url or known else "")


def _link(url: str) -> str:
    """An address of evidence; only the web's own open."""
    return f'<a href="{escape(url)}">{escape(url)}</a>' if url.startswith(LINKS) else escape(url)


def _section(section: Section) -> str:
    heading = f'<h2 style="font-size:1em">{escape(section.heading)}</h2>' if section.heading else ""
    items = "".join(_item(item) for item in section.items)
    return heading + (f"<ul>{items}</ul>" if items else "") + _paragraph(section.left_out)


def _item(item: Item) -> str:
    return f"<li><p>{escape(item.text)}</p>{_proof(item.proof)}</li>"


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>" if text else ""
