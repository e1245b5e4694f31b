"""Golden pairs: a small page and, beside it, what it states, written by hand.

One statement is one line:

    KIND PROVIDER/MODEL [SCOPE] FACT VALUE MARKS… | QUOTE

MARKS, each only where it applies: `not-before`, `promise`, `at=INSTANT`, `status` (from the table of current states), `said=DAY` (the
announcement it stands in), `family`, `report` (second-hand). A row that could not be read is `skipped SHAPE | TEXT`; a page that does not
fit is `drift | WHY`; `cut` and `empty state` stand alone. Order does not matter; lines that begin with `#` are remarks.
"""

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from monitor.domain.claims import Place, Statement
from monitor.domain.facts import Retires, fact_name, fact_value, when_of
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed
from monitor.sources import SOURCES, Source

PAGES = Path(__file__).parent / "pages"
AT = datetime(2026, 9, 1, tzinfo=UTC)
PROVIDERS = {
    "model_pages": "openrouter",
    "generic_page": "gemini",
    "generic_feed": "gemini",
    "generic_listing": "gemini",
}  # these read anybody's pages: the tests say whose


def pairs() -> list[Path]:
    """Every page that has its statements beside it."""
    return sorted(path for path in PAGES.glob("*/*") if path.suffix != ".claims")


def read(source: Source, body: bytes) -> Parsed:
    """What a source's reader makes of a body."""
    return source.parse(Page(source.address, body, AT), source.provider or PROVIDERS.get(source.key, ""))


def source_of(path: Path) -> Source:
    """The source whose folder a page lies in."""
    return next(source for source in SOURCES if source.key == path.parent.name)


def lines_of(parsed: Parsed) -> list[str]:
    """A reading in the form of the `.claims` files, sorted."""
    return sorted(_lines(parsed))


def expected(path: Path) -> list[str]:
    """The lines of the `.claims` file beside a page, sorted, without remarks."""
    lines = path.with_suffix(".claims").read_text(encoding="utf-8").splitlines()
    return sorted(line for line in lines if line and not line.startswith("#"))


def rewrite(path: Path, parsed: Parsed) -> None:
    """Write what is read now in page order, below the remarks at the file's head. To be reviewed line by line before it is committed."""
    claims = path.with_suffix(".claims")
    remarks = [line for line in claims.read_text(encoding="utf-8").splitlines() if line.startswith("#")] if claims.exists() else []
    claims.write_text("\n".join([*remarks, *_lines(parsed)]) + "\n", encoding="utf-8")


def _lines(parsed: Parsed) -> Iterator[str]:
    if parsed.drift:
        yield f"drift | {parsed.drift}"
    if parsed.cut:
        yield "cut"
    if parsed.empty_state:
        yield "empty state"
    yield from (line_of(statement) for statement in parsed.statements)
    yield from (f"skipped {skipped.shape} | {_one_line(skipped.text)}" for skipped in parsed.skipped)


def line_of(statement: Statement) -> str:
    """One statement in the form of the `.claims` files."""
    words = [statement.kind.value, str(statement.key), fact_name(statement.fact), fact_value(statement.fact), *_marks(statement)]
    return f"{' '.join(word for word in words if word)} | {_one_line(statement.quote)}"


def _marks(statement: Statement) -> Iterator[str]:
    when = when_of(statement.fact)
    if when and when.is_floor:
        yield "not-before"
    if isinstance(statement.fact, Retires) and statement.fact.promise:
        yield "promise"
    if when and when.at:
        yield f"at={when.at:%Y-%m-%dT%H:%M:%SZ}"
    if statement.place is Place.STATUS:
        yield "status"
    if statement.said_on:
        yield f"said={statement.said_on.value}"
    if statement.family:
        yield "family"
    if statement.authority is not None:
        yield statement.authority.label


def letters(text: str) -> str:
    """Letters and digits in one case: what a quote and its page have in common, whatever markup stands between."""
    return re.sub(r"[^0-9a-z]+", "", html.unescape(text).casefold())


def _one_line(text: str) -> str:
    return " ".join(text.split())
