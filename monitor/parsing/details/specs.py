"""Specs of one model from the lines of its page: "label: value", "value label", a label above its value, prices in sentences."""

import re
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from monitor.domain.facts import Spec, SpecName
from monitor.parsing.details.quantities import MONEY, cutoff_in, modalities_in, only_modalities, price_in, rounds_to, tokens_in
from monitor.parsing.prose.sentences import LONGEST
from monitor.parsing.screened import Screened

MAX_LABEL = 60
MAX_VALUE = 80


class Line(Struct, frozen=True, gc=False):
    """One line of a page; *cells* are the cells of a table row."""

    text: str
    cells: tuple[str, ...] = ()


class Found(Struct, frozen=True, gc=False):
    """One spec with the text that gives it; *labelled* where a label stands beside the value, else it is said in prose."""

    spec: Spec
    quote: str
    labelled: bool
    rounded: bool = False


def _tokens(text: str) -> str | None:
    found = tokens_in(text)
    return str(found[0]) if found else None


_LABELS: tuple[tuple[SpecName, re.Pattern[str], Callable[[str], str | None]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE), read)
    for name, pattern, read in (
        (SpecName.CONTEXT_WINDOW, r"(?:max(?:imum)?\s+)?context(?:\s+(?:window|length|size))?", _tokens),
        (
            SpecName.MAX_OUTPUT,
            r"(?:max(?:imum)?\.?\s+(?:output|response|completion)(?:\s+(?:tokens?|size|length))?|output\s+limit)",
            _tokens,
        ),
        (SpecName.KNOWLEDGE_CUTOFF, r"(?:knowledge\s+cut-?off(?:\s+date)?|training\s+(?:data\s+)?cut-?off|training\s+data)", cutoff_in),
        (SpecName.CACHED_INPUT_PRICE, r"(?:cached\s+input|cache\s+read|input\s*\(cached\)|cached)(?:\s+(?:price|cost|tokens?))?", price_in),
        (SpecName.INPUT_PRICE, r"(?:text\s+)?input(?:\s+(?:price|cost|tokens?))?", price_in),
        (SpecName.OUTPUT_PRICE, r"(?:text\s+)?output(?:\s+(?:price|cost|tokens?))?", price_in),
    )
)
_MODALITY_LABELS = (
    (SpecName.INPUT_MODALITY, re.compile(r"inputs?(?:\s+(?:modalit(?:y|ies)|types?|formats?))?", re.IGNORECASE)),
    (SpecName.OUTPUT_MODALITY, re.compile(r"outputs?(?:\s+(?:modalit(?:y|ies)|types?|formats?))?", re.IGNORECASE)),
)
_OTHER_TOKENS = re.compile(r"^(?:audio|image|video)\s+tokens?$", re.IGNORECASE)
_TEXT_TOKENS = re.compile(r"^text tokens$|^(?:official )?pricing\b", re.IGNORECASE)
_DIRECTION = re.compile(r"^(?:input and output|input only|output only)$", re.IGNORECASE)
_PAIR = re.compile(r"^input\s*[•·/|]\s*output$", re.IGNORECASE)


def labelled(lines: Sequence[Line]) -> Iterator[Found]:
    """The specs that stand beside or under a label; of prices only those of text tokens."""
    other = False
    for index, line in enumerate(lines):
        below = lines[index + 1] if index + 1 < len(lines) else Line("")
        other = (other or bool(_OTHER_TOKENS.match(line.text) and len(line.text) < MAX_LABEL)) and not _TEXT_TOKENS.match(line.text)
        for found in _at(line, below):
            if not (other and MONEY.search(found.quote)):
                yield found


def _at(line: Line, below: Line) -> Iterator[Found]:
    pairs = [(line.cells[0], line.cells[1], " | ".join(line.cells[:2]))] if len(line.cells) > 1 else list(_pairs(line.text, below.text))
    for label, value, quote in pairs:
        if len(value) <= MAX_VALUE:
            yield from _read(label.strip(" -*:"), value.strip(), quote)
    if _PAIR.match(below.text):
        amounts = [price_in(part) for part in re.split(r"[•·|]", line.text)]
        for name, amount in zip((SpecName.INPUT_PRICE, SpecName.OUTPUT_PRICE), amounts, strict=False):
            if amount:
                yield Found(Spec(name, amount), f"{line.text} {below.text}", labelled=True)


def _pairs(text: str, below: str) -> Iterator[tuple[str, str, str]]:
    """Ways to take a line apart into label and value."""
    if len(text) <= MAX_LABEL + MAX_VALUE:
        head, colon, tail = text.partition(":")
        if colon:
            yield head, tail, text
        if split := re.match(
            r"(?P<label>[A-Za-z][A-Za-z ().-]*?)\s+(?P<value>\$?\d.*|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b.*\d)$",
            text,
        ):
            yield split["label"], split["value"], text
        if split := re.match(r"(?P<value>\$?\d[\d,.]*[KM]?|[A-Z][a-z]{2,8}\.? \d{1,2}, 20\d\d)\s+(?P<label>[a-z][a-z ]+)$", text):
            yield split["label"], split["value"], text
    if len(text) <= MAX_LABEL and below:
        yield text, below, f"{text} {below}"


