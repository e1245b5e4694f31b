"""Why a value is believed, the page it stands on, what a page said before, and everything as it was known then."""

import hashlib
import json
import sqlite3
import time
from typing import Any

from click.testing import Result

from monitor.bootstrap import clock
from monitor.domain.pages import Page
from monitor.formats.evidence import inert_lines, page_text
from tests.cli.conftest import Command
from tests.cli.pages import LOGIN, MOVED, OLD, schedule
from tests.faultserver import in_turn, page

SHORT = 12
GROWN = schedule(
    ("gpt-old-1", "2098-05-01", "gpt-new-2"), ("gpt-old-3", "2098-06-01", "gpt-new-1"), ("gpt-old-4", "2098-06-01", "gpt-new-1")
)


def rows(result: Result) -> list[Any]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def twice(mw: Command, *bodies: bytes) -> list[str]:
    """Polls that bring one body after the other; an instant after each."""
    mw.watch("mine")
    mw.site.routes["/mine"] = in_turn(*(page(body) for body in bodies))
    after = []
    for _ in bodies:
        mw("poll")
        after.append(clock().isoformat())
        time.sleep(0.01)
    return after


def sql(mw: Command, statement: str, *values: str) -> None:
    [path] = mw.folder.rglob("*.db")
    with sqlite3.connect(path) as raw:
        raw.execute(statement, values)
    raw.close()


# As of


def test_every_question_is_answered_from_what_was_known_then(mw: Command) -> None:
    before = clock().isoformat()
    then, _ = twice(mw, OLD, MOVED)
    for words, known in ((("show", "gpt-old-1"), "2098-03-01"), (("upcoming",), "2098-04-01"), (("sources",), "mine")):
        assert known in mw(*words, "--as-of", then).stdout
    assert [row["retires"]["value"] for row in rows(mw("show", "gpt-old-1", "--json"))] == ["2098-05-01"]
    assert [row["retires"]["value"] for row in rows(mw("show", "gpt-old-1", "--json", "--as-of", then))] == ["2098-03-01"]
    assert mw("show", "gpt-old-1", "--as-of", before).exit_code == 1

    assert "retirement_moved" in {row["event"] for row in rows(mw("changes", "--json"))}
    assert "retirement_moved" not in {row["event"] for row in rows(mw("changes", "--json", "--as-of", then))}
    assert mw("changes", "--as-of", before).exit_code == 1


def test_sources_are_shown_as_their_readings_stood_then(mw: Command) -> None:
    before = clock().isoformat()
    first, second = twice(mw, OLD, LOGIN)

    def health(*words: str) -> tuple[str, int, object]:
        [row] = [row for row in rows(mw("sources", *words, "--json")) if row["source"] == "mine"]
        return row["health"], row["claims"], row["next_visit_at"] is not None

    assert health() == ("drifting", 6, True)
    assert health("--as-of", second) == ("drifting", 6, False)
    assert health("--as-of", first) == ("good", 6, False)
    assert health("list", "--as-of", before) == ("never read", 0, False)


def test_a_day_means_its_end(mw: Command) -> None:
    twice(mw, OLD)
    today = f"{clock():%Y-%m-%d}"
    assert mw("show", "gpt-old-1", "--as-of", today).exit_code == 0
    for command in ("show", "upcoming", "changes", "sources"):
        assert "a day means its end" in " ".join(mw(command, "--help").stdout.split())


def test_a_record_is_shown_as_it_stood_then(mw: Command) -> None:
    mw.watch()
    before = clock().isoformat()
    word = ("record", "--fact", "retires=2098-01-31", "--model", "m", "--provider", "openai", "--author", "A", "--reason", "R")
    assert mw(*word).exit_code == 0
    then = clock().isoformat()
    assert mw("record", "--withdraw", "operator/openai/m", "--author", "A", "--reason", "R").exit_code == 0

    def claims(*words: str) -> list[int]:
        return [row["claims"] for row in rows(mw("sources", "--json", *words)) if row["kind"] == "record"]

    assert (claims(), claims("--as-of", then), claims("--as-of", before)) == ([0], [1], [])


# Why


