"""The calendar's turn: reminders by lead time, retirements that happened, sources that went stale."""

import json
from datetime import timedelta
from pathlib import Path

from monitor.domain.events import EventKind
from monitor.jobs.poll import poll
from monitor.jobs.remind import behind, remind
from monitor.jobs.shop import Shop
from tests.faultserver import FaultServer, page
from tests.jobs.shopping import DAY, START, shop, table, visit

ALPHA = ("2026-09-01", "alpha-1", "alpha-2")


def leads(tools: Shop) -> list[int | None]:
    with tools.database.read() as ledger:
        views = ledger.outbox.listing(limit=1000)
    return [view.alert.lead for view in sorted(views, key=lambda view: view.alert_id) if view.alert.kind == "reminder"]


def test_every_lead_time_is_reminded_of_once_and_the_retirement_once(tmp_path: Path) -> None:
    with FaultServer() as site, shop(tmp_path) as tools:
        site.routes["/p"] = page(table(ALPHA))
        spot = visit(site.url("/p"))
        poll(tools, spot, START)
        for day in range(200):
            for hour in (0, 7):
                remind(tools, [], START + day * DAY + timedelta(hours=hour))
        with tools.database.read() as ledger:
            retired = [event for event in ledger.events.since() if event.kind is EventKind.MODEL_RETIRED]
        assert leads(tools) == [90, 60, 30, 14, 7, 3, 1, 0]
        assert [event.at.date().isoformat() for event in retired] == ["2026-09-02"]


def test_a_daemon_that_slept_reminds_once_of_the_most_urgent_lead_time(tmp_path: Path) -> None:
    with FaultServer() as site, shop(tmp_path) as tools:
        site.routes["/p"] = page(table(ALPHA))
        poll(tools, visit(site.url("/p")), START)
        remind(tools, [], START + 150 * DAY)
        remind(tools, [], START + 151 * DAY)
        assert leads(tools) == [60]


def test_a_source_without_a_good_reading_for_three_cadences_is_told_as_stale_once(tmp_path: Path) -> None:
    with FaultServer() as site, shop(tmp_path) as tools:
        site.routes["/p"] = page(table(ALPHA))
        spot = visit(site.url("/p"))
        poll(tools, spot, START)
        made = [remind(tools, [spot], START + hours * timedelta(hours=1)) for hours in (17, 19, 20, 40)]
        with tools.database.read() as ledger:
            stale = [event for event in ledger.events.since() if event.kind is EventKind.SOURCE_STALE]
    assert made == [0, 1, 0, 0]
    assert [(event.source, event.page != "") for event in stale] == [("page", True)]


def test_nothing_to_say_writes_nothing(tmp_path: Path) -> None:
    with shop(tmp_path) as tools:
        assert remind(tools, [visit(key="never")], START) == 0


def test_a_calendar_is_behind_by_what_should_have_been_written_on_what_was_known_then(tmp_path: Path) -> None:
    with FaultServer() as site, shop(tmp_path) as tools:
        site.routes["/p"] = page(table(ALPHA))
        poll(tools, visit(site.url("/p")), START)

        def missing(days: float) -> int:
            with tools.database.read() as ledger:
                return behind(ledger, tools.watches, START + days * DAY)

        assert (missing(-1), missing(1), missing(150), missing(200)) == (0, 0, 1, 1)
        remind(tools, [], START + 150 * DAY)
        assert (missing(150), missing(200)) == (0, 1)
        remind(tools, [], START + 200 * DAY)
        assert missing(200) == 0


def test_a_replacement_that_is_a_moving_name_ends_with_its_snapshot(tmp_path: Path) -> None:
    listed = [{"id": name, "name": name, "max_context_length": 1000} for name in (*"abcdefghij", "next-2501")]
    alias = {"id": "next", "name": "next-2501", "max_context_length": 1000}
    with FaultServer() as site, shop(tmp_path) as tools:
        site.routes |= {
            "/p": page(table(("2026-09-01", "alpha-1", "next"), ("2026-10-01", "next-2501", "-"))),
            "/l": page(json.dumps({"data": [*listed, alias]}).encode()),
        }
        poll(tools, visit(site.url("/p"), provider="mistral"), START)
        poll(tools, visit(site.url("/l"), source="mistral_models", key="listing", provider="mistral"), START)
        remind(tools, [], START)
        with tools.database.read() as ledger:
            risks = [(event.key.model, event.after) for event in ledger.events.since() if event.kind is EventKind.REPLACEMENT_AT_RISK]
    assert risks == [("alpha-1", "next:2026-10-01")]
