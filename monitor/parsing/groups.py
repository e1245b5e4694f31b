"""Lists that a sentence speaks of: "Effective …, the following models will be retired:" and the names below it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from monitor.domain.identity import Kind
from monitor.domain.when import When
from monitor.parsing.dates import Order
from monitor.parsing.documents import Block, Paragraph, Section, Text
from monitor.parsing.headings import texts
from monitor.parsing.mentions import Mention, names_in
from monitor.parsing.names import is_display_name, is_id, is_service, without_brackets
from monitor.parsing.nearby import dates_near
from monitor.parsing.sentences import LONGEST, MOST_MARKS, Act, sentences, verbs

_ALIAS = re.compile(r"\balias(?:es)?\b", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)")
_GLUE = re.compile(r"(?:[\s,;/&.*•-]|\b(?:and|or)\b)*", re.IGNORECASE)
_OF = re.compile(r"^\S+\s+(?:parameters?|fields?|headers?|options?):\s*", re.IGNORECASE)
_HEAD = re.compile(
    r"^\W*(?:(?P<end>retired|retiring|removed|discontinued|sunset(?:ted)?|shut\s+down)|(?P<deprecate>deprecat(?:ed|ing|ions?)))\b[^.]*[:-]\W*$",
    re.IGNORECASE,
)
_SERVICES = re.compile(r"\b(?:features?|endpoints?|APIs|parameters?|tools?|products?|services?|capabilit(?:y|ies))\b", re.IGNORECASE)
_OPEN = re.compile(r"(?::|\s[-\u2013\u2014])\W*$|\bfollowing\b", re.IGNORECASE)
_ADVICE = re.compile(r"\b(?:migrat|switch|mov|recommend|alternativ|replac|instead)\w*\b", re.IGNORECASE)
_ANNOUNCED = re.compile(r"\b(?:deprecat|retir|sunset|shut|remov|discontinu|access)\w*", re.IGNORECASE)
_MOST_WORDS = 6


@dataclass(slots=True)
class Group:
    """A list and what its lead says of it: an act and its day with the sentence that gives it, or advice to move to what it lists."""

    lead: str
    act: Act | None = None
    when: When | None = None
    quote: str = ""
    advice: bool = False
    label: str = ""
    names: list[Mention] = field(default_factory=list)


def pieces(section: Section) -> Iterator[tuple[Block, Text]]:
    """The texts of a section; a paragraph whose lines are names one by one is cut at its lines."""
    for block, text in texts(section.blocks):
        if len(text.plain) > LONGEST or len(text.codes) > MOST_MARKS:
            yield block, text
            continue
        lines = [_line(text, line) for line in text.plain.split("\n")] if isinstance(block, Paragraph) and "\n" in text.plain else [text]
        if any(enumerated(line) for line in lines[1:]) or (len(lines) > 1 and _HEAD.match(lines[0].plain)):
            yield from ((block, line) for line in lines)
        else:
            yield block, text


def _line(text: Text, line: str) -> Text:
    codes = tuple(code for code in text.codes if code in line)
    return replace(text, plain=line.strip(), codes=codes, links=tuple(link for link in text.links if link[0] in line))


def enumerated(text: Text, *, services: bool = False) -> tuple[str, ...]:
    """The names of a text that is nothing but names; what stands in brackets behind them counts only as an alias."""
    plain = _OF.sub("", text.plain)
    kept = plain if _ALIAS.search(plain) else _BRACKETS.sub("", plain)
    codes = [code for code in dict.fromkeys(text.codes) if code in kept and len(code.split()) == 1]
    rest = _BRACKETS.sub("", plain)
    for code in sorted(codes, key=len, reverse=True):
        rest = rest.replace(code, " ")
    if codes and _GLUE.fullmatch(rest):
        return tuple(codes)
    bare = without_brackets(plain).rstrip(".")
    single = (
        is_id(bare) or is_display_name(bare) or (services and bool(bare) and len(bare.split()) <= _MOST_WORDS and not bare.endswith(":"))
    )
    return (bare,) if single and not text.codes else ()


@dataclass(slots=True)
class Groups:
    """Walks over the texts of a section in order and collects its lists; *near* gives a day without a year its year."""

    order: Order = Order.REFUSE
    near: When | None = None
    found: list[Group] = field(default_factory=list)
    dated: tuple[When, str] | None = None
    open: Group | None = None
    headed: bool = False

    def take(self, text: Text) -> bool:
        """Take the next text in; whether it belongs to a list."""
        if self.open:
            names = enumerated(text, services=bool(_SERVICES.search(self.open.lead)))
            if names:
                self._add(names, text)
                return True
            if self.open.advice and text.plain.rstrip().endswith(":") and len(text.plain.split()) <= _MOST_WORDS:
                self.open = Group(self.open.lead, advice=True, label=text.plain)
                self.found.append(self.open)
                return True
        self.open = self._lead(text)
        return False

    def _add(self, names: tuple[str, ...], text: Text) -> None:
        group = self.open
        assert group is not None  # noqa: S101 - the caller saw it
        served = bool(_SERVICES.search(group.lead)) or bool(_OF.match(text.plain))
        kinds = [Kind.SERVICE if served or is_service(name) else Kind.MODEL for name in names]
        group.names.extend(Mention(name, 0, 0, kind) for name, kind in zip(names, kinds, strict=True))
        if group not in self.found:
            self.found.append(group)

    def _lead(self, text: Text) -> Group | None:
        """The list that a text opens; on the way, the day that it gives to what follows."""
        parts = sentences(text.plain, text.codes) if len(text.plain) <= LONGEST and len(text.codes) <= MOST_MARKS else ()
        for part in parts:
            dates = dates_near(part, self.near, self.order)
            if dates and _ANNOUNCED.search(part) and not names_in(part, text.codes):
                self.dated = dates[0].when, part
        last = parts[-1] if parts else ""
        if not _OPEN.search(last):
            return None
        act = _act_of(last)
        self.headed = bool(act and self.dated and _HEAD.match(last))
        if act and self.dated:
            return Group(last, act, self.dated[0], self.dated[1])
        return Group(last, advice=True) if act is None and _ADVICE.search(text.plain) else None


def _act_of(lead: str) -> Act | None:
    acts = [verb.act for verb in verbs(lead) if verb.act in {Act.END, Act.DEPRECATE}]
    head = _HEAD.match(lead)
    if head and not acts:
        return Act.END if head["end"] else Act.DEPRECATE
    return acts[-1] if acts else None
