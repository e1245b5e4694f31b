"""Saved pages through the pipeline under a simulated clock."""

import gzip
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.domain.events import Event, EventKind
from monitor.domain.pages import Request, Validators
from monitor.domain.readings import Outcome
from monitor.errors import UsageError
from monitor.jobs.replay import Shelf, Told, replay
from monitor.jobs.saved import SavedPages, days_between, saved_pages
from monitor.jobs.shop import PollOutcome
from monitor.sources import find_source
from tests.jobs.shopping import shop, table, visit


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


def test_nothing_can_be_fetched_before_a_page_is_up() -> None:
    with pytest.raises(UsageError):
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
