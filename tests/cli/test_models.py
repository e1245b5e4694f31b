"""From a poll to the answers: what ends next, on whose word, what changed; every answer also as JSON."""

import json
from typing import Any

from click.testing import Result

from tests.cli.conftest import Command
from tests.cli.pages import BINARY, LOGIN, MOVED, OLD
from tests.faultserver import answer, in_turn, page


def rows(result: Result) -> list[Any]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_before_the_first_poll_every_question_says_what_to_do(mw: Command) -> None:
    for words in (("upcoming",), ("show", "o3"), ("history", "o3"), ("changes",)):
        result = mw(*words)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr == "nothing is known yet: `modelwatch poll` visits the sources\n"
    assert (mw("alerts").exit_code, mw("alerts").stderr) == (1, "no alerts\n")


def test_a_poll_answers_every_question(mw: Command) -> None:
    mw.watch("mine")
    mw.site.routes["/mine"] = in_turn(page(OLD), page(MOVED))
    [first] = rows(mw("poll", "--json"))
    assert (first["source"], first["outcome"], first["skipped"]) == ("mine", "good", 0)
    [second] = rows(mw("poll", "mine", "--json"))
    assert (second["outcome"], second["events"]) == ("good", 1)

    ending = rows(mw("upcoming", "--json"))
    assert [(row["model"], row["retires"]["value"], row["stage"]) for row in ending] == [
        ("gpt-old-2", "2098-04-01", "deprecated"),
        ("gpt-old-1", "2098-05-01", "deprecated"),
    ]
    [shown] = rows(mw("show", "openai/gpt-old-1", "--json"))
    assert shown == ending[1]
    assert shown["retires"]["source"] == "mine"
    assert shown["retires"]["url"] == mw.site.url("/mine")
    assert "gpt-old-1" in shown["retires"]["quote"]

    events = rows(mw("history", "gpt-old-1", "--json"))
    assert [event["event"] for event in events][-1] == "retirement_moved"
    assert (events[-1]["before"], events[-1]["after"], events[-1]["direction"]) == ("2098-03-01", "2098-05-01", "postponed")
    assert rows(mw("changes", "--since", events[-1]["at"], "--json")) == events[-1:]


def test_tables_hold_what_the_json_holds(mw: Command) -> None:
    mw.watch("mine")
    mw.site.routes["/mine"] = page(OLD)
    assert "good" in mw("poll").stdout
    for words, facts in (
        (("upcoming",), ("2098-03-01", "gpt-old-1", "gpt-new-1", "deprecated", "mine")),
        (("show", "gpt-old-1", "--why"), ("2098-03-01", mw.site.url("/mine"), "provider", "gpt-new-1")),
        (("history", "gpt-old-1"), ("retirement scheduled", "2098-03-01")),
        (("changes",), ("gpt-old-2", "deprecation announced")),
        (("sources",), ("mine", "announcement", "good", mw.site.url("/mine"), "OPENAI_API_KEY is not set")),
        (("alerts",), ("digest", "first reading of mine", "waiting", "log")),
    ):
        result = mw(*words)
        assert result.exit_code == 0
        assert [fact for fact in facts if fact not in result.stdout] == []


def test_a_name_that_nobody_knows_has_neighbours(mw: Command) -> None:
    mw.watch("mine")
    mw.site.routes["/mine"] = page(OLD)
    mw("poll")
    result = mw("show", "gpt-odl-1")
    assert (result.exit_code, result.stderr) == (1, "nothing is known of 'gpt-odl-1'; did you mean 'gpt-old-1' or 'gpt-old-2'?\n")
    assert mw("history", "\udcff").exit_code == 1


def test_only_what_ends_in_time_and_as_it_was_known_then(mw: Command) -> None:
    mw.watch("mine")
    mw.site.routes["/mine"] = page(OLD)
    mw("poll")
    soon = mw("upcoming", "--within", "90d")
    assert (soon.exit_code, soon.stderr) == (1, "nothing retires as far as is known\n")
    assert mw("upcoming", "--as-of", "2020-01-01").exit_code == 1
    assert len(rows(mw("upcoming", "--as-of", "2097-01-01", "--within", "800d", "--json"))) == 2
    assert mw("upcoming", "--within", "soon").exit_code == 2