def _read(label: str, value: str, quote: str) -> Iterator[Found]:
    for name, pattern, read in _LABELS:
        if pattern.fullmatch(label):
            amount = read(value)
            if amount is not None:
                yield Found(Spec(name, amount), quote, labelled=True, rounded=_rounded(name, value))
                return
    yield from _modalities(label, value, quote)


def _modalities(label: str, value: str, quote: str) -> Iterator[Found]:
    """A list of modalities behind "Input", or a direction behind a modality."""
    for name, pattern in _MODALITY_LABELS:
        if pattern.fullmatch(label):
            yield from (Found(Spec(name, word), quote, labelled=True) for word in only_modalities(value))
    words = only_modalities(label)
    if len(words) == 1 and _DIRECTION.match(value):
        for name, word in ((SpecName.INPUT_MODALITY, "input"), (SpecName.OUTPUT_MODALITY, "output")):
            if word in value.casefold():
                yield Found(Spec(name, words[0]), quote, labelled=True)


def _rounded(name: SpecName, value: str) -> bool:
    found = tokens_in(value) if name in {SpecName.CONTEXT_WINDOW, SpecName.MAX_OUTPUT} else None
    return bool(found and found[1])


_NUM = r"(?P<count>(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s*(?:[KM](?![a-z])|million|thousand)?)"
_CONTEXT = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\w$.,]){_NUM}[\s-]*(?:tokens?[\s-]+)?context\s+(?:window|length)",
        rf"context\s+(?:window|length)\s+(?:of|is)\s+{_NUM}[\s-]*tokens?",
        rf"context\s+(?:window|length).{{0,80}}?\bspecifically\s+{_NUM}\s+tokens",
    )
)
_PRICED_AFTER = re.compile(
    r"\$\s?\d[\d.,]*\s*(?:/|per)?\s*(?:1\s?M(?:Tok)?|(?:1\s+)?million)?\s*(?:tokens?\s+)?(?P<side>cached\s+input|input|output)\b",
    re.IGNORECASE,
)
_PRICED_BEFORE = re.compile(
    r"\b(?P<side>cached\s+input|cache\s+reads?|input|output)\b(?P<gap>[^$.;:]{0,40}?)\$\s?\d[\d.,]*(?:\s*(?:/|per)\s*(?:1\s?K|thousand))?",
    re.IGNORECASE,
)
_ACCEPTS = Screened(
    r"\b(?:accepts?|process(?:es)?|takes?|supports?|handles?)\s+(?:both\s+)?(?P<before>[\w\s,]{3,60}?)\s+inputs?\b|\binputs?\s+across\s+(?P<after>[\w\s,]{3,60})",
    "input",
)
_NOT = re.compile(r"\b(?:not|no|n't|without)\b", re.IGNORECASE)


def may_say(text: str) -> bool:
    """Whether a sentence of the text can state a spec."""
    return any(map(text.casefold().__contains__, ("$", "context", "input")))


def said(sentence: str) -> Iterator[Found]:
    """The specs that a sentence states; what is too long for a sentence states none."""
    if len(sentence) > LONGEST:
        return
    for pattern in _CONTEXT if "context" in sentence.casefold() else ():
        for found in pattern.finditer(sentence):
            count = tokens_in(found["count"])
            if count:
                yield Found(Spec(SpecName.CONTEXT_WINDOW, str(count[0])), sentence, labelled=False, rounded=count[1])
    yield from _prices(sentence) if "$" in sentence else ()
    accepts = _ACCEPTS.search(sentence)
    if accepts and not _NOT.search(sentence[: accepts.start()]):
        for word in modalities_in(accepts["before"] or accepts["after"]):
            yield Found(Spec(SpecName.INPUT_MODALITY, word), sentence, labelled=False)


def _prices(sentence: str) -> Iterator[Found]:
    rest = sentence
    prices: list[tuple[SpecName, str | None]] = []
    for pattern in (_PRICED_AFTER, _PRICED_BEFORE):
        for found in list(pattern.finditer(rest)):
            side = found["side"].casefold()
            cached = side.startswith("cache") or (side == "input" and "cach" in sentence[: found.start()].casefold())
            name = SpecName.CACHED_INPUT_PRICE if cached else SpecName.INPUT_PRICE if side == "input" else SpecName.OUTPUT_PRICE
            prices.append((name, price_in(found.group())))
            rest = rest[: found.start()] + " " * len(found.group()) + rest[found.end() :]
    yield from (Found(Spec(name, amount), sentence, labelled=False) for name, amount in prices if amount)


def settled(found: Sequence[Found]) -> tuple[Found, ...]:
    """Each value once, labelled ones first; a rounded count that is only an exact one said shorter is dropped."""
    exact = {
        (item.spec.name, int(item.spec.value))
        for item in found
        if not item.rounded and item.spec.name in {SpecName.CONTEXT_WINDOW, SpecName.MAX_OUTPUT}
    }
    kept: dict[Spec, Found] = {}
    for item in sorted(found, key=lambda one: not one.labelled):
        again = item.rounded and any(name is item.spec.name and rounds_to(count, int(item.spec.value)) for name, count in exact)
        if not again:
            kept.setdefault(item.spec, item)
    return tuple(kept.values())
