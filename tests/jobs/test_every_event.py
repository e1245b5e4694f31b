"""Every kind of event, produced by pages of our own through the real pipeline: fetched, read, decided, recorded, reminded of."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec import structs

from monitor.domain.events import Event, EventKind
from monitor.domain.facts import Retires
from monitor.domain.pages import Page
from monitor.domain.readings import Parsed
from monitor.domain.when import When
from monitor.jobs.poll import poll
from monitor.jobs.remind import remind
from monitor.jobs.shop import Shop
from monitor.jobs.visits import Visit
from tests.faultserver import FaultServer, answer, page
from tests.jobs.shopping import DAY, START, shop, table, visit

ROWS = (
    ("2026-09-01", "alpha", "omega"),
    ("2026-10-01", "beta", "omega"),
    ("2026-11-01", "gamma", "omega"),
    ("2026-12-01", "delta", "omega"),
)
HEAD = "# Deprecations\n\n| Shutdown date | Redirect date | Model |\n| --- | --- | --- |\n"
LOGIN = b"<html><body><h1>Sign in</h1><form><input name=user></form></body></html>"
NAMES = ("alpha", "beta", "gamma", "delta", "epsilon")


@dataclass(frozen=True)
class Story:
    """A site, and a program that visits it day by day."""

    site: FaultServer
    tools: Shop

    def says(self, body: bytes, at: datetime, source: str = "generic_page", key: str = "page") -> Visit:
        """A source says so; it is visited, and the calendar has its turn."""
        self.site.routes[f"/{key}"] = page(body)
        spot = visit(self.site.url(f"/{key}"), source=source, key=key)
        poll(self.tools, spot, at)
        remind(self.tools, [], at)
        return spot

    def schedule(self, at: datetime, *rows: tuple[str, str, str], key: str = "page") -> Visit:
        """A table of retirements."""
        return self.says(table(*rows), at, key=key)

    def lists(self, at: datetime, *names: str) -> Visit:
        """A complete listing."""
        return self.says(json.dumps({"object": "list", "data": [{"id": name, "object": "model"} for name in names]}).encode(), at,
                         "generic_listing", "models")  # fmt: skip

    def told(self, kind: EventKind) -> list[Event]:
        """The events of a kind."""
        with self.tools.database.read() as ledger:
            return [event for event in ledger.events.since() if event.kind is kind]


@contextmanager
def begun(tmp_path: Path) -> Iterator[Story]:
    with FaultServer() as site, shop(tmp_path) as tools:
        yield Story(site, tools)


def moved(story: Story, first: str, then: str) -> None:
    """The date of one row becomes another."""
    story.schedule(START, (first, "alpha", "omega"), *ROWS[1:])
    story.schedule(START + DAY, (then, "alpha", "omega"), *ROWS[1:])


def announced(story: Story) -> None:
    story.schedule(START, *ROWS[1:])
    story.schedule(START + DAY, *ROWS)


def replaced(story: Story) -> None:
    story.schedule(START, *ROWS)
    story.schedule(START + DAY, ("2026-09-01", "alpha", "omega-2"), *ROWS[1:])


def unconfirmed(story: Story) -> None:
    story.schedule(START, *ROWS)
    for number in (1, 2, 3):
        story.schedule(START + number * DAY, *ROWS[1:])


def redirected(story: Story) -> None:
    rows = "".join(f"| 2026-11-01 | {day} | `{name}` |\n" for name, day in (("alpha", "2026-09-01"), ("beta", "-")))
    story.says((HEAD + "".join(f"| 2026-11-01 | - | `{name}` |\n" for name in ("alpha", "beta"))).encode(), START)
    story.says((HEAD + rows).encode(), START + DAY)


def listed(story: Story) -> None:
    story.lists(START, *NAMES[1:])
    story.lists(START + DAY, *NAMES)


def delisted(story: Story) -> None:
    story.lists(START, *NAMES)
    for number in (1, 2, 3):
        story.lists(START + number * DAY, *NAMES[1:])


def pointed(story: Story) -> None:
    for number, snapshot in enumerate(("alpha-2501", "alpha-2507")):
        items = [{"id": name, "name": name, "max_context_length": 1000} for name in (*NAMES, *"abcdefgh", "alpha-2501", "alpha-2507")]
        alias = {"id": "alpha-latest", "name": snapshot, "max_context_length": 1000}
        story.says(json.dumps({"data": [*items, alias]}).encode(), START + number * DAY, "mistral_models", "mistral")


def described(story: Story, field: str, *values: object) -> None:
    """OpenRouter's listing, with another value of one field the second time."""
    for number, value in enumerate(values):
        plain = {"context_length": 1000, "top_provider": {}, "pricing": {}}
        items = [{"id": f"acme/{name}", "name": f"{name}", **plain} for name in (*NAMES, *range(50))]
        items[0] |= {field: value}
        story.says(json.dumps({"data": items}).encode(), START + number * DAY, "openrouter_models", "openrouter")


