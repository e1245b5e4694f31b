"""A user's own pages: which reader, what their columns are called, with which secret they are fetched."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.config import Settings, load_settings, shown, visits
from monitor.domain.pages import HeaderSecret, Page, Request
from monitor.domain.readings import Parsed, SourceKind
from monitor.jobs.visits import Visit

ENV = {"HOME": "/home/somebody"}
OWN = '[[sources]]\nkey = "mine"\nurl = "https://vendor.example/p"\nprovider = "example"\n'


def settings(folder: Path, more: str, env: dict[str, str] | None = None) -> Settings:
    path = folder / "given.toml"
    path.write_text(OWN + more, encoding="utf-8")
    return load_settings(path, ENV | (env or {}))


def own(folder: Path, more: str, env: dict[str, str] | None = None) -> Visit:
    return visits(settings(folder, more, env), ENV | (env or {}))[-1]


def read(visit: Visit, body: str) -> Parsed:
    page = Page(visit.requests[0].url, body.encode(), datetime(2027, 3, 1, tzinfo=UTC))
    return visit.source.parse(page, visit.provider)


def said(parsed: Parsed) -> list[str]:
    from tests.sources.golden import line_of

    return [line_of(statement).partition(" | ")[0] for statement in parsed.statements]


@pytest.mark.parametrize(
    ("kind", "reader", "means"),
    [
        ("announcement", "generic_page", SourceKind.ANNOUNCEMENT),
        ("feed", "generic_feed", SourceKind.ANNOUNCEMENT),
        ("listing", "generic_listing", SourceKind.LISTING),
        ("model_page", "model_pages", SourceKind.ANNOUNCEMENT),
    ],
)
def test_the_kind_chooses_the_reader(tmp_path: Path, kind: str, reader: str, means: SourceKind) -> None:
    visit = own(tmp_path, f'kind = "{kind}"')
    assert (visit.source.key, visit.facts.kind, visit.facts.key, visit.facts.provider) == (reader, means, "mine", "example")


def test_without_a_kind_the_page_is_read_for_what_it_is(tmp_path: Path) -> None:
    visit = own(tmp_path, "")
    feed = '<rss version="2.0"><channel><item><title>tern-1 will be retired on June 30, 2027.</title></item></channel></rss>'
    page = "| Model | Shutdown date |\n| --- | --- |\n| `tern-1` | 2027-06-30 |\n"
    assert said(read(visit, feed)) == said(read(visit, page)) == ["model example/tern-1 retires 2027-06-30"]
    assert read(visit, feed).rolling
    assert not read(visit, page).rolling


STRANGE = """# Engines

| Engine | Gone by | Sunset review | Use instead of it | Class |
| --- | --- | --- | --- | --- |
| tern-1 | 2027-06-30 | 2027-01-15 | tern-3 | old |
| tern-2 | 2027-09-30 | 2027-02-15 | tern-3 | new |
"""


def test_columns_are_read_by_the_users_words_which_outrank_ours(tmp_path: Path) -> None:
    words = 'columns = { model = ["ENGINE"], retires = ["gone  by"], deprecated = ["Sunset review"], replaced_by = ["Use instead of it"] }'
    assert said(read(own(tmp_path, words), STRANGE)) == [
        "model example/tern-1 retires 2027-06-30",
        "model example/tern-1 deprecated 2027-01-15",
        "model example/tern-1 replaced_by tern-3",
        "model example/tern-2 retires 2027-09-30",
        "model example/tern-2 deprecated 2027-02-15",
        "model example/tern-2 replaced_by tern-3",
    ]
    assert not any("retires 2027-06-30" in line for line in said(read(own(tmp_path, ""), STRANGE)))


def test_a_header_of_ours_gives_way_to_the_users_for_the_same_role(tmp_path: Path) -> None:
    page = "| Model | Retirement date | Sunset |\n| --- | --- | --- |\n| `tern-1` | 2030-01-01 | 2027-06-30 |\n"
    assert said(read(own(tmp_path, ""), page)) == ["model example/tern-1 retires 2030-01-01"]
    assert said(read(own(tmp_path, 'columns = { retires = ["Sunset"] }'), page)) == ["model example/tern-1 retires 2027-06-30"]


def test_columns_hold_inside_a_feed_too(tmp_path: Path) -> None:
    table = "<table><tr><th>Engine</th><th>Gone by</th></tr><tr><td>tern-1</td><td>2027-06-30</td></tr></table>"
    feed = f'<rss version="2.0"><channel><item><title>News</title><description><![CDATA[{table}]]></description></item></channel></rss>'
    visit = own(tmp_path, 'kind = "feed"\ncolumns = { model = ["Engine"], retires = ["Gone by"] }')
    assert said(read(visit, feed)) == ["model example/tern-1 retires 2027-06-30"]


HEADED = """# Notices

