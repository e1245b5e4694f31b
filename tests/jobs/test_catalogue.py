"""The catalogue: made from saved pages, the same bytes twice; taken over by who has read nothing, and superseded by the first visit."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.domain.bundles import Copy, Sheet
from monitor.domain.claims import Authority, substance
from monitor.domain.events import EventKind
from monitor.domain.facts import Fact, Listed, Retires
from monitor.domain.health import Health
from monitor.domain.pages import Page
from monitor.domain.readings import Outcome
from monitor.domain.reconcile.resolve import resolve_all
from monitor.errors import UsageError
from monitor.jobs.captures import captures_in, of_source
from monitor.jobs.catalogue import FOLDER, bundled, export_catalogue, load_catalogue
from monitor.jobs.poll import poll
from monitor.jobs.remind import remind
from monitor.jobs.shop import Shop
from monitor.parsing.bundles import bundle_text, read_bundle
from monitor.queries.sources import sources_overview
from monitor.sources import SOURCES, find_source
from tests.builders import key as about
from tests.builders import statement, when
from tests.faultserver import FaultServer, page
from tests.jobs.shopping import DAY, START, shop, table, visit

HEAD = "path,provider,kind,original_url,captured_on,obtained_from,bytes,notes\n"
OPENAI = "https://developers.openai.com/api/docs/deprecations.md"
ROWS = (("2026-09-01", "alpha-1", "alpha-2"), ("2026-10-01", "beta-1", "beta-2"))


def sample(key: str) -> bytes:
    """A page of a source, written for its own tests."""
    folder = Path(__file__).parents[1] / "sources" / "pages" / key
    return next(path for path in sorted(folder.iterdir()) if path.suffix != ".claims").read_bytes()


def saved(folder: Path, *rows: tuple[str, str, str, str], body: bytes | None = None) -> Path:
    """A folder of captures: path, kind, address, day each; every file the same page."""
    folder.mkdir(exist_ok=True)
    for path, *_ in rows:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        content = body or sample("openai_deprecations")
        (folder / path).write_bytes(gzip.compress(content) if path.endswith(".gz") else content)
    lines = "".join(f"{path},openai,{kind},{url},{on},here,1,\n" for path, kind, url, on in rows)
    (folder / "MANIFEST.csv").write_text(HEAD + lines, encoding="utf-8")
    return folder


def test_of_each_source_the_newest_readable_capture_is_copied_without_quotes(tmp_path: Path) -> None:
    folder = saved(
        tmp_path / "captures",
        ("old.md", "announcement-md", OPENAI, "2026-01-05"),
        ("new.md.gz", "announcement-md", f"{OPENAI}?x=1#top", "2026-02 (content)"),
        ("_synthetic/newer.md", "announcement-fixture-synthetic", OPENAI, "2026-03-01"),
        ("headers.json", "listing-headers", "https://api.openai.com/v1/models", "2026-03-01"),
        ("elsewhere.md", "announcement-md", "https://example.test/", "2026-03-01"),
        ("undated.md", "announcement-md", OPENAI, "unknown"),
    )
    exported = {one.source: one for one in export_catalogue(folder, tmp_path / "out")}
    assert exported.keys() == {source.key for source in SOURCES}
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["openai_deprecations.jsonl"]
    copy = exported["openai_deprecations"].copy
    assert copy
    assert (copy.as_of, [sheet.url for sheet in copy.sheets]) == (datetime(2026, 2, 1, tzinfo=UTC), [f"{OPENAI}?x=1#top"])
    read = find_source("openai_deprecations").parse(Page(OPENAI, sample("openai_deprecations"), START), "openai")
    assert {substance(said) for said in copy.sheets[0].statements} == {substance(said) for said in read.statements}
    assert {said.quote for said in copy.sheets[0].statements} == {""}
    assert exported["openai_models"].reason == "no capture"


def test_a_capture_that_cannot_be_read_gives_way_to_the_one_before_and_says_so(tmp_path: Path) -> None:
    folder = saved(
        tmp_path / "captures", ("old.md", "announcement-md", OPENAI, "2026-01-05"), ("new.md", "announcement-md", OPENAI, "2026-02-05")
    )
    for body, reason in ((b"# Lunch\n\nPizza.\n", "new.md: "), (b"\x00\x01\x02" * 99, "new.md: ")):
        (folder / "new.md").write_bytes(body)
        [one] = [one for one in export_catalogue(folder, tmp_path / "out") if one.copy]
        assert one.copy
        assert (one.copy.as_of.date().isoformat(), one.reason.startswith(reason)) == ("2026-01-05", True)


def test_a_source_with_a_page_per_model_is_copied_page_by_page(tmp_path: Path) -> None:
    here = "https://platform.openai.com/docs/models"
    rows = [(f"{name}-{day}.md", "model-page-md", f"{here}/{name}", f"2026-01-0{day}") for name in ("a", "b") for day in (1, 2)]
    exported = export_catalogue(saved(tmp_path / "captures", *rows, body=sample("openai_model_pages")), tmp_path / "out")
    [copy] = [one.copy for one in exported if one.copy]
    assert [sheet.url for sheet in copy.sheets] == [f"{here}/a", f"{here}/b"]
    assert copy.as_of == datetime(2026, 1, 2, tzinfo=UTC)


def test_two_runs_write_the_same_bytes_and_what_is_gone_is_taken_away(tmp_path: Path) -> None:
    folder = saved(tmp_path / "captures", ("a.md", "announcement-md", OPENAI, "2026-01-05"))
    out = tmp_path / "out"
    list(export_catalogue(folder, out))
    first = {path.name: path.read_bytes() for path in out.iterdir()}
    (out / "groq_models.jsonl").write_text("stale", encoding="utf-8")
    list(export_catalogue(folder, out))
    assert {path.name: path.read_bytes() for path in out.iterdir()} == first


@pytest.mark.parametrize("manifest", [None, "path,kind\nx,announcement\n", "path,kind,original_url,captured_on\nx,y,z,2026-13-01\n"])
def test_a_folder_without_a_manifest_is_refused(tmp_path: Path, manifest: str | None) -> None:
    if manifest:
        (tmp_path / "MANIFEST.csv").write_text(manifest, encoding="utf-8")
    with pytest.raises(UsageError, match=r"MANIFEST\.csv"):
        captures_in(tmp_path)


@pytest.mark.parametrize(
    ("key", "url"),
    [
        ("bedrock_models", "https://bedrock.<AWS_REGION>.amazonaws.com/foundation-models"),
        ("azure_partner_models", "https://learn.microsoft.com/en-us/azure/ai-foundry/concepts/model-lifecycle-retirement"),
        ("openai_deprecations", "https://platform.openai.com/docs/deprecations"),
        ("generic_page", ""),
    ],
)
def test_captures_find_their_source_by_its_addresses(tmp_path: Path, key: str, url: str) -> None:
    folder = saved(tmp_path / "captures", ("a.md", "announcement-md", url or OPENAI, "2026-01-05"))
    assert len(of_source(find_source(key), captures_in(folder))) == int(bool(url))


# What is in the repository


def test_every_line_of_the_bundled_catalogue_loads_and_resolves() -> None:
    texts = {path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.jsonl")}
    assert {copy.source: bundle_text(copy) for copy in map(read_bundle, texts.values())} == texts
    assert texts.keys() <= {source.key for source in SOURCES}
    assert sum(map(len, texts.values())) < 2_000_000
    for copy in bundled():
        source = find_source(copy.source)
        assert (copy.authority, copy.provider) == (source.authority, source.provider)
        assert all(said.quote == "" and said.key.provider and said.key.model for sheet in copy.sheets for said in sheet.statements)


def test_the_bundled_catalogue_is_taken_over_fast_and_once(tmp_path: Path) -> None:
    with shop(tmp_path) as tools:
        assert load_catalogue(tools.database, bundled(), (), START) == len(bundled())
        assert load_catalogue(tools.database, bundled(), (), START + DAY) == 0
        with tools.database.write() as ledger:
            claims = ledger.claims.in_force()
            assert ledger.claims.rebuild() == 0
            assert len(resolve_all(claims)) == len(ledger.claims.models())
            assert {event.kind for event in ledger.events.since()} <= {EventKind.REPLACEMENT_AT_RISK}
            assert ledger.outbox.listing() == ()
            assert ledger.claims.in_force(as_of=START - DAY) == ()
        assert {said.origin.bundled for said in claims} == {True}
        assert remind(tools, [], START) == 0


# What becomes of it


def copy(*facts: tuple[str, Fact], as_of: str = "2026-01-05", key: str = "page") -> Copy:
    """A copy of the page that `visit` reads."""
    said = tuple(statement(fact, about(model, "acme"), "") for model, fact in facts)
    at = datetime.fromisoformat(as_of).replace(tzinfo=UTC)
    return Copy(key, "acme", Authority.PROVIDER, at, 1, (Sheet("https://acme.test/p", "a" * 64, said),), f"{as_of}")


ALPHA, GONE = ("alpha-1", Retires(when("2026-08-01"))), ("gone-1", Retires(when("2026-08-01")))


def kinds(tools: Shop) -> list[EventKind]:
    with tools.database.read() as ledger:
        return [event.kind for event in ledger.events.since()]


def test_the_first_visit_is_the_baseline_with_one_digest_and_what_it_does_not_say_goes_quietly(tmp_path: Path) -> None:
    with FaultServer() as site, shop(tmp_path) as tools:
        site.routes["/p"] = page(table(*ROWS))
        load_catalogue(tools.database, [copy(ALPHA, GONE)], (), START)
        outcome = poll(tools, visit(site.url("/p")), START + DAY)
        with tools.database.read() as ledger:
            alerts, states = ledger.outbox.listing(), ledger.claims.resolved()
            before = ledger.claims.resolved(as_of=START)
        with tools.database.write() as ledger:
            assert ledger.claims.rebuild() == 0
        assert poll(tools, visit(site.url("/p")), START + 2 * DAY).events == 0
        assert load_catalogue(tools.database, [copy(GONE, as_of="2026-02-05")], (), START + 3 * DAY) == 0
    assert outcome.outcome is Outcome.GOOD
    assert [view.alert.kind.value for view in alerts] == ["digest"]
    assert set(kinds(tools)) == {EventKind.DEPRECATION_ANNOUNCED, EventKind.RETIREMENT_SCHEDULED, EventKind.REPLACEMENT_NAMED}
    assert {key.model for key in states} == {"alpha-1", "beta-1"}
    assert {key.model: str(state.retires and state.retires.value) for key, state in before.items()} == {
        "alpha-1": "2026-08-01",
        "gone-1": "2026-08-01",
    }


def test_until_then_its_source_is_neither_good_nor_stale(tmp_path: Path) -> None:
    with FaultServer() as site, shop(tmp_path) as tools:
        site.routes["/p"] = page(table(*ROWS))
        spot = visit(site.url("/p"))
        load_catalogue(tools.database, [copy(ALPHA)], (), START)
        for later in (START, START + 300 * DAY):
            remind(tools, [spot], later)
            with tools.database.read() as ledger:
                [view] = sources_overview(ledger, [spot], later)
                assert (view.health, view.last_good_at, view.claims) == (Health.BUNDLED, None, 0)
                assert view.bundled_as_of == datetime(2026, 1, 5, tzinfo=UTC)
                assert ledger.readings.last_good_at() == {}
        poll(tools, spot, START + DAY)
        with tools.database.read() as ledger:
            [view] = sources_overview(ledger, [spot], START + DAY)
    assert (view.health, view.bundled_as_of) == (Health.GOOD, None)
    assert EventKind.SOURCE_STALE not in kinds(tools)


def test_a_newer_catalogue_corrects_without_an_alert_and_switched_off_sources_are_left_out(tmp_path: Path) -> None:
    with shop(tmp_path) as tools:
        load_catalogue(tools.database, [copy(ALPHA), copy(ALPHA, key="off")], {"off"}, START)
        newer = copy(("alpha-1", Retires(when("2026-08-15"))), as_of="2026-02-05")
        assert load_catalogue(tools.database, [newer], (), START + DAY) == 1
        assert kinds(tools) == [EventKind.CLAIM_CORRECTED]
        with tools.database.write() as ledger:
            assert ledger.outbox.listing() == ()
            assert {said.source for said in ledger.claims.in_force()} == {"page"}
            assert ledger.claims.rebuild() == 0
            assert ledger.bundles.as_of() == {"page": datetime(2026, 2, 5, tzinfo=UTC)}


def test_its_dates_are_reminded_of_like_any_other(tmp_path: Path) -> None:
    with shop(tmp_path) as tools:
        load_catalogue(tools.database, [copy(ALPHA)], (), START)
        assert remind(tools, [], datetime(2026, 7, 20, tzinfo=UTC)) == 1
        assert remind(tools, [], datetime(2026, 8, 3, tzinfo=UTC)) == 1
    assert kinds(tools) == [EventKind.MODEL_RETIRED]


def test_a_failed_first_visit_leaves_it_in_force(tmp_path: Path) -> None:
    with FaultServer() as site, shop(tmp_path) as tools:
        load_catalogue(tools.database, [copy(ALPHA, ("alpha-1", Listed()))], (), START)
        assert poll(tools, visit(site.url("/none")), START + DAY).outcome is Outcome.FAILED
        with tools.database.read() as ledger:
            assert len(ledger.claims.in_force()) == 2


def test_an_unchanged_page_is_still_asked_for_without_condition(tmp_path: Path) -> None:
    """Nothing of a copy is a validator: the first visit brings the page whole."""
    with FaultServer() as site, shop(tmp_path) as tools:
        site.routes["/p"] = page(table(*ROWS))
        load_catalogue(tools.database, [copy(ALPHA)], (), START)
        with tools.database.read() as ledger:
            assert (ledger.sources.validators("page"), ledger.readings.evidence("page")) == ({}, {})
