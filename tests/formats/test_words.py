"""Models, sources and replays as people read them; the table says what the JSON says."""

import io
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec import structs

from monitor.domain.claims import Authority
from monitor.domain.events import Event, EventKind
from monitor.domain.facts import AliasOf, Deprecated, Listed, NoRetirement, Redirects, ReplacedBy, Retires, Spec, SpecName
from monitor.domain.health import Health
from monitor.domain.identity import ModelKey
from monitor.domain.policy.alerts import Alert, AlertKind
from monitor.domain.readings import Outcome, SourceKind
from monitor.domain.when import Bound, Precision, When
from monitor.formats.events import event_parts
from monitor.formats.json_lines import json_lines
from monitor.formats.models import ending_parts, key_record, line_parts
from monitor.formats.replays import step_line
from monitor.formats.sources import poll_parts, source_parts, source_records
from monitor.formats.tables import Part, write_parts
from monitor.formats.text import length
from monitor.jobs.replay import Told
from monitor.jobs.shop import PollOutcome
from monitor.queries.sources import SourceView
from monitor.queries.views import KeyView
from monitor.store import Database
from tests.queries.conftest import database, template  # noqa: F401 - fixtures
from tests.queries.speakers import API, COLLECTION, NOW, OTHER_PAGE, PAGE, on, says, shown, view
from tests.store.words import Visitor

ALIAS, SNAPSHOT = "gpt-4.1-mini", "gpt-4.1-mini-2025-04-14"


def text(parts: list[Part]) -> str:
    stream = io.StringIO()
    write_parts(parts, stream)
    return stream.getvalue()


def ends(found: KeyView) -> str:
    [line] = text(list(ending_parts((found,), NOW))).splitlines()[1:]
    return line.split("  openai  ")[0].rstrip()


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ([Retires(on("2026-02-13"))], "2026-02-13 (in 34 days)"),
        ([Retires(When(date(2026, 3, 1), Precision.MONTH))], "March 2026 (in 50 days at the earliest)"),
        ([Retires(on("2026-02-13", floor=True), promise=True)], "not before 2026-02-13 (in 34 days), a promise"),
        ([Retires(on("2026-01-01", floor=True))], "as early as 2026-01-01 (9 days ago), overdue"),
        (
            [Redirects(on("2026-02-01")), Retires(on("2026-02-13"))],
            "answered by another model from 2026-02-01 (in 22 days); retires 2026-02-13",
        ),
        ([Redirects(on("2026-02-01"))], "answered by another model from 2026-02-01 (in 22 days)"),
        ([NoRetirement()], "no date announced"),
        ([Listed()], "no date known"),
    ],
)
def test_an_end_is_told_with_every_reservation(database: Database, facts: list[Retires], words: str) -> None:  # noqa: F811
    Visitor(database, PAGE).hears(NOW, *(says("o3", fact) for fact in facts))
    assert ends(view(database, "openai", "o3")) == words


def test_a_date_that_sources_dispute_or_the_page_lost_says_so(database: Database) -> None:  # noqa: F811
    page = Visitor(database, PAGE)
    rest = [says(f"o1-{number}", Listed()) for number in range(5)]
    page.hears(NOW - timedelta(days=3), says("o3", Retires(on("2026-02-13"))), *rest)
    page.hears(NOW - timedelta(days=2), *rest)
    page.hears(NOW - timedelta(days=1), *rest)
    assert ends(view(database, "openai", "o3")) == "2026-02-13 (in 34 days), no longer on the page"
    Visitor(database, OTHER_PAGE).hears(NOW, says("o1", Retires(on("2026-02-13"))))
    page.hears(NOW, says("o1", Retires(on("2026-02-14"))), *rest)
    assert ends(view(database, "openai", "o1")) == "2026-02-13 (in 34 days), disputed"


