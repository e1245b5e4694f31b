"""Saved pages through the pipeline under a simulated clock."""

import gzip
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.domain.events import Event, EventKind
from monitor.domain.pages import Request, Validators
from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.domain.readings import Outcome
from monitor.errors import FetchError, UsageError
from monitor.jobs.replay import Shelf, Told, replay
from monitor.jobs.saved import SavedPages, days_between, saved_pages
from monitor.jobs.shop import PollOutcome
from monitor.sources import find_source
from monitor.store.views import AlertState
from tests.jobs.shopping import START, shop, table, visit


def test_pages_come_in_the_order_of_the_instants_in_their_names(tmp_path: Path) -> None:
    for name in ("p_2026-03-02_b.md", "p_2026-03-01_z.md", "p_2026-03-01_a_tn.md", "20260301T120000.json", "x-20260303.html"):
        (tmp_path / name).write_text("x")
    (tmp_path / "folder_2026-01-01").mkdir()
    found = [(saved.path.name, saved.at) for saved in saved_pages(tmp_path)]
    assert found == [
        ("p_2026-03-01_a_tn.md", datetime(2026, 3, 1, tzinfo=UTC)),
        ("p_2026-03-01_z.md", datetime(2026, 3, 1, 1, tzinfo=UTC)),
        ("20260301T120000.json", datetime(2026, 3, 1, 12, tzinfo=UTC)),
        ("p_2026-03-02_b.md", datetime(2026, 3, 2, tzinfo=UTC)),
        ("x-20260303.html", datetime(2026, 3, 3, tzinfo=UTC)),
    ]


@pytest.mark.parametrize("name", ["page.md", "p_2026-13-45.md"])
def test_a_file_whose_name_says_no_day_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("x")
    with pytest.raises(UsageError, match=name):
        saved_pages(tmp_path)


def test_a_folder_that_is_none_or_empty_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no folder"):
        saved_pages(tmp_path / "none")
    with pytest.raises(UsageError, match="no files"):
        saved_pages(tmp_path)


def test_midnights_strictly_between_two_instants() -> None:
    days = days_between(datetime(2026, 3, 1, 5, tzinfo=UTC), datetime(2026, 3, 4, tzinfo=UTC))
    assert [day.isoformat() for day in days] == ["2026-03-02T00:00:00+00:00", "2026-03-03T00:00:00+00:00"]


def test_a_page_that_nobody_saved_is_a_failed_fetch() -> None:
    with pytest.raises(FetchError, match="not saved"):
        SavedPages().fetch(Request("x"), Validators())


def test_a_replay_tells_what_each_page_brings_and_what_the_days_between_bring(tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / "p_2026-05-01.md").write_bytes(table(("2026-07-01", "alpha-1", "alpha-2")))
    (folder / "p_2026-05-20.md.gz").write_bytes(gzip.compress(table(("2026-07-15", "alpha-1", "alpha-2"))))
    (folder / "p_2026-08-01.md").write_bytes(table(("2026-07-15", "alpha-1", "alpha-2")))
    with shop(tmp_path) as tools:
        steps = list(replay(tools, [Shelf(visit(), saved_pages(folder))]))
    events = [(step.at.date().isoformat(), step.kind) for step in steps if isinstance(step, Event)]
    told = [(step.at.date().isoformat(), step.alert.lead) for step in steps if isinstance(step, Told) and step.alert.kind == "reminder"]
    assert sum(isinstance(step, PollOutcome) for step in steps) == 3
    assert events == [
        ("2026-05-01", EventKind.DEPRECATION_ANNOUNCED),
        ("2026-05-01", EventKind.RETIREMENT_SCHEDULED),
        ("2026-05-01", EventKind.REPLACEMENT_NAMED),
        ("2026-05-20", EventKind.RETIREMENT_MOVED),
        ("2026-07-17", EventKind.MODEL_RETIRED),
    ]
    assert told == [
        ("2026-05-02", 60),
        ("2026-06-15", 30),
        ("2026-07-01", 14),
        ("2026-07-08", 7),
        ("2026-07-12", 3),
        ("2026-07-14", 1),
        ("2026-07-15", 0),
    ]


def test_a_saved_page_of_a_listing_that_goes_on_is_partial(tmp_path: Path) -> None:
    body = b'{"models": [{"name": "models/a"}, {"name": "models/b"}], "nextPageToken": "z"}'
    folder = tmp_path / "saved"
    folder.mkdir()
    for day in ("2025-05-12", "2025-06-03"):
        (folder / f"{day}.json").write_bytes(body)
    source = replace(find_source("gemini_models"), at_least=1)
    spot = replace(visit("https://example.org/models", provider="gemini"), source=source)
    with shop(tmp_path) as tools:
        steps = list(replay(tools, [Shelf(spot, saved_pages(folder))]))
    outcomes = [step for step in steps if isinstance(step, PollOutcome)]
    assert [(step.outcome, step.withdrawn) for step in outcomes] == [(Outcome.PARTIAL, 0)] * 2
    assert "pageToken=z" in outcomes[0].reason or "breaks off" in outcomes[0].reason