def test_why_tells_every_word_with_its_rank_and_its_page(mw: Command) -> None:
    mw.watch(
        "mine",
        "other",
        more='\n[[sources]]\nkey = "gossip"\nreader = "generic_page"\nprovider = "openai"\nauthority = "aggregator"\n'
        f'url = "{mw.site.url("/gossip")}"\n',
    )
    mw.site.routes |= {"/mine": page(OLD), "/other": page(MOVED), "/gossip": page(MOVED)}
    mw("poll")
    [key] = rows(mw("show", "gpt-old-1", "--why", "--json"))
    told = [
        (one["source"], one["fact"], one["value"], one["standing"], one["why"]) for one in key["evidence"] if one["fact"] != "deprecated"
    ]
    assert told == [
        ("mine", "replaced_by", "gpt-new-1", "believed", "of the highest rank that speaks (provider)"),
        ("other", "replaced_by", "gpt-new-1", "believed", "of the highest rank that speaks (provider)"),
        ("gossip", "replaced_by", "gpt-new-1", "agrees", "says the same, but aggregator stands behind provider"),
        ("mine", "retires", "2098-03-01", "believed", "of the highest rank that speaks (provider), the earliest of those that differ"),
        ("other", "retires", "2098-05-01", "disputed", "of the same rank (provider), says otherwise"),
        ("gossip", "retires", "2098-05-01", "stands back", "aggregator stands behind provider"),
    ]
    mine = next(one for one in key["evidence"] if one["fact"] == "retires")
    assert (mine["page"], mine["url"], "gpt-old-1" in mine["quote"]) == (digest(OLD), mw.site.url("/mine"), True)
    assert mine["first_seen_at"] <= mine["last_seen_at"]
    shown = mw("show", "gpt-old-1", "--why").stdout
    assert [text for text in ("stands back", "disputed", digest(OLD)[:SHORT], "Everything that is said") if text not in shown] == []


# History


def test_history_names_both_values_the_quote_and_the_page(mw: Command) -> None:
    twice(mw, OLD, MOVED)
    shown = mw("history", "gpt-old-1").stdout
    moved = next(line for line in shown.splitlines() if "retirement moved" in line)
    facts = ("2098-03-01", "2098-05-01", "mine", "postponed", digest(MOVED)[:SHORT], mw.site.url("/mine"))
    assert [fact for fact in facts if fact not in moved] == []


# A stored page


def test_a_stored_page_is_printed_byte_by_byte(mw: Command) -> None:
    twice(mw, OLD)
    result = mw("page", digest(OLD)[:8].upper())
    assert (result.exit_code, result.stdout_bytes) == (0, OLD)
    assert digest(OLD) in result.stderr
    assert mw.site.url("/mine") in result.stderr
    assert mw("page", digest(OLD), "--text").stdout.splitlines() == [
        "# Deprecations",
        "## 2026-01-05: Old models",
        "Model | Shutdown date | Recommended replacement",
        "gpt-old-1 | 2098-03-01 | gpt-new-1",
        "gpt-old-2 | 2098-04-01 | gpt-new-1",
    ]


def test_a_page_tells_which_claims_rest_on_it_withdrawn_ones_too(mw: Command) -> None:
    twice(mw, OLD, MOVED)
    [told] = rows(mw("page", digest(OLD), "--json"))
    assert (told["page"], told["url"], told["size"], told["stored"]) == (digest(OLD), mw.site.url("/mine"), len(OLD), True)
    found = {(claim["model"], claim["fact"], claim["value"], claim["withdrawn_at"] is None) for claim in told["claims"]}
    assert ("gpt-old-1", "retires", "2098-03-01", False) in found
    assert ("gpt-old-2", "retires", "2098-04-01", True) in found
    shown = mw("page", digest(OLD), "--claims").stdout
    assert [text for text in ("gpt-old-2", "in force", "2098-04-01", mw.site.url("/mine")) if text not in shown] == []
    assert "No claim rests on it." in mw_login(mw).stdout


def mw_login(mw: Command) -> Result:
    mw.site.routes["/mine"] = page(LOGIN)
    mw("poll")
    return mw("page", digest(LOGIN), "--claims")


def test_a_page_that_is_not_there_or_not_alone_or_not_kept(mw: Command) -> None:
    twice(mw, OLD, MOVED)
    for name in ("ffffffffffff", "%", "f" * 65):
        assert mw("page", name).exit_code == 1
    sql(mw, "INSERT INTO pages SELECT ?, url, fetched_at, content_type, size, NULL FROM pages LIMIT 1", digest(OLD)[:63] + "x")
    several = mw("page", digest(OLD)[:60])
    assert (several.exit_code, digest(OLD) in several.stderr) == (2, True)
    thinned = mw("page", digest(OLD)[:63] + "x")
    assert (thinned.exit_code, thinned.stdout) == (1, "")
    assert "its body is not stored" in thinned.stderr


def test_nothing_on_a_page_moves_a_terminal() -> None:
    assert inert_lines("a\x1b]0;title\x07b\r\nc\td\x9b31m\u202e") == "a\ufffd]0;title\ufffdb\nc       d\ufffd31m\ufffd\n"


def test_a_page_as_text_keeps_lists_notes_and_paragraphs() -> None:
    body = b"<html><body><p>One.</p><ul><li>Two</li></ul><blockquote><p>Three</p></blockquote></body></html>"
    assert page_text(Page("https://example.com", body, clock())) == "One.\n- Two\n> Three\n"
    assert page_text(Page("https://example.com", b"# As it stands\n", clock())) == "# As it stands\n"


# What two readings stated differently