def disputed(story: Story) -> None:
    story.schedule(START, *ROWS)
    story.schedule(START, ("2026-12-24", "alpha", "omega"), key="other")


def settled(story: Story) -> None:
    disputed(story)
    story.schedule(START + DAY, ROWS[0], key="other")


def corrected(story: Story) -> None:
    """The reader used to take every day for the one after; the page has stayed the same."""
    story.site.routes["/page"] = page(table(*ROWS))
    right = visit(story.site.url("/page"))

    def misread(brought: Page, provider: str) -> Parsed:
        parsed = right.source.parse(brought, provider)
        late = (Retires(When(said.fact.on.starts_on + DAY)) if isinstance(said.fact, Retires) else said.fact for said in parsed.statements)
        return replace(
            parsed, statements=tuple(structs.replace(said, fact=fact) for said, fact in zip(parsed.statements, late, strict=True))
        )

    poll(story.tools, replace(right, source=replace(right.source, parse=misread)), START)
    poll(story.tools, replace(right, source=replace(right.source, reader_version=right.source.reader_version + 1)), START + DAY)


def retired(story: Story) -> None:
    story.schedule(START, *ROWS)
    for number in (184, 185, 186, 187):
        remind(story.tools, [], START + number * DAY)


def gone_early(story: Story) -> None:
    story.schedule(START, *ROWS)
    delisted(story)


def outlived(story: Story) -> None:
    story.schedule(START, *ROWS)
    for number in (0, 184, 185, 186, 187):
        story.lists(START + number * DAY, *NAMES)


def at_risk(story: Story) -> None:
    story.schedule(START, ("2026-09-01", "alpha", "beta"), ("2026-10-01", "beta", "gamma"), ("2026-11-01", "gamma", "beta"), ROWS[3])
    remind(story.tools, [], START + DAY)


def drifted(story: Story) -> None:
    story.schedule(START, *ROWS)
    for hours in (6, 12):
        story.says(LOGIN, START + hours * timedelta(hours=1))


def failed(story: Story) -> None:
    spot = story.schedule(START, *ROWS)
    story.site.routes["/page"] = answer(500)
    for hours in (6, 12):
        poll(story.tools, spot, START + hours * timedelta(hours=1))


def recovered(story: Story) -> None:
    drifted(story)
    for hours in (13, 14):
        story.schedule(START + hours * timedelta(hours=1), *ROWS)


def stale(story: Story) -> None:
    spot = story.schedule(START, *ROWS)
    for hours in (19, 20, 40):
        remind(story.tools, [spot], START + hours * timedelta(hours=1))


