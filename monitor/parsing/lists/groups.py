"""Lists that a sentence speaks of: "Effective …, the following models will be retired:" and the names below it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from monitor.domain.identity import EVERYWHERE, Kind
from monitor.domain.when import When
from monitor.parsing.dates import Order, find_dates
from monitor.parsing.documents import Block, Paragraph, Row, Section, Table, Text
from monitor.parsing.headings import texts
from monitor.parsing.lists.name_lines import enumerated, line_of, moved, points
from monitor.parsing.naming.mentions import Mention, mentions
from monitor.parsing.naming.names import is_service, kind_of, named, recommended
from monitor.parsing.naming.versions import versions_in_cell
from monitor.parsing.prose.nearby import dates_near
from monitor.parsing.prose.sentences import LONGEST, MOST_MARKS, sentences
from monitor.parsing.prose.verbs import Act, verbs
from monitor.parsing.screened import Screened
from monitor.parsing.tables.columns import Role, roles_of
from monitor.parsing.tables.record_lists import is_card

_OF = re.compile(r"^\S+\s+(?:parameters?|fields?|headers?|options?):\s*", re.IGNORECASE)
_HEAD = re.compile(
    r"^\W*(?:(?P<end>retired|retiring|removed|discontinued|sunset(?:ted)?|shut\s+down)|(?P<deprecate>deprecat(?:ed|ing|ions?)))\b[^.]*[:-]\W*$",
    re.IGNORECASE,
)
_SERVICES = re.compile(r"\b(?:features?|endpoints?|APIs|parameters?|tools?|products?|services?|capabilit(?:y|ies))\b", re.IGNORECASE)
_OPEN = Screened(r"(?::|\s[-\u2013\u2014])\W*$|\bfollowing\b", ":", "-", "\u2013", "\u2014", "following")
_THESE = re.compile(r"^\W*these\s+(?:\w+\s+){0,2}(?:models?|versions?|snapshots?|aliases)\b", re.IGNORECASE)
_FOLLOWING = re.compile(r"\bfollowing\b", re.IGNORECASE)
_ADVICE = re.compile(r"\b(?:migrat|switch|mov|recommend|alternativ|replac|instead)\w*\b", re.IGNORECASE)
_ENDINGS = ("deprecat", "retir", "sunset", "shut", "remov", "discontinu", "decommission", "access", "stop")
_ANNOUNCED = Screened(rf"\b(?:{'|'.join(_ENDINGS)})\w*", *_ENDINGS)
_MOST_WORDS = 6


@dataclass(slots=True)
class Group:
    """A list and what its lead says of it: an act and its day with the sentence that gives it, or advice to move to what it lists.

    *done*: the lead says without a day that it is so ("The following models are now deprecated:").
    *moves* are the names that the list itself gives a replacement ("`a` → `b`").
    """

    lead: str
    act: Act | None = None
    when: When | None = None
    quote: str = ""
    advice: bool = False
    done: bool = False
    label: str = ""
    names: list[Mention] = field(default_factory=list)
    moves: list[tuple[Mention, str]] = field(default_factory=list)


def pieces(section: Section) -> Iterator[tuple[Block, Text]]:
    """The texts of a section; a paragraph whose lines are names one by one is cut at its lines. A table is a piece without text."""
    for block, text in _with_tables(section):
        if "\n" not in text.plain or len(text.plain) > LONGEST or len(text.codes) > MOST_MARKS:
            yield block, text
            continue
        lines = [line_of(text, line) for line in text.plain.split("\n")] if isinstance(block, Paragraph) else [text]
        if is_card(text) or any(enumerated(line) or moved(line) for line in lines[1:]) or (len(lines) > 1 and _HEAD.match(lines[0].plain)):
            yield from ((block, line) for line in lines)
        else:
            yield block, text


def _with_tables(section: Section) -> Iterator[tuple[Block, Text]]:
    for block in section.blocks:
        yield from [(block, Text(""))] if isinstance(block, Table) else texts((block,))


@dataclass(slots=True)
class Groups:
    """Walks over the texts of a section in order and collects its lists.

    *near* gives a day without a year its year; *entry* is the day of the changelog entry, with its heading: what is told as done, is
    done then. *below* is what an earlier section said of a table in this one.
    *above* is the day that the section above gives to models it does not name, with its words: a list of what to move to
    below it says which they are, and so does any list where the heading says that these are *affected*. *missed* are items that
    say what to move to, of nothing that is a name for certain.
    """

    order: Order = Order.REFUSE
    near: When | None = None
    entry: tuple[When, str] | None = None
    found: list[Group] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    dated: tuple[When, str] | None = None
    above: tuple[When, str] | None = None
    affected: bool = False
    open: Group | None = None
    below: Group | None = None
    headed: bool = False

    def take(self, text: Text) -> bool:
        """Take the next text in; whether it belongs to a list."""
        if self.open is None and self.above and (moved(text) or (self.affected and enumerated(text, titles=True))):
            self.open = Group(self.above[1], _act_of(self.above[1]), *self.above)
        if self.open and (self._grows(text) or self._parted(text)):
            return True
        if self.open and self.open.act and self.open.names and points(text):
            self.missed.append(text.plain)
            return True
        self.open = self._lead(text)
        return False

    def _grows(self, text: Text) -> bool:
        """Add the names of a text that is nothing but names; a list without a day leaves days that stand beside its names to the prose."""
        group = self.open
        if group is None or (group.act and group.when is None and find_dates(text.plain)):
            return False
        pair = moved(text) if group.act else None
        names = pair[0] if pair else enumerated(text, services=bool(_SERVICES.search(group.lead)), titles=group.act is not None)
        if names:
            self._add(names, text)
            new = group.names[-len(names) :]
            group.moves.extend([(name, target) for name in new for target in pair[1]] if pair else ())
        return bool(names)

    def _parted(self, text: Text) -> bool:
        """Whether a text is only the label of a part of the list: "Chat models:"."""
        group = self.open
        if group is None or not text.plain.rstrip().endswith(":") or len(text.plain.split()) > _MOST_WORDS:
            return False
        if group.advice:
            self.open = Group(group.lead, advice=True, label=text.plain)
            self.found.append(self.open)
        return group.advice or not (verbs(text.plain) or _ADVICE.search(text.plain))

    def take_rows(self, table: Table) -> bool:
        """Take in a table without a column of dates: under the lead of a list its rows are that list."""
        group, roles = self.open or self.below, roles_of(table.header)
        places = {role: at for at, role in enumerate(roles)}
        model = places.get(Role.MODEL_ID, places.get(Role.MODEL))
        if group is None or group.act is None or model is None:
            return False
        target = places.get(Role.REPLACEMENT_ID, places.get(Role.REPLACEMENT, len(roles)))
        for row in table.rows:
            names = [Mention(name, 0, 0, kind_of(name)) for name in _row_names(row, model)]
            group.names.extend(names)
            group.moves.extend((name, to) for cell in row.cells[target : target + 1] for to in recommended(cell) for name in names)
        if group not in self.found:
            self.found.append(group)
        return True

    def _add(self, names: tuple[str, ...], text: Text) -> None:
        group = self.open
        assert group is not None  # noqa: S101 - the caller saw it
        served = bool(_SERVICES.search(group.lead)) or bool(_OF.match(text.plain))
        kinds = [Kind.SERVICE if served or is_service(name) else Kind.MODEL for name in names]
        scopes = versions_in_cell(text.plain, names)
        group.names.extend(Mention(name, 0, 0, kind, scopes.get(name, EVERYWHERE)) for name, kind in zip(names, kinds, strict=True))
        if group not in self.found:
            self.found.append(group)

    def _lead(self, text: Text) -> Group | None:
        """The list that a text opens; on the way, the day that it gives to what follows."""
        if len(text.plain) > LONGEST or len(text.codes) > MOST_MARKS or not (_ANNOUNCED.may_match(text.plain) or _OPEN.search(text.plain)):
            return None
        parts = sentences(text.plain, text.codes)
        for part in parts:
            dates = dates_near(part, self.near, self.order) if _ANNOUNCED.search(part) else ()
            if dates and all(name.group for name in mentions(part, text.codes)):
                self.dated = dates[0].when, part
        last = parts[-1]
        if not (_OPEN.search(last) or (_THESE.match(last) and not self.found)):
            return None
        act = _act_of(last) or next((act for part in parts if _FOLLOWING.search(part) and (act := _act_of(part))), None)
        self.headed = bool(act and self.dated and _HEAD.match(last))
        dated = self.dated or (self.entry if any(verb.done for verb in verbs(last)) else None)
        if act:
            return Group(last, act, *dated) if dated else _stated(parts) or Group(last, act)
        return Group(last, advice=True) if _ADVICE.search(text.plain) else None


def _stated(parts: tuple[str, ...]) -> Group | None:
    """The list that a lead without a day says is so: "The following models are now deprecated:"."""
    if any(find_dates(part) for part in parts):
        return None
    stated = ((verb.act, part) for part in parts if _FOLLOWING.search(part) for verb in verbs(part) if verb.state)
    return next((Group(parts[-1], said, quote=part, done=True) for said, part in stated), None)


def _row_names(row: Row, model: int) -> tuple[str, ...]:
    """The names of a row in its model's column, or those of its snapshots that another column says it is about."""
    names = [name for cell in row.cells[model : model + 1] for name in named(cell)]
    others = [name for at, cell in enumerate(row.cells) if at != model and cell.codes for name in named(cell)]
    narrower = [other for other in others if any(other.startswith(f"{name}-") for name in names)]
    return tuple(narrower or names)


def _act_of(lead: str) -> Act | None:
    acts = [verb.act for verb in verbs(lead) if verb.act in {Act.END, Act.DEPRECATE}]
    head = _HEAD.match(lead)
    if head and not acts:
        return Act.END if head["end"] else Act.DEPRECATE
    return acts[-1] if acts else None
