"""What holds for every source, whatever it reads."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import monitor.sources
from monitor.domain.claims import Authority, Statement
from monitor.domain.facts import ReplacedBy, when_of
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed, SourceKind
from monitor.errors import Undecodable, UsageError
from monitor.sources import SOURCES, Source, find_source
from monitor.sources._source import CADENCES, no_more
from tests.sources.golden import AT, PAGES, letters, pairs, read, source_of

ANYBODYS = {
    "model_pages",
    "generic_page",
    "generic_feed",
    "generic_listing",
}  # they read whatever page a user names: no page is another vendor's to them
LOGIN = b"""<!doctype html><html><head><title>Sign in</title></head><body><h1>Sign in to continue</h1>
<form><input name="email"><button>Continue</button></form>
<p>By continuing you agree to our terms. Models retire; Claude, GPT-4 and OpenAI are names. Shutdown of your session: January 1, 2027.</p>
</body></html>"""
ERROR = b'{"error": {"message": "Incorrect API key provided", "type": "invalid_request_error", "code": "invalid_api_key"}}'

each_source = pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.key)
each_first_page = pytest.mark.parametrize(  # one layout is damaged as another: the pages that were held out add none
    "path", [path for path in pairs() if not path.name.startswith("unseen-")], ids=lambda path: f"{path.parent.name}/{path.name}"
)
each_page = pytest.mark.parametrize("path", pairs(), ids=lambda path: f"{path.parent.name}/{path.name}")


def counted(source: Source, parsed: Parsed) -> tuple[Statement, ...]:
    """The statements that would count: none on a page that drifts or brings fewer than the source's least."""
    return () if parsed.drift or len(parsed.statements) < source.at_least else parsed.statements


@each_source
def test_a_source_is_named_like_its_file(source: Source) -> None:
    assert (Path(monitor.sources.__file__).parent / f"{source.key}.py").is_file()


@each_source
def test_an_address_is_https_or_left_to_the_configuration(source: Source) -> None:
    assert source.address.startswith("https://") or (source.address == "" and source.key in ANYBODYS)
    assert source.per_model is ("{model}" in source.address)


def test_what_of_an_address_only_the_user_knows_is_named() -> None:
    blanks = {source.key: source.blank for source in SOURCES if source.blank}
    assert blanks == {"bedrock_models": "region", "azure_models": "resource", "vertex_models": "location"}


def test_a_catalogue_of_many_providers_says_with_each_entry_whose_it_is() -> None:
    found = {source.key for source in SOURCES if source.per_entry}
    assert found == {"models_dev", "litellm_prices", "deprecations_info", "endoflife_date"}
    assert all(source.authority is Authority.AGGREGATOR for source in SOURCES if source.per_entry)


def test_pages_follow_where_the_vendor_cuts_its_listing() -> None:
    bodies = {
        "anthropic_models": b'{"data": [], "has_more": true, "last_id": "claude-2.1"}',
        "gemini_models": b'{"models": [], "nextPageToken": "abc"}',
        "cohere_models": b'{"models": [], "next_page_token": "abc"}',
        "vertex_models": b'{"publisherModels": [], "nextPageToken": "abc"}',
        "generic_listing": b'{"data": [], "has_more": true, "last_id": "a-1"}',
    }
    assert {source.key for source in SOURCES if source.paged} == bodies.keys()
    onward = [find_source(key).follow(Page(find_source(key).address, body, AT)) for key, body in bodies.items()]
    assert [request.url.split("?")[1] for request in onward if request] == [
        "limit=1000&after_id=claude-2.1",
        "pageSize=1000&pageToken=abc",
        "page_size=1000&page_token=abc",
        "pageSize=100&pageToken=abc",
        "after=a-1",
    ]


@each_source
def test_the_cadence_is_the_usual_one_of_its_kind(source: Source) -> None:
    assert source.cadence == CADENCES[source.kind] > timedelta(0)


def test_a_cadence_of_its_own_is_kept() -> None:
    hasty = Source("x", SourceKind.LISTING, "x", SOURCES[0].authority, "", SOURCES[0].parse, cadence=timedelta(minutes=5))
    assert hasty.cadence == timedelta(minutes=5)


@each_source
def test_the_domain_is_told_what_it_needs_to_know(source: Source) -> None:
    facts = source.facts
    assert (facts.key, facts.kind, facts.provider, facts.authority, facts.at_least) == (
        source.key,
        source.kind,
        source.provider,
        source.authority,
        source.at_least,
    )