Expected = tuple[str, str, str, str]  # model, before, after, and what the quote says
PRODUCED: dict[EventKind, tuple[Callable[[Story], None], Expected]] = {
    EventKind.MODEL_LISTED: (listed, ("alpha", "", "", "alpha")),
    EventKind.MODEL_DELISTED: (delisted, ("alpha", "", "", "alpha")),
    EventKind.ALIAS_MOVED: (pointed, ("alpha-latest", "alpha-2501", "alpha-2507", "alpha-2507")),
    EventKind.DEPRECATION_ANNOUNCED: (announced, ("alpha", "", "", "2026-09-01")),
    EventKind.RETIREMENT_SCHEDULED: (announced, ("alpha", "", "2026-09-01", "2026-09-01")),
    EventKind.RETIREMENT_MOVED: (
        lambda story: moved(story, "2026-09-01", "2026-09-15"),
        ("alpha", "2026-09-01", "2026-09-15", "2026-09-15"),
    ),
    EventKind.RETIREMENT_REFINED: (
        lambda story: moved(story, "September 2026", "2026-09-15"),
        ("alpha", "2026-09", "2026-09-15", "2026-09-15"),
    ),
    EventKind.RETIREMENT_CANCELLED: (
        lambda story: moved(story, "2026-09-01", "No shutdown date announced"),
        ("alpha", "2026-09-01", "", "No shutdown date announced"),
    ),
    EventKind.RETIREMENT_UNCONFIRMED: (unconfirmed, ("alpha", "2026-09-01", "2026-09-01", "2026-09-01")),
    EventKind.REDIRECT_SCHEDULED: (redirected, ("alpha", "", "2026-09-01", "2026-09-01")),
    EventKind.REPLACEMENT_NAMED: (announced, ("alpha", "", "omega", "omega")),
    EventKind.REPLACEMENT_CHANGED: (replaced, ("alpha", "omega", "omega-2", "omega-2")),
    EventKind.SPEC_CHANGED: (lambda story: described(story, "context_length", 1000, 2000), ("acme/alpha", "1000", "2000", "2000")),
    EventKind.PRICE_CHANGED: (
        lambda story: described(story, "pricing", {"prompt": "0.000001"}, {"prompt": "0.000002"}),
        ("acme/alpha", "1", "2", "0.000002"),
    ),
    EventKind.DISPUTE_OPENED: (disputed, ("alpha", "2026-12-24", "2026-09-01", "2026-09-01")),
    EventKind.DISPUTE_CLOSED: (settled, ("alpha", "", "2026-09-01", "2026-09-01")),
    EventKind.CLAIM_CORRECTED: (corrected, ("alpha", "2026-09-02", "2026-09-01", "2026-09-01")),
    EventKind.MODEL_RETIRED: (retired, ("alpha", "", "2026-09-01", "2026-09-01")),
    EventKind.GONE_EARLY: (gone_early, ("alpha", "", "2026-09-01", "alpha")),
    EventKind.OUTLIVED_RETIREMENT: (outlived, ("alpha", "", "2026-09-01", "alpha")),
    EventKind.REPLACEMENT_AT_RISK: (at_risk, ("alpha", "beta", "beta:2026-10-01;gamma:2026-11-01", "2026-10-01")),
    EventKind.SOURCE_DRIFTED: (drifted, ("page", "", "drifting", "")),
    EventKind.SOURCE_FAILED: (failed, ("page", "", "failing", "HTTP 500")),
    EventKind.SOURCE_STALE: (stale, ("page", "", "stale", "last good reading")),
    EventKind.SOURCE_RECOVERED: (recovered, ("page", "drifting", "good", "last good reading")),
}


@pytest.mark.parametrize("kind", list(EventKind))
def test_every_kind_of_event_is_produced_once_with_its_evidence(kind: EventKind, tmp_path: Path) -> None:
    story_of, expected = PRODUCED[kind]
    with begun(tmp_path) as story:
        story_of(story)
        model, before, after, quote = expected
        found = [event for event in story.told(kind) if event.key.model == model]
        assert [(event.before, event.after) for event in found] == [(before, after)]
        [event] = found
        assert quote in event.quote
        assert event.quote
        if not kind.name.startswith("SOURCE_"):
            with story.tools.database.read() as ledger:
                stored = ledger.readings.page(event.page)
            assert stored is not None
            assert stored.url == event.url
            assert model.split("/")[-1].encode() in stored.body


@pytest.mark.parametrize(("then", "direction"), [("2026-09-15", "postponed"), ("2026-08-15", "brought_forward")])
def test_a_move_says_which_way(then: str, direction: str, tmp_path: Path) -> None:
    with begun(tmp_path) as story:
        moved(story, "2026-09-01", then)
        assert [event.direction for event in story.told(EventKind.RETIREMENT_MOVED)] == [direction]


def test_no_kind_is_without_a_story() -> None:
    assert set(PRODUCED) == set(EventKind)
