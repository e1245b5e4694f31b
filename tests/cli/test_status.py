"""`status`: whether "nothing happened" means that nothing happened."""

import json
import sqlite3
from datetime import timedelta
from typing import Any

from click.testing import Result

from monitor.bootstrap import clock
from tests.cli.conftest import Command
from tests.cli.pages import LOGIN, MOVED, OLD, schedule
from tests.faultserver import answer, in_turn, page


def rows(result: Result) -> list[Any]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def verdict(mw: Command) -> tuple[int, bool, list[str]]:
    result = mw("status", "--json")
    first = rows(result)[0]
    return result.exit_code, first["trusted"], first["reasons"]


def provider(mw: Command) -> dict[str, Any]:
    return next(row for row in rows(mw("status", "--json"))[1:] if row["provider"] == "openai")


def sql(mw: Command, statement: str, *values: str) -> None:
    [path] = mw.folder.rglob("*.db")
    with sqlite3.connect(path) as raw:
        raw.execute(statement, values)
    raw.close()


def ago(**time: float) -> str:
    return f"{clock() - timedelta(**time):%Y-%m-%d %H:%M:%S.%f}"


def test_of_a_fresh_install_silence_means_nothing_yet(mw: Command) -> None:
    mw.watch("mine")
    assert verdict(mw) == (4, False, ["never read: openai"])
    shown = mw("status").stdout
    assert shown.startswith("Silence cannot be trusted: 0 of 1 sources in good health.\n- never read: openai\n")
    [silent] = [line for line in shown.splitlines() if line.startswith("Not watched, no source is configured: ")]
    assert ("anthropic" in silent, "openai" in silent) == (True, False)


def test_where_no_source_is_configured_nothing_is_watched(mw: Command) -> None:
    mw.watch()
    assert verdict(mw) == (4, False, ["no source is configured"])


def test_a_source_read_in_full_can_be_trusted(mw: Command) -> None:
    mw.watch("mine")
    mw.site.routes["/mine"] = page(OLD)
    mw("poll", "--deliver")
    assert verdict(mw) == (0, True, [])
    one = provider(mw)
    assert (one["good"], one["needed"], one["blind"], one["down"], one["oldest_good_at"] is not None) == (1, 1, False, [], True)
    assert mw("status").stdout.startswith("Silence can be trusted: 1 of 1 sources in good health.\n")


def test_one_of_two_sources_that_drifts_is_named_and_a_provider_with_none_left_is_blind(mw: Command) -> None:
    mw.watch("mine", "other")
    mw.site.routes |= {"/mine": page(OLD), "/other": in_turn(page(OLD), page(LOGIN), page(LOGIN))}
    mw("poll", "--deliver")
    mw("poll", "--deliver")
    code, _, reasons = verdict(mw)
    assert (code, reasons) == (4, ["openai: 1 of 2 sources in good health (other drifting)"])
    assert (provider(mw)["blind"], [one["source"] for one in provider(mw)["down"]]) == (False, ["other"])
    assert "partly" in mw("status").stdout
    mw.site.routes["/mine"] = answer(500)
    mw("poll", "--deliver")
    assert verdict(mw)[2] == ["openai: no source in good health (mine failing, other drifting)"]
    assert rows(mw("status", "--json"))[0]["blind"] == ["openai"]
    assert "blind" in mw("status").stdout


def test_a_source_not_read_for_three_cadences_is_stale(mw: Command) -> None:
    mw.watch("mine")
    mw.site.routes["/mine"] = page(OLD)
    mw("poll", "--deliver")
    sql(mw, "UPDATE readings SET read_at = ?", ago(hours=19))
    assert verdict(mw)[2] == ["openai: no source in good health (mine stale)"]


def test_alerts_that_are_stuck_or_given_up_are_no_silence(mw: Command) -> None:
    mw.watch("mine")
    mw.site.routes["/mine"] = in_turn(page(OLD), page(MOVED))
    mw("poll")
    mw("poll")
    assert verdict(mw) == (0, True, [])  # two alerts of this minute
    sql(mw, "UPDATE alerts SET created_at = ? WHERE kind = 'news'", ago(hours=2))
    assert verdict(mw)[2] == ["1 alert not delivered for more than an hour"]
    sql(mw, "UPDATE alerts SET state = 'given_up'")
    assert verdict(mw)[2] == ["2 alerts given up in the last 7 days (`modelwatch alerts list --state given_up`)"]
    sql(mw, "UPDATE alerts SET created_at = ?", ago(days=8))
    assert verdict(mw) == (0, True, [])


def test_a_calendar_that_nobody_keeps_is_no_silence(mw: Command) -> None:
    soon = f"{clock() + timedelta(days=20):%Y-%m-%d}"
    mw.watch("mine")
    mw.site.routes["/mine"] = page(schedule((soon, soon, "x"), ("gpt-old-1", soon, "gpt-new-1"), ("gpt-old-2", "2098-04-01", "gpt-new-1")))
    mw("poll", "--deliver")
    assert verdict(mw) == (0, True, [])
    sql(mw, "UPDATE claims SET recorded_at = ?, first_seen_at = ?", ago(days=40), ago(days=40))
    code, _, reasons = verdict(mw)
    assert code == 4
    assert reasons == ["the calendar is behind: 2 events or reminders not written"]
    assert rows(mw("status", "--json"))[0]["calendar_behind"] == 2
    assert "Calendar: behind, last reminder never" in mw("status").stdout
    mw("poll", "--deliver")
    first = rows(mw("status", "--json"))[0]
    assert (first["trusted"], first["last_reminder_at"] is not None) == (True, True)