def test_diff_tells_the_last_two_readings_apart_statement_by_statement(mw: Command) -> None:
    twice(mw, OLD, MOVED, MOVED)
    result = mw("diff", "mine")
    assert result.exit_code == 0
    header, more, *lines = result.stdout.split("\n\n")[0].splitlines() + result.stdout.split("\n\n")[1].splitlines()
    assert header.startswith("--- mine reading 1, ")
    assert more.startswith("+++ mine reading 3, ")
    [line] = lines
    assert line.startswith("~ openai/gpt-old-1 retires 2098-03-01 → 2098-05-01 “")
    [row] = rows(mw("diff", "mine", "--json"))
    assert (row["change"], row["model"], row["fact"], row["before"]["value"], row["after"]["value"], row["reread"]) == (
        "changed", "gpt-old-1", "retires", "2098-03-01", "2098-05-01", True,
    )  # fmt: skip
    assert (row["from"]["pages"], row["to"]["pages"]) == ([digest(OLD)], [digest(MOVED)])


def signs(result: Result) -> list[str]:
    return sorted(" ".join(line.split()[:4]) for line in result.stdout.splitlines() if line[:2] in {"+ ", "- ", "~ "})


def test_diff_takes_numbers_and_instants(mw: Command) -> None:
    first, second, _ = twice(mw, OLD, MOVED, GROWN)
    whole = [
        "+ openai/gpt-old-1 replaced_by gpt-new-2",
        "+ openai/gpt-old-3 deprecated 2026-01-05",
        "+ openai/gpt-old-3 replaced_by gpt-new-1",
        "+ openai/gpt-old-3 retires 2098-06-01",
        "+ openai/gpt-old-4 deprecated 2026-01-05",
        "+ openai/gpt-old-4 replaced_by gpt-new-1",
        "+ openai/gpt-old-4 retires 2098-06-01",
        "- openai/gpt-old-1 replaced_by gpt-new-1",
        "- openai/gpt-old-2 deprecated 2026-01-05",
        "- openai/gpt-old-2 replaced_by gpt-new-1",
        "- openai/gpt-old-2 retires 2098-04-01",
        "~ openai/gpt-old-1 retires 2098-03-01",
    ]
    assert signs(mw("diff", "mine", "1")) == signs(mw("diff", "mine", "1", "3")) == signs(mw("diff", "mine", first)) == whole
    assert signs(mw("diff", "mine", first, second)) == [whole[-1]]
    backwards = mw("diff", "mine", "2", "1", "--json")
    assert [(row["before"]["value"], row["after"]["value"]) for row in rows(backwards)] == [("2098-05-01", "2098-03-01")]


def test_diff_of_thinned_pages_is_told_from_the_claims(mw: Command) -> None:
    twice(mw, OLD, MOVED)
    sql(mw, "UPDATE pages SET body = NULL WHERE hash = ?", digest(OLD))
    [row] = rows(mw("diff", "mine", "--json"))
    assert (row["change"], row["before"]["value"], row["after"]["value"], row["reread"]) == ("changed", "2098-03-01", "2098-05-01", False)
    assert "not every page is stored" in mw("diff", "mine").stdout


def test_diff_of_a_source_that_is_configured_no_more_is_told_from_the_claims(mw: Command) -> None:
    twice(mw, OLD, MOVED)
    mw.watch("another")
    assert [row["reread"] for row in rows(mw("diff", "mine", "--json"))] == [False]


def test_diff_finds_nothing_or_no_readings(mw: Command) -> None:
    twice(mw, OLD, OLD)
    assert (mw("diff", "mine").exit_code, mw("diff", "mine").stderr) == (1, "mine: there are no two readings to compare\n")
    same = mw("diff", "mine", "1", "2")
    assert (same.exit_code, same.stderr) == (1, "mine: nothing differs\n")
    assert mw("diff", "mine", "77").exit_code == 2
    assert mw("diff", "mine", "2020-01-01").exit_code == 1
    assert mw("diff", "mine", "yesterday").exit_code == 2
    assert mw("diff", "nobody").exit_code == 2
    assert mw("diff", "openai_models").exit_code == 1


# A source over time


def test_a_source_over_time_tells_runs_of_equal_visits(mw: Command) -> None:
    _, second, _ = twice(mw, OLD, OLD, LOGIN)
    found = rows(mw("sources", "--history", "mine", "--json"))
    assert [(row["outcome"], row["visits"], row["claims"], row["reading"]) for row in found] == [("good", 2, 6, 2), ("foreign", 1, 0, 3)]
    assert found[0]["pages"] == [{"url": mw.site.url("/mine"), "page": digest(OLD)}]
    shown = mw("sources", "--history", "mine").stdout
    assert [text for text in ("foreign", digest(OLD)[:SHORT], "VISITS") if text not in shown] == []
    assert len(rows(mw("sources", "--history", "mine", "--json", "--as-of", second))) == 1
    assert mw("sources", "--history", "mine", "--as-of", "2020-01-01").stderr == "mine: never visited by then\n"
    assert mw("sources", "--history", "openai_models").exit_code == 1
    assert mw("sources", "--history", "nobody").exit_code == 2