def test_every_source_has_a_golden_pair() -> None:
    assert {path.name for path in PAGES.iterdir()} == {source.key for source in SOURCES}
    assert {path.parent.name for path in pairs()} == {source.key for source in SOURCES}


def test_a_source_is_found_by_its_key_and_no_other() -> None:
    assert find_source("openai_models").address == "https://api.openai.com/v1/models"
    with pytest.raises(UsageError, match="no source 'gpt-4'"):
        find_source("gpt-4")


def test_a_source_of_single_pages_follows_nowhere() -> None:
    pages = [source for source in SOURCES if not source.paged]
    assert all(source.follow is no_more for source in pages)
    assert [source.follow(Page("https://example.org", b"", AT)) for source in pages] == [None] * len(pages)


@each_page
def test_reading_twice_gives_the_same(path: Path) -> None:
    source, body = source_of(path), path.read_bytes()
    assert read(source, body) == read(source, body)


@each_source
@pytest.mark.parametrize(
    "body", [b"", b"   \n", LOGIN, ERROR, b"[]", b"{}", b"null"], ids=["empty", "blank", "login", "error", "[]", "{}", "null"]
)
def test_a_page_that_says_nothing_counts_for_nothing(source: Source, body: bytes) -> None:
    parsed = read(source, body)
    assert counted(source, parsed) == ()
    assert parsed.drift


@each_source
def test_another_vendors_page_does_not_fit(source: Source) -> None:
    if source.key in ANYBODYS:
        pytest.skip("reads any page a user names")
    others = [path for path in pairs() if path.parent.name not in ANYBODYS and source_of(path).provider != source.provider]
    taken = [str(path.relative_to(PAGES)) for path in others if not read(source, path.read_bytes()).drift]
    assert taken == []


@each_page
def test_every_quote_stands_on_its_page_and_names_the_year(path: Path) -> None:
    page = path.read_text(encoding="utf-8")
    stands = letters(re.sub(r"<[^>]*>", "", page)) + letters(page)
    for statement in read(source_of(path), path.read_bytes()).statements:
        quote, when = letters(statement.quote), when_of(statement.fact)
        assert len(quote) > 3, statement
        assert quote in stands, statement
        byline = when is not None and f"{when.starts_on.day}" in quote and f"{when.starts_on.year}" in stands
        named = when is None or byline or f"{when.starts_on:%y}" in quote or (when.at is not None and f"{when.at.timestamp():.0f}" in quote)
        assert named, statement


@each_page
def test_every_statement_names_a_model_that_does_not_replace_itself(path: Path) -> None:
    for statement in read(source_of(path), path.read_bytes()).statements:
        assert statement.key.model.strip() == statement.key.model != ""
        assert not (isinstance(statement.fact, ReplacedBy) and statement.fact.model.casefold() == statement.key.model.casefold())


def _hurt(body: bytes) -> st.SearchStrategy[bytes]:
    """A page cut short, with a piece of it doubled, or with random bytes in the middle."""
    cut = st.integers(0, len(body)).map(lambda at: body[:at])
    doubled = st.tuples(st.integers(0, len(body)), st.integers(0, 200)).map(
        lambda at: body[: at[0]] + body[at[0] : at[0] + at[1]] * 3 + body[at[0] :]
    )
    spoiled = st.tuples(st.integers(0, len(body)), st.binary(max_size=20)).map(
        lambda at: body[: at[0]] + at[1] + body[at[0] + len(at[1]) :]
    )
    return st.one_of(cut, doubled, spoiled)


@each_source
@given(body=st.one_of(st.binary(max_size=400), st.text(max_size=400).map(str.encode)))
def test_random_bytes_are_refused_or_count_for_nothing(source: Source, body: bytes) -> None:
    try:
        parsed = read(source, body)
    except Undecodable:
        return
    assert parsed.drift or parsed.empty_state
    assert counted(source, parsed) == ()


@each_first_page
@given(data=st.data())
def test_a_damaged_page_raises_nothing_but_undecodable(path: Path, data: st.DataObject) -> None:
    body = data.draw(_hurt(path.read_bytes()))
    try:
        parsed = read(source_of(path), body)
    except Undecodable:
        return
    assert all(statement.key.model for statement in parsed.statements)