def test_a_key_in_json_has_every_value_with_its_evidence(database: Database) -> None:  # noqa: F811
    at = datetime(2026, 2, 13, 17, tzinfo=UTC)
    when = When(date(2026, 2, 13), bound=Bound.EXACT, at=at)
    Visitor(database, API).hears(NOW, says(ALIAS, Listed()), says(ALIAS, NoRetirement()))
    Visitor(database, PAGE).hears(
        NOW,
        says(ALIAS, AliasOf(SNAPSHOT)),
        says(SNAPSHOT, Retires(when)),
        says(SNAPSHOT, Deprecated(on("2026-01-01"))),
        says(SNAPSHOT, ReplacedBy("o9")),
    )
    Visitor(database, COLLECTION).hears(NOW, says(ALIAS, Spec(SpecName.MAX_OUTPUT, "32768")), says(SNAPSHOT, Retires(on("2026-03-01"))))
    found = view(database, "openai", ALIAS)
    [line] = json_lines([key_record(found)])
    record = json.loads(line)
    evidence = {"url": "https://example.com/page", "said_on": None, "first_seen_at": "2026-01-10T12:00:00Z"}
    page, other = found.all("retires")[0].claim.page, found.all("max_output")[0].claim.page
    by_page = {"authority": "provider", "source": "openai_page", **evidence, "page": page}
    retires = {
        "value": "2026-02-13",
        "bound": "exact",
        "at": "2026-02-13T17:00:00Z",
        **by_page,
        "quote": f"{SNAPSHOT}: {Retires(when)}",
        "inherited_from": SNAPSHOT,
    }
    assert record["retires"] == retires
    assert record["specs"] == {
        "max_output": {
            "value": "32768",
            "authority": "aggregator",
            "source": "collection",
            "quote": f"{ALIAS}: {Spec(SpecName.MAX_OUTPUT, '32768')}",
            **evidence,
            "page": other,
        }
    }
    assert [one["value"] for one in record["replaced_by"]] == ["o9"]
    assert record["deprecated"]["value"] == "2026-01-01"
    assert record["alias_of"]["value"] == SNAPSHOT
    assert (record["redirects"], record["no_retirement"], record["disputes"]) == (None, None, [])
    assert [(one["fact"], one["source"]) for one in record["differences"]] == [("no_retirement", "openai_models")]
    assert {name: record[name] for name in ("provider", "model", "scope", "stage", "days_left", "listed")} == {
        "provider": "openai",
        "model": ALIAS,
        "scope": {},
        "stage": "deprecated",
        "days_left": 34,
        "listed": True,
    }
    [difference] = json.loads(next(json_lines([key_record(view(database, "openai", SNAPSHOT))])))["differences"]
    assert (difference["fact"], difference["model"], difference["value"], difference["authority"]) == (
        "retires",
        SNAPSHOT,
        "2026-03-01",
        "aggregator",
    )


def test_a_line_is_its_names_their_words_and_what_disagrees(database: Database) -> None:  # noqa: F811
    Visitor(database, PAGE).hears(
        NOW, says(ALIAS, Listed()), says(ALIAS, Spec(SpecName.MAX_OUTPUT, "32768")), says(ALIAS, Retires(on("2026-03-01")))
    )
    Visitor(database, COLLECTION).hears(NOW, says("GPT-4.1 Mini", Retires(on("2026-02-13")), "chatgpt", authority=Authority.REPORT))
    Visitor(database, COLLECTION).hears(NOW, says(ALIAS, Spec(SpecName.MAX_OUTPUT, "16000")))
    Visitor(database, OTHER_PAGE).hears(NOW, says(ALIAS, Retires(on("2026-04-01"))))
    line = shown(database, ALIAS)
    brief = text(list(line_parts(line, NOW)))
    assert brief.startswith("gpt-4.1-mini: 2 names on 2 surfaces\n")
    titles = ["On whose word", "Disputed: sources of the same rank say otherwise", "What disagrees, the highest word first"]
    assert [row for row in brief.splitlines() if row in titles] == titles
    assert "https://example.com/page" not in brief
    assert titles[0] not in text(list(line_parts(line, NOW, words=False)))


