"""A few seconds of what `python -m tests.fuzz.documents` does for minutes."""

from dataclasses import replace

from msgspec import structs

from monitor.domain.pages import Page
from monitor.domain.readings import Parsed
from monitor.sources import Source, find_source
from tests.fuzz.documents import by_chance
from tests.fuzz.examine import Tally, examine

PAGE = b"# Deprecations of openai models\n\n| Shutdown date | Model |\n|---|---|\n| 2026-10-10 | `gpt-4` |\n"


def test_mutated_pages_are_read_refused_or_drift_in_time_and_quote_what_they_say() -> None:
    tally = Tally(patience=5)  # a busy machine is no finding
    by_chance(tally, seconds=2.5, seed=20261121)
    assert dict(tally.findings) == {}
    assert tally.inputs > 5


def faulty(source: Source, how: str) -> Source:
    """A reader with a fault."""

    def parse(page: Page, provider: str) -> Parsed:
        parsed = source.parse(page, provider)
        if how == "raises":
            raise KeyError(provider)
        while how == "hangs":
            pass
        return replace(parsed, statements=tuple(structs.replace(statement, quote="not there") for statement in parsed.statements))

    return replace(source, parse=parse)


def test_the_examination_finds_a_reader_that_raises_hangs_or_makes_up_its_quotes() -> None:
    tally = Tally(patience=0.01)
    source = find_source("generic_page")
    for how in ("raises", "hangs", "quotes"):
        examine(PAGE, [faulty(source, how)], tally)
    kinds = [what for what in tally.findings if "too long" not in what]
    assert sorted(kind.split(" ")[0] for kind in kinds) == ["KeyError", "generic_page", "generic_page"]
    assert tally.shortest["generic_page did not end"] == PAGE