## June 30, 2027

| Model | Replacement | Shutdown date |
| --- | --- | --- |
| `tern-1` | `tern-3` | July 31, 2027 |
"""


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("announced", ["deprecated 2027-06-30", "replaced_by tern-3", "retires 2027-07-31"]),
        ("retires", ["replaced_by tern-3", "retires 2027-06-30", "retires 2027-07-31"]),
        ("none", ["replaced_by tern-3", "retires 2027-07-31"]),
    ],
)
def test_what_a_headings_date_means_can_be_said(tmp_path: Path, word: str, found: list[str]) -> None:
    lines = said(read(own(tmp_path, f'heading_dates = "{word}"'), HEADED))
    assert sorted(line.removeprefix("model example/tern-1 ").partition(" said=")[0] for line in lines) == found


def test_floors_can_be_promises(tmp_path: Path) -> None:
    page = "| Model | Retirement date |\n| --- | --- |\n| `tern-1` | Not sooner than June 30, 2027 |\n"
    lines = [said(read(own(tmp_path, f"floors = {word}"), page)) for word in ("true", "false")]
    assert lines == [
        ["model example/tern-1 retires 2027-06-30 not-before promise"],
        ["model example/tern-1 retires 2027-06-30 not-before"],
    ]


def sent(visit: Visit) -> tuple[str, str]:
    """The header that carries the secret of a visit's request."""
    secret = visit.requests[0].secret
    assert isinstance(secret, HeaderSecret)
    return secret.header, secret.prefix + secret.read()


def test_a_secret_is_sent_as_bearer_and_never_leaves_its_origin(tmp_path: Path) -> None:
    visit = own(tmp_path, 'kind = "listing"\nsecret = { env = "MY_KEY" }', {"MY_KEY": "hunter2"})
    assert sent(visit) == ("Authorization", "Bearer hunter2")
    assert visit.requests[0].keyed
    assert "hunter2" not in repr(visit)


def test_a_secret_may_lie_in_a_file_beside_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("hunter2\n")
    assert sent(own(tmp_path, 'secret = { file = "key" }')) == ("Authorization", "Bearer hunter2")


def test_a_secret_goes_where_the_readers_own_would(tmp_path: Path) -> None:
    visit = own(tmp_path, 'reader = "anthropic_models"\nsecret = { env = "MY_KEY" }', {"MY_KEY": "hunter2"})
    assert visit.requests[0].headers == (("anthropic-version", "2023-06-01"),)
    assert sent(visit) == ("x-api-key", "hunter2")


def test_the_readers_own_key_is_never_sent_to_a_page_of_the_users(tmp_path: Path) -> None:
    visit = own(tmp_path, 'reader = "openai_models"', {"OPENAI_API_KEY": "hunter2"})
    assert visit.requests == (Request("https://vendor.example/p"),)


@pytest.mark.parametrize(("secret", "why"), [('{ env = "MY_KEY" }', "MY_KEY is not set"), ('{ file = "key" }', "key is empty")])
def test_a_page_whose_secret_is_not_there_is_not_configured(tmp_path: Path, secret: str, why: str) -> None:
    (tmp_path / "key").write_text("\n")
    visit = own(tmp_path, f"secret = {secret}")
    assert visit.requests == ()
    assert visit.not_configured.endswith(why)


def test_what_is_declared_is_shown_and_the_secret_is_not(tmp_path: Path) -> None:
    more = 'columns = { model = ["Engine", "Motor"], replaced_by = ["Next"] }\nfloors = true\nsecret = { env = "MY_KEY" }'
    found = dict(shown(settings(tmp_path, more, {"MY_KEY": "hunter2"})))
    assert "hunter2" not in str(found)
    assert {name.removeprefix("sources[0]."): value for name, value in found.items() if name.startswith("sources[0].")} == {
        "key": "mine",
        "url": "https://vendor.example/p",
        "reader": "generic_page",
        "provider": "example",
        "cadence": "6h",
        "authority": "provider",
        "secret": "MY_KEY",
        "columns.model": "Engine, Motor",
        "columns.replaced_by": "Next",
        "heading_dates": "as the page shows",
        "floors": "true",
    }
    assert dict(shown(settings(tmp_path, 'heading_dates = "none"')))["sources[0].heading_dates"] == "none"