def test_one_source_fails_and_the_rest_go_on(mw: Command) -> None:
    mw.watch("bytes", "down", "login", "mine")
    mw.site.routes |= {"/bytes": page(BINARY), "/down": answer(500), "/login": page(LOGIN), "/mine": page(OLD)}
    result = mw("poll", "--json")
    assert result.exit_code == 4
    found = {row["source"]: (row["outcome"], row["reason"]) for row in rows(result)}
    outcomes = {key: outcome for key, (outcome, _) in found.items()}
    assert outcomes == {"bytes": "failed", "down": "failed", "login": "foreign", "mine": "good"}
    assert found["bytes"][1].startswith("bytes: ")
    assert found["down"][1].startswith("down: HTTP 500")
    health = {row["source"]: row["health"] for row in rows(mw("sources", "list", "--json"))}
    assert {key: health[key] for key in found} == {"bytes": "failing", "down": "failing", "login": "drifting", "mine": "good"}


def test_a_dry_run_records_nothing(mw: Command) -> None:
    mw.watch("mine")
    mw.site.routes["/mine"] = page(OLD)
    [row] = rows(mw("poll", "--dry-run", "--json"))
    assert (row["outcome"], row["added"] > 0) == ("good", True)
    assert mw("upcoming").exit_code == 1


def test_a_source_that_is_not_there_has_a_neighbour(mw: Command) -> None:
    assert mw("poll", "openai_modles").stderr == "Error: no source 'openai_modles'; did you mean 'openai_models'?\n"
    assert mw("sources", "accept", "zzz").stderr == "Error: no source 'zzz'; `modelwatch sources` lists them\n"
    assert mw("poll", "openai_modles").exit_code == 2


def test_a_source_without_its_key_was_not_visited(mw: Command) -> None:
    result = mw("poll", "openai_models")
    assert (result.exit_code, "OPENAI_API_KEY is not set" in result.stdout) == (4, True)


def test_the_new_shape_of_a_page_can_be_accepted(mw: Command) -> None:
    mw.watch("mine")
    few = page(OLD.split(b"<tr><td><code>gpt-old-2")[0] + b"</table></body></html>")
    mw.site.routes["/mine"] = in_turn(page(OLD), few, few)
    mw("poll")
    assert mw("sources", "accept", "mine").exit_code == 1
    assert rows(mw("poll", "--json"))[0]["outcome"] == "partial"
    assert mw("sources", "accept", "mine").exit_code == 0
    assert rows(mw("poll", "--json"))[0]["outcome"] == "good"


def test_alerts_can_be_seen_sent_and_looked_at(mw: Command) -> None:
    mw.watch("mine", more='[channels]\nops = "json://127.0.0.1:9/x"\n[[watch]]\nname = "all"\n')
    mw.site.routes["/mine"] = in_turn(page(OLD), page(MOVED))
    mw("poll")
    sent = mw("poll", "--deliver")
    assert sent.exit_code == 5
    assert "ops: no connection" in sent.stderr
    news, digest = rows(mw("alerts", "list", "--json"))
    assert (news["kind"], news["state"], digest["tries"]) == ("news", "waiting", 1)
    assert rows(mw("alerts", "list", "--state", "done", "--json")) == []
    [shown] = rows(mw("alerts", "show", news["alert"].lower(), "--json"))
    assert "2098-05-01" in shown["body"]
    assert shown["title"] in mw("alerts", "show", news["alert"]).stdout
    assert mw("alerts", "show", "MW-0").exit_code == 1


def test_a_channel_can_be_tested(mw: Command) -> None:
    mw.configure('[channels]\nops = "json://127.0.0.1:9/secret"\n')
    result = mw("alerts", "test", "--json")
    assert result.exit_code == 5
    assert [(row["channel"], row["delivered"]) for row in rows(result)] == [("ops", False), ("log", True)]
    assert "secret" not in result.stdout + result.stderr
    assert mw("alerts", "test", "log").exit_code == 0
    assert mw("alerts", "test", "opps").exit_code == 2