MARCH = ("2026-07-01", "alpha-1", "alpha-2")
APRIL = ("2026-08-01", "alpha-1", "alpha-2")


def test_several_sources_share_one_clock_and_one_database(tmp_path: Path) -> None:
    save(tmp_path / "one", {"2026-03-01": table(MARCH), "2026-05-01": table(APRIL)})
    save(tmp_path / "two", {"2026-03-01": table(("2026-07-02", "beta-1", "beta-2")), "2026-04-01": table(("2026-07-02", "alpha-1", ""))})
    both = [Shelf(visit(key=key), saved_pages(tmp_path / key)) for key in ("two", "one")]
    with shop(tmp_path) as tools:
        steps = list(replay(tools, both))
    polled = [step.key for step in steps if isinstance(step, PollOutcome)]
    events = [(f"{step.at:%m-%d}", step.source, step.kind.value) for step in steps if isinstance(step, Event)]
    assert polled == ["one", "two", "two", "one"]
    assert events[:6] == [
        ("03-01", "one", "deprecation_announced"),
        ("03-01", "one", "retirement_scheduled"),
        ("03-01", "one", "replacement_named"),
        ("03-01", "two", "deprecation_announced"),
        ("03-01", "two", "retirement_scheduled"),
        ("03-01", "two", "replacement_named"),
    ]
    assert ("04-01", "one", "dispute_opened") in events  # sources of one rank disagree about one model
    told = [step.alert.idempotency_key for step in steps if isinstance(step, Told)]
    assert len(told) == len(set(told)) > 4


def test_a_source_of_several_pages_is_visited_with_all_that_are_up(tmp_path: Path) -> None:
    save(tmp_path / "one", {"2026-03-01": table(MARCH), "2026-03-02": table(("2026-07-02", "beta-1", ""))})
    pages = tuple(replace(page, url=f"https://example.org/{number}") for number, page in enumerate(saved_pages(tmp_path / "one")))
    with shop(tmp_path) as tools:
        steps = list(replay(tools, [Shelf(visit(), pages)], lambda *_: ()))
        with tools.database.read() as ledger:
            states = ledger.claims.resolved()
    assert [step.claims for step in steps if isinstance(step, PollOutcome)] == [2, 3]
    assert {key.model for key, state in states.items() if state.retires and not state.unconfirmed} == {"alpha-1", "beta-1"}


def test_what_is_no_file_of_its_kind_is_a_failed_visit_and_the_next_page_goes_on(tmp_path: Path) -> None:
    save(tmp_path / "one", {"2026-03-01": table(MARCH), "2026-03-03": table(MARCH)})
    (tmp_path / "one/2026-03-02.md.gz").write_bytes(gzip.compress(table(MARCH))[:40])
    with shop(tmp_path) as tools:
        steps = list(replay(tools, [Shelf(visit(), saved_pages(tmp_path / "one"))]))
    assert [step.outcome for step in steps if isinstance(step, PollOutcome)] == [Outcome.GOOD, Outcome.FAILED, Outcome.GOOD]
    assert [step.kind.value for step in steps if isinstance(step, Event)][3:] == ["source_failed", "source_recovered"]


def test_what_a_database_knows_already_is_never_rewritten(tmp_path: Path) -> None:
    save(tmp_path / "old", {"2026-03-01": table(MARCH)})
    save(tmp_path / "new", {"2026-05-01": table(APRIL)})
    early, late = (Shelf(visit("https://example.org/p"), saved_pages(tmp_path / name)) for name in ("old", "new"))
    with shop(tmp_path) as tools:
        assert list(replay(tools, [])) == []
        list(replay(tools, [early]))
        with pytest.raises(UsageError, match=r"2026-03-01.md is of 2026-03-01T00:00:00Z.* written until 2026-03-01T00:00:00Z"):
            list(replay(tools, [early]))
        with tools.database.write() as ledger:
            ledger.outbox.add([Alert("news:all:team:x", AlertKind.NEWS, "team", "all", "", START)])
        went_on = list(replay(tools, [late]))
        with pytest.raises(UsageError, match="history is never rewritten"):
            list(replay(tools, [early]))
        with tools.database.read() as ledger:
            waiting = [view.alert.idempotency_key for view in ledger.outbox.listing(AlertState.WAITING)]
            planned = ledger.sources.next_visit("page")
    assert [step.kind.value for step in went_on if isinstance(step, Event)][:1] == ["retirement_moved"]
    assert waiting == ["news:all:team:x"]  # not ours to deliver
    assert planned == datetime(2026, 5, 1, 6, tzinfo=UTC)


def save(folder: Path, pages: dict[str, bytes]) -> None:
    """Pages in a folder, by day."""
    folder.mkdir(parents=True)
    for day, body in pages.items():
        (folder / f"{day}.md").write_bytes(body)
