"""`record`: a letter, a word of one's own, and taking either back."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Command

LETTER = (
    b"From: Vendor <no-reply@acme.test>\nTo: dev@here.test\nSubject: News\nDate: Thu, 26 Feb 2026 09:30:00 +0000\n\n"
    b"The model `alpha-1` will be retired on September 1, 2098.\n"
)
WORD = ("--model", "alpha-1", "--provider", "acme", "--author", "Ann", "--reason", "contract 17")


def records(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def test_a_letter_is_read_told_kept_and_listed(mw: Command) -> None:
    Path("letter.eml").write_bytes(LETTER)
    result = mw("record", "letter.eml", "--provider", "acme", "--json")
    said, *events, came_to = records(result.stdout)
    assert (result.exit_code, said["fact"], said["value"], said["said_on"]) == (0, "retires", "2098-09-01", "2026-02-26")
    assert [event["event"] for event in events] == ["deprecation_announced", "retirement_scheduled"]
    assert (came_to["events"], came_to["added"], came_to["dry_run"]) == (2, 1, False)
    [listed] = [row for row in records(mw("sources", "--json").stdout) if row["source"] == came_to["recorded"]]
    assert (listed["kind"], listed["health"], listed["cadence_seconds"], listed["next_visit_at"], listed["claims"]) == (
        "record",
        "recorded",
        None,
        None,
        1,
    )
    assert came_to["recorded"] in mw("sources").stdout
    [shown] = records(mw("show", "alpha-1", "--json").stdout)
    assert (shown["retires"]["author"], shown["retires"]["url"]) == ("Vendor <no-reply@acme.test>", said_url(shown))
    assert "reason" not in shown["retires"]
    assert [row["state"] for row in records(mw("alerts", "--json").stdout)] == ["waiting"]


def said_url(shown: dict[str, Any]) -> str:
    return f"record:{shown['retires']['page'][:16]}"


def test_the_same_letter_again_through_a_pipe_is_no_news(mw: Command) -> None:
    for added in (1, 0):
        result = mw("record", "-", "--provider", "acme", "--json", stdin=LETTER)
        assert (result.exit_code, records(result.stdout)[-1]["added"]) == (0, added)
    assert "0 claims added, 0 withdrawn, 0 events" in result.stderr


def test_a_document_that_says_nothing_is_not_kept_and_what_was_skipped_is_named(mw: Command) -> None:
    page = b"# News\n\n| Model | Shutdown date |\n| --- | --- |\n| `alpha-1` | soonish, 4/5/2098 |\n"
    result = mw("record", "-", "--provider", "acme", stdin=page)
    assert (result.exit_code, "nothing recorded" in result.stderr) == (1, True)
    assert "4/5/2098" in result.stdout
    assert mw("sources", "--json").stdout.count('"record"') == 0


def test_a_dry_run_records_nothing(mw: Command) -> None:
    result = mw("record", "-", "--provider", "acme", "--dry-run", stdin=LETTER)
    assert (result.exit_code, "a dry run, nothing recorded" in result.stderr) == (0, True)
    assert mw("show", "alpha-1").exit_code == 1


def test_an_operators_word_is_shown_as_such_and_taken_back_on_somebodys_word(mw: Command) -> None:
    mw("record", "-", "--provider", "acme", stdin=LETTER)
    result = mw("record", "--fact", "retires=2099-01-31", "--fact", "replaced_by=alpha-2", *WORD, "--expires", "2098-01-01", "--json")
    assert [row.get("event") for row in records(result.stdout)] == ["retirement_moved", "replacement_named", None]
    [shown] = records(mw("show", "alpha-1", "--json").stdout)
    said = {name: shown["retires"][name] for name in ("value", "authority", "author", "reason", "expires_on", "source")}
    assert said == {
        "value": "2099-01-31",
        "authority": "operator",
        "author": "Ann",
        "reason": "contract 17",
        "expires_on": "2098-01-01",
        "source": "operator/acme/alpha-1",
    }
    assert "on the word of Ann until 2098-01-01" in mw("show", "alpha-1").stdout
    back = mw("record", "--withdraw", "operator/acme/alpha-1", "--author", "Bob", "--reason", "a mistake", "--json")
    assert [row.get("event") for row in records(back.stdout)] == ["retirement_moved", "claim_corrected", None]
    [shown] = records(mw("show", "alpha-1", "--json").stdout)
    assert (shown["retires"]["value"], shown["replaced_by"]) == ("2098-09-01", [])
    assert "withdrawn by Bob: a mistake" in mw("sources").stdout
    assert mw("db", "rebuild").stdout == "lifecycles rebuilt, 0 changed\n"


def test_a_promise_of_an_operators_is_one(mw: Command) -> None:
    mw("record", "--fact", "retires=2099-01-31", *WORD, "--bound", "not_before", "--scope", "region=eu")
    [shown] = records(mw("show", "alpha-1", "--json").stdout)
    assert (shown["retires"]["bound"], shown["promised"], shown["scope"]) == ("not_before", True, {"region": "eu"})


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ((), "expected one of FILE, --fact and --withdraw"),
        (("-", "--fact", "listed"), "expected one of FILE, --fact and --withdraw"),
        (("-",), "whose models?"),
        (("-", "--provider", "A B"), "whose models?"),
        (("none.eml", "--provider", "acme"), "No such file"),
        (("-", "--provider", "acme", "--source", "nobody"), "no source 'nobody'"),
        (("--fact", "retires=soon", *WORD), "expected something like 2027-01-31"),
        (("--fact", "listed", "--provider", "acme", "--author", "Ann", "--reason", "x"), "which model?"),
        (("--fact", "listed", "--model", "m", "--provider", "acme", "--author", "Ann"), "who says so, and why?"),
        (("--fact", "listed", *WORD, "--scope", "eu"), "is no scope"),
        (("--fact", "listed", *WORD, "--expires", "2020-01-01"), "is over"),
        (("--withdraw", "openai_models", "--author", "Ann", "--reason", "x"), "no record 'openai_models'"),
    ],
)
def test_what_is_missing_is_exit_2(mw: Command, words: tuple[str, ...], problem: str) -> None:
    result = mw("record", *words)
    assert (result.exit_code, problem in result.stderr) == (2, True), result.stderr


def test_a_mail_is_read_without_a_database_too(mw: Command) -> None:
    result = mw("read", "-", "--source", "generic_page", "--provider", "acme", "--json", stdin=LETTER)
    assert [(row["fact"], row["value"]) for row in records(result.stdout)] == [("retires", "2098-09-01")]
    assert not list(mw.folder.rglob("*.db"))
