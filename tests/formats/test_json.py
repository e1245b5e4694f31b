"""JSON lines: the shapes that other tools rely on, as whole values."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from monitor.domain.claims import Authority, Place, Skipped, Statement
from monitor.domain.events import Event, EventKind
from monitor.domain.facts import Deprecated, NoRetirement, Retires
from monitor.domain.identity import Kind, ModelKey, scope_of
from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.domain.readings import Outcome, Parsed
from monitor.domain.when import Bound, Precision, When
from monitor.formats.alerts import Sent, alert_records, sent_records
from monitor.formats.events import event_records
from monitor.formats.json_lines import Record, json_lines
from monitor.formats.pages import parsed_records
from monitor.formats.replays import step_record
from monitor.formats.sources import poll_records
from monitor.jobs.replay import Told
from monitor.jobs.shop import PollOutcome
from monitor.store.views import AlertState, AlertView

NOW = datetime(2026, 1, 10, 12, tzinfo=UTC)
MOVED = Event(
    EventKind.RETIREMENT_MOVED,
    ModelKey("azure", "gpt-4o", scope_of({"region": ["westus", "eastus"], "version": "2024-08-06"})),
    NOW,
    "retires",
    "not_before:2026-03-01",
    "2026-04-01",
    "azure_page",
    "gpt-4o “April 1”",
    "https://example.com/p",
    "0" * 64,
    "postponed",
)


def written(records: Iterable[Record]) -> list[Any]:
    return [json.loads(line) for line in json_lines(records)]


def test_a_statement_has_its_provider_bound_instant_scope_and_authority() -> None:
    at = datetime(2026, 5, 15, 19, tzinfo=UTC)
    key = ModelKey("azure", "gpt-4o", scope_of({"region": ["westus", "eastus"], "version": "2024-08-06"}))
    said_on = When(date(2026, 1, 1), Precision.MONTH)
    exact = Statement(key, Retires(When(date(2026, 5, 15), at=at)), "May 15", said_on=said_on)
    floor = Statement(
        ModelKey("openai", "Assistants API"),
        Retires(When(date(2026, 7, 1), Precision.QUARTER, Bound.NOT_BEFORE), promise=True),
        "Q3",
        Kind.SERVICE,
        Place.STATUS,
        authority=Authority.REPORT,
    )
    none = Statement(ModelKey("openai", "o3"), NoRetirement(), "null")
    parsed = Parsed((exact, floor, none), (Skipped("a row", "no date"),), "half of it is missing")
    assert written(parsed_records(parsed, Authority.PROVIDER)) == [
        {
            "kind": "model",
            "provider": "azure",
            "model": "gpt-4o",
            "fact": "retires",
            "value": "2026-05-15",
            "bound": "exact",
            "at": "2026-05-15T19:00:00Z",
            "scope": {"region": ["eastus", "westus"], "version": "2024-08-06"},
            "authority": "provider",
            "said_on": "2026-01",
            "quote": "May 15",
        },
        {
            "kind": "service",
            "provider": "openai",
            "model": "Assistants API",
            "fact": "retires",
            "value": "2026-Q3",
            "bound": "not_before",
            "at": None,
            "scope": {},
            "authority": "report",
            "said_on": None,
            "quote": "Q3",
        },
        {
            "kind": "model",
            "provider": "openai",
            "model": "o3",
            "fact": "no_retirement",
            "value": "",
            "bound": None,
            "at": None,
            "scope": {},
            "authority": "provider",
            "said_on": None,
            "quote": "null",
        },
        {"skipped": "a row", "reason": "no date"},
        {"drift": "half of it is missing"},
    ]


def test_statements_stand_in_the_order_of_the_page() -> None:
    names = ["b", "a", "c"]
    statements = tuple(Statement(ModelKey("openai", name), Deprecated(When(date(2026, 1, 1))), name) for name in names)
    assert [record["model"] for record in parsed_records(Parsed(statements), Authority.PROVIDER)] == names


def test_an_event_has_both_values_its_direction_and_its_evidence() -> None:
    assert written(event_records([MOVED])) == [
        {
            "event": "retirement_moved",
            "provider": "azure",
            "model": "gpt-4o",
            "scope": {"region": ["eastus", "westus"], "version": "2024-08-06"},
            "kind": "model",
            "at": "2026-01-10T12:00:00Z",
            "fact": "retires",
            "before": "not_before:2026-03-01",
            "after": "2026-04-01",
            "direction": "postponed",
            "source": "azure_page",
            "quote": "gpt-4o “April 1”",
            "url": "https://example.com/p",
            "page": "0" * 64,
        },
    ]


def test_an_event_without_a_direction_has_none() -> None:
    [record] = written(event_records([Event(EventKind.MODEL_LISTED, ModelKey("openai", "o3"), NOW)]))
    assert "direction" not in record


def test_a_visit_counts_what_it_brought() -> None:
    assert written(poll_records([PollOutcome("a", Outcome.PARTIAL, "why", 5, 1, 2, 3, 4)])) == [
        {
            "source": "a",
            "outcome": "partial",
            "unchanged": False,
            "claims": 5,
            "skipped": 1,
            "events": 2,
            "added": 3,
            "withdrawn": 4,
            "reason": "why",
        },
    ]


def test_an_alert_says_where_it_stands() -> None:
    alert = Alert("news:all:ops:x", AlertKind.NEWS, "ops", "all", "us", NOW, (MOVED,))
    view = AlertView(1, alert.visible_id, alert, AlertState.WAITING, NOW, 2, "HTTP 500")
    [record] = written(alert_records([view]))
    assert record.pop("events") == written(event_records([MOVED]))
    assert record == {
        "alert": alert.visible_id,
        "state": "waiting",
        "kind": "news",
        "about": "azure/gpt-4o [region=eastus;westus version=2024-08-06]: retirement moved",
        "watch": "all",
        "owner": "us",
        "channel": "ops",
        "lead": None,
        "created_at": "2026-01-10T12:00:00Z",
        "due_at": "2026-01-10T12:00:00Z",
        "tries": 2,
        "last_error": "HTTP 500",
    }


def test_a_replay_gives_events_and_alerts_at_their_simulated_time_and_no_outcomes() -> None:
    alert = Alert("news:all:ops:x", AlertKind.NEWS, "ops", "all", "us", NOW, (MOVED,))
    assert step_record(MOVED) == next(event_records([MOVED]))
    told: Record | None = step_record(Told(NOW, alert))
    assert told is not None
    assert (told["alert"], told["at"], told["channel"], told["kind"]) == (alert.visible_id, NOW, "ops", "news")
    assert step_record(PollOutcome("a", Outcome.GOOD)) is None


def test_a_test_message_was_delivered_or_not() -> None:
    assert written(sent_records([Sent("log", "Test"), Sent("ops", "Test", "HTTP 404")])) == [
        {"channel": "log", "delivered": True, "title": "Test", "error": ""},
        {"channel": "ops", "delivered": False, "title": "Test", "error": "HTTP 404"},
    ]
