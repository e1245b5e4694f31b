"""A message as plain text: for every service without a layout of its own, for the log and for the terminal; pure."""

from collections.abc import Callable, Iterable, Iterator

from monitor.alerts.inert import cost
from monitor.alerts.parts import Measure, Parts, Section, fitted

BODY_LIMIT = 2900


def plain(parts: Parts, room: int = BODY_LIMIT, measure: Measure = cost) -> str:
    """The parts as a text of at most *room* by *measure*, which is the length once Slack has escaped it unless said otherwise."""
    fit = fitted(parts, room, measure)
    blocks = [
        "\n".join(fit.told),
        "\n".join(f"{label}: {value}" for label, value in fit.facts),
        "\n".join([*(line for proof in fit.proofs for line in proof.lines), *_given(fit.more_quotes)]),
        *sections_text(fit),
        "\n".join([*fit.foot, *(f"{label}: {command}" for label, command in fit.commands)]),
    ]
    return "\n\n".join(block for block in blocks if block)


def sections_text(parts: Parts, escaped: Callable[[str], str] = str) -> Iterator[str]:
    """Each section as lines; every line but the addresses goes through *escaped*."""
    for section in parts.sections:
        yield "\n".join(_section(section, escaped))


def _section(section: Section, escaped: Callable[[str], str]) -> Iterator[str]:
    yield from _given(escaped(section.heading))
    for item in section.items:
        yield f"- {escaped(item.text)}"
        proof = item.proof
        known = f"({escaped(proof.known)})" if proof.known and proof.url else escaped(proof.known)
        told = " ".join(part for part in (escaped(proof.quoted), proof.url, known) if part)
        yield from _given(told and f"  {told}")
    yield from _given(section.left_out)


def _given(line: str) -> Iterable[str]:
    return [line] if line else []
