"""`ack` and `snooze` at the command line."""

import getpass
import json
from typing import Any

import pytest
from click.testing import Result

from tests.cli.conftest import Command
from tests.cli.pages import MOVED, OLD, schedule
from tests.faultserver import page

BY = ("--by", "ann", "--reason", "migrated")


def rows(result: Result) -> list[Any]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def polled(mw: Command) -> Command:
    mw.watch("mine")
    mw.site.routes["/mine"] = page(OLD)
    mw("poll")
    return mw


def test_a_date_is_acknowledged_listed_and_taken_back(polled: Command) -> None:
    said = polled("ack", "gpt-old-1", *BY)
    assert said.exit_code == 0
    assert said.stdout.splitlines()[1].split()[:4] == ["1", "model:openai/gpt-old-1", "openai/gpt-old-1", "2098-03-01"]
    assert said.stderr == "model:openai/gpt-old-1: muted as 1, until the date moves; `modelwatch ack end 1` takes it back\n"
    [one] = rows(polled("ack", "list", "--json"))
    assert {name: one[name] for name in ("ack", "kind", "target", "ends", "until", "by", "reason", "ended_at")} == {
        "ack": 1,
        "kind": "ack",
        "target": "model:openai/gpt-old-1",
        "ends": {"openai/gpt-old-1": "2098-03-01"},
        "until": None,
        "by": "ann",
        "reason": "migrated",
        "ended_at": None,
    }
    assert polled("ack").stdout == polled("ack", "list").stdout
    assert polled("ack", "--json").stdout == polled("ack", "list", "--json").stdout
    [ended] = rows(polled("ack", "end", "1", "--by", "bob", "--reason", "too early", "--json"))
    assert (ended["ended_by"], ended["end_reason"], ended["ended_at"] is not None) == ("bob", "too early", True)
    assert polled("ack", "list").exit_code == 1
    assert "too early" in polled("ack", "list", "--all").stdout


def test_what_a_dry_run_says_is_what_would_be_written(polled: Command) -> None:
    words = ("ack", "line:gpt-old-1", "line:gpt-old-2", *BY, "--until", "2098-02-01")
    dry = polled(*words, "--dry-run", "--json")
    assert polled("ack", "list").exit_code == 1
    assert "a dry run, nothing is muted" in dry.stderr
    written = rows(polled(*words, "--json"))
    assert [{**one, "ack": None, "written": False} for one in written] == rows(dry)
    assert [one["covers"][0]["ends"] for one in written] == ["2098-03-01", "2098-04-01"]
    [digest] = [alert["alert"] for alert in rows(polled("alerts", "list", "--state", "muted", "--json"))]
    assert [one["withheld"] for one in written] == [[], [digest]]


def test_acknowledging_again_says_who_did(polled: Command) -> None:
    polled("ack", "gpt-old-1", *BY)
    again = polled("ack", "gpt-old-1", "--by", "bob", "--reason", "me too")
    assert again.stderr == "model:openai/gpt-old-1: muted already, as 1 by ann: migrated\n"
    assert len(rows(polled("ack", "list", "--json"))) == 1


def test_an_alert_is_acknowledged_by_its_id(polled: Command) -> None:
    [alert] = rows(polled("alerts", "--json"))
    found = rows(polled("ack", alert["alert"], *BY, "--json"))
    assert [one["target"] for one in found] == ["model:openai/gpt-old-1", "model:openai/gpt-old-2"]
    shown = polled("alerts").stdout
    assert ("muted" in shown, "ack 2 by ann: migrated" in shown) == (True, True)


def test_a_snooze_names_the_dates_that_come_before_it_ends(polled: Command) -> None:
    said = polled("snooze", "watch:everything", *BY, "--until", "2098-03-15")
    assert said.exit_code == 0, said.output
    assert said.stderr.splitlines()[1:] == ["note: openai/gpt-old-1 ends before that, 2098-03-01"]
    assert rows(polled("snooze", "gpt-old-1", *BY, "--for", "14d", "--json"))[0]["kind"] == "snooze"
    assert "2 dates from 2098-03-01 to 2098-04-01" in polled("ack", "list").stdout


def test_without_a_name_it_is_the_user_of_this_machine(polled: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "carla")
    polled("ack", "gpt-old-1", "--reason", "seen")
    assert rows(polled("ack", "list", "--json"))[0]["by"] == getpass.getuser() == "carla"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ack", "gpt-old-3", *BY), "no model 'gpt-old-3'; did you mean line:gpt-old-2 or line:gpt-old-1?"),
        (("ack", "gpt-old-1", "--by", "ann"), "Missing option '--reason'"),
        (("ack", "gpt-old-1", "--by", "ann", "--reason", " "), "why? --reason TEXT"),
        (("ack", "--reason", "x"), "Missing argument 'TARGET...'"),
        (("snooze", "gpt-old-1", *BY), "for how long? --for 14d or --until DATE"),
        (("snooze", "gpt-old-1", *BY, "--for", "1d", "--until", "2098-01-01"), "for how long?"),
        (("snooze", "gpt-old-1", *BY, "--until", "2020-01-01"), "2020-01-01 00:00 UTC has come already"),
        (("ack", "end", "9", *BY), "no ack 9"),
    ],
)
def test_what_cannot_be_done_is_refused(polled: Command, words: tuple[str, ...], said: str) -> None:
    result = polled(*words)
    assert (result.exit_code, said in result.stderr) == (2, True), result.output


def test_a_moved_date_ends_it_and_the_list_says_so_even_before_anybody_reminds(polled: Command) -> None:
    polled("ack", "gpt-old-1", *BY)
    polled.site.routes["/mine"] = page(MOVED)
    polled("poll")
    [one] = rows(polled("ack", "list", "--all", "--json"))
    assert (one["ended_by"], one["end_reason"]) == ("modelwatch", "the date moved from 2098-03-01 to 2098-05-01")
    polled.site.routes["/mine"] = page(schedule(("gpt-old-1", "2098-05-01", "gpt-new-1")))
    assert polled("ack", "list").exit_code == 1