def test_a_family_is_marked(database: Database) -> None:  # noqa: F811

    Visitor(database, PAGE).hears(NOW, structs.replace(says("gpt-4o-audio", Retires(on("2026-02-13"))), family=True))
    Visitor(database, API).hears(NOW, says("gpt-4o-audio-preview", Listed()))
    member = view(database, "openai", "gpt-4o-audio-preview")
    assert ends(member) == "2026-02-13 (in 34 days), inferred from the family gpt-4o-audio"
    assert "gpt-4o-audio (a family)" in text(list(ending_parts((view(database, "openai", "gpt-4o-audio"),), NOW)))


def test_a_source_says_the_same_in_a_table_and_in_json() -> None:
    source = SourceView(
        "a",
        SourceKind.LISTING,
        "openai",
        Authority.PROVIDER_API,
        timedelta(hours=1),
        Health.STALE,
        "why",
        NOW,
        NOW,
        7,
        2,
        None,
        ("https://x/a",),
    )
    assert list(source_records([source])) == [
        {
            "source": "a",
            "kind": "listing",
            "provider": "openai",
            "authority": "provider-api",
            "cadence_seconds": 3600,
            "health": "stale",
            "reason": "why",
            "last_good_at": NOW,
            "last_visit_at": NOW,
            "claims": 7,
            "skipped": 2,
            "next_visit_at": None,
            "addresses": ("https://x/a",),
            "bundled_as_of": None,
        }
    ]
    row = text(list(source_parts([source]))).splitlines()[1]
    assert row.split() == [
        "a",
        "listing",
        "openai",
        "provider-api",
        "1",
        "h",
        "stale",
        "2026-01-10",
        "12:00Z",
        "7",
        "2",
        "https://x/a",
        "why",
    ]


def test_visits_and_events_are_rows() -> None:
    assert text(list(poll_parts([PollOutcome("a", Outcome.GOOD, "", 5)]))).splitlines()[1].split() == ["a", "good", "5", "0", "0", "0", "0"]
    event = Event(EventKind.PRICE_CHANGED, ModelKey("openai", "o3"), NOW, "input_price", "2", "1", "s", "q", direction="")
    assert "price changed  openai    o3            input_price: 2  input_price: 1  s       q" in text(list(event_parts([event])))


def test_a_replay_is_told_line_by_line() -> None:
    event = Event(
        EventKind.RETIREMENT_MOVED, ModelKey("openai", "o3"), NOW, "retires", "2026-03-01", "2026-04-01", "s", "a\nq", direction="postponed"
    )
    alert = Alert("news:all:ops:x", AlertKind.NEWS, "ops", "all", "us", NOW, (event,))
    assert step_line(event) == "2026-01-10 12:00Z  event     retirement moved (postponed)  openai/o3  2026-03-01 → 2026-04-01  “a q”"
    assert step_line(Told(NOW, alert)).startswith("2026-01-10 12:00Z  alert     o3 on ")
    assert step_line(PollOutcome("a", Outcome.FOREIGN, "empty", 0)).split() == [
        "reading",
        "a:",
        "foreign,",
        "0",
        "claims,",
        "0",
        "skipped",
        "empty",
    ]


@pytest.mark.parametrize(("seconds", "words"), [(86_400, "1 d"), (21_600, "6 h"), (5_400, "90 min"), (61, "61 s")])
def test_times_are_short(seconds: int, words: str) -> None:
    assert length(timedelta(seconds=seconds)) == words


def test_what_a_person_handed_in_has_no_cadence_and_what_a_release_brought_says_its_day() -> None:
    handed_in = ("operator/openai/gpt", SourceKind.RECORD, "openai", Authority.OPERATOR, None, Health.RECORDED, "by Ann")
    brought = ("a", SourceKind.LISTING, "openai", Authority.PROVIDER_API, None, Health.NEVER_READ, "why")
    record = SourceView(*handed_in, NOW, NOW, 1, 0, None, ("record:1",))
    waiting = SourceView(*brought, None, None, 0, 0, None, (), bundled_as_of=NOW)
    printed = text(list(source_parts([record, waiting])))
    assert "operator/openai/gpt  record   openai    operator" in printed
    assert "why; bundled, as of 2026-01-10" in printed
    assert [row["cadence_seconds"] for row in source_records([record, waiting])] == [None, None]
