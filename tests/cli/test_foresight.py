"""`alerts preview` and `alerts explain` at the command line."""

import json
from typing import Any

import pytest
from click.testing import Result

from tests.cli.conftest import Command
from tests.cli.pages import MOVED, OLD
from tests.faultserver import page

WATCH = '[[watch]]\nname = "mine"\nowner = "search"\nmodels = ["gpt-old-*"]\n'


def rows(result: Result) -> list[Any]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def polled(mw: Command) -> Command:
    mw.watch("mine", more=WATCH)
    mw.site.routes["/mine"] = page(OLD)
    mw("poll")
    return mw


def test_a_day_to_come_is_shown_with_who_is_told_and_what(polled: Command) -> None:
    polled("alerts", "preview", "--as-of", "2098-01-30")
    one, *_ = found = rows(polled("alerts", "preview", "--as-of", "2097-12-01", "--json"))
    assert len(found) == 1
    about = {name: one[name] for name in ("leaves_at", "channel", "severity", "kind", "about", "watch", "owner", "lead", "written")}
    assert about == {
        "leaves_at": "2097-12-01T00:00:00Z",
        "channel": "log",
        "severity": "info",
        "kind": "reminder",
        "about": "openai/gpt-old-1: 90 days ahead",
        "watch": "mine",
        "owner": "search",
        "lead": 90,
        "written": False,
    }
    [with_text] = rows(polled("alerts", "preview", "--as-of", "2097-12-01", "--text", "--json"))
    assert (with_text["alert"], "gpt-old-1" in with_text["title"], "in 90 days" in with_text["body"]) == (one["alert"], True, True)
    table = polled("alerts", "preview", "--as-of", "2097-12-01", "--text").stdout
    assert ("2097-12-01 00:00Z  log" in table, with_text["title"] in table) == (True, True)


def test_what_waits_is_part_of_today_and_nothing_due_is_exit_1(polled: Command) -> None:
    [digest] = rows(polled("alerts", "preview", "--json"))
    assert (digest["kind"], digest["written"], digest["alert"]) == ("digest", True, rows(polled("alerts", "--json"))[0]["alert"])
    polled("ack", "watch:mine", "--reason", "seen")
    nothing = polled("alerts", "preview", "--within", "30d")
    assert (nothing.exit_code, nothing.stdout, nothing.stderr.startswith("nothing would be sent from ")) == (1, "", True)


def test_an_alert_is_explained_by_its_id(polled: Command) -> None:
    polled.site.routes["/mine"] = page(MOVED)
    polled("poll")
    moved = next(alert for alert in rows(polled("alerts", "--json")) if alert["kind"] == "news")
    [why] = rows(polled("alerts", "explain", moved["alert"], "--json"))
    topics = [reason["topic"] for reason in why["because"]]
    assert topics == ["watch", "occasion", "severity", "route", "time", "delivery", "mute"]
    assert "retirement_moved of openai/gpt-old-1 (retires): 2098-03-01 → 2098-05-01" in [reason["text"] for reason in why["because"]]
    [proof] = why["evidence"]
    assert (proof["url"], "2098-05-01" in proof["quote"]) == (polled.site.url("/mine"), True)
    assert polled("page", proof["page"]).exit_code == 0
    table = polled("alerts", "explain", moved["alert"].lower()).stdout
    assert [reason["text"] in table for reason in why["because"]] == [True] * len(topics)
    assert proof["page"] in table
    unknown = polled("alerts", "explain", "MW-00000000")
    assert (unknown.exit_code, unknown.stderr) == (1, "no alert 'MW-00000000'; `modelwatch alerts` lists them\n")
